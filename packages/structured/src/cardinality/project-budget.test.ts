import { stream, type Stream } from '@nonconvex/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgetGradient } from './budget.js'
import { projectBudget, type ProjectBudgetOptions } from './project-budget.js'

const total = (y: Float64Array, a?: ArrayLike<number>): number =>
  y.reduce((sum, label, i) => sum + (a?.[i] ?? 1) * label, 0)
const normals = (s: Stream, L: number, scale = 1): Float64Array =>
  s.normalInto(new Float64Array(L)).map((x) => scale * x)

/** Σ a_i y_i of a random point of the box, which is a budget that can be kept. */
function someBudget(s: Stream, a: ArrayLike<number>, lo = 0, hi = 1): number {
  let z = 0
  for (let i = 0; i < a.length; i++) z += a[i] * (lo + (hi - lo) * s.uniform())
  return z
}

/** A random point that keeps the budget: from one side of it to the other along a line. */
function feasible(
  s: Stream,
  a: ArrayLike<number>,
  z: number,
  lo: number,
  hi: number,
): Float64Array {
  const side = (over: boolean): Float64Array =>
    Float64Array.from(a, (w) => (w > 0 === over ? hi : lo))
  const inside = Float64Array.from(a, () => lo + (hi - lo) * s.uniform())
  const end = side(total(inside, a) < z)
  const [from, to] = [total(inside, a), total(end, a)]
  const t = (z - from) / (to - from)
  return inside.map((x, i) => x + t * (end[i] - x))
}

describe('projectBudget', () => {
  it('keeps the budget to rounding for scores of every size and length', () => {
    const s = stream(3)
    for (const L of [1, 2, 3, 10, 100, 1000])
      for (const scale of [1e-9, 0.3, 1, 10, 1e6])
        for (let t = 0; t < 20; t++) {
          const z = s.uniform() * L
          const { y, tau } = projectBudget(normals(s, L, scale), z)
          expect(Math.abs(total(y) - z)).toBeLessThanOrEqual(4 * L * 2 ** -52 * Math.max(1, z))
          expect(Math.min(...y)).toBeGreaterThanOrEqual(0)
          expect(Math.max(...y)).toBeLessThanOrEqual(1)
          expect(Number.isFinite(tau)).toBe(true)
        }
  })

  it('keeps it for scores with heavy tails, ± e^{6N}', () => {
    const s = stream(4)
    for (let t = 0; t < 500; t++) {
      const L = 1 + s.integer(60)
      const v = normals(s, L).map((x) => (s.uniform() < 0.5 ? -1 : 1) * Math.exp(6 * x))
      const z = s.uniform() * L
      expect(Math.abs(total(projectBudget(v, z).y) - z)).toBeLessThan(1e-12)
    }
  })

  it('is nearest: ⟨v − y, x − y⟩ ≤ 0 for every x that keeps the budget (variational inequality)', () => {
    const s = stream(5)
    for (let t = 0; t < 300; t++) {
      const L = 2 + s.integer(8)
      const a = normals(s, L).map((x, i) => (t % 2 === 0 ? 1 : i % 5 === 4 ? 0 : x))
      const [lo, hi] = t % 3 === 0 ? [-1, 2] : [0, 1]
      const v = normals(s, L, 2)
      const z = someBudget(s, a, lo, hi)
      const { y } = projectBudget(v, z, { weights: a, lo, hi })
      expect(total(y, a)).toBeCloseTo(z, 11)
      for (let trial = 0; trial < 20; trial++) {
        const x = feasible(s, a, z, lo, hi)
        expect(total(x, a)).toBeCloseTo(z, 10)
        expect(v.reduce((sum, score, i) => sum + (score - y[i]) * (x[i] - y[i]), 0)).toBeLessThan(
          1e-10,
        )
      }
    }
  })

  it('for le and ge, too, and leaves alone what keeps the budget', () => {
    expect(projectBudget([2, 0.9, 0.8, -1], 2, { mode: 'le' })).toMatchObject({
      tau: 0.35,
      binds: true,
    })
    const round = (y: Float64Array): number[] => Array.from(y, (x) => Number(x.toFixed(12)))
    expect(round(projectBudget([2, 0.9, 0.8, -1], 2, { mode: 'le' }).y)).toEqual([1, 0.55, 0.45, 0])
    expect(projectBudget([2, 0.9, 0.8, -1], 2, { mode: 'ge' }).binds).toBe(false)
    expect([...projectBudget([2, 0.9, 0.8, -1], 2, { mode: 'ge' }).y]).toEqual([1, 0.9, 0.8, 0])
    expect(total(projectBudget([0.1, 0.2, -1], 2, { mode: 'ge' }).y)).toBeCloseTo(2, 14)
    expect(projectBudget([0.1, 0.2], 7, { mode: 'le' }).binds).toBe(false)
    expect(projectBudget([0.1, 0.2], -7, { mode: 'ge' }).binds).toBe(false)
  })

  it('has its ends: budgets 0 and L, one label, ties, whole budgets with a gap', () => {
    expect([...projectBudget([3, -2, 0.5], 0).y]).toEqual([0, 0, 0])
    expect([...projectBudget([3, -2, 0.5], 3).y]).toEqual([1, 1, 1])
    expect([...projectBudget([-40], 0.25).y]).toEqual([0.25])
    expect([...projectBudget([1, 1, 1, 1], 1).y]).toEqual([0.25, 0.25, 0.25, 0.25])
    expect([...projectBudget([9, 5, -5, -9], 2).y]).toEqual([1, 1, 0, 0])
    expect([...projectBudget([], 0).y]).toEqual([])
  })

  it('keeps it where scores are so large that they do not feel the box, and with extreme weights', () => {
    expect([...projectBudget([1e16, 1e16], 1).y]).toEqual([0.5, 0.5])
    expect([...projectBudget([1e7, 1e7], 1e-10, { hi: 1e-10 }).y]).toEqual([5e-11, 5e-11])
    expect([...projectBudget([1e300, -1e300, 5], 1.5).y]).toEqual([1, 0, 0.5])
    for (const a of [1e155, 1e-162]) {
      const budget = projectBudget([0.9, 0.8], a, { weights: [a, a] })
      expect(budget.y[0]).toBeCloseTo(0.55, 12)
      expect(budget.y[1]).toBeCloseTo(0.45, 12)
      const { v, z } = budgetGradient(budget, [1, 0])
      expect([...v]).toEqual([0.5, -0.5])
      expect((z * a) / 0.5).toBeCloseTo(1, 12)
    }
  })

  it('takes a budget that rounding has put beyond the ends for the end', () => {
    const v = Float64Array.from({ length: 10 }, (_, i) => i + 1)
    for (const label of projectBudget(v, 1, { hi: 0.1 }).y) expect(label).toBeCloseTo(0.1, 15)
    const weights = new Float64Array(10).fill(0.1)
    expect([...projectBudget(v, 1, { weights }).y]).toEqual(new Array(10).fill(1))
    expect([...projectBudget(v, 1, { weights, mode: 'ge' }).y]).toEqual(new Array(10).fill(1))
    expect(() => projectBudget(v, 1.001, { weights })).toThrow(RangeError)
  })

  it('is the simplex without a cap', () => {
    expect([...projectBudget([3, 2.5, -1], 1, { hi: Infinity }).y]).toEqual([0.75, 0.25, 0])
    expect([...projectBudget([-7], 5, { hi: Infinity }).y]).toEqual([5])
  })

  it('keeps any budget that can be kept, whatever the scores', () => {
    const score = fc.double({ min: -1e9, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 1, maxLength: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (v, part) => {
          const z = part * v.length
          const { y } = projectBudget(v, z)
          return Math.abs(total(y) - z) <= 1e-12 * v.length
        },
      ),
    )
  })
})

describe('budgetGradient', () => {
  const differences = (
    v: Float64Array,
    z: number,
    g: Float64Array,
    of: (v: Float64Array, z: number) => Float64Array,
    h = 1e-6,
  ): { v: number[]; z: number } => {
    const loss = (scores: Float64Array, budget: number): number =>
      of(scores, budget).reduce((sum, label, i) => sum + g[i] * label, 0)
    const moved = (i: number, by: number): Float64Array => v.map((x, j) => (j === i ? x + by : x))
    return {
      v: Array.from(v, (_, i) => (loss(moved(i, h), z) - loss(moved(i, -h), z)) / (2 * h)),
      z: (loss(v, z + h) - loss(v, z - h)) / (2 * h),
    }
  }

  it('is that of finite differences, away from kinks', () => {
    const s = stream(6)
    let compared = 0
    for (let t = 0; t < 200; t++) {
      const L = 1 + s.integer(9)
      const weights = normals(s, L).map((x, i) => (t % 2 === 0 ? 1 : i % 5 === 4 ? 0 : x))
      const options: ProjectBudgetOptions = { weights, mode: (['eq', 'le', 'ge'] as const)[t % 3] }
      const v = normals(s, L, 0.7)
      const z = someBudget(s, weights)
      const budget = projectBudget(v, z, options)
      const edge = Math.min(
        ...Array.from(v, (x, i) => {
          const free = x - budget.tau * weights[i]
          return Math.min(Math.abs(free), Math.abs(free - 1))
        }),
      )
      const plain = v.map((x) => Math.min(1, Math.max(0, x)))
      if (edge < 1e-3 || Math.abs(total(plain, weights) - z) < 1e-3) continue
      compared++
      const g = normals(s, L)
      const by = differences(v, z, g, (scores, c) => projectBudget(scores, c, options).y)
      const gradient = budgetGradient(budget, g)
      by.v.forEach((slope, i) => {
        expect(gradient.v[i]).toBeCloseTo(slope, 7)
      })
      expect(gradient.z).toBeCloseTo(by.z, 7)
    }
    expect(compared).toBeGreaterThan(100)
  })

  it('is 0 where all labels are whole: nothing is free to move', () => {
    const { v, z } = budgetGradient(projectBudget([9, 5, -5, -9], 2), [1, 2, 3, 4])
    expect([...v, z]).toEqual([0, 0, 0, 0, 0])
  })
})
