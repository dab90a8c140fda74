import { describe, expect, it } from 'vitest'
import { hypothesis, verdictOn } from '@nonconvex/optim/claims'
import {
  coefficients,
  hessianEigenvalues,
  slideForm,
  topCurvature,
  gradientClosedForm,
  lossClosedForm,
  zScores,
} from '../index.js'

describe('agreement with samples', () => {
  const comparison = { exact: [1, 2], mean: [1.001, 1.998], error: [0.001, 0.001] }
  it('holds within 4.5 standard errors, with the confidence of all entries', () => {
    const verdict = verdictOn(gradientClosedForm, { samples: 1e5, ...comparison })
    expect(verdict).toMatchObject({ status: 'holds', relation: '<=', bound: 4.5 })
    expect(verdict.measured).toBeCloseTo(2, 9)
    expect(verdict.confidence).toBeCloseTo(1 - 2 * 6.795346e-6, 12)
  })
  it('is violated by one entry that is further off', () => {
    expect(
      verdictOn(lossClosedForm, { samples: 1e5, ...comparison, mean: [1.001, 1.99] }).status,
    ).toBe('violated')
  })
  it('does not apply to patches that overlap', () => {
    const overlap = hypothesis('patches share no coordinate', false, 2)
    const verdict = verdictOn(lossClosedForm, {
      samples: 1e5,
      ...comparison,
      hypotheses: [overlap],
    })
    expect(verdict.status).toBe('inapplicable')
    expect(verdict.statement).toContain('(measured 2)')
  })
  it('does not apply to so few samples that their means are skewed', () => {
    expect(verdictOn(lossClosedForm, { samples: 9_999, ...comparison }).status).toBe('inapplicable')
    expect(verdictOn(lossClosedForm, { samples: 10_000, ...comparison }).status).toBe('holds')
  })
  it('counts an exact agreement without spread as 0, and a difference without spread as infinite', () => {
    expect(zScores({ exact: [0, 0], mean: [0, 1], error: [0, 0] })).toEqual([0, Infinity])
  })
})

describe('comparisons in float64', () => {
  it('hold within their budget and are violated beyond it', () => {
    expect(verdictOn(slideForm, { largest: 9e-14, points: 10 }).status).toBe('holds')
    expect(verdictOn(slideForm, { largest: 2e-13, points: 10 }).status).toBe('violated')
    expect(verdictOn(hessianEigenvalues, { largest: 9e-13, points: 10 }).status).toBe('holds')
    expect(verdictOn(hessianEigenvalues, { largest: 2e-12, points: 10 }).status).toBe('violated')
    const { c } = coefficients(4)
    expect(verdictOn(topCurvature, { k: 4, top: c * (1 + 5e-13), points: 10 }).status).toBe('holds')
    expect(verdictOn(topCurvature, { k: 4, top: c * (1 + 5e-12), points: 10 }).status).toBe(
      'violated',
    )
    expect(verdictOn(topCurvature, { k: 4, top: c * 0.99, points: 10 }).status).toBe('violated')
  })
  it('are inconclusive with NaN', () => {
    expect(verdictOn(slideForm, { largest: NaN, points: 10 }).status).toBe('inconclusive')
  })
})
