import { describe, expect, it } from 'vitest'
import { ShapeError, stream } from '@nonconvex/tensor'
import {
  abs,
  add,
  contains,
  div,
  EMPTY,
  interval,
  mul,
  sqr,
  sqrt,
  sub,
  type Interval,
} from '@nonconvex/tensor/interval'
import { digits60, float64, toNumber } from '../../test/arithmetic.js'
import { inFloat64, inIntervals, noOverlap, overlap, type Formula } from '../../test/landscapes.js'
import { checkHessian } from '../index.js'
import { certifyByIntervals, type Certificate, type IntervalObjective } from './index.js'

/** Asserts the status and gives the outcome its type. */
function expecting<S extends Certificate['status']>(found: Certificate, status: S) {
  expect(found.status, found.message).toBe(status)
  expect(found.rigor).toBe('proof')
  return found as Extract<Certificate, { status: S }>
}

/** ‖∇f‖ and the smallest eigenvalue in 60 digits. */
function truth(formula: Formula, w: readonly bigint[]) {
  const { add: plus, sub: minus, mul: times, sqrt: root, from } = digits60
  const { gradient, hessian } = formula(digits60, w)
  const [a, b, , c] = hessian
  const gap = root(plus(times(minus(a, c), minus(a, c)), times(from(4), times(b, b))))
  return {
    gradient,
    size: root(plus(times(gradient[0], gradient[0]), times(gradient[1], gradient[1]))),
    least: minus(plus(a, c), gap) / 2n,
    hessian,
  }
}

/** The critical point near w, to 60 digits: Newton's method with 2 × 2 systems by Cramer's rule. */
function criticalPoint(formula: Formula, w: readonly bigint[]): readonly bigint[] {
  const { sub: minus, mul: times, div: over } = digits60
  let here = w
  for (let step = 0; step < 8; step++) {
    const { gradient: g, hessian: h } = truth(formula, here)
    const determinant = minus(times(h[0], h[3]), times(h[1], h[2]))
    here = [
      minus(here[0], over(minus(times(h[3], g[0]), times(h[1], g[1])), determinant)),
      minus(here[1], over(minus(times(h[0], g[1]), times(h[2], g[0])), determinant)),
    ]
  }
  return here
}

const t2 = 0.549142470303952
const smallest = overlap(2, [-1, 1])

describe('the formulas of the test', () => {
  it('have a Hessian that is the derivative of the gradient, and 60 digits that agree with 16', () => {
    const s = stream(1)
    for (const [formula, overlaps] of [
      [smallest, true],
      [overlap(5, [1, 2]), true],
      [noOverlap(4, [1, 0.5]), false],
    ] as const) {
      const objective = inFloat64(4, [1, 1], formula, overlaps)
      for (let i = 0; i < 20; i++) {
        const w = [s.normal(), s.normal()]
        const products = {
          ...objective,
          hessianTimes: (v: ArrayLike<number>, u: ArrayLike<number>) => {
            const { data } = objective.hessian([v[0], v[1]])
            return Float64Array.of(data[0] * u[0] + data[1] * u[1], data[2] * u[0] + data[3] * u[1])
          },
        }
        expect(checkHessian(products, w, { tolerance: 1e-6 }).ok).toBe(true)
        const { gradient, hessian } = formula(float64, w)
        const exact = truth(formula, w.map(digits60.from))
        gradient.forEach((x, j) =>
          expect(Math.abs(x - toNumber(exact.gradient[j]))).toBeLessThan(1e-14),
        )
        hessian.forEach((x, j) =>
          expect(Math.abs(x - toNumber(exact.hessian[j]))).toBeLessThan(1e-12),
        )
      }
    }
  })
})

describe('certifyByIntervals', () => {
  it.each([
    ['the spurious minimum of the smallest overlap network', smallest, [t2, -t2], 0.386505048],
    [
      'the spurious minimum of ten patches',
      overlap(10, [-1, 1]),
      [0.971330498687103, -0.971330498687103],
      0.104742889,
    ],
    ['the teacher without overlap', noOverlap(4, [1, 0.5]), [1, 0.5], 0.25],
  ] as const)('proves %s, and 60 digits agree with every number', (_, formula, w, least) => {
    const found = expecting(certifyByIntervals(inIntervals(formula), w, { polish: 5 }), 'certified')
    const at = Array.from(found.w, digits60.from)
    const point = truth(formula, at)
    expect(toNumber(point.size)).toBeLessThanOrEqual(found.gradientBound)
    expect(found.gradientBound).toBeLessThan(1e-14)
    expect(contains(found.smallestEigenvalue, toNumber(point.least))).toBe(true)
    expect(Math.abs(toNumber(point.least) - least)).toBeLessThan(1e-9)
    // the minimum is where it should be
    const minimum = criticalPoint(formula, at)
    const distance = Math.hypot(...minimum.map((x, i) => toNumber(x - at[i])))
    expect(distance).toBeLessThanOrEqual(found.minimumWithin)
    expect(found.minimumWithin).toBeLessThan(1e-13)
    expect(toNumber(truth(formula, minimum).size)).toBeLessThan(1e-29)
    // and the function is as convex around it as it should be
    const s = stream(2)
    for (let i = 0; i < 200; i++) {
      const [r, u] = [found.radius * Math.sqrt(s.uniform()), s.unitVector(2)]
      const inside = at.map((x, j) => x + digits60.from(r * u[j]))
      expect(toNumber(truth(formula, inside).least)).toBeGreaterThanOrEqual(found.convexity)
    }
    expect(found.radius).toBeGreaterThan(0.01)
    expect(found.proves).toMatch(/every rounding enclosed/)
  })

  it('refuses a saddle: its Hessian is proved indefinite', () => {
    const t = 0.067742655
    const found = expecting(
      certifyByIntervals(inIntervals(overlap(2, [1, 1])), [-t, -t]),
      'hessian-not-definite',
    )
    expect(found.smallestEigenvalue.hi).toBeLessThan(-2.24)
    const curvature = truth(overlap(2, [1, 1]), [-t, -t].map(digits60.from)).least
    expect(contains(found.smallestEigenvalue, toNumber(curvature))).toBe(true)
  })

  it('refuses a point 1e-3 away', () => {
    const found = expecting(
      certifyByIntervals(inIntervals(smallest), [t2 + 1e-3, -t2]),
      'gradient-too-large',
    )
    expect(found.allowed).toBeLessThan(found.gradientBound)
    expecting(
      certifyByIntervals(inIntervals(smallest), [t2 + 1e-3, -t2], { within: 1 }),
      'certified',
    )
    // no curvature could hold this gradient
    expecting(
      certifyByIntervals(inIntervals(smallest), [t2 + 0.1, -t2], { within: 1 }),
      'gradient-too-large',
    )
  })

  it('is undecided about the flat directions of the degenerate saddle', () => {
    const alpha = 3 / (3 + Math.PI)
    const found = expecting(
      certifyByIntervals(inIntervals(noOverlap(4, [1, 0.5])), [-alpha, -alpha / 2]),
      'inconclusive',
    )
    expect(contains(found.smallestEigenvalue, 0)).toBe(true)
    expect(found.reason).toMatch(/a flat direction/)
  })

  it('refuses a ball that crosses a kink, whether the division or the objective says so', () => {
    // x² + |x|³ˡ² has no second derivative at 0
    const power: IntervalObjective = {
      d: 1,
      gradient: ([x]) => [sub(mul(2, x), mul(1.5, sqrt(abs(x))))],
      hessian: ([x]) => ({ rows: 1, cols: 1, data: [sub(2, div(0.75, sqrt(abs(x))))] }),
    }
    const minimum = 0.5625
    const found = expecting(certifyByIntervals(power, [minimum]), 'certified')
    expect(found.radius).toBeLessThan(minimum)
    expecting(certifyByIntervals(power, [0]), 'inconclusive')
    // ½x² + (1 + x)·10⁻⁶, with a declared kink at −0.9e-6
    const withKink = (kink: number): IntervalObjective => ({
      d: 1,
      gradient: ([x]) => [add(x, 1e-6)],
      hessian: () => ({ rows: 1, cols: 1, data: [interval(1)] }),
      twiceDifferentiable: ([x]) => !contains(x, kink),
    })
    const crossing = expecting(certifyByIntervals(withKink(-0.9e-6), [0]), 'may-cross-kink')
    expect(crossing.needed).toBeGreaterThanOrEqual(1e-6)
    expect(crossing.kinkDistance).toBeLessThan(0.9e-6)
    expect(expecting(certifyByIntervals(withKink(-2.5e-6), [0]), 'certified').radius).toBeLessThan(
      2.5e-6,
    )
    expecting(certifyByIntervals(withKink(0), [0]), 'may-cross-kink')
  })

  it('encloses the value at the minimum where it is given one', () => {
    const value = ([x]: readonly Interval[]) => div(sqr(sub(sqr(x), 2)), 4)
    const well: IntervalObjective = {
      d: 1,
      value,
      gradient: ([x]) => [mul(x, sub(sqr(x), 2))],
      hessian: ([x]) => ({ rows: 1, cols: 1, data: [sub(mul(3, sqr(x)), 2)] }),
    }
    const found = expecting(certifyByIntervals(well, [1.4], { polish: 8 }), 'certified')
    expect(contains(found.minimumValue, 0)).toBe(true)
    expect(found.minimumValue.hi).toBeLessThan(1e-30)
    expect(found.radius).toBeGreaterThan(0.5)
    // and all over the ball, up to its ends
    for (const end of [found.w[0] - found.radius, found.w[0] + found.radius, 1.3])
      expect(contains(found.ballValue ?? EMPTY, value([interval(end)]))).toBe(true)
    expect(found.ballValue?.lo).toBe(found.minimumValue.lo)
    const limited = expecting(
      certifyByIntervals(well, [Math.SQRT2], { largestRadius: 1e-3 }),
      'certified',
    )
    expect(limited.radius).toBe(1e-3)
  })

  it('is undecided where the enclosures are useless, and refuses misuse', () => {
    const wide: IntervalObjective = {
      d: 1,
      gradient: ([x]) => [x],
      hessian: ([x]) => ({
        rows: 1,
        cols: 1,
        data: [x.lo === x.hi ? interval(1) : interval(-1, 3)],
      }),
    }
    expect(expecting(certifyByIntervals(wide, [0]), 'inconclusive').reason).toMatch(
      /not enclosed sharply/,
    )
    expect(() => certifyByIntervals(wide, [0, 1])).toThrow(ShapeError)
    expect(() => certifyByIntervals(wide, [Infinity])).toThrow(RangeError)
    expect(() => certifyByIntervals(wide, [0], { largestRadius: 0 })).toThrow(
      'largestRadius to be positive',
    )
    expect(() => certifyByIntervals(wide, [0], { within: NaN })).toThrow('within to be > 0')
  })
})
