import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { SGDMeasured } from './measure.js'

const all = ['empirical-landscape', 'sgd-constant-step', 'sgd-unbiased']
const params = { k: 2, m: 3, seeds: 40, batch: [8, 16], samples: 10_000, maxSteps: 3000 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/sgd', params)
})

describe('the conclusion on SGD', () => {
  it('holds with the default step', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string, (m: SGDMeasured) => SGDMeasured | undefined][] = [
    [
      'sgd-unbiased',
      (m) => ('exact' in m ? { ...m, exact: m.exact.map((x) => x + 1) } : undefined),
    ],
    [
      'sgd-constant-step',
      (m) =>
        'runs' in m ? { runs: m.runs.map((run) => ({ ...run, arrived: false })) } : undefined,
    ],
    ['empirical-landscape', (m) => ('gaps' in m ? { gaps: m.gaps.map(() => 0.1) } : undefined)],
  ]
  it.each(broken)('violates %s, and nothing else, when its numbers are broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply to one weight, nor to longer steps', async () => {
    const single = await Trial.run('gaussian/sgd', { ...params, m: 1, maxSteps: 200 })
    expect(those(single.statuses(), 'inapplicable')).toEqual(['sgd-constant-step'])
    expect(trial.statuses(trial.rows, { step: 5 })['sgd-constant-step']).toBe('inapplicable')
  })

  it('is inconclusive while rows are missing, and with few runs', async () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(trial.statuses(trial.without('gap=100'))['empirical-landscape']).not.toBe('violated')
    const few = await Trial.run('gaussian/sgd', { ...params, seeds: 5 })
    expect(few.statuses()['sgd-constant-step']).toBe('inconclusive')
  })

  it('survives steps that are far too long', async () => {
    const wild = await Trial.run('gaussian/sgd', { ...params, step: 20, seeds: 3, maxSteps: 50 })
    expect(wild.statuses()['sgd-constant-step']).toBe('inapplicable')
  })
})
