import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { BudgetMeasured, EnumeratedMeasured, WorthMeasured } from './work.js'

type CardinalityMeasured = BudgetMeasured | EnumeratedMeasured | WorthMeasured

const all = [
  'budget-is-kept',
  'count-is-worth',
  'count-law-is-exact',
  'f1-decoding-is-best',
  'f1-decoding-proved',
  'projection-proved',
  'published-budget-leaks',
]
const small = { labels: [5, 159], draws: 50, distributions: 12, problems: 2, examples: 1000 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/cardinality', small)
})

const change = (part: object) => (m: CardinalityMeasured) =>
  Object.keys(part).every((name) => name in m) ? { ...m, ...part } : m

describe('the conclusion on cardinality', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string, (m: CardinalityMeasured) => CardinalityMeasured][] = [
    ['budget-is-kept', change({ off: 1e-9 })],
    ['budget-is-kept', change({ softOff: 1e-9 })],
    ['published-budget-leaks', change({ published: { mean: -0.1, error: 0.01 } })],
    ['count-law-is-exact', change({ error: 1e-6 })],
    ['f1-decoding-is-best', change({ gap: 1e-6 })],
    ['count-is-worth', change({ known: { mean: -0.02, error: 0.005 } })],
    ['count-is-worth', change({ likeliest: { mean: -0.02, error: 0.005 } })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, how) => {
    const statuses = trial.statuses(trial.changed(how))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply where all examples have one label', async () => {
    const one = await Trial.run('structured/cardinality', { ...small, maxCount: 1 })
    expect(those(one.statuses(), 'inapplicable')).toEqual(['count-is-worth'])
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
  })
})

it('at the defaults p ≥ 1/2, the likeliest and the true count are 2 points of F1 and more apart', async () => {
  // theory: 62/65/68 and 60/63/66 for two seeds
  const { rows } = await Trial.run('structured/cardinality', {
    labels: [3],
    draws: 10,
    distributions: 1,
    problems: 2,
    examples: 5000,
  })
  const problems = rows.flatMap(({ measured }) => ('f1' in (measured as object) ? [measured] : []))
  expect(problems.length).toBe(2)
  for (const { f1 } of problems as { f1: readonly number[] }[]) {
    const [threshold, , , likeliest, known] = f1
    expect(likeliest - threshold).toBeGreaterThan(0.02)
    expect(known - likeliest).toBeGreaterThan(0.02)
  }
})
