import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { certificateConfirmed, sampleHypotheses, type Tested } from './index.js'

const hypotheses = sampleHypotheses({ independent: 'unknown', fixedBefore: true })
const run = (short: number, bound = 0.5): Tested => ({ name: 'a run', bound, short, examples: 100 })
const decided = (runs: readonly Tested[], change: object = {}) =>
  verdictOn(certificateConfirmed, { runs, hypotheses, ...change })

describe('overparam/certificate-confirmed', () => {
  it('holds up to the count that a binomial number reaches with probability 0.002', () => {
    // P(Bin(100, ½) ≥ 64) = 0.0033, P(Bin(100, ½) ≥ 65) = 0.0018
    expect([0, 64, 65, 100].map((short) => decided([run(short)]).status)).toEqual([
      'holds',
      'holds',
      'violated',
      'violated',
    ])
    expect(decided([run(0), run(65)])).toMatchObject({
      status: 'holds',
      measured: 0.65,
      bound: 0.5,
      statement: expect.stringMatching(/^65 of 100 .* 0.65; .* 0.5$/) as string,
    })
  })

  it('is inapplicable if the setting was fitted to the sample', () => {
    const failing = sampleHypotheses({ independent: 'unknown', fixedBefore: false })
    expect(decided([run(0)], { hypotheses: failing }).status).toBe('inapplicable')
  })

  it('is inconclusive without runs, and where everything is allowed', () => {
    expect(decided([]).status).toBe('inconclusive')
    expect(decided([run(100, 1)]).status).toBe('inconclusive')
  })
})
