import { expect, test } from 'vitest'
import { budget } from './explorer.js'
import { keepsBudget, labelsOf } from './labels.js'
import { budgetParams } from './params.js'

test.each(budget.presets)(
  '$name: the projection is one threshold and keeps the budget',
  ({ input }) => {
    const params = budgetParams.parse({ ...input })
    const [{ y, tau = NaN }, ...others] = labelsOf(params)
    y.forEach((label, i) => {
      expect(label).toBeCloseTo(Math.min(1, Math.max(0, params.scores[i] - tau)), 12)
    })
    expect(keepsBudget(labelsOf(params)[0], params)).toBe(true)
    expect(others.map(({ method }) => method)).toEqual(
      params.rule === 'exactly z' ? ['soft', 'published'] : ['published'],
    )
  },
)

test('the published projection exceeds the budget of the preset; the soft one keeps it', () => {
  const { input } = budget.presets.find(({ name }) => name === 'leak') ?? { input: {} }
  const params = budgetParams.parse({ ...input })
  const [, soft, published] = labelsOf(params)
  expect(keepsBudget(soft, params)).toBe(true)
  expect(keepsBudget(published, params)).toBe(false)
  expect(published.sum).toBeGreaterThan(1.3)
})

test('no labels, and all labels, are budgets', () => {
  for (const z of [0, 8]) expect(labelsOf(budgetParams.parse({ z }))[0].sum).toBeCloseTo(z, 9)
  expect(() => budgetParams.parse({ z: 3, scores: [1, 1] })).toThrow('at most 2')
})
