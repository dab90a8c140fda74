import { describe, expect, it } from 'vitest'
import {
  decideCoverage,
  decideLeaveOneOut,
  decideRebuilt,
  differingWeights,
  heldOutCovers,
  sampleHypotheses,
  type Rebuilt,
} from '../index.ts'

const hypotheses = sampleHypotheses({ independent: 'yes', fixedBefore: true })
const dependent = sampleHypotheses({ independent: 'no', fixedBefore: true })
const looked = sampleHypotheses({ independent: 'yes', fixedBefore: false })

describe('overparam/subset-rebuilds', () => {
  const weights = Float64Array.of(0.1, -2, 0)
  const same: Rebuilt = { name: 'k = 1', differing: 0, lacking: 0 }
  const decided = (runs: readonly Rebuilt[], missing = 0) => decideRebuilt({ runs, missing })

  it('holds when no bit differs', () => {
    expect(differingWeights(weights, weights.slice())).toBe(0)
    expect(decided([same, same])).toMatchObject({
      status: 'holds',
      statement: '0 weights at most differ in 2 runs',
    })
  })

  it('is violated by one bit, by a zero of the other sign, and by a missing weight', () => {
    for (const again of [
      Float64Array.of(0.1 + 2 ** -56, -2, 0),
      Float64Array.of(0.1, -2, -0),
      Float64Array.of(0.1, -2),
    ]) {
      const differing = differingWeights(weights, again)
      const verdict = decided([same, { ...same, name: 'the wrong one', differing }], 3)
      expect(verdict.status).toBe('violated')
      expect(verdict.statement).toMatch(/differ in 2 runs with the wrong one$/)
    }
  })

  it('measures what was counted', () => {
    const run = (again: Float64Array): Rebuilt => ({
      name: 'k = 1',
      lacking: 0,
      differing: differingWeights(weights, again),
    })
    expect(decided([run(weights.slice())]).status).toBe('holds')
    expect(decided([run(Float64Array.of(0.1, -2, -0))])).toMatchObject({
      status: 'violated',
      measured: 1,
    })
  })

  it('is inapplicable when an updated example was left out', () => {
    const verdict = decided([same, { ...same, lacking: 2 }])
    expect(verdict.status).toBe('inapplicable')
    expect(verdict.statement).toBe('not met: the subset has every updated example (measured 2)')
  })

  it('is inconclusive without runs and while some are missing', () => {
    expect(decided([]).status).toBe('inconclusive')
    expect(decided([same], 1).status).toBe('inconclusive')
  })
})

describe('overparam/bound-covers', () => {
  const decided = (failures: number, draws: number, change: object = {}) =>
    decideCoverage({
      draws: Array.from({ length: draws }, (_, i) => ({
        bound: 0.2,
        error: i < failures ? 0.3 : 0.2,
      })),
      delta: 0.1,
      missing: 0,
      hypotheses,
      ...change,
    })

  it('holds up to the failures that a binomial number exceeds with probability 0.002', () => {
    // P(Bin(200, 0.1) > 33) = 0.0015, P(Bin(200, 0.1) > 32) = 0.0029
    expect([decided(0, 200), decided(33, 200), decided(34, 200)].map((v) => v.status)).toEqual([
      'holds',
      'holds',
      'violated',
    ])
    expect(decided(33, 200)).toMatchObject({ bound: 33, measured: 33, confidence: 0.998 })
  })

  it('decides the claim on held-out examples as well', () => {
    expect(decided(34, 200, { claim: heldOutCovers })).toMatchObject({
      claim: 'overparam/held-out-covers',
      status: 'violated',
    })
  })

  it('counts an error that is not a number as a failure', () => {
    const draws = Array.from({ length: 20 }, () => ({ bound: 0.5, error: NaN }))
    expect(decideCoverage({ draws, delta: 0.1, missing: 0, hypotheses }).status).toBe('violated')
  })

  it('is inapplicable to dependent examples, or when the setting was fitted to the sample', () => {
    for (const failing of [dependent, looked])
      expect(decided(0, 200, { hypotheses: failing }).status).toBe('inapplicable')
  })

  it('is inconclusive while draws are missing or too few, unless it is violated already', () => {
    expect(decided(0, 200, { missing: 5 }).status).toBe('inconclusive')
    expect(decided(0, 9).statement).toMatch(/9 draws cannot show failures of probability 0.1$/)
    expect(decided(0, 0).status).toBe('inconclusive')
    expect(decided(90, 200, { missing: 5 }).status).toBe('violated')
  })

  it('refuses a δ that is none', () => {
    expect(() => decided(0, 20, { delta: 1 })).toThrow('delta must be in (0, 1), got 1')
    expect(() => decided(0, 20, { missing: -1 })).toThrow('missing must be an integer ≥ 0, got -1')
  })
})

describe('overparam/leave-one-out', () => {
  const decided = (error: number, change: object = {}, draws = 100) =>
    decideLeaveOneOut({
      n: 99,
      draws: Array.from({ length: draws }, (_, i) => ({
        distinct: 20,
        error: error + (i % 2 === 0 ? 0.03 : -0.03),
        converged: true,
      })),
      missing: 0,
      hypotheses,
      ...change,
    })

  it('holds up to three standard errors, and no further', () => {
    // the standard error is 0.03/√99 = 0.003015
    expect([0.1, 0.2, 0.209, 0.2091].map((error) => decided(error).status)).toEqual([
      'holds',
      'holds',
      'holds',
      'violated',
    ])
  })

  it('is inapplicable to runs that were cut off and to a setting fitted to the sample', () => {
    const draws = Array.from({ length: 30 }, (_, i) => ({
      distinct: 20,
      error: 0.1,
      converged: i > 0,
    }))
    expect(decided(0.1, { draws }).statement).toBe(
      'not met: every run ended with loss 0 (measured 1)',
    )
    for (const failing of [dependent, looked])
      expect(decided(0.1, { hypotheses: failing }).status).toBe('inapplicable')
  })

  it('is inconclusive with few draws and while some are missing', () => {
    expect(decided(0.1, {}, 19).statement).toMatch(/too few for a mean$/)
    expect(decided(0.1, { missing: 2 }).statement).toMatch(/2 draws to come$/)
  })
})
