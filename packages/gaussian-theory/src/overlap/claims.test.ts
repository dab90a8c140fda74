import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import {
  hessianLipschitzHolds,
  lagForm,
  overlapDescent,
  reflected,
  spuriousMinimum,
  spuriousMinimumEmerges,
  staysInQuadrant,
  overlapEvidence,
  overlapSmoothness,
  reflectedLoss,
} from './index.js'

const shape = { m: 2, k: 3, stride: 1 }
const wStar = [-1, 1]
const { t0 } = spuriousMinimum(3)

describe('the spurious minimum', () => {
  const at = (w: number[]) =>
    verdictOn(spuriousMinimumEmerges, {
      shape,
      found: overlapEvidence(w, wStar, shape),
      size: w[0] ** 2 + w[1] ** 2 + 2,
    })
  it('holds at −t₀w*', () => {
    expect(at([t0, -t0])).toMatchObject({ status: 'holds', relation: '>=' })
  })
  it('is violated at the teacher, whose loss is 0', () => {
    expect(at(wStar).status).toBe('violated')
  })
  it('is violated 1e-6 away, and at a saddle', () => {
    expect(at([t0 + 1e-6, -t0]).status).toBe('violated')
    const found = overlapEvidence([t0, -t0], wStar, shape)
    const saddle = { ...found, eigenvalues: [-0.1, 0.4] }
    expect(verdictOn(spuriousMinimumEmerges, { shape, found: saddle, size: 4 }).status).toBe(
      'violated',
    )
  })
  it('is inconclusive where an eigenvalue is 0 up to rounding', () => {
    const found = overlapEvidence([t0, -t0], wStar, shape)
    const flat = { ...found, eigenvalues: [1e-12, 0.4] }
    expect(verdictOn(spuriousMinimumEmerges, { shape, found: flat, size: 4 }).status).toBe(
      'inconclusive',
    )
  })
  it('does not apply without overlap, or to one patch', () => {
    const found = overlapEvidence([t0, -t0], wStar, shape)
    expect(
      verdictOn(spuriousMinimumEmerges, { shape: { ...shape, stride: 2 }, found, size: 4 }).status,
    ).toBe('inapplicable')
    expect(
      verdictOn(spuriousMinimumEmerges, { shape: { ...shape, k: 1 }, found, size: 4 }).status,
    ).toBe('inapplicable')
  })
})

describe('the reflected teacher', () => {
  it('holds for the identity, is violated by another k, and does not apply to w* = 0', () => {
    const right = reflectedLoss(wStar, { k: 3, stride: 1 })
    expect(
      verdictOn(reflected, { loss: right * (1 + 1e-15), expected: right, R: Math.SQRT2 }).status,
    ).toBe('holds')
    const wrong = reflectedLoss(wStar, { k: 4, stride: 1 })
    expect(verdictOn(reflected, { loss: right, expected: wrong, R: Math.SQRT2 }).status).toBe(
      'violated',
    )
    expect(verdictOn(reflected, { loss: 0, expected: 0, R: 0 }).status).toBe('inapplicable')
  })
})

describe('counts over runs', () => {
  const eta = 1 / overlapSmoothness(shape)
  it('hold without breach, are violated by one', () => {
    const found = { shape, eta, checks: 100, breaches: 0 }
    expect(verdictOn(overlapDescent, found).status).toBe('holds')
    expect(verdictOn(overlapDescent, { ...found, breaches: 1 }).status).toBe('violated')
    expect(verdictOn(overlapDescent, { ...found, checks: 0 }).status).toBe('inconclusive')
    expect(verdictOn(overlapDescent, { ...found, eta: 1.01 * eta }).status).toBe('inapplicable')
  })
  it('of the quadrant need every initialization and closed walls', () => {
    const found = { k: 3, flattest: -0.1, starts: 400, trapped: 400, skew: 0 }
    expect(verdictOn(staysInQuadrant, found).status).toBe('holds')
    expect(verdictOn(staysInQuadrant, { ...found, trapped: 399 }).status).toBe('violated')
    expect(verdictOn(staysInQuadrant, { ...found, flattest: 0.01 }).status).toBe('violated')
    expect(verdictOn(staysInQuadrant, { ...found, starts: 0, trapped: 0 }).status).toBe(
      'inconclusive',
    )
    expect(verdictOn(staysInQuadrant, { ...found, skew: 0.1 }).status).toBe('inapplicable')
    expect(verdictOn(staysInQuadrant, { ...found, k: 1 }).status).toBe('inapplicable')
  })
})

it('compares forms and bounds', () => {
  expect(verdictOn(lagForm, { largest: 9e-14, points: 10 }).status).toBe('holds')
  expect(verdictOn(lagForm, { largest: 2e-13, points: 10 }).status).toBe('violated')
  expect(verdictOn(lagForm, { largest: NaN, points: 10 }).status).toBe('inconclusive')
  expect(verdictOn(hessianLipschitzHolds, { largest: 0.5, pairs: 10 }).status).toBe('holds')
  expect(verdictOn(hessianLipschitzHolds, { largest: 1.1, pairs: 10 }).status).toBe('violated')
  expect(verdictOn(hessianLipschitzHolds, { largest: 0, pairs: 0 }).status).toBe('inconclusive')
})

it('has a stable id and a source for every claim', () => {
  for (const claim of [
    lagForm,
    reflected,
    overlapDescent,
    spuriousMinimumEmerges,
    staysInQuadrant,
    hessianLipschitzHolds,
  ]) {
    expect(claim.id).toMatch(/^gaussian\/[a-z-]+$/)
    expect(claim.source.ours).toBeTruthy()
  }
})
