import { describe, expect, it } from 'vitest'
import { norm2, stream } from '@nonconvex/tensor'
import { differences, jacobian, largestDifference } from '../../test/differences.js'
import {
  overlapGradient,
  overlapHessian,
  overlapLoss,
  patchGradient,
  patchHessian,
  patchLoss,
  strideWindows,
} from './index.js'

const draws = stream(24).child('overlap-derivatives')
const normals = (m: number): Float64Array => draws.normalInto(new Float64Array(m))
/** not too near the kink, where the third derivative is large */
const away = (m: number): Float64Array => {
  const w = normals(m)
  return norm2(w) < 0.5 ? w.map((x) => x / norm2(w)) : w
}

describe('with many windows', () => {
  const cases = [7, 12, 20, 33, 50].flatMap((k) =>
    [2, 5, 7].map((m) => ({ k, m, stride: 1 + draws.integer(m), w: away(m), t: normals(m) })),
  )
  it.each(cases)('agrees with central differences: k = $k, m = $m, stride $stride', (at) => {
    const { k, stride, w, t } = at
    const options = { k, stride }
    const slope = differences((v) => overlapLoss(v, t, options), w)
    expect(largestDifference(slope, overlapGradient(w, t, options))).toBeLessThan(1e-7)
    const bend = jacobian((v) => overlapGradient(v, t, options), w)
    expect(largestDifference(bend, overlapHessian(w, t, options).data)).toBeLessThan(1e-6)
    const pair = overlapHessian(w, t, { ...options, form: 'pair' })
    expect(largestDifference(bend, pair.data)).toBeLessThan(1e-6)
  })
  it.each(cases)('is the sum over pairs of windows: k = $k, m = $m, stride $stride', (at) => {
    const { k, m, stride, w, t } = at
    const { windows, d } = strideWindows(m, { k, stride })
    const size = Math.max(1, norm2(w) ** 2 + norm2(t) ** 2)
    const off = overlapLoss(w, t, { k, stride }) - patchLoss(w, t, windows, d)
    expect(Math.abs(off)).toBeLessThan(1e-13 * size)
    const gradients = [overlapGradient(w, t, { k, stride }), patchGradient(w, t, windows, d)]
    expect(largestDifference(gradients[0], gradients[1])).toBeLessThan(1e-13 * size)
    const lag = overlapHessian(w, t, { k, stride }).data
    const pair = patchHessian(w, t, windows, d).data
    expect(largestDifference(lag, pair)).toBeLessThan(1e-13 * (1 + norm2(t) / norm2(w)))
  })
})

describe('windows of any shape, up to seven weights', () => {
  /** `count` windows of m different inputs out of d, in any order: most share some with others */
  const patches = (m: number, count: number, d: number): number[][] =>
    Array.from({ length: count }, () => Array.from(draws.permutation(d)).slice(0, m))
  it.each([1, 2, 3, 4, 5, 6, 7])('have right derivatives at m = %i', (m) => {
    for (const [count, d] of [
      [2, m],
      [4, m + 2],
      [9, 2 * m + 1],
    ]) {
      const windows = patches(m, count, d)
      const [w, t] = [away(m), normals(m)]
      const slope = differences((v) => patchLoss(v, t, windows, d), w)
      expect(largestDifference(slope, patchGradient(w, t, windows, d))).toBeLessThan(1e-7)
      const bend = jacobian((v) => patchGradient(v, t, windows, d), w)
      expect(largestDifference(bend, patchHessian(w, t, windows, d).data)).toBeLessThan(1e-6)
    }
  })
  it('would be caught with one window left out', () => {
    const windows = patches(5, 4, 7)
    const [w, t] = [away(5), normals(5)]
    const slope = differences((v) => patchLoss(v, t, windows, 7), w)
    const less = patchGradient(w, t, windows.slice(1), 7)
    expect(largestDifference(slope, less)).toBeGreaterThan(1e-4)
  })
})
