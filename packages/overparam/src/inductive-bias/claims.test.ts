import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import {
  beyondLinear,
  likesLinear,
  linearityKind,
  rankNotLeast,
  traceNormNotLeast,
  traceNormRatio,
  type BiasFacts,
} from './index.js'

const net: BiasFacts = {
  name: 'digits, k = 10',
  alpha: 0.1,
  k: 10,
  status: 'converged',
  separable: true,
  distinct: 12,
  test: { r2: 0.9, disagree: 0.02 },
  change: { offRankOne: 0.2, nuclear: 6 },
  least: 1,
  rankOne: 4,
  error: 0.01,
  ruleError: 0.02,
  marginError: 0.03,
}

describe('a network on digits', () => {
  const status = (change: Partial<BiasFacts>): string =>
    verdictOn(beyondLinear, [{ ...net, ...change }]).status

  it('errs less than both linear rules, or the claim is violated', () => {
    expect(status({})).toBe('holds')
    expect(status({ ruleError: 0.009 })).toBe('violated')
    expect(status({ marginError: 0.009 })).toBe('violated')
  })

  it('is not judged when narrow, cut off, or on data that nothing separates', () => {
    expect(status({ k: 3 })).toBe('inconclusive')
    expect(status({ status: 'max-steps' })).toBe('inconclusive')
    expect(status({ separable: false })).toBe('inapplicable')
  })

  it('is called near-linear, partly linear or non-linear', () => {
    const word = (r2: number, disagree: number): string => linearityKind({ r2, disagree })
    expect([word(0.95, 0.01), word(0.95, 0.011), word(0.94, 0), word(0.79, 0)]).toEqual([
      'near-linear',
      'partly linear',
      'partly linear',
      'non-linear',
    ])
  })
})

describe('the claims on linearity, rank and trace norm', () => {
  const claims = [likesLinear, rankNotLeast, traceNormNotLeast]
  const statuses = (change: Partial<BiasFacts>): string[] =>
    claims.map((claim) => verdictOn(claim, [net, { ...net, ...change }]).status)

  it('hold, and each is violated by its own number', () => {
    expect(statuses({})).toEqual(['holds', 'holds', 'holds'])
    expect(statuses({ test: { r2: 0.79, disagree: 0 } })).toEqual(['violated', 'holds', 'holds'])
    expect(statuses({ change: { offRankOne: 0, nuclear: 6 } })).toEqual([
      'holds',
      'violated',
      'holds',
    ])
    expect(statuses({ change: { offRankOne: 0.2, nuclear: 3 } })).toEqual([
      'holds',
      'holds',
      'violated',
    ])
  })

  it('are inconclusive without networks, and where one was cut off', () => {
    for (const claim of claims) expect(verdictOn(claim, []).status).toBe('inconclusive')
    expect(statuses({ status: 'max-steps' })).toEqual(Array(3).fill('inconclusive'))
  })

  it('have no ratio where nothing of rank 1 fits', () => {
    expect(traceNormRatio(net)).toBe(1.5)
    expect(traceNormRatio({ ...net, rankOne: null })).toBeNull()
  })
})
