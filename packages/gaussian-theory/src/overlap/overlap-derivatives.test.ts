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
  stridePatches,
} from './index.js'

const draws = stream(24).child('overlap-derivatives')
const normals = (m: number): Float64Array => draws.normalInto(new Float64Array(m))
/** not too near the kink, where the third derivative is large */
const away = (m: number): Float64Array => {
  const w = normals(m)
  return norm2(w) < 0.5 ? w.map((x) => x / norm2(w)) : w
}

describe('with many patches', () => {
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
  it.each(cases)('is the sum over pairs of patches: k = $k, m = $m, stride $stride', (at) => {
    const { k, m, stride, w, t } = at
    const { patches, d } = stridePatches(m, { k, stride })
    const size = Math.max(1, norm2(w) ** 2 + norm2(t) ** 2)
    const off = overlapLoss(w, t, { k, stride }) - patchLoss(w, t, patches, d)
    expect(Math.abs(off)).toBeLessThan(1e-13 * size)
    const gradients = [overlapGradient(w, t, { k, stride }), patchGradient(w, t, patches, d)]
    expect(largestDifference(gradients[0], gradients[1])).toBeLessThan(1e-13 * size)
    const lag = overlapHessian(w, t, { k, stride }).data
    const pair = patchHessian(w, t, patches, d).data
    expect(largestDifference(lag, pair)).toBeLessThan(1e-13 * (1 + norm2(t) / norm2(w)))
  })
})

describe('patches of any shape, up to seven weights', () => {
  /** `count` patches of m different inputs out of d, in any order: most share some with others */
  const randomPatches = (m: number, count: number, d: number): number[][] =>
    Array.from({ length: count }, () => Array.from(draws.permutation(d)).slice(0, m))
  it.each([1, 2, 3, 4, 5, 6, 7])('have right derivatives at m = %i', (m) => {
    for (const [count, d] of [
      [2, m],
      [4, m + 2],
      [9, 2 * m + 1],
    ]) {
      const patches = randomPatches(m, count, d)
      const [w, t] = [away(m), normals(m)]
      const slope = differences((v) => patchLoss(v, t, patches, d), w)
      expect(largestDifference(slope, patchGradient(w, t, patches, d))).toBeLessThan(1e-7)
      const bend = jacobian((v) => patchGradient(v, t, patches, d), w)
      expect(largestDifference(bend, patchHessian(w, t, patches, d).data)).toBeLessThan(1e-6)
    }
  })
  it('is refuted with one patch left out', () => {
    const patches = randomPatches(5, 4, 7)
    const [w, t] = [away(5), normals(5)]
    const slope = differences((v) => patchLoss(v, t, patches, 7), w)
    const less = patchGradient(w, t, patches.slice(1), 7)
    expect(largestDifference(slope, less)).toBeGreaterThan(1e-4)
  })
})
