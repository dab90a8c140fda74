import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { SampleMeasured } from './figures.js'

const id = 'overparam/generalization'
const small = { n: [30, 60], d: 5, k: 3, draws: 2, repeats: 40, heldOut: 50, population: 400 }
const sample = ['bound-covers', 'leave-one-out']
const all = [...sample, 'held-out-covers', 'subset-rebuilds'].sort()
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run(id, small)
})

const few = (key: string): boolean => /^n=30\/draw=[0-9]$/.test(key)

describe('the conclusion on guarantees', () => {
  it('holds for independent examples', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('has a figure whose key says from where a promise is vacuous', () => {
    expect(trial.keys('guarantees')).toEqual([['vacuous above'], ['vacuous above']])
  })

  const broken: readonly [string, (m: SampleMeasured) => Partial<SampleMeasured>][] = [
    ['subset-rebuilds', () => ({ differing: 1 })],
    ['subset-rebuilds', () => ({ differingMore: 1 })],
    ['held-out-covers', () => ({ heldOutErrors: 0, errors: 200 })],
    ['leave-one-out', () => ({ moreDistinct: 0 })],
  ]
  it.each(broken)('violates %s, and nothing else, when its counts are broken', (claim, change) => {
    const rows = trial.changed<SampleMeasured>((m, key) =>
      claim === 'leave-one-out' || few(key) ? { ...m, ...change(m) } : undefined,
    )
    const statuses = trial.statuses(rows)
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('violates the coverage when half of the samples err more than they promise', () => {
    const rows = trial.changed<SampleMeasured>((m, key) =>
      /^n=30\/draw=1?[0-9]$/.test(key) ? { ...m, short: 400 } : undefined,
    )
    expect(trial.statuses(rows)['bound-covers']).toBe('violated')
  })

  it('does not apply to examples that come twice, and is false for them', async () => {
    const copied = await Trial.run(id, { ...small, n: [60], copies: 20, draws: 1 })
    expect(those(copied.statuses(), 'inapplicable')).toEqual(sample)
    // three different points in sixty: judged as if they were independent, the guarantees fail
    const judged = copied.statuses(copied.rows, { copies: 1 })
    expect(those(judged, 'violated')).toEqual(sample)
  })

  it('fails for held-out examples that are said to be ten times as many, and for a sample said to be larger', () => {
    const more = trial.statuses(trial.rows, { heldOut: 500 })
    expect(those(more, 'violated')).toEqual(['held-out-covers'])
    const larger = trial.changed<SampleMeasured>((m) => ({ ...m, n: 20 * m.n }))
    expect(trial.statuses(larger)['bound-covers']).toBe('violated')
  })

  it('does not apply the mean to runs that were cut off, and promises less of them', async () => {
    const short = await Trial.run(id, { ...small, epochs: 1 })
    expect(those(short.statuses(), 'inapplicable')).toEqual(['leave-one-out'])
  })

  it('is inconclusive while samples are missing, or too few to see failures', async () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('n=30/draw=39')), 'inconclusive')).toEqual(all)
    const one = await Trial.run(id, { ...small, repeats: 5, draws: 5 })
    expect(those(one.statuses(), 'holds')).toEqual(['subset-rebuilds'])
    expect(those(one.statuses(), 'inconclusive')).toEqual([...sample, 'held-out-covers'].sort())
  })
})
