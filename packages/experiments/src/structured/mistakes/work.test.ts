import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { AttainedMeasured, RunMeasured } from './work.js'

const all = ['mistakes-attained', 'mistakes-bounded', 'perceptron-error-bounded']
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/mistakes', {
    margins: [0.2, 0.4],
    seeds: 1,
    sequences: 30,
    orthogonal: [5],
  })
})

describe('the conclusion on mistakes', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('is violated by too many updates, and by either monitor', () => {
    for (const change of [{ updates: 1e6 }, { progress: -1 }, { growth: -1 }]) {
      const rows = trial.changedIn<RunMeasured>('run', (m) => ({ ...m, ...change }))
      expect(those(trial.statuses(rows), 'violated')).toEqual(['mistakes-bounded'])
    }
    const wrong = { mean: 0.9, error: 0.01 }
    for (const change of [{ testError: wrong }, { firstPassError: wrong }]) {
      const rows = trial.changedIn<RunMeasured>('run', (m) => ({ ...m, ...change }))
      expect(those(trial.statuses(rows), 'violated')).toEqual(['perceptron-error-bounded'])
    }
    const fewer = trial.changedIn<AttainedMeasured>('attained', (m) => ({ ...m, updates: 4 }))
    expect(those(trial.statuses(fewer), 'violated')).toEqual(['mistakes-attained'])
  })

  it('does not apply without a margin', () => {
    const rows = trial.changedIn<RunMeasured>('run', (m) => ({ ...m, gamma: -0.1 }))
    expect(those(trial.statuses(rows), 'inapplicable')).toEqual(['mistakes-bounded'])
  })
})
