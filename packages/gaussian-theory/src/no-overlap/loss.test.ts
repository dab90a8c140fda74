import { describe, expect, it } from 'vitest'
import { dot, norm2, ShapeError, stream } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { differences, jacobian, largestDifference } from '../../test/differences.js'
import {
  coefficients,
  noOverlapEigenvalues,
  noOverlapGradient,
  noOverlapHessian,
  noOverlapLoss,
  plRatio,
  rayLoss,
  rayMinimizer,
  sortedEigenvalues,
} from '../index.js'

const root = stream(2).child('no-overlap-loss')
const normals = (name: string, index: number, m: number): Float64Array =>
  root.child(name, index).normalInto(new Float64Array(m))
const ks = [1, 2, 3, 7, 50]

describe('the loss', () => {
  it('is the mean squared difference of two networks, to 4 standard errors', () => {
    for (const [k, m] of [
      [1, 3],
      [4, 2],
      [8, 5],
    ]) {
      const [w, wStar] = [normals('mc-w', k, m), normals('mc-t', k, m)]
      const draws = root.child('mc', k)
      const x = new Float64Array(m)
      const n = 40_000
      let [sum, squares] = [0, 0]
      for (let i = 0; i < n; i++) {
        let difference = 0
        for (let patch = 0; patch < k; patch++) {
          draws.normalInto(x)
          difference += Math.max(0, dot(w, x)) - Math.max(0, dot(wStar, x))
        }
        const value = (difference / k) ** 2
        sum += value
        squares += value * value
      }
      const mean = sum / n
      const error = Math.sqrt((squares / n - mean * mean) / n)
      expect(Math.abs(mean - noOverlapLoss(w, wStar, k)) / error).toBeLessThan(4)
    }
  })

  it('has the gradient and the Hessian of central differences', () => {
    for (let i = 0; i < 60; i++) {
      const m = 2 + (i % 6)
      const k = ks[i % ks.length]
      const [w, wStar] = [normals('fd-w', i, m), normals('fd-t', i, m)]
      const loss = (at: Float64Array): number => noOverlapLoss(at, wStar, k)
      const gradient = (at: Float64Array): Float64Array => noOverlapGradient(at, wStar, k)
      expect(largestDifference(gradient(w), differences(loss, w))).toBeLessThan(1e-7)
      expect(
        largestDifference(noOverlapHessian(w, wStar, k).data, jacobian(gradient, w)),
      ).toBeLessThan(1e-6)
    }
  })

  it("is the talk's sum, to 1e-13 max(1, R²)", () => {
    for (let i = 0; i < 300; i++) {
      const [w, wStar] = [normals('slide-w', i, 4), normals('slide-t', i, 4)]
      const k = ks[i % ks.length]
      const difference = noOverlapLoss(w, wStar, k) - noOverlapLoss(w, wStar, k, 'slide')
      expect(Math.abs(difference)).toBeLessThanOrEqual(1e-13 * Math.max(1, norm2(wStar) ** 2))
    }
  })

  it('has closed-form eigenvalues equal to those of an eigen-solver', () => {
    for (let i = 0; i < 60; i++) {
      const m = 1 + (i % 7)
      const k = ks[i % ks.length]
      const [w, wStar] = [normals('eigen-w', i, m), normals('eigen-t', i, m)]
      const solver = eigenSymmetric(noOverlapHessian(w, wStar, k)).values
      const closed = sortedEigenvalues(noOverlapEigenvalues(w, wStar, k))
      const size = coefficients(k).c * (1 + norm2(wStar) / norm2(w))
      expect(largestDifference(solver, closed)).toBeLessThan(1e-12 * size)
    }
  })

  it('is a parabola on each ray, with the stated vertex', () => {
    for (let i = 0; i < 50; i++) {
      const theta = (Math.PI * i) / 49
      const k = ks[i % ks.length]
      const R = 0.5 + i / 20
      const at = (r: number): number =>
        noOverlapLoss([r * Math.cos(theta), r * Math.sin(theta)], [R, 0], k)
      const rho = rayMinimizer(theta, R, k)
      const floor = rayLoss(theta, R, k)
      const { c, alpha } = coefficients(k)
      expect(rho).toBeGreaterThanOrEqual(alpha * R * (1 - 1e-15))
      for (const r of [0.1, 1, 3]) expect(at(r)).toBeCloseTo((c / 2) * (r - rho) ** 2 + floor, 12)
    }
  })
})

describe('the steepness ratio', () => {
  it('decreases from a to 0 for k up to 1000', () => {
    for (const k of [1, 2, 3, 5, 10, 50, 1000]) {
      let last = plRatio(0, k)
      expect(last).toBe(1 / k)
      for (let i = 1; i <= 4000; i++) {
        const next = plRatio((Math.PI * i) / 4000, k)
        expect(next).toBeLessThan(last)
        last = next
      }
    }
  })
  it('falls like φ⁴ at the end, also where θ cannot tell', () => {
    const { a, b, c } = coefficients(5)
    for (const phi of [1e-4, 1e-9, 1e-20]) {
      const expected = ((a * c) / (Math.PI ** 2 * (2 * b + a))) * phi ** 4
      expect(plRatio(Math.PI - phi, 5, phi) / expected).toBeCloseTo(1, 3)
    }
  })
})

describe('edges', () => {
  it('keeps w* = 0: a parabola with minimum 0', () => {
    const { c } = coefficients(3)
    expect(noOverlapLoss([3, 4], [0, 0], 3)).toBe((c / 2) * 25)
    expect([...noOverlapGradient([3, 4], [0, 0], 3)]).toEqual([3 * c, 4 * c])
    expect([...noOverlapGradient([0, 0], [0, 0], 3)]).toEqual([0, 0])
    expect(largestDifference(noOverlapHessian([3, 4], [0, 0], 3).data, [c, 0, 0, c])).toBe(0)
  })
  it('has a value but no gradient at w = 0', () => {
    expect(noOverlapLoss([0, 0], [3, 4], 2)).toBe((coefficients(2).c / 2) * 25)
    for (const f of [noOverlapGradient, noOverlapHessian, noOverlapEigenvalues])
      expect(() => f([0, 0], [3, 4], 2)).toThrow(/w not to be zero/)
  })
  it('works for m = 1 and k = 1', () => {
    // one weight, one patch: E (relu(wx) − relu(w*x))²
    expect(noOverlapLoss([-1], [2], 1)).toBeCloseTo(2.5, 15)
    expect(noOverlapLoss([1], [2], 1)).toBeCloseTo(0.5, 15)
    expect(noOverlapGradient([-1], [2], 1)[0]).toBeCloseTo(-1, 15)
    expect(noOverlapEigenvalues([-1], [2], 1)).toEqual({
      radial: 1,
      inPlane: undefined,
      transverse: undefined,
      transverseMultiplicity: 0,
    })
  })
  it('survives norms of 1e150 and 1e-150', () => {
    const ratio = noOverlapLoss([1e150, 0], [0, 1e150], 4) / noOverlapLoss([1, 0], [0, 1], 4)
    expect(ratio / 1e300).toBeCloseTo(1, 13)
    const small = noOverlapLoss([1e-150, 0], [0, 1e-150], 4) / noOverlapLoss([1, 0], [0, 1], 4)
    expect(small / 1e-300).toBeCloseTo(1, 13)
    expect(noOverlapGradient([1e150, 0], [0, 1e150], 4)[0]).toBeGreaterThan(1e149)
  })
  it('takes any k up to 2^53 in the same time', () => {
    expect(noOverlapLoss([1, 1], [1, 0], 2 ** 53 - 1)).toBeGreaterThan(0)
  })
  it('refuses everything else', () => {
    expect(() => noOverlapLoss([1], [1, 2], 2)).toThrow(ShapeError)
    expect(() => noOverlapLoss([1], [1], 2, 'other' as 'slide')).toThrow(
      /form to be 'stable' or 'slide', got 'other'/,
    )
    expect(() => noOverlapLoss([NaN], [1], 2)).toThrow(
      'noOverlapLoss: expected w[0] to be finite, got NaN',
    )
    for (const k of [0, -1, 1.5, NaN, Infinity, 2 ** 53])
      expect(() => noOverlapLoss([1], [1], k)).toThrow(/k to be an integer ≥ 1/)
    expect(() => rayLoss(4, 1, 2)).toThrow('theta in [0, π], got 4')
    expect(() => rayMinimizer(1, -1, 2)).toThrow('R to be finite and ≥ 0, got -1')
    expect(() => plRatio(NaN, 2)).toThrow(RangeError)
  })
})
