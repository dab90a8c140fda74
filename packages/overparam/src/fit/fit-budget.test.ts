import { describe, expect, it } from 'vitest'
import { csv, fit, statuses, table } from '../../test/fits.js'
import type { Table } from '../tabular/index.js'
import type { FitOptions, SeparableFit } from './fit-separable.js'
import { budgetOf } from './run-width.js'

describe('the budget', () => {
  const messy = csv([...Array(60).keys()].map((i) => [i % 13, i % 7, i % 2 ? 'a' : 'b']))

  it('is one of two that n alone decides, or what is asked for', async () => {
    const budgets = async (data: Table, options: Partial<FitOptions> = {}) =>
      (await fit(data, { bias: 1, ...options })).runs.map(({ maxSteps }) => maxSteps)
    expect(await budgets(table(1))).toEqual([1e7, 1e7])
    expect(await budgets(table(2))).toEqual([1e7, 1e7])
    expect(await budgets(messy)).toEqual([6000, 6000])
    expect(await budgets(table(1), { maxSteps: 77 })).toEqual([77, 77])
  })

  // separable, with a margin of 5·10⁻⁶ R
  const narrow = csv([
    [1, 0, 'a'],
    [1, 1e-5, 'b'],
  ])

  it('is the smaller one where the bound is out of reach, which is reported before the run', async () => {
    const reported: string[] = []
    const found = await fit(narrow, {
      watch: (progress) => {
        if (progress.stage === 'out-of-reach')
          reported.push(`${progress.stage} ${progress.k} ${progress.maxSteps}`)
        else if (progress.stage === 'training') reported.push(progress.stage)
      },
    })
    expect(found.separation.kind).toBe('separable')
    expect(reported.filter((stage) => stage !== 'training')).toEqual([
      'out-of-reach 1 200',
      'out-of-reach 8 200',
    ])
    expect(reported[0]).toBe('out-of-reach 1 200')
    for (const { maxSteps, status, updates, bounds } of found.runs) {
      expect([maxSteps, status]).toEqual([200, 'max-steps'])
      expect(bounds?.best).toBeGreaterThan(1e11)
      expect(updates).toBeLessThanOrEqual(200)
    }
    expect(statuses(found)).toMatchObject({
      'margin-certified': 'holds',
      'updates-bounded': 'inconclusive',
      'global-minimum': 'inconclusive',
    })
    expect(found.budgets).toBe(2)
    // asked for, nothing is reported
    const more: string[] = []
    const given = await fit(narrow, { maxSteps: 300, watch: ({ stage }) => more.push(stage) })
    expect(given.runs[1].maxSteps).toBe(300)
    expect(more).not.toContain('out-of-reach')
  })

  it('looks at the bound beside the visits that it can reach', () => {
    expect(budgetOf(60, 1e10)).toEqual({ maxSteps: 1e7, outOfReach: false })
    expect(budgetOf(60, 1.001e10)).toEqual({ maxSteps: 6000, outOfReach: true })
    expect(budgetOf(4000, 1.001e10)).toEqual({ maxSteps: 4e7, outOfReach: false })
    expect(budgetOf(60, Infinity)).toEqual({ maxSteps: 6000, outOfReach: true })
    expect(budgetOf(60, undefined)).toEqual({ maxSteps: 6000, outOfReach: false })
    expect(budgetOf(1e7, undefined).maxSteps).toBe(2e7)
  })

  it('costs every certificate half of δ where the examples chose it, nothing where it was asked for', async () => {
    for (const data of [table(1), messy, narrow]) {
      const own = await fit(data, { bias: 1, delta: 0.1 })
      const given = await fit(data, { bias: 1, delta: 0.05, maxSteps: own.runs[1].maxSteps })
      expect(given.runs).toEqual(own.runs)
      const bounds = ({ guarantees: { guarantees } }: SeparableFit) =>
        guarantees.map(({ id, bound }) => [id, bound])
      expect(bounds(own)).toEqual(bounds(given))
      const why = own.guarantees.guarantees.find(({ id }) => id === 'agnostic')?.why
      expect(why).toContain('at δ/2, as the sample chose one of 2 step budgets')
      expect(JSON.stringify(given.guarantees)).not.toContain('step budgets')
    }
  })
})
