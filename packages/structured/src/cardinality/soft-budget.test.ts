import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { budgetGradient } from './budget.js'
import { softBudget } from './soft-budget.js'

const total = (y: Float64Array): number => y.reduce((sum, label) => sum + label, 0)

describe.each(['sigmoid', 'laplace'] as const)('softBudget, %s', (kind) => {
  it('keeps the budget, hard and soft, with wide gaps and ties between scores', () => {
    const s = stream(1)
    for (const eps of [1e-3, 0.02, 0.5, 30])
      for (const L of [1, 2, 5, 50, 500])
        for (let t = 0; t < 10; t++) {
          const v = s
            .normalInto(new Float64Array(L))
            .map((x) => (t % 2 === 0 ? x : Math.round(5 * x)))
          for (const z of [s.uniform() * L, s.integer(L + 1), 1e-9 * L, L * (1 - 1e-9)]) {
            const { y } = softBudget(v, z, { eps, kind })
            expect(Math.abs(total(y) - z)).toBeLessThanOrEqual(1e-12 * Math.max(1, z))
            expect(Math.min(...y)).toBeGreaterThanOrEqual(0)
            expect(Math.max(...y)).toBeLessThanOrEqual(1)
          }
        }
  })

  it('keeps it where scores are large, or far apart in units of ε', () => {
    const s = stream(8)
    for (const eps of [1e-5, 1e-8, 1e-100, 1e100])
      for (let t = 0; t < 50; t++) {
        const v = s.normalInto(new Float64Array(20)).map((x) => [1, 1e2, 1e8, 1e300][t % 4] * x)
        const z = 20 * s.uniform()
        expect(Math.abs(total(softBudget(v, z, { eps, kind }).y) - z)).toBeLessThanOrEqual(2e-11)
      }
    const pair = softBudget([1e6, 1e6 + 1e-6], 0.7, { eps: 1e-8, kind })
    expect(Math.abs(total(pair.y) - 0.7)).toBeLessThan(1e-12)
  })

  it('becomes the z highest as ε goes to 0, and keeps their order before', () => {
    const v = [0.3, 2, -1, 0.9]
    expect(
      Array.from(softBudget(v, 2, { eps: 1e-3, kind }).y, (y) => Math.round(1e9 * y) / 1e9),
    ).toEqual([0, 1, 0, 1])
    const { y } = softBudget(v, 2, { eps: 1, kind })
    expect([1, 3, 0, 2].map((i) => y[i])).toEqual([...y].sort((a, b) => b - a))
  })

  it('has the gradient of finite differences', () => {
    const s = stream(2)
    const h = 1e-6
    for (let t = 0; t < 60; t++) {
      const L = 1 + s.integer(8)
      const v = s.normalInto(new Float64Array(L))
      const g = s.normalInto(new Float64Array(L))
      const z = L * (0.1 + 0.8 * s.uniform())
      const eps = [0.3, 1, 4][t % 3]
      const loss = (scores: Float64Array, budget: number): number =>
        softBudget(scores, budget, { eps, kind }).y.reduce((sum, y, i) => sum + g[i] * y, 0)
      const gradient = budgetGradient(softBudget(v, z, { eps, kind }), g)
      expect(gradient.z).toBeCloseTo((loss(v, z + h) - loss(v, z - h)) / (2 * h), 6)
      v.forEach((_, i) => {
        const moved = (by: number): Float64Array => v.map((x, j) => (j === i ? x + by : x))
        expect(gradient.v[i]).toBeCloseTo((loss(moved(h), z) - loss(moved(-h), z)) / (2 * h), 6)
      })
    }
  })

  it('at the ends of the budget has whole labels and no gradient', () => {
    for (const z of [0, 3]) {
      const budget = softBudget([1, -2, 5], z, { kind })
      expect([...budget.y]).toEqual([z / 3, z / 3, z / 3])
      expect([...budgetGradient(budget, [1, 2, 3]).v]).toEqual([0, 0, 0])
    }
  })
})

it('the logistic one maximizes ⟨v, y⟩ + ε Σ H(y_i) among labels that keep the budget', () => {
  const s = stream(3)
  const entropy = (p: number): number => -p * Math.log(p) - (1 - p) * Math.log(1 - p)
  for (let t = 0; t < 50; t++) {
    const [L, eps] = [6, 0.1 + s.uniform()]
    const v = s.normalInto(new Float64Array(L))
    const z = 0.5 + 5 * s.uniform()
    const value = (y: Float64Array): number =>
      y.reduce((sum, label, i) => sum + v[i] * label + eps * entropy(label), 0)
    const { y } = softBudget(v, z, { eps })
    for (let trial = 0; trial < 10; trial++) {
      const way = s.normalInto(new Float64Array(L))
      const mean = total(way) / L
      const room = Math.min(...y, ...y.map((label) => 1 - label)) / 10
      const other = y.map((label, i) => label + room * (way[i] - mean))
      if (Math.min(...other) <= 0 || Math.max(...other) >= 1) continue
      expect(value(other)).toBeLessThanOrEqual(value(y) + 1e-12)
    }
  }
})
