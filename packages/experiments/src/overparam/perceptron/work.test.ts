import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { PerceptronMeasured } from './figures.js'
import type { TightMeasured } from './work.js'

const id = 'overparam/perceptron'
const small = { gammas: [0.05, 0.2], d: 6, n: 50, alphas: [0.5], k: 3, seeds: 3 }
const bounds = ['batch-perceptron-bounded', 'margin-perceptron-bounded', 'perceptron-bounded']
const limits = ['linear-limit', 'perceptron-limit']
const attained = 'perceptron-bounds-attained'
const all = [...bounds, attained, ...limits].sort()
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run(id, small)
})

describe('the conclusion on perceptrons', () => {
  it('holds on separable data', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('has a figure that measures updates and bound in one unit, with the bound above every run', () => {
    const { panels } = trial.figure('limit')
    const column = (frame: string, name: string): readonly number[] =>
      panels[1].frames[frame][name] as readonly number[]
    const bound = column('bound', 'y')
    const made = column('runs', 'y')
    column('runs', 'x').forEach((alpha, i) => {
      expect(made[i]).toBeLessThanOrEqual(bound[column('bound', 'x').indexOf(alpha)])
    })
    // with leak 1 the two bounds are one
    expect(bound.at(-1)).toBeCloseTo(1, 9)
    expect(trial.keys('limit')).toEqual([['margin perceptron'], ['bound of the margin perceptron']])
  })

  const more = { converged: true, updates: 1e9, distinct: 3, steps: 1e9 }
  const broken: readonly [string, (m: PerceptronMeasured) => Partial<PerceptronMeasured>][] = [
    ['perceptron-bounded', () => ({ perceptron: more, huge: more })],
    ['batch-perceptron-bounded', () => ({ batch: more })],
    ['margin-perceptron-bounded', () => ({ marginRule: more, linear: more })],
    ['linear-limit', (m) => ({ linear: { ...m.linear, updates: m.linear.updates + 1 } })],
    ['linear-limit', (m) => ({ linear: { ...m.linear, steps: 1 } })],
    ['perceptron-limit', (m) => ({ huge: { ...m.huge, distinct: 1 } })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const rows = trial.changed<PerceptronMeasured>((m, key) =>
      key === 'gamma=0.2/seed=1' ? { ...m, ...change(m) } : undefined,
    )
    const statuses = trial.statuses(rows)
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it.each([
    [0, 0.99],
    [0, 1.01],
    [1, 0.99],
    [1, 1.01],
    [2, 0.98],
    [2, 1.02],
  ])('is violated by rule %d with %d of its updates on the data that need most', (rule, factor) => {
    const rows = trial.changedIn<{ readonly rules: readonly TightMeasured[] }>(
      'tight',
      ({ rules }) => ({
        rules: rules.map((one, i) =>
          i === rule ? { ...one, updates: factor * one.updates } : one,
        ),
      }),
    )
    const statuses = trial.statuses(rows)
    expect(those(statuses, 'violated')).toEqual([attained])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== attained))
  })

  it('attains its bounds for small and for large learning rates', async () => {
    for (const eta of [0.1, 1000])
      expect(those((await Trial.run(id, { ...small, eta })).statuses(), 'holds')).toEqual(all)
  })

  it('does not apply its bounds to labels that no hyperplane separates; the limits hold there, too', async () => {
    const flipped = await Trial.run(id, { ...small, flips: 12 })
    for (const { measured } of flipped.rows.filter(({ key }) => key.startsWith('gamma'))) {
      const { margin, linear } = measured as unknown as PerceptronMeasured
      expect([margin, linear.steps]).toEqual([null, 20 * small.n])
    }
    expect(flipped.table('rules')[0]).toMatchObject({ 'perceptron updates': null })
    expect(those(flipped.statuses(), 'inapplicable')).toEqual(bounds)
    expect(those(flipped.statuses(), 'holds')).toEqual([attained, ...limits].sort())
  })

  it('does not apply its limits to a network with a kink, whose updates are others', async () => {
    const bent = await Trial.run(id, { ...small, limit: 0.5 })
    expect(those(bent.statuses(), 'inapplicable')).toEqual(limits)
    expect(those(bent.statuses(bent.rows, { limit: 1 }), 'violated')).toEqual(limits)
  })

  it('is inconclusive while data sets are missing, or where a budget ended a rule', async () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.rows.slice(1)), 'inconclusive')).toEqual(
      all.filter((other) => other !== attained),
    )
    const short = await Trial.run(id, { ...small, passes: 1 })
    expect(those(short.statuses(), 'inconclusive')).toEqual(bounds)
  })
})
