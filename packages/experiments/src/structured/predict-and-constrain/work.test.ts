import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import { pack, unpack } from '../../result/packed.js'
import type { TrainedMeasured } from './figures.js'
import type { GradientsMeasured } from './work.js'

const labelClaims = [
  'published-training-ignores-budget',
  'trained-labels-keep-budget',
  'unrolled-gradients',
]
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/predict-and-constrain', {
    train: 100,
    test: 60,
    epochs: 10,
    steps: 3,
    eta: 0.05,
    crossEntropyEpochs: 150,
    hidden: 4,
    dropout: 0,
    seeds: 2,
    problems: 5,
  })
})

/** The budgets of the models with a projection, changed. */
const withBudgets = (change: (was: NonNullable<TrainedMeasured['budget']>) => object) =>
  trial.changedIn<TrainedMeasured>('training', (m) =>
    m.budget ? { ...m, budget: { ...m.budget, ...change(m.budget) } } : m,
  )

/** F1 of expected-F1 decoding is above or below that of each projection. */
const gained = (gain: number) =>
  trial.changedIn<TrainedMeasured>('training', (m) => {
    const some = unpack(m.f1[0]).map((_, i) => 0.5 + 0.01 * ((i % 3) - 1))
    const shown = m.budget ? some : some.map((x) => x + gain)
    return { ...m, f1: m.f1.map(() => pack(Float64Array.from(shown))) }
  })

describe('the conclusion on predict and constrain', () => {
  it('holds on sums and gradients', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(expect.arrayContaining(labelClaims))
  })

  it('sees a sum that leaves its budget, and one of the published program that keeps it', () => {
    const apart = withBudgets(() => ({ largestGap: 1e-9 }))
    expect(those(trial.statuses(apart), 'violated')).toContain('trained-labels-keep-budget')
    const near = withBudgets(({ budget }) => ({ gap: 0.09 * budget }))
    expect(those(trial.statuses(near), 'violated')).toContain('published-training-ignores-budget')
  })

  it('sees a wrong gradient', () => {
    const wrong = trial.changedIn<GradientsMeasured>('gradients', () => ({
      errors: pack(Float64Array.of(1e-9, 2e-6)),
    }))
    expect(those(trial.statuses(wrong), 'violated')).toContain('unrolled-gradients')
  })

  it('decides which F1 is higher, or neither', () => {
    const claim = 'expected-f1-above-unrolled'
    expect(those(trial.statuses(gained(0.1)), 'holds')).toContain(claim)
    expect(those(trial.statuses(gained(-0.1)), 'violated')).toContain(claim)
    expect(those(trial.statuses(gained(0)), 'inconclusive')).toContain(claim)
    const few = { crossEntropyEpochs: 149 }
    expect(those(trial.statuses(gained(0.1), few), 'inapplicable')).toContain(claim)
  })

  it('gives the true count to the last decoder of each model', () => {
    const rows = trial.table('f1').filter(({ rule }) => rule === 'true count')
    expect(rows.map(({ counts }) => counts)).toEqual(Array(6).fill(100))
  })
})
