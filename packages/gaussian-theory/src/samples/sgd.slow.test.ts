import { describe, expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import { stream } from '@nonconvex/tensor'
import { expectTableRate } from '../../test/fixed-samples.js'
import { sgdConstantStep, monteCarlo, runSGD } from './index.js'
import { overlapGradient } from '../overlap/index.js'

const root = stream(32)

describe('SGD with the default step, long runs', () => {
  it.each([
    [4, 50, 1, 4212],
    [1, 50, 1, 3017],
    [50, 5, 1, 3224],
    [20, 30, 4, 2052],
  ])('takes the steps of the table: k = %i, m = %i, B = %i', (k, m, batch, want) => {
    const count = 36
    const steps = Array.from({ length: count }, (_, i) => {
      const own = root.child(`k=${k},m=${m},B=${batch}`, i)
      const w0 = own.child('start').unitVector(m)
      const wStar = own.child('teacher').unitVector(m)
      const options = { w0, wStar, k, stride: m, batch, stream: own, maxSteps: 12_000 }
      const { status, steps: taken } = runSGD(options)
      return status === 'converged' ? taken : Infinity
    }).sort((a, b) => a - b)
    const median = steps[(count - 2) / 2]
    expect(median / want).toBeGreaterThan(1 / 1.5)
    expect(median / want).toBeLessThan(1.5)
    const arrived = steps.filter((taken) => taken < Infinity).length
    expect(arrived).toBe(count)
    expect(verdictOn(sgdConstantStep, { m, runs: count, arrived, etaRatio: 1 }).status).toBe(
      'holds',
    )
  })
})

describe('descent on a fixed sample', () => {
  it.each([
    [15, 172, 60],
    [50, 200, 60],
    [200, 200, 40],
  ])('of N = %i leads to the teacher at the success rate of the table', (n, want, seeds) => {
    const found = expectTableRate(root, n, seeds, want)
    // fifty examples and more leave no run elsewhere
    if (want === 200) expect(found).toBe(seeds)
  })
})

describe('a million samples', () => {
  it.each([
    [3, 3, 1],
    [3, 3, 2],
    [2, 2, 4],
    [5, 5, 8],
    [3, 1, 4],
  ])('give the gradient to 0.01: m = %i, stride %i, k = %i', (m, stride, k) => {
    const draws = root.child('million', 100 * m + 10 * stride + k)
    const [w, wStar] = [0, 1].map(() => draws.normalInto(new Float64Array(m)))
    const at = { k, stride }
    const found = monteCarlo({ ...at, w, wStar, n: 1_000_000, stream: draws.child('x') })
    const exact = overlapGradient(w, wStar, at)
    found.gradient.forEach((x, t) => {
      expect(Math.abs(x - exact[t])).toBeLessThan(0.01)
      expect(Math.abs(x - exact[t])).toBeLessThan(4.5 * found.gradientSe[t])
    })
  })
})
