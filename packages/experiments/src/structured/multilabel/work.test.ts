import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import { pack, unpack, type Packed } from '../../result/packed.js'
import type { MultilabelMeasured } from './work.js'

const all = ['expected-f1-above-mode', 'mode-above-threshold']
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/multilabel', {
    train: 50,
    test: 60,
    epochs: 300,
    hidden: 2,
    seeds: 2,
  })
})

/** Each rule's F1 is this much above that of the rule before, with a little noise by example. */
const risen = (...gains: readonly number[]) =>
  trial.changedIn<MultilabelMeasured>('network', (m) => {
    const first = Float64Array.from(unpack(m.f1[0]))
    const f1: Packed[] = [pack(first)]
    for (const gain of [...gains, 0]) {
      const before = unpack(f1[f1.length - 1])
      f1.push(pack(Float64Array.from(before, (x, i) => x + gain + 0.01 * ((i % 3) - 1))))
    }
    return { ...m, f1 }
  })

describe('the conclusion on decoders', () => {
  it('holds where each is above the one before', () => {
    expect(those(trial.statuses(risen(0.1, 0.1)), 'holds')).toEqual(all)
  })

  it('is violated by each claim alone', () => {
    expect(those(trial.statuses(risen(-0.1, 0.1)), 'violated')).toEqual(['mode-above-threshold'])
    expect(those(trial.statuses(risen(0.1, -0.1)), 'violated')).toEqual(['expected-f1-above-mode'])
  })

  it('is undecided where an interval contains 0, or there is one initialization', async () => {
    expect(those(trial.statuses(risen(0.0001, 0.1)), 'inconclusive')).toEqual([all[1]])
    const one = { train: 50, test: 30, epochs: 300, hidden: 2, seeds: 1 }
    const alone = await Trial.run('structured/multilabel', one)
    expect(those(alone.statuses(), 'inconclusive')).toEqual(all)
  })

  it('does not apply to few training steps or few examples', async () => {
    expect(those(trial.statuses(risen(-0.1, -0.1), { epochs: 299 }), 'inapplicable')).toEqual(all)
    const few = { train: 50, test: 20, epochs: 1, hidden: 2, seeds: 2 }
    const short = await Trial.run('structured/multilabel', few)
    expect(those(short.statuses(), 'inapplicable')).toEqual(all)
  })

  it('shows the right count for the rule that is given it', () => {
    const table = trial.table('decoders')
    const known = table.filter(({ rule }) => rule === 'true count')
    expect(known.map(({ counts }) => counts)).toEqual([100, 100])
  })
})
