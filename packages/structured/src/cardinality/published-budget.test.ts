import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { dykstra } from './dykstra.js'
import { publishedBudget, publishedBudgetGradient } from './published-budget.js'

const s = stream(5)
const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** Π_D by its formula, without the way back. */
function softSimplex(v: Float64Array, z: number): Float64Array {
  const sorted = Float64Array.from(v).sort().reverse()
  const sums = sorted.map((_, k) => sorted.subarray(0, k + 1).reduce((a, b) => a + b, 0))
  const exponents = sorted.map((own, at) => {
    const r = Math.max(0, (at + 1) * own - (sums[at] - z))
    return ((at + 1) * r) / (1 + r)
  })
  const largest = Math.max(...exponents)
  const rho = exponents.map((x) => Math.exp(x - largest))
  const mass = rho.reduce((a, b) => a + b, 0)
  const mean = (of: (k: number) => number) =>
    rho.reduce((sum, weight, at) => sum + weight * of(at), 0) / mass
  const theta = (mean((at) => sums[at]) - z) / mean((at) => at + 1)
  return v.map((value) => Math.max(0, value - theta))
}

describe('the published projection', () => {
  it('is two rounds of Dykstra’s algorithm', () => {
    for (const L of [1, 2, 7, 60]) {
      const v = s.normalInto(new Float64Array(L)).map((x) => logistic(4 * x))
      const sets = [
        (x: Float64Array) => x.map((value) => Math.min(1, value)),
        (x: Float64Array) => softSimplex(x, 0.7 * L),
      ]
      const { y } = dykstra(v, sets, { rounds: 2, tol: 0 })
      publishedBudget(v, 0.7 * L).forEach((label, i) => expect(label).toBeCloseTo(y[i], 12))
    }
  })

  it('has the gradient of its differences', () => {
    for (let n = 0; n < 300; n++) {
      const L = 1 + s.integer(12)
      const v = s.normalInto(new Float64Array(L)).map((x) => logistic(2 * x))
      const z = 0.2 + s.uniform() * (L - 0.3)
      const g = s.normalInto(new Float64Array(L))
      const loss = (at: Float64Array, target: number) =>
        publishedBudget(at, target).reduce((sum, label, i) => sum + label * g[i], 0)
      const gradient = publishedBudgetGradient(v, z, g)
      const h = 1e-6
      for (let i = 0; i < L; i++) {
        const [up, down] = [v.slice(), v.slice()]
        up[i] += h
        down[i] -= h
        expect(gradient.v[i]).toBeCloseTo((loss(up, z) - loss(down, z)) / (2 * h), 6)
      }
      expect(gradient.z).toBeCloseTo((loss(v, z + h) - loss(v, z - h)) / (2 * h), 6)
    }
  })

  it('refuses what is no number, and another length', () => {
    expect(() => publishedBudgetGradient([NaN], 1, [1])).toThrow(
      'publishedBudgetGradient: expected v[0] to be finite',
    )
    expect(() => publishedBudgetGradient([1], NaN, [1])).toThrow('expected z to be finite')
    expect(() => publishedBudgetGradient([1], 1, [])).toThrow('expected g to have length')
  })
})
