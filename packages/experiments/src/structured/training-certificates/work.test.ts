import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { FitMeasured } from './work.js'

const all = ['crf-certificate', 'crf-is-optimal', 'm3n-certificate', 'm3n-gap']
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/training-certificates', {
    lambdas: [0.1],
    sequences: 8,
    passes: 20,
  })
})

describe('the conclusion on training', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('is violated where a certificate is below the gap, or not an identity', () => {
    const last = (m: FitMeasured) => m.checks[m.checks.length - 1]
    const broken: [string, (m: FitMeasured) => FitMeasured][] = [
      ['crf-certificate', (m) => ({ ...m, crf: m.crf.map((one) => ({ ...one, certificate: 0 })) })],
      ['crf-is-optimal', (m) => ({ ...m, certificate: 1 })],
      ['m3n-certificate', (m) => ({ ...m, bestPrimal: m.bestPrimal - 100 })],
      [
        'm3n-gap',
        (m) => ({ ...m, checks: [...m.checks, { ...last(m), dual: last(m).dual - 1e-3 }] }),
      ],
    ]
    for (const [claim, how] of broken)
      expect(those(trial.statuses(trial.changedIn('fit', how)), 'violated')).toEqual([claim])
  })
})
