import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { TfjsMeasured } from './work.js'

const all = ['tfjs-equivariant', 'tfjs-forward', 'tfjs-saved', 'tfjs-trains']
const params = { graphs: 200, epochs: 15, rate: 0.02, hidden: 16, test: 50, seeds: 1 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/tfjs-training', params)
})

describe('the conclusion on TensorFlow.js', () => {
  it('holds, and is the same when run again', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    const again = await Trial.run('structured/tfjs-training', params)
    expect(again.rows).toEqual(trial.rows)
  })

  const used = { difference: 1, used: 1.1 }
  const broken: [string, (m: TfjsMeasured) => TfjsMeasured][] = [
    ['tfjs-forward', (m) => ({ ...m, forward: { ...m.forward, composed: used } })],
    ['tfjs-equivariant', (m) => ({ ...m, permuted: { ...m.permuted, kernel: used } })],
    ['tfjs-saved', (m) => ({ ...m, saved: { ...m.saved, changed: 1 } })],
    ['tfjs-trains', (m) => ({ ...m, gain: { mean: -0.1, error: 0.01 } })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('compares accuracies only where float64 has learned the task', () => {
    const rows = trial.changed<TfjsMeasured>((m) => ({
      ...m,
      float64: { ...m.float64, accuracy: 0.5 },
    }))
    expect(those(trial.statuses(rows), 'inapplicable')).toEqual(['tfjs-trains'])
  })

  it('is inconclusive where an interval contains the margin, and while rows are missing', () => {
    const rows = trial.changed<TfjsMeasured>((m) => ({ ...m, gain: { mean: -0.02, error: 0.01 } }))
    expect(those(trial.statuses(rows), 'inconclusive')).toEqual(['tfjs-trains'])
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
  })
})
