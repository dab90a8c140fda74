import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { CountingMeasured } from './work.js'

const all = [
  'counting-ceiling',
  'counting-ceiling-attained',
  'counting-exact',
  'counting-invariant',
  'dense-guesses',
  'fewer-graphs',
  'lstm-reads-order',
]
const params = {
  graphs: [100, 1000],
  steps: 10,
  hidden: 8,
  dense: 16,
  test: 50,
  lstm: [100],
  lstmSteps: 10,
  state: 8,
}
/** With this many steps a network is asked to have learned. */
const long = { steps: 200 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/counting', params)
})

const of = (key: string, change: Partial<CountingMeasured>) => (m: CountingMeasured, at: string) =>
  at === key ? { ...m, ...change } : undefined

describe('the conclusion on counting', () => {
  /** The rows of ten steps, with the accuracies that long training gives. */
  const learned = (change?: (m: CountingMeasured, at: string) => CountingMeasured | undefined) =>
    trial
      .changed<CountingMeasured>((m, at) =>
        at.startsWith('local/') ? { ...m, accuracy: 0.99, error: 0.005 } : undefined,
      )
      .map((row) => {
        const measured = change?.(row.measured as CountingMeasured, row.key)
        return measured === undefined ? row : { ...row, measured }
      })

  it('holds if the invariant network has learned to count', () => {
    expect(those(trial.statuses(learned(), long), 'holds')).toEqual(all)
  })

  const broken: [string, (m: CountingMeasured, at: string) => CountingMeasured | undefined][] = [
    ['counting-exact', of('local/graphs=1000', { accuracy: 0.9 })],
    ['counting-ceiling', of('literal/graphs=100', { accuracy: 0.9 })],
    [
      'fewer-graphs',
      (m, at) =>
        at.startsWith('dense/')
          ? { ...m, accuracy: 0.5 }
          : at === 'local/graphs=100'
            ? { ...m, accuracy: 0.1 }
            : undefined,
    ],
    ['dense-guesses', of('dense/graphs=1000', { accuracy: 0.65, error: 0.01 })],
    ['counting-invariant', of('literal/graphs=100', { moved: 2e-4 })],
    ['lstm-reads-order', of('lstm-after/graphs=100', { moved: 5e-5 })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(learned(change), long)
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('asks nothing of networks that were hardly trained', () => {
    expect(those(trial.statuses(), 'inapplicable')).toEqual(['counting-exact', 'fewer-graphs'])
  })

  it('does not apply with few graphs, or without a tenth of any number', async () => {
    const few = await Trial.run('structured/counting', { ...params, graphs: [20, 30] })
    expect(those(few.statuses(), 'inapplicable')).toEqual([
      'counting-exact',
      'dense-guesses',
      'fewer-graphs',
    ])
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const without = (key: string) => learned().filter((row) => row.key !== key)
    expect(those(trial.statuses(without('literal/graphs=100')), 'inconclusive')).toEqual([
      'counting-ceiling',
      'counting-ceiling-attained',
      'counting-invariant',
    ])
    expect(those(trial.statuses(without('lstm-raw/graphs=100')), 'inconclusive')).toEqual([
      'lstm-reads-order',
    ])
  })

  it('has networks of the layer that do not depend on the order, and others that do', () => {
    for (const { key, measured } of trial.rows) {
      const { moved } = measured as CountingMeasured
      if (key.startsWith('local/') || key.startsWith('literal/')) expect(moved).toBeLessThan(1e-4)
      else expect(moved).toBeGreaterThan(1e-3)
    }
  })

  it('knows what simple rules reach', () => {
    const { ceiling, blind, zero } = trial.rows[0].measured as CountingMeasured
    // expected .812, .533 and .9⁹ = .387; on 50 graphs the standard error is .02
    expect(Math.abs(ceiling - 0.812)).toBeLessThan(0.08)
    expect(Math.abs(blind - 0.533)).toBeLessThan(0.08)
    expect(Math.abs(zero - 0.387)).toBeLessThan(0.08)
  })

  it('shows every network and rule in one table, and none of a size that was not asked for', () => {
    const table = trial.table('accuracy')
    expect(Object.keys(table[0])).toEqual(['network', 'parameters', 'with100', 'with1000'])
    expect(table.map(({ with1000 }) => with1000 === null)).toEqual(
      [false, false, false, true, true, false, false, false, false], // LSTMs learned from 100 alone
    )
    expect(trial.table('runs')).toHaveLength(trial.rows.length)
    expect(trial.keys('counting')[0]).toHaveLength(5)
  })
})
