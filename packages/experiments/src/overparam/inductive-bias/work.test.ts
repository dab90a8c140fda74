import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { NetMeasured } from './figures.js'
import type { PlaneMeasured } from './plane-figure.js'

type InductiveBiasMeasured = NetMeasured | PlaneMeasured

const id = 'overparam/inductive-bias'
const small = {
  rows: [0.01, 1],
  k: [1, 5],
  alphas: [0.1, 1],
  width: 5,
  d: 6,
  n: 60,
  test: 300,
  seeds: 2,
  digits: false,
}
const all = ['likes-linear', 'rank-not-least', 'trace-norm-not-least']
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run(id, small)
})

const one =
  (change: (m: NetMeasured) => Partial<NetMeasured>) =>
  (m: InductiveBiasMeasured, key: string): InductiveBiasMeasured | undefined =>
    m.kind === 'net' && key === 'start=1/seed=1' ? { ...m, ...change(m) } : undefined

describe('the conclusion on the inductive bias', () => {
  it('holds on separable data', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('has figures whose keys name symbols and lines', () => {
    const plane = ['positive unit', 'negative unit', 'example, y = +1', 'example, y = −1']
    expect(trial.keys('plane')).toEqual([plane, plane])
  })

  const broken: readonly [string, (m: NetMeasured) => Partial<NetMeasured>][] = [
    ['likes-linear', (m) => ({ test: { ...m.test, r2: 0.79 } })],
    ['rank-not-least', (m) => ({ change: { ...m.change, offRankOne: 0 } })],
    ['trace-norm-not-least', (m) => ({ change: { ...m.change, nuclear: 1 } })],
  ]
  it.each(broken)('violates %s, and nothing else, when one run breaks it', (claim, change) => {
    const statuses = trial.statuses(trial.changed(one(change)))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply to labels that no hyperplane separates, where the function need not be linear', async () => {
    const flipped = await Trial.run(id, { ...small, flips: 15, epochs: 50 })
    expect(those(flipped.statuses(), 'inapplicable')).toEqual(all)
  })

  it('does not apply its rank to networks without a kink, which change by rank 1', async () => {
    const straight = await Trial.run(id, { ...small, alpha: 1, alphas: [1] })
    expect(those(straight.statuses(), 'inapplicable')).toEqual(['rank-not-least'])
    const { statement } = trial.verdict('rank-not-least')
    expect(statement).toMatch(/; with α = 1 it is of rank 1 in 2 of 2 runs$/)
    // judged as if they had one
    const bent = straight.statuses(straight.rows, { alpha: 0.1 })
    expect(bent['rank-not-least']).toBe('violated')
  })

  it('does not apply its rank where one update was enough', () => {
    const few = one(() => ({ distinct: 1 }))
    expect(those(trial.statuses(trial.changed(few)), 'inapplicable')).toEqual(['rank-not-least'])
  })

  it('does not apply to ReLU', async () => {
    const relu = await Trial.run(id, { ...small, alpha: 0, epochs: 50 })
    expect(those(relu.statuses(), 'inapplicable')).toEqual(all)
  })

  it('is inconclusive while runs are missing, or where one was cut off', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('leak=1/seed=0')), 'inconclusive')).toEqual(all)
    const cut = one(() => ({ status: 'max-steps' }))
    expect(those(trial.statuses(trial.changed(cut)), 'inconclusive')).toEqual(all)
  })

  it('reports a violation so far while rows are missing', () => {
    const [[, change]] = broken
    const rows = trial.changed(one(change)).slice(1)
    const { status, statement } = trial.verdict('likes-linear', rows)
    expect(status).toBe('inconclusive')
    expect(statement).toMatch(/^violated so far: /)
  })
})
