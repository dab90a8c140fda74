import { stream, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { budgetBatch, type BudgetBatch } from './budget-batch.js'
import { budgetGradient } from './budget.js'
import { projectBudget } from './project-budget.js'

/** Random rows: ties, budgets at the ends and whole ones, scores of several sizes. */
function fill(batch: BudgetBatch, s: Stream): void {
  const { rows, labels: n } = batch
  for (let r = 0; r < rows; r++) {
    const scale = [0.3, 1, 10, 1e6][s.integer(4)]
    for (let i = 0; i < n; i++) {
      const tied = i > 0 && s.uniform() < 0.2
      batch.scores[r * n + i] = tied ? batch.scores[r * n + i - 1] : scale * s.normal()
    }
    const z = s.uniform() * n
    batch.budgets[r] = [z, Math.round(z), 0, n][s.integer(8) < 5 ? 0 : s.integer(4)]
  }
  s.normalInto(new Float64Array(batch.upstream.length)).forEach((x, i) => {
    batch.upstream[i] = x
  })
}

describe('budgetBatch', () => {
  it('equals projectBudget and its gradient on 1,000 rows, ties and ends included', () => {
    const s = stream(16)
    for (const n of [1, 2, 3, 7, 40]) {
      const batch = budgetBatch({ rows: 200, labels: n })
      expect(batch.kernels).toBe('wasm')
      fill(batch, s)
      expect(batch.project().status).toBe('projected')
      batch.backward()
      for (let r = 0; r < batch.rows; r++) {
        const of = (all: Float32Array) => Float64Array.from(all.subarray(r * n, (r + 1) * n))
        const exact = projectBudget(of(batch.scores), batch.budgets[r])
        const y = of(batch.y)
        const sum = y.reduce((total, label) => total + label, 0)
        expect(Math.abs(sum - batch.budgets[r])).toBeLessThan(1e-6)
        y.forEach((label, i) => expect(Math.abs(label - exact.y[i])).toBeLessThan(1e-6))
        // away from labels that rounding has moved to an end
        const near = exact.y.some((x) => (x > 0 && x < 1e-6) || (x < 1 && x > 1 - 1e-6))
        if (near) continue
        const gradient = budgetGradient(exact, of(batch.upstream))
        of(batch.byScores).forEach((x, i) => expect(x).toBeCloseTo(gradient.v[i], 5))
        expect(batch.byBudgets[r]).toBeCloseTo(gradient.z, 5)
      }
    }
  })

  it('has the gradient of finite differences on 1,000 rows, ties and ends included', () => {
    const s = stream(17)
    const n = 6
    let compared = 0
    for (let t = 0; t < 1000; t++) {
      const v = s.normalInto(new Float64Array(n)).map((x) => Math.round(8 * x) / 8)
      const z = t % 10 === 0 ? (t % 20 === 0 ? 0 : n) : s.uniform() * n
      const batch = budgetBatch({ rows: 1, labels: n, kernels: 'plain' })
      batch.scores.set(v)
      batch.budgets[0] = z
      batch.project()
      const g = s.normalInto(new Float64Array(n))
      batch.upstream.set(g)
      batch.backward()
      const { tau } = projectBudget(v, z)
      if (v.some((x) => Math.min(Math.abs(x - tau), Math.abs(x - tau - 1)) < 1e-4)) continue
      compared++
      const loss = (x: Float64Array, c: number) =>
        projectBudget(x, c).y.reduce((sum, y, i) => sum + g[i] * y, 0)
      const h = 1e-6
      for (let i = 0; i < n; i++) {
        const at = (by: number) =>
          loss(
            v.map((x, j) => (j === i ? x + by : x)),
            z,
          )
        expect(batch.byScores[i]).toBeCloseTo((at(h) - at(-h)) / (2 * h), 5)
      }
      if (z > h && z < n - h)
        expect(batch.byBudgets[0]).toBeCloseTo((loss(v, z + h) - loss(v, z - h)) / (2 * h), 5)
    }
    expect(compared).toBeGreaterThan(800)
  })

  it('has kernels that agree with their plain twin bit for bit', () => {
    for (const labels of [1, 2, 3, 4, 5, 17, 100]) {
      const [wasm, plain] = (['wasm', 'plain'] as const).map((kernels) => {
        const batch = budgetBatch({ rows: 50, labels, kernels })
        fill(batch, stream(18).child('bits', labels))
        batch.project()
        batch.backward()
        return batch
      })
      expect(plain.kernels).toBe('plain')
      expect(wasm.y).toEqual(plain.y)
      expect(wasm.byScores).toEqual(plain.byScores)
      expect(wasm.byBudgets).toEqual(plain.byBudgets)
    }
  })

  it('reports a budget that no labels have, and refuses scores that are not finite', () => {
    const batch = budgetBatch({ rows: 2, labels: 3 })
    for (const budget of [-0.1, 3.1, NaN]) {
      batch.budgets[1] = budget
      expect(batch.project()).toEqual({ status: 'infeasible', row: 1, budget })
    }
    batch.budgets[1] = 1
    for (const score of [NaN, Infinity]) {
      batch.scores[4] = score
      expect(() => batch.project()).toThrow('scores[4]')
    }
  })
})
