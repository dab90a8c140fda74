import { describe, expect, it } from 'vitest'
import { norm2, stream, type Matrix, type Vec } from '@nonconvex/tensor'
import {
  box,
  contains,
  isBounded,
  largestEigenvalue,
  magnitude,
  mid,
  sub,
  type Interval,
  type IntervalMatrix,
} from '@nonconvex/tensor/interval'
import { noOverlapIntervals } from '../index.js'
import {
  overlapCertifiable,
  overlapGradient,
  overlapHessian,
  overlapIntervals,
  overlapLoss,
} from './index.js'

const draws = stream(11).child('overlap-intervals')
const normals = (n: number): Float64Array => draws.normalInto(new Float64Array(n))
const problems = Array.from({ length: 60 }, (_, i) => {
  const m = 1 + (i % 5)
  return { options: { k: 1 + draws.integer(5), stride: 1 + draws.integer(m) }, m }
})
/** largest distance of a number from a point in the interval */
const off = (x: number, inside: Interval): number => magnitude(sub(x, inside))
const offMatrix = (a: Matrix, inside: IntervalMatrix): number =>
  Math.hypot(...Array.from(a.data, (x, i) => off(x, inside.data[i])))

describe('the loss with overlap over boxes', () => {
  it('is within the error budget of the numbers computed in float64, which is not idle', () => {
    const fractions = { value: 0, gradient: 0, hessian: 0 }
    for (const { m, options } of problems) {
      const [w, t] = [normals(m), normals(m)]
      const at = overlapIntervals(t, options)
      const budget = overlapCertifiable(t, options).errorBudget(w)
      const g = at.gradient(box(w))
      const found = {
        value: off(overlapLoss(w, t, options), at.value(box(w))),
        gradient: Math.hypot(...overlapGradient(w, t, options).map((x, i) => off(x, g[i]))),
        hessian: offMatrix(overlapHessian(w, t, options), at.hessian(box(w))),
      }
      for (const name of ['value', 'gradient', 'hessian'] as const)
        fractions[name] = Math.max(fractions[name], found[name] / budget[name])
    }
    for (const fraction of Object.values(fractions)) {
      expect(fraction).toBeLessThan(1)
      expect(fraction).toBeGreaterThan(1e-3)
    }
  })

  it('keeps the budget where a shifted filter is almost parallel to the teacher', () => {
    for (const gap of [0, 1e-15, 1e-12, 1e-9, 1e-5]) {
      const [w, t] = [Float64Array.of(1, gap, 0), Float64Array.of(0, 1, 0)]
      const options = { k: 3, stride: 1 }
      const { hessian } = overlapCertifiable(t, options).errorBudget(w)
      const inside = overlapIntervals(t, options).hessian(box(w))
      expect(offMatrix(overlapHessian(w, t, options), inside)).toBeLessThan(hessian)
      expect(hessian).toBeLessThan(1e-12)
    }
  })

  it('holds the numbers at the points of a box', () => {
    for (const { m, options } of problems) {
      const [w, t] = [normals(m), normals(m)]
      const radius = (0.3 * norm2(w)) / Math.sqrt(m)
      const at = overlapIntervals(t, options)
      const cube = box(w, radius)
      const wide = { value: at.value(cube), gradient: at.gradient(cube), hessian: at.hessian(cube) }
      for (let i = 0; i < 5; i++) {
        const v = w.map((x) => x + radius * (2 * draws.uniform() - 1))
        expect(contains(wide.value, mid(at.value(box(v))))).toBe(true)
        expect(contains(wide.value, overlapLoss(v, t, options))).toBe(true)
        overlapGradient(v, t, options).forEach((x, j) =>
          expect(contains(wide.gradient[j], x)).toBe(true),
        )
        overlapHessian(v, t, options).data.forEach((x, j) =>
          expect(contains(wide.hessian.data[j], x)).toBe(true),
        )
      }
    }
  })

  it('is the loss without overlap at stride m', () => {
    for (let m = 2; m < 6; m++) {
      const [w, t] = [box(normals(m)), normals(m)]
      const [a, b] = [overlapIntervals(t, { k: 4, stride: m }), noOverlapIntervals(t, 4)]
      a.gradient(w).forEach((x, i) =>
        expect(magnitude(sub(x, b.gradient(w)[i]))).toBeLessThan(1e-14),
      )
      const other = b.hessian(w).data
      a.hessian(w).data.forEach((x, i) => expect(magnitude(sub(x, other[i]))).toBeLessThan(1e-13))
    }
  })

  it('is a cone of second degree for the teacher 0', () => {
    const at = overlapIntervals([0, 0], { k: 3, stride: 1 })
    const w = [0.3, -0.8]
    expect(off(overlapLoss(w, [0, 0], { k: 3, stride: 1 }), at.value(box(w)))).toBeLessThan(1e-15)
    expect(largestEigenvalue(at.hessian(box(w))).value.hi).toBeLessThan(1)
    // Euler: w·∇ℓ = 2ℓ
    const [x, y] = at.gradient(box(w)).map(mid)
    expect(0.3 * x - 0.8 * y).toBeCloseTo(2 * mid(at.value(box(w))), 14)
  })

  it('has a value at the kink and in boxes around it, where there is no gradient', () => {
    for (const t of [
      [-1, 1],
      [0, 0],
    ]) {
      const at = overlapIntervals(t, { k: 3, stride: 1 })
      const loss = overlapLoss([0, 0], t, { k: 3, stride: 1 })
      expect(off(loss, at.value(box([0, 0])))).toBeLessThan(2e-15)
      const around = at.value(box([0, 0], 0.1))
      expect(contains(around, at.value(box([0, 0])))).toBe(true)
      expect(contains(around, overlapLoss([0.05, -0.1], t, { k: 3, stride: 1 }))).toBe(true)
      expect(at.gradient(box([0, 0])).some(isBounded)).toBe(false)
    }
  })

  it('has a kink in the origin only, and refuses what the loss refuses', () => {
    const at = overlapIntervals([-1, 1], { k: 2, stride: 1 })
    const smooth = (w: Vec, radius: number): boolean => at.twiceDifferentiable(box(w, radius))
    expect([smooth([1, 0], 0.9), smooth([1, 0], 1)]).toEqual([true, false])
    expect(() => overlapIntervals([], { k: 2, stride: 1 })).toThrow('wStar')
    expect(() => overlapIntervals([1], { k: 0, stride: 1 })).toThrow('k to be an integer ≥ 1')
    expect(() => overlapCertifiable([NaN], { k: 2, stride: 1 })).toThrow('wStar')
  })
})
