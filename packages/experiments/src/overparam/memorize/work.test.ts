import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { ConstructedMeasured, MemorizeMeasured } from './work.js'

const all = [
  'fits-random-labels',
  'fitted-by-construction',
  'random-labels-half',
  'random-labels-vacuous',
]
const params = { k: [1, 12], sets: 2, n: 60, d: 10, test: 1000, epochs: 400 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('overparam/memorize', params)
})

/** The runs on random labels with this width, changed. */
const changed = (k: number, change: (m: MemorizeMeasured) => Partial<MemorizeMeasured>) =>
  trial.changed<MemorizeMeasured>((m, key) =>
    key.endsWith(`k=${k}/random`) ? { ...m, ...change(m) } : undefined,
  )

describe('the conclusion on random labels', () => {
  it('holds; narrow networks do not fit, and true labels are learned', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    const rows = trial.table('labels')
    expect(rows.map(({ labels, k }) => `${labels} ${k}`)).toEqual([
      'random 1',
      'random 12',
      'true 1',
      'true 12',
    ])
    const [narrow, wide, ...separable] = rows
    expect(narrow['short']).toBeGreaterThan(0)
    expect(wide['short']).toBe(0)
    for (const { error, bound } of separable) {
      expect(error).toBeLessThan(0.2)
      expect(bound).toBeLessThan(Number(wide['bound']))
    }
  })

  it.each([
    ['fits-random-labels', 12, () => ({ short: 1 })],
    ['random-labels-half', 12, (m: MemorizeMeasured) => ({ errors: Math.round(0.8 * m.errors) })],
    ['random-labels-half', 1, (m: MemorizeMeasured) => ({ errors: Math.round(1.2 * m.errors) })],
    // a bound from a few examples would be refuted by the error
    ['random-labels-vacuous', 12, () => ({ distinct: 10 })],
  ] as const)('violates %s, and nothing else, when its number is broken', (claim, k, change) => {
    const statuses = trial.statuses(changed(k, change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('violates the construction, and nothing else, by an output off 1.5, and asks for a network', () => {
    const margins = (found: ConstructedMeasured['margins']) =>
      trial.changedIn<ConstructedMeasured>('constructed', (one) => ({ ...one, margins: found }))
    const statuses = trial.statuses(margins([1.49, 1.5]))
    expect(those(statuses, 'violated')).toEqual(['fitted-by-construction'])
    expect(those(statuses, 'holds')).toEqual(all.filter((id) => id !== 'fitted-by-construction'))
    expect(those(trial.statuses(margins(null)), 'inapplicable')).toEqual(['fitted-by-construction'])
  })

  it('constructs a network for every data set in 20 dimensions, with no unit to spare', async () => {
    const { rows } = await Trial.run('overparam/memorize', { k: [1], sets: 3, epochs: 1 })
    const nets = rows.filter(({ key }) => key.startsWith('constructed'))
    expect(nets.map(({ measured }) => (measured as ConstructedMeasured).draws)).toEqual([1, 1, 1])
  })

  it('ignores narrow networks, and does not apply without wide ones or with one slope', () => {
    expect(those(trial.statuses(changed(1, () => ({ short: 9 }))), 'holds')).toEqual(all)
    const wide = ['fits-random-labels', 'random-labels-vacuous']
    const narrow = trial.rows.filter(({ key }) => !key.includes('k=12/'))
    expect(those(trial.statuses(narrow, { k: [1] }), 'inapplicable')).toEqual(wide)
    expect(those(trial.statuses(trial.rows, { alpha: 1 }), 'inapplicable')).toEqual([
      'fits-random-labels',
      'fitted-by-construction',
      'random-labels-vacuous',
    ])
  })

  it('is inconclusive while rows on random labels are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('1/')), 'inconclusive')).toEqual(
      all.filter((id) => id !== 'fitted-by-construction'),
    )
  })
})
