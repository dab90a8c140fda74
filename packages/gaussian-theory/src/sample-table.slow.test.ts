import { describe, expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import { monteCarlo, overlapGradient, runSGD } from './index.js'

const root = stream(27)

describe('the gradient of a million samples', () => {
  it.each([
    [3, 3, 1],
    [3, 3, 2],
    [2, 2, 4],
    [5, 5, 8],
    [3, 1, 4],
  ])('is right to 0.01 in every entry: m = %i, stride %i, k = %i', (m, stride, k) => {
    const draws = root.child('gradient', 100 * m + 10 * stride + k)
    const [w, wStar] = [0, 1].map(() => draws.normalInto(new Float64Array(m)))
    const found = monteCarlo({ k, stride, w, wStar, n: 1e6, stream: draws.child('x') })
    const exact = overlapGradient(w, wStar, { k, stride })
    const off = found.gradient.map((x, i) => Math.abs(x - exact[i]))
    expect(Math.max(...off)).toBeLessThan(0.01)
    const z = off.map((x, i) => x / found.gradientSe[i])
    expect(Math.max(...z)).toBeLessThan(4.5)
  })
})

describe('SGD with the default step', () => {
  it.each([
    [4, 5, 1, 383],
    [4, 50, 1, 4212],
    [4, 50, 32, 128],
    [1, 50, 1, 3017],
    [1, 20, 8, 168],
    [10, 8, 1, 1224],
    [50, 5, 1, 3224],
    [20, 30, 4, 2052],
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
