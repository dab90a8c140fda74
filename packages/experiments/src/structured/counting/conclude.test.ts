import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { CountingMeasured } from './measure.js'

const all = ['counting-ceiling', 'counting-exact', 'fewer-graphs']
const params = { graphs: [100, 1000], steps: 10, hidden: 8, dense: 16, test: 50 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/counting', params)
})

const of = (key: string, change: Partial<CountingMeasured>) => (m: CountingMeasured, at: string) =>
  at === key ? { ...m, ...change } : undefined

describe('the conclusion on counting', () => {
  /** The rows of ten steps, with the accuracies that long training gives. */
  const learnt = (change?: (m: CountingMeasured, at: string) => CountingMeasured | undefined) =>
    trial
      .changed<CountingMeasured>((m, at) =>
        at.startsWith('local/') ? { ...m, accuracy: 0.99 } : undefined,
      )
      .map((row) => {
        const measured = change?.(row.measured as CountingMeasured, row.key)
        return measured === undefined ? row : { ...row, measured }
      })

  it('holds if the invariant network has learnt to count', () => {
    expect(those(trial.statuses(learnt()), 'holds')).toEqual(all)
  })

  const broken: [string, (m: CountingMeasured, at: string) => CountingMeasured | undefined][] = [
    ['counting-exact', of('local/graphs=1000', { accuracy: 0.9 })],
    ['counting-ceiling', of('literal/graphs=100', { accuracy: 0.9 })],
    ['fewer-graphs', of('dense/graphs=1000', { accuracy: 0.985 })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(learnt(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply with few graphs, or without a tenth of any number', async () => {
    const few = await Trial.run('structured/counting', { ...params, graphs: [20, 30] })
    expect(those(few.statuses(), 'inapplicable')).toEqual(['counting-exact', 'fewer-graphs'])
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const without = learnt().filter(({ key }) => key !== 'literal/graphs=100')
    expect(those(trial.statuses(without), 'inconclusive')).toEqual(['counting-ceiling'])
  })

  it('has networks of the layer that do not depend on the order, and a dense one that does', () => {
    for (const { key, measured } of trial.rows) {
      const { moved } = measured as CountingMeasured
      if (key.startsWith('dense/')) expect(moved).toBeGreaterThan(1e-3)
      else expect(moved).toBeLessThan(1e-4)
    }
  })
})
