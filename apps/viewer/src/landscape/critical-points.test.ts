import { spuriousMinimum } from '@nonconvex/gaussian-theory/overlap'
import { expect, test } from 'vitest'
import { descend } from './descent.js'
import { landscape } from './explorer.js'
import { landscapeParams } from './params.js'
import { nearestPoint, criticalPointsOf } from './critical-points.js'
import { problemOf } from './problem.js'
import { parseInitialPoints } from './initial-points.js'

const preset = (name: string) => {
  const found = landscape.presets.find((each) => each.name === name)
  if (!found) throw new Error(`no preset ${name}`)
  const params = landscapeParams.parse(found.input)
  const problem = problemOf(params)
  return { problem, known: criticalPointsOf(problem), starts: parseInitialPoints(params.starts) }
}

test('without overlap there are peak, minimum and saddle, with proofs, and no other', () => {
  const { known } = preset('no overlap')
  expect(known.points.map(({ kind }) => kind)).toEqual([
    'global minimum',
    'saddle',
    'local maximum',
  ])
  for (const { known: how } of known.points)
    expect(how).toBe('closed form, kind proved by interval arithmetic')
  expect(known.completeness).toContain('no other critical point, proved')
})

test('with overlap the spurious minimum of the theory is there and proved', () => {
  const { known, starts, problem } = preset('overlap')
  // spec §13, row 36, k = 5
  const { t0, lossOverR2 } = spuriousMinimum(5)
  expect(t0).toBeCloseTo(0.896818936931953, 12)
  const trap = known.points.find(({ kind }) => kind === 'local minimum')
  expect(trap?.at.x).toBeCloseTo(t0 * Math.SQRT1_2, 9)
  expect(trap?.at.y).toBeCloseTo(-t0 * Math.SQRT1_2, 9)
  expect(trap?.loss).toBeCloseTo(lossOverR2, 12)
  expect(trap?.known).toBe('proved by interval arithmetic')
  const [least, most] = trap?.slope?.eigenvalues ?? []
  expect([least, most].map((x) => x?.toFixed(9))).toEqual(['0.192818348', '0.387668035'])
  const ends = starts.map((start) => descend(problem, start))
  expect(ends.filter(({ kind }) => kind === 'global').length).toBeGreaterThan(0)
  const trapped = ends.filter(({ kind }) => kind === 'stuck')
  expect(trapped.length).toBeGreaterThan(0)
  for (const { end } of trapped)
    expect(nearestPoint(known.points, end, 1e-6)?.point.kind).toBe('local minimum')
})

test('what is only found numerically says so, and so does the list', () => {
  const { known } = preset('overlap')
  const saddles = known.points.filter(({ kind }) => kind === 'saddle')
  expect(saddles).toHaveLength(2)
  for (const { known: how, slope } of saddles) {
    expect(how).toBe('found numerically, not certified')
    expect(Math.hypot(...(slope?.gradient ?? [NaN]))).toBeLessThan(1e-12)
    expect(slope?.eigenvalues[0]).toBeLessThan(0)
  }
  expect(known.completeness).toContain('is not proved')
})

test('the teacher (1, 1) has no local minimum opposite to it', () => {
  const { known, problem, starts } = preset('easy teacher')
  expect(known.points.map(({ kind }) => kind)).not.toContain('local minimum')
  for (const start of starts) expect(descend(problem, start).kind).toBe('global')
})

test('one window has no saddle, and no overlap', () => {
  for (const stride of [1, 2]) {
    const { points } = criticalPointsOf(problemOf({ k: 1, stride, angle: 20, eta: 1 }))
    expect(points.map(({ kind }) => kind)).toEqual(['global minimum', 'non-differentiable'])
    expect(points.map(({ known }) => known)).toEqual(['closed form', 'closed form'])
  }
})

test('for every number of windows the trap of (−1, 1) is found, and for no teacher does the page fail', () => {
  for (let k = 2; k <= 50; k++) {
    const { points } = criticalPointsOf(problemOf({ k, stride: 1, angle: 135, eta: 1 }))
    const trap = points.find(({ kind }) => kind === 'local minimum')
    expect([k, trap?.loss.toFixed(10)]).toEqual([k, spuriousMinimum(k).lossOverR2.toFixed(10)])
  }
  for (let angle = 0; angle <= 360; angle += 5) {
    const { points } = criticalPointsOf(problemOf({ k: 3, stride: 1, angle, eta: 1 }))
    const count = (...kinds: string[]) => points.filter(({ kind }) => kinds.includes(kind)).length
    expect(count('global minimum')).toBe(1)
    // as the plane without the origin has Euler number 0
    expect([angle, count('saddle')]).toEqual([angle, count('global minimum', 'local minimum')])
  }
})

test('a place is near only within reach, the nearest first', () => {
  const { known } = preset('no overlap')
  const [minimum] = known.points
  const beside = { x: minimum.at.x + 1e-4, y: minimum.at.y }
  expect(nearestPoint(known.points, beside, 1e-3)?.point).toBe(minimum)
  expect(nearestPoint(known.points, beside, 1e-5)).toBeUndefined()
})
