import { describe, expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import { runSGD } from './index.js'

const root = stream(27)

// the long runs of this table, and a million samples, are in finite/sgd.slow.test.ts
describe('SGD with the default step', () => {
  it.each([
    [4, 5, 1, 383],
    [4, 50, 32, 128],
    [1, 20, 8, 168],
    [10, 8, 1, 1224],
  ])('takes the steps of the table: k = %i, m = %i, B = %i', (k, m, batch, want) => {
    const steps = Array.from({ length: 20 }, (_, i) => {
      const own = root.child(`k=${k},m=${m},B=${batch}`, i)
      const [w0, wStar] = ['start', 'teacher'].map((name) => own.child(name).unitVector(m))
      const run = runSGD({ w0, wStar, k, stride: m, batch, stream: own, maxSteps: 20_000 })
      expect(run.status).toBe('converged')
      return run.steps
    }).sort((a, b) => a - b)
    const median = (steps[9] + steps[10]) / 2
    expect(median / want).toBeGreaterThan(1 / 1.5)
    expect(median / want).toBeLessThan(1.5)
  })
})
