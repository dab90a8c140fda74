import { expect, test } from 'vitest'
import { descend } from './descent.js'
import { problemOf } from './problem.js'
import { fractionAt, lossAt, visibleSteps } from './progress.js'

const problem = problemOf({ k: 5, stride: 1, angle: 135, eta: 1 })
const run = descend(problem, { x: -1, y: -0.6 })

test('a run is nowhere at its initialization, whole when it rests, and never goes back', () => {
  expect(fractionAt(run, 0)).toBe(0)
  const most = visibleSteps([run])
  expect(most).toBeLessThanOrEqual(run.steps)
  expect(fractionAt(run, most)).toBe(1)
  const fractions = Array.from({ length: most + 1 }, (_, t) => fractionAt(run, t))
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect(fractionAt(run, most - 1)).toBeLessThan(1)
})

test('the loss after t steps is that of a descent of t steps', () => {
  expect(lossAt(run, 0)).toBe(run.losses[0])
  // each of the first steps is visible
  expect([...run.iterations.subarray(0, 4)]).toEqual([0, 1, 2, 3])
  expect(lossAt(run, 3)).toBe(run.losses[3])
  expect(lossAt(run, Infinity)).toBe(run.loss)
})
