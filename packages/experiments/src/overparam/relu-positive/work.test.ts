import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { LeakMeasured, PointMeasured } from './figures.js'

type ReluPositiveMeasured = LeakMeasured | PointMeasured

const id = 'overparam/relu-positive'
const small = { d: [8, 32], from: -2, to: 4, starts: 100, runs: 5 }
const coordinates = ['relu-succeeds', 'relu-transition']
/** of the formulas on the width, for every initialization */
const formulas = ['relu-updates-attained', 'relu-widths-attained', 'transition-attained']
const all = ['leak-succeeds', ...coordinates, ...formulas].sort()
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run(id, small)
})

type Change = (m: ReluPositiveMeasured) => ReluPositiveMeasured | undefined

describe('the conclusion on wide ReLU networks', () => {
  it('holds for symmetric starts', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('has a figure whose key names each dimension in both panels', () => {
    const own = ['d = 8', 'd = 32']
    expect(trial.keys('transition')).toEqual([
      ['exact probability', ...own],
      ['limit for d → ∞', ...own],
    ])
  })

  const broken: readonly [string, Change][] = [
    [
      'relu-transition',
      (m) => (m.kind === 'point' && m.d === 32 && m.k === 5 ? { ...m, failed: 30 } : undefined),
    ],
    [
      'relu-succeeds',
      (m) =>
        m.kind === 'point' && m.k === 9
          ? { ...m, tally: { ...m.tally, free: { runs: 5, failed: 1, cut: 0 } } }
          : undefined,
    ],
    ['leak-succeeds', (m) => (m.kind === 'leak' ? { ...m, failed: 1 } : undefined)],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed<ReluPositiveMeasured>(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply its curve to starts that lean to one side, where it is another', async () => {
    const leaning = await Trial.run(id, { ...small, shift: 0.5 })
    expect(those(leaning.statuses(), 'inapplicable')).toEqual(['relu-transition'])
    expect(leaning.statuses()['relu-succeeds']).toBe('holds')
    expect(leaning.statuses(leaning.rows, { shift: 0 })['relu-transition']).toBe('violated')
  })

  it('does not apply to networks with a leak, nor its control to those without', async () => {
    const leaky = await Trial.run(id, { ...small, alpha: 0.1 })
    expect(those(leaky.statuses(), 'inapplicable')).toEqual(coordinates)
    const without = await Trial.run(id, { ...small, leak: 0 })
    expect(those(without.statuses(), 'inapplicable')).toEqual(['leak-succeeds'])
    // judged as if there were one, runs are seen to fail
    expect(without.statuses(without.rows, { leak: 0.1 })['leak-succeeds']).toBe('violated')
  })

  it('is inconclusive while rows are missing, and with one dimension', async () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('d=8/k=1')), 'inconclusive')).toEqual(coordinates)
    expect(those(trial.statuses(trial.without('d=8/leak')), 'inconclusive')).toEqual([
      'leak-succeeds',
    ])
    const one = await Trial.run(id, { ...small, d: [8] })
    expect(those(one.statuses(), 'inconclusive')).toEqual(['relu-transition'])
  })
})
