import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { AttentionMeasured, LayerMeasured } from './work.js'

const all = ['attention-forgets-counts', 'attention-has-form']
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/attention', { layers: 15 })
})

const of =
  (change: (layer: LayerMeasured) => Partial<LayerMeasured>) => (m: AttentionMeasured) => ({
    layers: m.layers.map((layer) => ({ ...layer, ...change(layer) })),
  })

describe('the conclusion on attention', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string, (m: AttentionMeasured) => AttentionMeasured][] = [
    ['attention-has-form', of(() => ({ feature: 1e-9 }))],
    [
      'attention-forgets-counts',
      of(({ stars }) => ({ stars: [stars[0], stars[0], stars[2], stars[3]] })),
    ],
    ['attention-forgets-counts', of(({ stars }) => ({ stars: stars.map(() => stars[1]) }))],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.rows.slice(1)), 'inconclusive')).toEqual(all)
  })
})
