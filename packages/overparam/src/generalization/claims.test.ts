import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import {
  boundCovers,
  differingWeights,
  heldOutCovers,
  leaveOneOut,
  noOverfitting,
  sampleHypotheses,
  subsetRebuilds,
  type Rebuilt,
} from './index.js'

const hypotheses = sampleHypotheses({ independent: 'yes', fixedBefore: true })
const dependent = sampleHypotheses({ independent: 'no', fixedBefore: true })
const looked = sampleHypotheses({ independent: 'yes', fixedBefore: false })

it('calls a setting fixed by construction only where the program fixed it', () => {
  const status = (fixedBefore: boolean | 'assumed') =>
    sampleHypotheses({ independent: 'yes', fixedBefore })[1].status
  expect([true, false, 'assumed' as const].map(status)).toEqual([
    'by construction',
    'fails',
    'assumed',
  ])
})

describe('overparam/subset-rebuilds', () => {
  const weights = Float64Array.of(0.1, -2, 0)
  const same: Rebuilt = { name: 'k = 1', differing: 0, lacking: 0 }
  const decided = (runs: readonly Rebuilt[]) => verdictOn(subsetRebuilds, runs)

  it('holds when no bit differs', () => {
    expect(differingWeights(weights, weights.slice())).toBe(0)
    expect(decided([same, same])).toMatchObject({
      status: 'holds',
      statement: 'no weight differs in 2 runs',
    })
  })

  it('is violated by one bit, by a zero of the other sign, and by a missing weight', () => {
    for (const again of [
      Float64Array.of(0.1 + 2 ** -56, -2, 0),
      Float64Array.of(0.1, -2, -0),
      Float64Array.of(0.1, -2),
    ]) {
      const differing = differingWeights(weights, again)
      const verdict = decided([same, { ...same, name: 'the wrong one', differing }])
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

  it('is inconclusive without runs', () => {
    expect(decided([]).status).toBe('inconclusive')
  })
})

describe('overparam/bound-covers', () => {
  const decided = (failures: number, draws: number, change: object = {}, claim = boundCovers) =>
    verdictOn(claim, {
      draws: Array.from({ length: draws }, (_, i) => ({
        bound: 0.2,
        error: i < failures ? 0.3 : 0.2,
      })),
      delta: 0.1,

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
    expect(decided(34, 200, {}, heldOutCovers)).toMatchObject({
      claim: 'overparam/held-out-covers',
      status: 'violated',
    })
  })

  it('counts an error that is not a number as a failure', () => {
    const draws = Array.from({ length: 20 }, () => ({ bound: 0.5, error: NaN }))
    expect(verdictOn(boundCovers, { draws, delta: 0.1, hypotheses }).status).toBe('violated')
  })

  it('is inapplicable to dependent examples, or when the setting was fitted to the sample', () => {
    for (const failing of [dependent, looked])
      expect(decided(0, 200, { hypotheses: failing }).status).toBe('inapplicable')
  })

  it('is inconclusive while draws are too few', () => {
    expect(decided(0, 9).statement).toMatch(/9 draws cannot show failures of probability 0.1$/)
    expect(decided(0, 0).status).toBe('inconclusive')
  })

  it('refuses a δ that is none', () => {
    expect(() => decided(0, 20, { delta: 1 })).toThrow('expected delta in (0, 1), got 1')
  })
})

describe('overparam/leave-one-out', () => {
  const decided = (error: number, change: object = {}, draws = 100) =>
    verdictOn(leaveOneOut, {
      n: 99,
      draws: Array.from({ length: draws }, (_, i) => ({
        distinct: 20,
        error: error + (i % 2 === 0 ? 0.03 : -0.03),
        converged: true,
      })),

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

  it('is inconclusive with few draws', () => {
    expect(decided(0.1, {}, 19).statement).toMatch(/too few for a mean$/)
  })
})

describe('overparam/no-overfitting', () => {
  // 6,000 test digits, five widths of one run each
  const at = (errors: readonly number[]) =>
    verdictOn(noOverfitting, {
      widths: errors.map((error, i) => ({
        k: [1, 3, 10, 30, 100][i],
        errors: [Math.round(6000 * error)],
        error,
      })),
      examples: 6000,
    })

  it('is violated by errors that fall and rise again, though the widest err less than the narrowest', () => {
    const found = at([0.018, 0.002, 0.002, 0.008, 0.0179])
    expect(found.status).toBe('violated')
    for (const number of ['1.79 %', 'k = 100', '0.2 %', 'k = 3', '6,000', '0.181 %'])
      expect(found.statement).toContain(number)
  })

  it('holds up to what chance explains of the excess over the best, and is certain only far above', () => {
    const widest = (error: number) => at([0.012, 0.011, 0.01, 0.0105, error]).status
    expect(widest(0.0095)).toBe('holds')
    expect(widest(0.0118)).toBe('holds')
    expect(widest(0.0121)).toBe('inconclusive')
    expect(widest(0.019)).toBe('inconclusive')
    expect(widest(0.022)).toBe('violated')
  })
})
