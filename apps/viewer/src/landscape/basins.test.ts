import { expect, test } from 'vitest'
import { basinsOf, Ends } from './basins.js'
import { criticalPointsOf } from './critical-points.js'
import { descend, randomInitialPoints } from './descent.js'
import { problemOf, type Problem } from './problem.js'
import { raceOf, reachedWith, SEQUENCES, successProbability, type Race } from './race.js'
import type { Steps } from './use-slowly.js'

const overlapping = problemOf({ k: 5, stride: 1, angle: 135, eta: 1 })
const disjoint = problemOf({ k: 5, stride: 2, angle: 30, eta: 1 })

function whole<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

const endsOf = (problem: Problem) => new Ends(problem, criticalPointsOf(problem).points)

test('an end without a trajectory is that of the descent', () => {
  for (const angle of [20, 135, 200])
    for (const eta of [0.3, 1, 1.8]) {
      const problem = problemOf({ k: 5, stride: 1, angle, eta })
      const ends = endsOf(problem)
      for (const start of randomInitialPoints(angle, 60)) {
        const { kind } = descend(problem, start)
        const end = ends.of(start.x, start.y)
        expect(end === 'global', `${angle} ${eta} ${start.x} ${start.y}`).toBe(kind === 'global')
      }
    }
})

test('the basins lie around the spurious minimum, not around the teacher', () => {
  expect(whole(basinsOf(disjoint, criticalPointsOf(disjoint).points))).toEqual([])
  const rings = whole(basinsOf(overlapping, criticalPointsOf(overlapping).points))
  expect(rings).toHaveLength(1)
  // twice the signed area, in steps of the grid: nearly a half of the plane
  const [ring] = rings
  let area = 0
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length
    area += ring[i] * ring[j + 1] - ring[j] * ring[i + 1]
  }
  expect(Math.abs(area) / 2 / 95 ** 2).toBeGreaterThan(0.4)
  expect(Math.abs(area) / 2 / 95 ** 2).toBeLessThan(0.5)
})

test('the success probability is that of many random starts', () => {
  expect(whole(successProbability(endsOf(disjoint)))).toBe(1)
  const ends = endsOf(overlapping)
  const p = whole(successProbability(ends))
  const starts = randomInitialPoints(3, 4000)
  const reached = starts.filter(({ x, y }) => ends.of(x, y) === 'global').length
  // 3.5 standard errors
  expect(Math.abs(reached / 4000 - p)).toBeLessThan(3.5 * Math.sqrt((p * (1 - p)) / 4000))
})

test('a race is made of its seed, and each sequence ends with its first success', () => {
  const { points } = criticalPointsOf(overlapping)
  const race = (seed: number): Race => whole(raceOf(overlapping, points, seed))
  const one = race(1)
  expect(race(1)).toEqual(one)
  expect(race(2)).not.toEqual(one)
  for (const ends of one.sequences) expect(ends.slice(0, -1)).not.toContain('global')
  const counts = [1, 2, 3, one.longest].map((n) => reachedWith(one, n))
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  // within n restarts each sequence succeeds with probability 1 − (1 − p)ⁿ
  counts.slice(0, 3).forEach((count, i) => {
    const q = 1 - (1 - one.p) ** (i + 1)
    const error = Math.sqrt((q * (1 - q)) / SEQUENCES)
    expect(Math.abs(count / SEQUENCES - q)).toBeLessThan(3.5 * error)
  })
})
