import { describe, expect, it } from 'vitest'
import { norm2, stream } from '@nonconvex/tensor'
import {
  coefficients,
  criticalPoints,
  noOverlapGradient,
  noOverlapLoss,
  oneSidedDerivative,
  pointEvidence,
  sMinusTCos,
} from '../index.js'

const root = stream(3).child('critical-points')
const cases = [2, 3, 5, 10, 50].map((k, i) => {
  const wStar = root.child('teacher', k).normalInto(new Float64Array(2 + i))
  return { k, m: 2 + i, wStar, R: norm2(wStar) }
})

describe('inside the hypotheses', () => {
  it.each(cases)('finds maximum, minimum and saddle for k = $k, m = $m', ({ k, m, wStar, R }) => {
    const points = criticalPoints(wStar, k)
    expect(points.map((p) => p.kind)).toEqual(['maximum', 'minimum', 'saddle'])
    for (const point of points) {
      expect(point.hypotheses.map((h) => h.status)).toEqual(['holds', 'holds', 'holds'])
      expect(noOverlapLoss(point.w, wStar, k)).toBeCloseTo(point.loss, 13)
    }
    for (const { w, eigenvalues = [] } of points.slice(1)) {
      expect(norm2(noOverlapGradient(w, wStar, k))).toBeLessThanOrEqual(1e-13 * R)
      const solver = pointEvidence(w, wStar, k).eigenvalues
      const closed = eigenvalues.flatMap((e) => new Array<number>(e.multiplicity).fill(e.value))
      expect(closed).toHaveLength(m)
      closed.forEach((x, i) => expect(Math.abs(x - solver[i])).toBeLessThan(1e-12))
    }
    expect(points[2]).toMatchObject({ order: 3, psdHessian: true })
  })

  it('leaves the origin downwards in every direction, as fast as the formula says', () => {
    for (const { k, m, wStar, R } of cases)
      for (let i = 0; i < 50; i++) {
        const e = root.child(`direction-${k}`, i).unitVector(m)
        const step = 1e-7
        const zero = new Float64Array(m)
        const rise =
          noOverlapLoss(
            e.map((x) => step * x),
            wStar,
            k,
          ) - noOverlapLoss(zero, wStar, k)
        const slope = oneSidedDerivative(e, wStar, k)
        expect(Math.abs(slope - rise / step)).toBeLessThan(1e-5)
        const { b, c } = coefficients(k)
        expect(slope).toBeLessThanOrEqual(-b * R * (1 - 1e-12))
        expect(slope).toBeGreaterThanOrEqual(-c * R * (1 + 1e-12))
      }
  })

  it('falls across the ray of the saddle exactly by (a/π) αR² s̃(φ)', () => {
    for (const k of [2, 5, 20]) {
      const { a, alpha } = coefficients(k)
      const at = (phi: number): number =>
        noOverlapLoss([-alpha * Math.cos(phi), alpha * Math.sin(phi)], [1, 0], k)
      for (let phi = 0.05; phi < Math.PI; phi += 0.1)
        expect(Math.abs(at(phi) - at(0) + (a / Math.PI) * alpha * sMinusTCos(phi))).toBeLessThan(
          1e-14,
        )
    }
  })
})

describe('outside the hypotheses', () => {
  it('k = 1: the saddle merges into the origin, which is no maximum', () => {
    const points = criticalPoints([3, 4], 1)
    expect(points.map((p) => p.kind)).toEqual(['degenerate', 'minimum'])
    expect(points[0].hypotheses[0]).toMatchObject({ status: 'fails', measured: 1 })
    expect(points[0].oneSided?.max).toBeCloseTo(0, 15)
    expect(Math.abs(oneSidedDerivative([-3, -4], [3, 4], 1))).toBe(0)
    for (const t of [0.5, 1, 2])
      expect(noOverlapLoss([-3 * t, -4 * t], [3, 4], 1)).toBeCloseTo((1 + t * t) * 12.5, 12)
  })
  it('m = 1: the point opposite is a local minimum', () => {
    const points = criticalPoints([2], 5)
    expect(points.map((p) => p.kind)).toEqual(['maximum', 'minimum', 'localMinimum'])
    expect(points[2].hypotheses[1]).toMatchObject({ status: 'fails', measured: 1 })
    const { w, loss } = points[2]
    for (const d of [-0.01, 0.01]) expect(noOverlapLoss([w[0] + d], [2], 5)).toBeGreaterThan(loss)
  })
  it('w* = 0: one point, the minimum at 0', () => {
    const points = criticalPoints([0, 0], 5)
    expect(points).toHaveLength(1)
    expect(points[0]).toMatchObject({ kind: 'minimum', loss: 0 })
    expect(points[0].hypotheses[2].status).toBe('fails')
  })
  it('refuses NaN and nothing', () => {
    expect(() => criticalPoints([NaN, 1], 2)).toThrow('wStar[0] to be finite')
    expect(() => criticalPoints([], 2)).toThrow(RangeError)
  })
})
