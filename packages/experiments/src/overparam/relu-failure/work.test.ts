import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { MinimumMeasured, WidthMeasured } from './figures.js'

type ReluFailureMeasured = MinimumMeasured | WidthMeasured

const id = 'overparam/relu-failure'
const small = { d: 16, k: [1, 3, 5], runs: 60, points: 20 }
const coordinates = ['dead-coordinates', 'relu-fails', 'relu-succeeds']
const all = [...coordinates, 'relu-bad-minimum', 'relu-bad-minimum-proved'].sort()
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run(id, small)
})

type Change = (m: ReluFailureMeasured) => ReluFailureMeasured | undefined

describe('the conclusion on failures of ReLU', () => {
  it('holds for symmetric starts and separable data', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('has a figure whose key says which coordinates are lost, and how', () => {
    expect(trial.keys('failures')).toEqual([
      [],
      ['no positive unit active', 'wrong after training'],
    ])
  })

  const width: (change: object) => Change = (change) => (m) =>
    m.kind === 'width' && m.k === 3 ? { ...m, tally: { ...m.tally, ...change } } : undefined
  const minimum: (change: object) => Change = (change) => (m) =>
    m.kind === 'minimum' && m.facts.dead === -1
      ? { ...m, facts: { ...m.facts, ...change } }
      : undefined
  const broken: readonly [string, Change][] = [
    ['relu-fails', width({ failed: 30 })],
    ['relu-fails', width({ elsewhere: 1 })],
    [
      'dead-coordinates',
      (m) => (m.kind === 'width' && m.k === 3 ? { ...m, wrong: 190 } : undefined),
    ],
    ['relu-succeeds', width({ closest: { updates: 1000, bound: 999 } })],
    ['relu-succeeds', width({ free: { runs: 9, failed: 1, cut: 0 } })],
    ['relu-bad-minimum', minimum({ moved: 1 })],
    ['relu-bad-minimum', minimum({ loss: 0.25 })],
    ['relu-bad-minimum', minimum({ around: [0] })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed<ReluFailureMeasured>(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply its probability to starts that lean to one side, where it is another; what a start decides holds for any', async () => {
    const leaning = await Trial.run(id, { ...small, shift: 0.5 })
    expect(those(leaning.statuses(), 'inapplicable')).toEqual(['dead-coordinates', 'relu-fails'])
    expect(leaning.statuses()['relu-succeeds']).toBe('holds')
    expect(those(leaning.statuses(leaning.rows, { shift: 0 }), 'violated')).toEqual([
      'dead-coordinates',
      'relu-fails',
    ])
  })

  it('does not apply with a leak, where no run fails', async () => {
    const leaky = await Trial.run(id, { ...small, alpha: 0.1 })
    expect(those(leaky.statuses(), 'inapplicable')).toEqual(coordinates)
    expect(leaky.statuses(leaky.rows, { alpha: 0 })['relu-fails']).toBe('violated')
  })

  it('does not apply its minimum to labels that no hyperplane separates', async () => {
    const flipped = await Trial.run(id, { ...small, runs: 1, flips: 6 })
    expect(flipped.statuses()['relu-bad-minimum']).toBe('inapplicable')
  })

  it('judges another dimension by another probability', () => {
    const statuses = trial.statuses(trial.rows, { d: 256 })
    expect(statuses['relu-fails']).toBe('violated')
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('k=5')), 'inconclusive')).toEqual(coordinates)
    const one = trial.statuses(trial.without('minimum/negative'))
    expect(those(one, 'inconclusive')).toEqual(['relu-bad-minimum'])
  })
})
