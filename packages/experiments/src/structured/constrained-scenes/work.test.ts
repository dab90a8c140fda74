import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { CapMeasured } from './measure.js'
import type { ConstrainedMeasured } from './work.js'

const all = [
  'capped-labels-are-best',
  'caps-are-kept',
  'projection-gradients',
  'projections-feasible',
  'projections-nearest',
  'transport-projections-agree',
  'true-caps-help',
]
const params = { train: 50, test: 120, steps: 20, hidden: 8, seeds: 1, points: 1 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/constrained-scenes', params)
})

const withCaps = (how: (cap: CapMeasured) => Partial<CapMeasured>) =>
  trial.changedIn<ConstrainedMeasured>('labels', (m) => ({
    ...m,
    caps: m.caps.map((cap) => ({ ...cap, ...how(cap) })),
  }))

describe('the conclusion on capped labels', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string, Partial<CapMeasured>][] = [
    ['caps-are-kept', { above: [3, 1, 3] }],
    ['capped-labels-are-best', { gap: 1e-6 }],
    ['projections-feasible', { violation: 1e-9 }],
    ['projections-nearest', { inequality: 1e-6 }],
    ['transport-projections-agree', { apart: 1e-5 }],
    ['projection-gradients', { error: 1e-4 }],
    ['true-caps-help', { gain: { mean: -0.5, error: 0.1 } }],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, how) => {
    expect(those(trial.statuses(withCaps(() => how)), 'violated')).toEqual([claim])
  })

  it('does not apply where no scene exceeds the cap', () => {
    const rows = withCaps(({ above }) => ({ above: [0, 0, above[2]] }))
    expect(those(trial.statuses(rows), 'inapplicable')).toEqual([
      'capped-labels-are-best',
      'caps-are-kept',
      'true-caps-help',
    ])
  })

  it('shows that labels of the largest marginals may exceed the cap, and a scene', () => {
    const table = trial.table('labels')
    expect(table.map(({ aboveAfter }) => aboveAfter)).toEqual([0, 0, 0, 0, 0, 0])
    expect(Math.max(...table.map(({ aboveMarginals }) => Number(aboveMarginals)))).toBeGreaterThan(
      0,
    )
    const { title } = trial.figure('example')
    expect(title).toMatch(/^At most \d+ of the class /)
  })
})
