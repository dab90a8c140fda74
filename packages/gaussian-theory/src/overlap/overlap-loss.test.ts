import { describe, expect, it } from 'vitest'
import { norm2, ShapeError, stream } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { differences, jacobian, largestDifference, reflect } from '../../test/differences.js'
import {
  OverlapEvaluator,
  overlapBatch,
  overlapGradient,
  overlapHessian,
  overlapLoss,
  overlapObjective,
  overlapSmoothness,
  patchGradient,
  patchHessian,
  patchLoss,
  stridePatches,
} from './index.js'
import { noOverlapGradient, noOverlapHessian, noOverlapLoss } from '../index.js'

const w4 = [0.5, -0.2, 0.1, 0.4]
const t4 = [-0.3, 0.6, 0.2, -0.1]
const minus = (v: readonly number[]): number[] => v.map((x) => -x)
const relative = (got: number, want: number): number => Math.abs(got - want) / Math.abs(want)
const draws = stream(3).child('overlap-loss')
const normals = (n: number): Float64Array => draws.normalInto(new Float64Array(n))

describe('reference values', () => {
  it.each([
    [1, 4, 0.0292654993878865, 1.38136732309487, 0.06875],
    [2, 4, 0.0631979689134177, 0.935049868866358, 0.08],
    [3, 3, 0.194295206921585, 1.07450875876373, 0.18],
    [4, 3, 0.147912307147197, 0.545539924122527, 0.166666666666667],
  ])('are met at stride %i, k = %i', (stride, k, loss, L, opposite) => {
    const options = { k, stride }
    expect(relative(overlapLoss(w4, t4, options), loss)).toBeLessThan(1e-12)
    expect(relative(overlapSmoothness({ m: 4, ...options }), L)).toBeLessThan(1e-12)
    expect(relative(overlapLoss(minus(t4), t4, options), opposite)).toBeLessThan(1e-12)
  })
  it.each([
    [1, [0.0343640818936854, 0.00996817229283371, 0.0159922216855503, 0.0349972168471183]],
    [2, [0.100096874348613, -0.0335212840885079, 0.0846794362087948, -0.0104126144828077]],
  ])('are met by the gradient at stride %i, k = 4', (stride, want) => {
    overlapGradient(w4, t4, { k: 4, stride }).forEach((x, i) =>
      expect(relative(x, want[i])).toBeLessThan(1e-12),
    )
  })
  it.each([
    [1, [0.037594518170601, 0.108437646301984, 0.245245344740085, 0.554074451291254]],
    [2, [0.0902206725116553, 0.167467043650226, 0.214800790137633, 0.502578887804296]],
  ])('are met by the eigenvalues at stride %i, k = 4', (stride, want) => {
    const { values } = eigenSymmetric(overlapHessian(w4, t4, { k: 4, stride }))
    values.forEach((x, i) => expect(relative(x, want[i])).toBeLessThan(1e-12))
  })
})

describe('by lags', () => {
  const cases = Array.from({ length: 24 }, (_, i) => {
    const m = 1 + (i % 7)
    return {
      m,
      k: 1 + draws.integer(6),
      stride: 1 + draws.integer(m + 1),
      w: normals(m),
      t: normals(m),
    }
  })
  it('is the sum over pairs of patches: loss, gradient and Hessian to 1e-13', () => {
    for (const { m, k, stride, w, t } of cases) {
      const { patches, d } = stridePatches(m, { k, stride })
      const size = Math.max(1, norm2(w) ** 2 + norm2(t) ** 2)
      const options = { k, stride }
      expect(Math.abs(overlapLoss(w, t, options) - patchLoss(w, t, patches, d))).toBeLessThan(
        1e-13 * size,
      )
      const gradients = [overlapGradient(w, t, options), patchGradient(w, t, patches, d)]
      expect(largestDifference(gradients[0], gradients[1])).toBeLessThan(1e-13 * size)
      const [lag, pair] = [
        overlapHessian(w, t, options),
        overlapHessian(w, t, { ...options, form: 'pair' }),
      ]
      const bent = 1 + norm2(t) / norm2(w)
      expect(largestDifference(lag.data, pair.data)).toBeLessThan(1e-13 * bent)
    }
  })
  it('agrees with central differences', () => {
    for (const { k, stride, w, t } of cases) {
      if (norm2(w) < 0.3) continue
      const options = { k, stride }
      const slope = differences((at) => overlapLoss(at, t, options), w)
      expect(largestDifference(slope, overlapGradient(w, t, options))).toBeLessThan(1e-7)
      const bend = jacobian((at) => overlapGradient(at, t, options), w)
      expect(largestDifference(bend, overlapHessian(w, t, options).data)).toBeLessThan(1e-6)
    }
  })
  it('agrees with central differences at k = 50', () => {
    const [w, t] = [normals(5), normals(5)]
    const options = { k: 50, stride: 2 }
    const slope = differences((at) => overlapLoss(at, t, options), w)
    expect(largestDifference(slope, overlapGradient(w, t, options))).toBeLessThan(1e-7)
  })
  it('is the loss without overlap when stride ≥ m, and does not depend on a larger stride', () => {
    for (const k of [1, 2, 9, 50]) {
      const [w, t] = [normals(3), normals(3)]
      for (const stride of [3, 4, 100]) {
        const options = { k, stride }
        const size = Math.max(1, norm2(t) ** 2)
        expect(Math.abs(overlapLoss(w, t, options) - noOverlapLoss(w, t, k))).toBeLessThan(
          1e-13 * size,
        )
        const slopes = [overlapGradient(w, t, options), noOverlapGradient(w, t, k)]
        expect(largestDifference(slopes[0], slopes[1])).toBeLessThan(1e-13 * size)
        const bends = [overlapHessian(w, t, options).data, noOverlapHessian(w, t, k).data]
        expect(largestDifference(bends[0], bends[1])).toBeLessThan(
          1e-13 * (1 + norm2(t) / norm2(w)),
        )
      }
    }
  })
  it('scales: ℓ(cw; cw*) = c²ℓ(w; w*), also at 1e±140', () => {
    const options = { k: 4, stride: 1 }
    const one = overlapLoss(w4, t4, options)
    for (const c of [1e-140, 1e-3, 1e140]) {
      const scaled = overlapLoss(
        w4.map((x) => c * x),
        t4.map((x) => c * x),
        options,
      )
      expect(relative(scaled / c / c, one)).toBeLessThan(1e-12)
    }
  })
  it('is unchanged when both filters are reversed, and not under rotations', () => {
    const options = { k: 4, stride: 1 }
    const reversed = overlapLoss([...w4].reverse(), [...t4].reverse(), options)
    expect(Math.abs(reversed - overlapLoss(w4, t4, options))).toBeLessThan(1e-15)
    const n = draws.unitVector(4)
    const rotated = overlapLoss(reflect(w4, n), reflect(t4, n), options)
    expect(Math.abs(rotated - overlapLoss(w4, t4, options))).toBeGreaterThan(1e-4)
  })
})

describe('patches of any shape', () => {
  it('are taken in any order of patches, and any order of inputs', () => {
    const { patches, d } = stridePatches(4, { k: 3, stride: 2 })
    const want = overlapLoss(w4, t4, { k: 3, stride: 2 })
    const order = draws.permutation(d)
    const permuted = [...patches].reverse().map((patch) => patch.map((at) => order[at]))
    expect(Math.abs(patchLoss(w4, t4, permuted, d) - want)).toBeLessThan(1e-14)
  })
  it('have right derivatives for dilated and two-dimensional patches', () => {
    const dilated = [
      [0, 2, 4, 6],
      [1, 3, 5, 7],
      [2, 4, 6, 8],
    ]
    const square = [
      [0, 1, 3, 4],
      [1, 2, 4, 5],
      [3, 4, 6, 7],
      [4, 5, 7, 8],
    ]
    for (const patches of [dilated, square]) {
      const slope = differences((at) => patchLoss(at, t4, patches, 9), w4)
      expect(largestDifference(slope, patchGradient(w4, t4, patches, 9))).toBeLessThan(1e-7)
      const bend = jacobian((at) => patchGradient(at, t4, patches, 9), w4)
      expect(largestDifference(bend, patchHessian(w4, t4, patches, 9).data)).toBeLessThan(1e-6)
    }
  })
  it.each([
    [[[0, 0, 1, 2]], 'different integers in [0, d − 1 = 4], got 0'],
    [[[0, 1, 2, 5]], 'got 5'],
    [[[0, 1, 2, 1.5]], 'got 1.5'],
    [[], 'patches not to be empty'],
  ])('refuse %j', (patches, message) => {
    expect(() => patchLoss(w4, t4, patches, 5)).toThrow(message)
    expect(() => patchGradient(w4, t4, patches, 5)).toThrow(RangeError)
  })
  it('refuse patches of another length', () => {
    expect(() => patchLoss(w4, t4, [[0, 1]], 5)).toThrow(ShapeError)
  })
})

describe('special filters', () => {
  const options = { k: 3, stride: 1 }
  it('gives exactly 0 with gradient 0 for identical filters', () => {
    for (const k of [1, 2, 7])
      for (const stride of [1, 2, 3, 9]) {
        expect(overlapLoss(t4, t4, { k, stride })).toBe(0)
        expect(norm2(overlapGradient(t4, t4, { k, stride }))).toBeLessThan(1e-16)
      }
  })
  it('keeps relative accuracy next to the teacher without overlap', () => {
    const near = [1 + 1e-8, 0.5 - 2e-8, -0.25 + 1e-8]
    const loss = overlapLoss(near, [1, 0.5, -0.25], { k: 3, stride: 3 })
    expect(relative(loss, 1.00505252950566e-16)).toBeLessThan(1e-12)
  })
  it('has the loss E f² at zero filters, on either side', () => {
    const zero = [0, 0, 0, 0]
    const { patches, d } = stridePatches(4, options)
    const want = patchLoss(zero, t4, patches, d)
    expect(relative(overlapLoss(zero, t4, options), want)).toBeLessThan(1e-14)
    expect(relative(overlapLoss(t4, zero, options), want)).toBeLessThan(1e-14)
    expect(overlapLoss(zero, zero, options)).toBe(0)
  })
  it('has no gradient at 0 unless the teacher is 0', () => {
    const zero = [0, 0, 0, 0]
    expect(() => overlapGradient(zero, t4, options)).toThrow(
      'overlapGradient: expected w not to be zero',
    )
    expect(() => overlapHessian(zero, t4, options)).toThrow(
      'overlapHessian: expected w not to be zero',
    )
    expect(overlapGradient(zero, zero, options)).toEqual(new Float64Array(4))
  })
  it('has gradient and Hessian for a zero teacher', () => {
    const zero = [0, 0, 0, 0]
    const slope = differences((at) => overlapLoss(at, zero, options), w4)
    expect(largestDifference(slope, overlapGradient(w4, zero, options))).toBeLessThan(1e-9)
    const bend = jacobian((at) => overlapGradient(at, zero, options), w4)
    expect(largestDifference(bend, overlapHessian(w4, zero, options).data)).toBeLessThan(1e-8)
  })
  it('does not turn NaN where a shifted filter is parallel or opposite to the teacher', () => {
    for (const w of [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 2, 0],
    ]) {
      const loss = overlapLoss(w, [0, 1, 0], options)
      expect(loss).toBeGreaterThanOrEqual(0)
      expect(overlapGradient(w, [0, 1, 0], options).every(Number.isFinite)).toBe(true)
      expect(overlapHessian(w, [0, 1, 0], options).data.every(Number.isFinite)).toBe(true)
    }
  })
  it('works for m = 1 and k = 1, which have no overlap', () => {
    expect(overlapLoss([2], [-1], { k: 3, stride: 1 })).toBeCloseTo(noOverlapLoss([2], [-1], 3), 15)
    expect(overlapLoss(w4, t4, { k: 1, stride: 1 })).toBeCloseTo(noOverlapLoss(w4, t4, 1), 15)
    expect(overlapHessian([2], [-1], { k: 3, stride: 1 }).data).toHaveLength(1)
  })
})

describe('misuse', () => {
  it.each([
    [{ k: 2, stride: 0 }, 'stride to be an integer ≥ 1, got 0'],
    [{ k: 2, stride: 1.5 }, 'stride to be an integer ≥ 1, got 1.5'],
    [{ k: 0, stride: 1 }, 'k to be an integer ≥ 1, got 0'],
    [{ k: NaN, stride: 1 }, 'k to be an integer ≥ 1, got NaN'],
  ])('throws for %j', (options, message) => {
    expect(() => overlapLoss(w4, t4, options)).toThrow(message)
    expect(() => overlapGradient(w4, t4, options)).toThrow(RangeError)
    expect(() => overlapHessian(w4, t4, options)).toThrow(message)
    expect(() => overlapSmoothness({ m: 4, ...options })).toThrow(message)
    expect(() => stridePatches(4, options)).toThrow(message)
    expect(() => overlapObjective(t4, options)).toThrow(message)
  })
  it('throws for unequal lengths, NaN and empty filters', () => {
    const options = { k: 2, stride: 1 }
    expect(() => overlapLoss([1], t4, options)).toThrow(ShapeError)
    expect(() => overlapLoss([NaN, 0], [1, 1], options)).toThrow('w[0] to be finite')
    expect(() => overlapLoss([], [], options)).toThrow('w not to be empty')
    expect(() => new OverlapEvaluator([], options)).toThrow('wStar not to be empty')
  })
})

describe('batches and objectives', () => {
  it('are the plain functions bit for bit', () => {
    const t = normals(5)
    const points = { rows: 6, cols: 5, data: normals(30) }
    const options = { k: 4, stride: 2 }
    const { losses, gradients } = overlapBatch(points, t, options)
    const objective = overlapObjective(t, options)
    for (let i = 0; i < 6; i++) {
      const w = points.data.slice(5 * i, 5 * i + 5)
      expect(losses[i]).toBe(overlapLoss(w, t, options))
      expect(objective.value(w)).toBe(losses[i])
      expect(gradients.data.slice(5 * i, 5 * i + 5)).toEqual(overlapGradient(w, t, options))
      const v = normals(5)
      const product = objective.hessianTimes(w, v)
      const H = overlapHessian(w, t, options).data
      const want = v.map((_, a) => v.reduce((sum, x, b) => sum + H[5 * a + b] * x, 0))
      expect(largestDifference(product, want)).toBeLessThan(1e-15)
    }
  })
  it('refuse zero rows and other widths', () => {
    const options = { k: 4, stride: 2 }
    const zero = { rows: 1, cols: 4, data: new Float64Array(4) }
    expect(() => overlapBatch(zero, t4, options)).toThrow('overlapBatch: expected w not to be zero')
    expect(() => overlapBatch(zero, [1, 2], options)).toThrow(ShapeError)
    expect(() => overlapObjective(t4, options).hessianTimes(w4, [1])).toThrow(ShapeError)
  })
})
