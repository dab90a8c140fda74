import { describe, expect, it } from 'vitest'
import { matrix, ShapeError, stream } from '@nonconvex/tensor'
import { contains, ENTIRE } from '@nonconvex/tensor/interval'
import { digits60, toNumber } from '../../test/arithmetic.js'
import { inFloat64, noOverlap, overlap } from '../../test/landscapes.js'
import { certify, type CertifiableObjective, type Certificate } from './index.js'

/** Asserts the status and gives the outcome its type. */
function expecting<S extends Certificate['status']>(found: Certificate, status: S) {
  expect(found.status, found.message).toBe(status)
  return found as Extract<Certificate, { status: S }>
}

const exact = () => ({ value: 0, gradient: 0, hessian: 0 })

/** ½ Σ aᵢ wᵢ²: its Hessian does not vary. */
const quadratic = (a: readonly number[]): CertifiableObjective => ({
  d: a.length,
  value: (w) => a.reduce((sum, x, i) => sum + (x * w[i] ** 2) / 2, 0),
  gradient: (w) => Float64Array.from(a, (x, i) => x * w[i]),
  hessian: () =>
    matrix(
      a.length,
      a.length,
      Float64Array.from({ length: a.length ** 2 }, (_, at) =>
        at % (a.length + 1) === 0 ? a[at / (a.length + 1)] : 0,
      ),
    ),
  hessianLipschitz: () => 0,
  errorBudget: exact,
})

/** (x² − 1)²/4 + y²/2 with its minimum at (1, 0) and its saddle at 0. */
const well: CertifiableObjective = {
  d: 2,
  value: ([x, y]: ArrayLike<number> & Iterable<number>) => (x * x - 1) ** 2 / 4 + (y * y) / 2,
  gradient: (w) => Float64Array.of(w[0] * (w[0] ** 2 - 1), w[1]),
  hessian: (w) => matrix(2, 2, [3 * w[0] ** 2 - 1, 0, 0, 1]),
  hessianLipschitz: (w, radius) => 6 * (Math.abs(w[0]) + radius) * (1 + 1e-15),
  errorBudget: () => ({ value: 1e-15, gradient: 1e-15, hessian: 1e-15 }),
}

describe('certify', () => {
  // t₀, eigenvalues and radii as published for w* = (−1, 1)
  const spurious = [
    [2, 0.549142470303952, 0.386505048, 0.029159],
    [3, 0.754457269451282, 0.290381479, 0.041379],
    [5, 0.896818936931953, 0.192818348, 0.046646],
    [10, 0.971330498687103, 0.104742889, 0.04249],
    [50, 0.998764435463, 0.022543027, 0.018461],
  ] as const

  it.each(spurious)(
    'certifies the spurious minimum of %d windows with its published radius',
    (k, t, least, radius) => {
      const objective = inFloat64(k, [-1, 1], overlap(k, [-1, 1]), true)
      const found = expecting(certify(objective, [t, -t], { polish: 5 }), 'certified')
      expect(found.rigor).toBe('float64')
      expect(Math.abs(found.smallestEigenvalue.lo - least)).toBeLessThan(1e-9)
      expect(Math.abs(found.radius - radius)).toBeLessThan(1e-6)
      // G/ν with the budget of 1e-14
      expect(found.minimumWithin).toBeLessThan((1.1 * 1.1e-14) / least)
      expect(found.convexity).toBeGreaterThanOrEqual(least / 2 - 1e-9)
      // that objective gives no value
      expect(found.minimumValue).toEqual(ENTIRE)
      expect(found.message).toMatch(
        /^a strict local minimum within .*, the only critical point within 0\.0/,
      )
      expect(found.proves).toMatch(/strongly convex.*error budget/)
    },
  )

  it('refuses a saddle, and shows the direction down', () => {
    const objective = inFloat64(2, [1, 1], overlap(2, [1, 1]), true)
    const found = expecting(
      certify(objective, [-0.067742655, -0.067742655], { polish: 5 }),
      'hessian-not-definite',
    )
    expect(Math.abs(found.smallestEigenvalue.hi + 2.241694)).toBeLessThan(1e-6)
    expect(Math.abs(found.direction[0] + found.direction[1])).toBeLessThan(1e-12)
    expect(found.message).toBe('the Hessian has an eigenvalue of at most -2.242')
  })

  it('refuses a maximum and the double well’s saddle', () => {
    expecting(certify(quadratic([-1, -2]), [0, 0]), 'hessian-not-definite')
    expect(
      expecting(certify(well, [0, 0]), 'hessian-not-definite').smallestEigenvalue.hi,
    ).toBeCloseTo(-1, 12)
  })

  it('refuses a point 1e-3 away, unless any minimum in the ball will do', () => {
    const objective = inFloat64(2, [-1, 1], overlap(2, [-1, 1]), true)
    const t = 0.549142470303952
    const near = [t + 1e-3, -t]
    const found = expecting(certify(objective, near), 'gradient-too-large')
    expect(found.gradientBound).toBeGreaterThan(3e-4)
    expect(found.allowed).toBeLessThan(found.gradientBound)
    expect(found.message).toMatch(/the gradient, up to .* would have to be below/)
    const wide = expecting(certify(objective, near, { within: Infinity }), 'certified')
    expect(wide.minimumWithin).toBeGreaterThan(1e-3)
    expect(wide.minimumWithin).toBeLessThan(wide.radius)
    const polished = expecting(certify(objective, near, { polish: 6 }), 'certified')
    expect(polished.polished?.steps).toBeGreaterThan(1)
    expect(polished.polished?.moved).toBeCloseTo(1e-3, 5)
    expect(polished.minimumWithin).toBeLessThan(1e-13)
  })

  it('refuses a gradient that needs a larger ball than the curvature allows, wherever the minimum', () => {
    const found = expecting(certify(well, [1.5, 0], { within: Infinity }), 'gradient-too-large')
    expect(found.allowed).toBeGreaterThan(0)
  })

  it('is undecided about a flat direction', () => {
    const alpha = 3 / (3 + Math.PI)
    const saddle = inFloat64(4, [1, 0.5], noOverlap(4, [1, 0.5]), false)
    for (const found of [
      certify(quadratic([2, 0]), [0, 3]),
      certify(saddle, [-alpha, -alpha / 2]),
    ]) {
      const { reason, smallestEigenvalue } = expecting(found, 'inconclusive')
      expect(reason).toMatch(/holds 0: a flat direction/)
      expect(contains(smallestEigenvalue, 0)).toBe(true)
    }
  })

  it('refuses a ball that crosses a kink, and takes one that stays away', () => {
    // ½x², and beyond x = kink something else
    const kinked = (kink: number): CertifiableObjective => ({
      ...quadratic([1]),
      kinkDistance: (w) => Math.abs(kink - w[0]),
    })
    const found = expecting(certify(kinked(2e-6), [1e-6]), 'may-cross-kink')
    expect(found.kinkDistance).toBeCloseTo(1e-6, 12)
    expect(found.needed).toBeGreaterThanOrEqual(found.kinkDistance)
    const away = expecting(certify(kinked(4e-6), [1e-6]), 'certified')
    expect(away.radius).toBeLessThan(3e-6)
    expecting(certify(kinked(0), [0]), 'may-cross-kink')
  })

  it('refuses a ball beyond the validity of the Hessian’s bound', () => {
    const bounded = (limit: number): CertifiableObjective => ({
      ...quadratic([1]),
      radiusLimit: () => limit,
    })
    const found = expecting(certify(bounded(1e-6), [1e-5]), 'radius-outside-bound')
    expect(found).toMatchObject({ limit: 1e-6 })
    expect(found.needed).toBeGreaterThanOrEqual(1e-5)
    expecting(certify(bounded(1e-4), [1e-5]), 'certified')
    expecting(certify({ ...well, hessianLipschitz: () => Infinity }, [1, 0]), 'inconclusive')
  })

  it('encloses the value at the minimum', () => {
    const found = expecting(certify(well, [1 + 1e-5, 1e-5]), 'certified')
    expect(contains(found.minimumValue, 0)).toBe(true)
    expect(found.minimumValue.hi).toBeLessThan(3e-10)
    const whole = expecting(certify(quadratic([1, 3]), [0, 0]), 'certified')
    expect(whole).toMatchObject({ minimumWithin: 0, minimumValue: { lo: 0, hi: 0 } })
    expect(whole.radius).toBe(1e100)
  })

  it('counts the error budget against the claim', () => {
    const unsure = (budget: object): CertifiableObjective => ({
      ...quadratic([1, 1]),
      errorBudget: () => ({ ...exact(), ...budget }),
    })
    expecting(certify(unsure({}), [0, 0]), 'certified')
    expecting(certify(unsure({ gradient: 1 }), [0, 0]), 'gradient-too-large')
    expecting(certify(unsure({ hessian: 1.5 }), [0, 0]), 'inconclusive')
  })

  it('does not pass on NaN', () => {
    const nan = { ...well, gradient: () => Float64Array.of(NaN, 0) }
    expect(expecting(certify(nan, [1, 0]), 'inconclusive').reason).toBe(
      'the gradient is not bounded',
    )
    const infinite = { ...well, hessian: () => matrix(2, 2, [Infinity, 0, 0, 1]) }
    expect(expecting(certify(infinite, [1, 0]), 'inconclusive').reason).toBe(
      'the Hessian is not bounded',
    )
  })

  it('refuses misuse', () => {
    expect(() => certify(well, [1])).toThrow(ShapeError)
    expect(() => certify(well, [NaN, 0])).toThrow(RangeError)
    expect(() => certify(well, [1, 0], { polish: -1 })).toThrow(
      'polish: expected most to be an integer >= 0',
    )
    expect(() => certify(well, [1, 0], { within: 0 })).toThrow(
      'certify: expected within to be > 0, got 0',
    )
    expect(() => certify({ ...well, hessianLipschitz: () => NaN }, [1, 0])).toThrow(
      'hessianLipschitz to be >= 0',
    )
    expect(() =>
      certify({ ...well, errorBudget: () => ({ ...exact(), value: -1 }) }, [1, 0]),
    ).toThrow('errorBudget.value')
  })
})

describe('a certificate of 20 dimensions', () => {
  it('agrees with 60 digits where the function is a sum of wells, 200 random points near the minimum', () => {
    // Σ (xᵢ² − aᵢ)²/4: the minima are √aᵢ, the Hessian diagonal
    const d = 20
    const s = stream(7)
    const a = Array.from({ length: d }, () => 1 + s.uniform())
    const wells: CertifiableObjective = {
      d,
      value: (w) => a.reduce((sum, x, i) => sum + (w[i] ** 2 - x) ** 2 / 4, 0),
      gradient: (w) => Float64Array.from(a, (x, i) => w[i] * (w[i] ** 2 - x)),
      hessian: (w) =>
        matrix(
          d,
          d,
          Float64Array.from({ length: d * d }, (_, at) =>
            at % (d + 1) === 0 ? 3 * w[at / (d + 1)] ** 2 - a[at / (d + 1)] : 0,
          ),
        ),
      hessianLipschitz: (w, radius) => 6 * (Math.max(...w) + radius) * (1 + 1e-15),
      errorBudget: () => ({ value: 1e-14, gradient: 1e-14, hessian: 1e-14 }),
    }
    const minima = a.map((x) => digits60.sqrt(digits60.from(x)))
    for (let trial = 0; trial < 200; trial++) {
      const size = 10 ** (-14 * s.uniform())
      const w = a.map((x) => Math.sqrt(x) + size * s.normal())
      const found = certify(wells, w)
      const off = minima.map((x, i) => toNumber(x - digits60.from(w[i])))
      const distance = Math.hypot(...off)
      if (found.status === 'certified') {
        expect(distance).toBeLessThanOrEqual(found.minimumWithin)
        expect(found.radius).toBeLessThan(2 * Math.min(...w))
      } else expect(distance).toBeGreaterThan(1e-5)
    }
  })
})
