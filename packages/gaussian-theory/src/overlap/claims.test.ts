import { describe, expect, it } from 'vitest'
import {
  decideHessianLipschitz,
  decideLagForm,
  decideOverlapDescent,
  decideReflected,
  decideSpuriousMinimum,
  decideTrap,
  overlapClaims,
  overlapEvidence,
  overlapSmoothness,
  reflectedLoss,
  spuriousMinimum,
} from '../index.js'

const shape = { m: 2, k: 3, stride: 1 }
const wStar = [-1, 1]
const { t0 } = spuriousMinimum(3)

describe('the spurious minimum', () => {
  const at = (w: number[]) =>
    decideSpuriousMinimum(shape, overlapEvidence(w, wStar, shape), w[0] ** 2 + w[1] ** 2 + 2)
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
    expect(decideSpuriousMinimum(shape, saddle, 4).status).toBe('violated')
  })
  it('is inconclusive where an eigenvalue is 0 up to rounding', () => {
    const found = overlapEvidence([t0, -t0], wStar, shape)
    const flat = { ...found, eigenvalues: [1e-12, 0.4] }
    expect(decideSpuriousMinimum(shape, flat, 4).status).toBe('inconclusive')
  })
  it('does not apply without overlap, or to one window', () => {
    const found = overlapEvidence([t0, -t0], wStar, shape)
    expect(decideSpuriousMinimum({ ...shape, stride: 2 }, found, 4).status).toBe('inapplicable')
    expect(decideSpuriousMinimum({ ...shape, k: 1 }, found, 4).status).toBe('inapplicable')
  })
})

describe('the reflected teacher', () => {
  it('holds for the identity, is violated by another k, and does not apply to w* = 0', () => {
    const right = reflectedLoss(wStar, { k: 3, stride: 1 })
    expect(decideReflected(right * (1 + 1e-15), right, Math.SQRT2).status).toBe('holds')
    const wrong = reflectedLoss(wStar, { k: 4, stride: 1 })
    expect(decideReflected(right, wrong, Math.SQRT2).status).toBe('violated')
    expect(decideReflected(0, 0, 0).status).toBe('inapplicable')
  })
})

describe('counts over runs', () => {
  const eta = 1 / overlapSmoothness(shape)
  it('hold without breach, are violated by one', () => {
    const found = { shape, eta, checks: 100, breaches: 0 }
    expect(decideOverlapDescent(found).status).toBe('holds')
    expect(decideOverlapDescent({ ...found, breaches: 1 }).status).toBe('violated')
    expect(decideOverlapDescent({ ...found, checks: 0 }).status).toBe('inconclusive')
    expect(decideOverlapDescent({ ...found, eta: 1.01 * eta }).status).toBe('inapplicable')
  })
  it('of the trap need every start and closed walls', () => {
    const found = { k: 3, flattest: -0.1, starts: 400, trapped: 400, skew: 0 }
    expect(decideTrap(found).status).toBe('holds')
    expect(decideTrap({ ...found, trapped: 399 }).status).toBe('violated')
    expect(decideTrap({ ...found, flattest: 0.01 }).status).toBe('violated')
    expect(decideTrap({ ...found, starts: 0, trapped: 0 }).status).toBe('inconclusive')
    expect(decideTrap({ ...found, skew: 0.1 }).status).toBe('inapplicable')
    expect(decideTrap({ ...found, k: 1 }).status).toBe('inapplicable')
  })
})

it('compares forms and bounds', () => {
  expect(decideLagForm(9e-14, 10).status).toBe('holds')
  expect(decideLagForm(2e-13, 10).status).toBe('violated')
  expect(decideLagForm(NaN, 10).status).toBe('inconclusive')
  expect(decideHessianLipschitz(0.5, 10).status).toBe('holds')
  expect(decideHessianLipschitz(1.1, 10).status).toBe('violated')
  expect(decideHessianLipschitz(0, 0).status).toBe('inconclusive')
})

it('has a stable id and a source for every claim', () => {
  for (const claim of overlapClaims) {
    expect(claim.id).toMatch(/^gaussian\/[a-z-]+$/)
    expect(claim.source.ours).toBeTruthy()
  }
})
