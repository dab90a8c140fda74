import { descendBatch } from '@nonconvex/gaussian-theory/restarts'
import { expect, test } from 'vitest'
import { descend, MAX_STEPS, randomInitialPoints } from './descent.js'
import { problemOf } from './problem.js'

const overlapping = problemOf({ k: 5, stride: 1, angle: 135, eta: 1 })
const { teacher } = overlapping

test.each([
  overlapping,
  problemOf({ k: 5, stride: 2, angle: 135, eta: 1 }),
  problemOf({ k: 12, stride: 1, angle: 100, eta: 0.3 }),
])('runs end where the library’s own end, bit for bit: k = $k, stride $stride', (problem) => {
  const starts = randomInitialPoints(7, 8)
  const { k, stride, teacher, eta } = problem
  const data = Float64Array.from(starts.flatMap(({ x, y }) => [x, y]))
  const { ends } = descendBatch({ rows: 8, cols: 2, data }, teacher, { k, stride, eta, every: 1 })
  const runs = starts.map((start) => descend(problem, start))
  expect(runs.map(({ end }) => [end.x, end.y])).toEqual(ends.map(({ w }) => [...w]))
  for (const part of ['kind', 'steps', 'loss', 'gradientNorm'] as const)
    expect(runs.map((run) => run[part])).toEqual(ends.map((end) => end[part]))
})

test('a run keeps its path as far as it is seen, with the loss falling on it', () => {
  const run = descend(overlapping, { x: 0.9, y: 0.3 })
  const first = 20
  const { ends } = descendBatch({ rows: 1, cols: 2, data: Float64Array.of(0.9, 0.3) }, teacher, {
    k: 5,
    stride: 1,
    maxSteps: first,
  })
  expect([...run.path.slice(2 * first, 2 * first + 2)]).toEqual([...ends[0].w])
  expect(run.losses.length).toBeLessThan(run.steps)
  expect([run.path[0], run.path[1]]).toEqual([0.9, 0.3])
  expect([...run.path.slice(-2)]).toEqual([run.end.x, run.end.y])
  expect(run.path).toHaveLength(2 * run.losses.length)
  run.losses.forEach((loss, i) => {
    const [x, y] = [run.path[2 * i], run.path[2 * i + 1]]
    // up to the rounding that descendBatch allows
    const rounding = 1e-14 * (1 + x ** 2 + y ** 2)
    if (i > 0) expect(loss).toBeLessThanOrEqual(run.losses[i - 1] + rounding)
  })
})

test('a run that does not come to rest is stopped and says so', () => {
  // opposite to the teacher the path to the saddle is straight; beside it there are 50/angle steps
  // to go
  const slow = problemOf({ k: 50, stride: 2, angle: 0, eta: 0.1 })
  const run = descend(slow, { x: -0.9, y: 0.001 })
  expect([run.kind, run.steps]).toEqual(['unfinished', MAX_STEPS])
})

test('one window, started opposite to the teacher, comes to the origin or near it', () => {
  const run = descend(problemOf({ k: 1, stride: 2, angle: 0, eta: 1 }), { x: -1, y: 0 })
  expect(run.kind).toBe('origin')
})

test('random starts lie on the circle and depend on the seed and their number alone', () => {
  const few = randomInitialPoints(3, 5)
  expect(randomInitialPoints(3, 20).slice(0, 5)).toEqual(few)
  expect(randomInitialPoints(4, 5)).not.toEqual(few)
  for (const { x, y } of few) expect(Math.hypot(x, y)).toBeCloseTo(1, 14)
})
