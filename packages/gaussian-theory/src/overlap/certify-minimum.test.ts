import { describe, expect, it } from 'vitest'
import type { Certificate, Certified } from '@nonconvex/optim/certify'
import type { Vec } from '@nonconvex/tensor'
import {
  antiparallelRay,
  certifyMinimum,
  isSpurious,
  overlapCertifiable,
  spuriousMinimum,
  type CertifyMinimumOptions,
} from './index.js'
import { coefficients } from '../index.js'

const rigors = ['float64', 'proof'] as const

function certified(w: Vec, wStar: Vec, options: CertifyMinimumOptions): Certified {
  const found = certifyMinimum(w, wStar, options)
  if (found.status !== 'certified') throw new Error(found.message)
  return found
}

describe('the explicit minimum for (−1, 1)', () => {
  it.each([
    [2, 0.029159, 0.386505048],
    [3, 0.041379, 0.290381479],
    [5, 0.046646, 0.192818348],
    [10, 0.04249, 0.104742889],
    [50, 0.018461, 0.022543027],
  ])('is certified with the radius and eigenvalue of the table at k = %i', (k, radius, least) => {
    const { t0, lossOverR2 } = spuriousMinimum(k)
    const found = certified([t0, -t0], [-1, 1], { k, stride: 1 })
    expect(Math.abs(found.radius - radius)).toBeLessThan(1e-6)
    expect(Math.abs(found.smallestEigenvalue.lo - least)).toBeLessThan(1e-9)
    expect(found.convexity).toBeGreaterThanOrEqual(found.smallestEigenvalue.lo / 2)
    expect(found.minimumWithin).toBeLessThan(2e-12)
    expect(Math.abs(found.minimumValue.lo - 2 * lossOverR2)).toBeLessThan(1e-13)
    expect(isSpurious(found)).toBe(true)
  })

  it.each([2, 3, 5, 10])('is proved at k = %i, and what is proved agrees', (k) => {
    const { t0, lossOverR2 } = spuriousMinimum(k)
    const found = certified([t0, -t0], [-1, 1], { k, stride: 1, rigor: 'proof' })
    const other = certified([t0, -t0], [-1, 1], { k, stride: 1 })
    expect(found.rigor).toBe('proof')
    expect(found.radius).toBeGreaterThan(0.03)
    expect(found.minimumWithin).toBeLessThan(1e-14)
    expect(found.minimumWithin).toBeLessThan(other.minimumWithin)
    for (const [proved, computed] of [
      [found.smallestEigenvalue, other.smallestEigenvalue],
      [found.minimumValue, other.minimumValue],
    ]) {
      expect(proved.lo).toBeGreaterThanOrEqual(computed.lo)
      expect(proved.hi).toBeLessThanOrEqual(computed.hi)
    }
    expect(Math.abs(found.minimumValue.lo - 2 * lossOverR2)).toBeLessThan(1e-14)
    expect(isSpurious(found)).toBe(true)
  })

  it.each(rigors)('is found from near by polishing, %s', (rigor) => {
    const { t0 } = spuriousMinimum(5)
    const found = certified([t0 + 1e-3, -t0], [-1, 1], { k: 5, stride: 1, rigor, polish: 6 })
    expect(Math.hypot(found.w[0] - t0, found.w[1] + t0)).toBeLessThan(1e-14)
    expect(found.polished?.moved).toBeCloseTo(1e-3, 6)
  })
})

describe.each(rigors)('%s', (rigor) => {
  const at = (w: Vec, wStar: Vec, k: number, stride = 1): Certificate => {
    const found = certifyMinimum(w, wStar, { k, stride, rigor })
    expect(isSpurious(found)).toBe(false)
    expect(found.rigor).toBe(rigor)
    return found
  }

  it('certifies the global minimum, not as spurious, also where a shifted teacher is parallel', () => {
    expect(at([-1, 1], [-1, 1], 2).status).toBe('certified')
    expect(at([0.5, -0.2, 0.1], [0.5, -0.2, 0.1], 4).status).toBe('certified')
    expect(at([0, 1], [0, 1], 2).status).toBe('certified')
  })

  it('refuses a saddle, with the eigenvalue and a direction down', () => {
    const { t0 } = antiparallelRay([1, 1], { k: 2, stride: 1 })
    const found = at([-t0, -t0], [1, 1], 2)
    expect(found.status).toBe('hessian-not-definite')
    expect(found.smallestEigenvalue.hi).toBeCloseTo(-2.241694, 5)
    if (found.status === 'hessian-not-definite')
      expect(found.direction[0]).toBeCloseTo(-found.direction[1], 12)
  })

  it('refuses a point 10⁻³ away, with the gradient there', () => {
    const { t0 } = spuriousMinimum(5)
    const found = at([t0 + 1e-3, -t0], [-1, 1], 5)
    expect(found.status).toBe('gradient-too-large')
    expect(found.gradientBound).toBeCloseTo(3.063e-4, 7)
    if (found.status === 'gradient-too-large') expect(found.allowed).toBeLessThan(1.3e-5)
  })

  it('is inconclusive in a flat direction: the degenerate saddle without overlap', () => {
    const found = at([-coefficients(3).alpha, 0], [1, 0], 3, 2)
    expect(found.status).toBe('inconclusive')
    expect(found.smallestEigenvalue.lo).toBeLessThan(0)
    expect(found.smallestEigenvalue.hi).toBeGreaterThan(0)
    expect(found.message).toContain('holds 0')
  })

  it('refuses the kink itself', () => {
    const found = at([0, 0], [-1, 1], 2)
    expect(found.status).toBe('may-cross-kink')
    if (found.status === 'may-cross-kink') expect(found.kinkDistance).toBe(0)
  })

  it('refuses a ball that crosses the kink', () => {
    // a parabola but for the kink: in float64 as the teacher is 0, for intervals also with a tiny
    // one
    const found = at([1e-5, 0], rigor === 'proof' ? [1e-12, 1e-12] : [0, 0], 1, 2)
    expect(found.status).toBe('may-cross-kink')
    if (found.status === 'may-cross-kink') {
      expect(found.kinkDistance).toBeLessThanOrEqual(1e-5)
      expect(found.needed).toBeGreaterThanOrEqual(found.kinkDistance)
    }
  })
})

it('knows no bound of the Hessian from the kink on, and refuses other lengths', () => {
  const objective = overlapCertifiable([-1, 1], { k: 2, stride: 1 })
  expect(objective.kinkDistance([3, 4])).toBeLessThanOrEqual(5)
  expect(objective.kinkDistance([3, 4])).toBeCloseTo(5, 13)
  expect(objective.hessianLipschitz([3, 4], 5)).toBe(Infinity)
  expect(objective.hessianLipschitz([3, 4], 4.9)).toBeLessThan(Infinity)
  expect(() => certifyMinimum([1], [1, 2], { k: 2, stride: 1 })).toThrow('wStar')
})

describe('scale', () => {
  it.each(rigors)('from 1e-15 to 1e15 is certified, beyond it is refused (%s)', (rigor) => {
    const options = { k: 2, stride: 1, rigor }
    for (const scale of [1e-14, 1, 1e14])
      expect(certifyMinimum([-scale, scale], [-scale, scale], options).status).toBe('certified')
    for (const scale of [1e-16, 1e16]) {
      expect(() => certifyMinimum([-1, 1], [-scale, scale], options)).toThrow(
        'certifyMinimum: expected the norm of wStar to be 0 or in [1e-15, 1e15]',
      )
      expect(() => certifyMinimum([-scale, scale], [-1, 1], options)).toThrow('the norm of w ')
    }
  })
})
