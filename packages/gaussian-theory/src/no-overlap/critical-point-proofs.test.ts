import { describe, expect, it } from 'vitest'
import { norm2, stream } from '@nonconvex/tensor'
import { box, contains, interval, mid, type Interval } from '@nonconvex/tensor/interval'
import { certifyByIntervals } from '@nonconvex/optim/certify'
import {
  coefficients,
  criticalPoints,
  noOverlapGradient,
  noOverlapHessian,
  noOverlapIntervals,
  noOverlapLoss,
  oneSidedDerivative,
  proveCriticalPoints,
} from '../index.js'

const width = ({ lo, hi }: Interval) => hi - lo
/** x within rounding of y */
const holdsNearly = (x: Interval, y: number, slack: number) =>
  contains(interval(x.lo - slack, x.hi + slack), y)

describe('noOverlapIntervals', () => {
  it('holds gradient and Hessian in float64, at points and all over boxes', () => {
    const s = stream(1)
    for (let i = 0; i < 200; i++) {
      const m = 1 + s.integer(5)
      const k = 1 + s.integer(8)
      const [w, wStar] = [s.normalInto(new Float64Array(m)), s.normalInto(new Float64Array(m))]
      const objective = noOverlapIntervals(wStar, k)
      const radius = i % 2 === 0 ? 0 : 0.1 * s.uniform() * norm2(w)
      const cube = box(w, radius)
      const [gradient, hessian] = [objective.gradient(cube), objective.hessian(cube)]
      const inside = w.map((x) => x + radius * (2 * s.uniform() - 1))
      noOverlapGradient(inside, wStar, k).forEach((x, j) =>
        expect(holdsNearly(gradient[j], x, 1e-13)).toBe(true),
      )
      noOverlapHessian(inside, wStar, k).data.forEach((x, j) =>
        expect(holdsNearly(hessian.data[j], x, 1e-12 / norm2(w))).toBe(true),
      )
      if (radius === 0 && m > 1) {
        expect(Math.max(...gradient.map(width))).toBeLessThan(1e-13)
        expect(Math.max(...hessian.data.map(width))).toBeLessThan(1e-9 / norm2(w))
      }
    }
  })

  it('is unbounded around the kink, so that nothing is certified there', () => {
    const found = certifyByIntervals(noOverlapIntervals([1, 0], 3), [0, 0])
    expect(found.status).toBe('inconclusive')
  })
})

describe('proveCriticalPoints', () => {
  it.each([
    [[1, 0], 2],
    [[1, 0.5, -0.25], 3],
    [[-3, 1, 0.1, 20, 5], 10],
    [[1e-3, 2e-3], 50],
  ] as const)('proves all three for w* = %j and k = %i', (wStar, k) => {
    const { origin, minimum, saddle } = proveCriticalPoints(wStar, k)
    const { a, b, c, alpha } = coefficients(k)
    const R = norm2(wStar)
    const points = criticalPoints(wStar, k)

    expect(origin.proved).toBe(true)
    const tilt = R * 1e-15
    expect(contains(origin.slopes, interval(-c * R * (1 - 1e-15), -b * R * (1 + 1e-15)))).toBe(true)
    expect(origin.slopes.lo).toBeGreaterThan(-c * R - tilt)
    expect(origin.slopes.hi).toBeLessThan(-b * R + tilt)

    expect(minimum.status, minimum.message).toBe('certified')
    expect(minimum.rigor).toBe('proof')
    expect(holdsNearly(minimum.smallestEigenvalue, a, 0)).toBe(true)
    expect(width(minimum.smallestEigenvalue)).toBeLessThan(1e-13)

    expect(saddle.proved).toBe(true)
    expect(holdsNearly(saddle.alpha, alpha, 1e-15)).toBe(true)
    expect(holdsNearly(saddle.loss, points[2].loss, 1e-15 * R * R)).toBe(true)
    expect(contains(saddle.across, 0)).toBe(true)
    expect(width(saddle.across)).toBeLessThan(1e-12)
    expect(holdsNearly(saddle.along, c, 1e-15)).toBe(true)
  })

  it('encloses the descent at the saddle, as far as float64 can see it', () => {
    const [wStar, k] = [[1, 0], 5] as const
    const { fall, loss } = proveCriticalPoints(wStar, k).saddle
    const { alpha } = coefficients(k)
    expect(fall.hi).toBeCloseTo(alpha / (15 * Math.PI), 12)
    for (const phi of [1, 0.5, 0.1, 0.01]) {
      const w = [-alpha * Math.cos(phi), alpha * Math.sin(phi)]
      const found = (mid(loss) - noOverlapLoss(w, wStar, k)) / phi ** 3
      expect(holdsNearly(fall, found, 1e-15 / phi ** 3)).toBe(true)
    }
  })

  it('holds the slopes at the origin in every direction', () => {
    const s = stream(2)
    const wStar = [1, 0.5, -0.25]
    const { slopes } = proveCriticalPoints(wStar, 3).origin
    for (let i = 0; i < 500; i++)
      expect(contains(slopes, oneSidedDerivative(s.unitVector(3), wStar, 3))).toBe(true)
  })

  it('is narrow: widths of a few units in the last place', () => {
    const { saddle } = proveCriticalPoints([1, 0], 5)
    expect(width(saddle.alpha)).toBeLessThan(5e-16)
    expect(width(saddle.loss)).toBeLessThan(1e-15)
  })

  it('refuses what the statement does not hold for', () => {
    expect(() => proveCriticalPoints([1, 0], 1)).toThrow('k to be an integer ≥ 2, got 1')
    expect(() => proveCriticalPoints([1], 3)).toThrow('length ≥ 2, got 1')
    expect(() => proveCriticalPoints([0, 0], 3)).toThrow('not to be zero')
    expect(() => proveCriticalPoints([NaN, 0], 3)).toThrow(RangeError)
  })
})
