import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { projectBudget } from '../cardinality/index.js'
import { augmentedLagrangian, type Smooth } from './index.js'

const s = stream(11)
const sum: Smooth = { value: (y) => y.reduce((a, b) => a + b, 0), gradient: (y) => y.map(() => 1) }
/** −½‖y − v‖² */
const near = (v: Float64Array): Smooth => ({
  value: (y) => -y.reduce((total, x, i) => total + (x - v[i]) ** 2, 0) / 2,
  gradient: (y) => y.map((x, i) => v[i] - x),
})
/** Σ y_i y_{i+1}: how many neighbors have both their label */
const pairs: Smooth = {
  value: (y) => y.reduce((total, x, i) => total + (i > 0 ? x * y[i - 1] : 0), 0),
  gradient: (y) => y.map((_, i) => (i > 0 ? y[i - 1] : 0) + (i + 1 < y.length ? y[i + 1] : 0)),
}

describe('augmentedLagrangian', () => {
  it('is the exact projection for a linear constraint', () => {
    for (let n = 0; n < 20; n++) {
      const L = 1 + s.integer(8)
      const v = s.normalInto(new Float64Array(L))
      const c = (0.1 + 0.8 * s.uniform()) * L
      const end = augmentedLagrangian({ score: near(v), constraint: sum, c, start: v })
      expect(end.status).toBe('met')
      const exact = projectBudget(v, c)
      exact.y.forEach((label, i) => expect(end.y[i]).toBeCloseTo(label, 6))
    }
  })

  it('meets a constraint that is not linear, at a stationary point', () => {
    for (let n = 0; n < 20; n++) {
      const v = Float64Array.from({ length: 6 }, () => s.uniform())
      const end = augmentedLagrangian({ score: near(v), constraint: pairs, c: 1.5, start: v })
      expect(end).toMatchObject({ status: 'met' })
      expect(Math.abs(pairs.value(end.y) - 1.5)).toBeLessThan(1e-8)
      // every label at its end of the box, or without a slope of s − λ f
      const along = pairs.gradient(end.y)
      end.y.forEach((label, i) => {
        const slope = v[i] - label - end.multiplier * along[i]
        if (label === 0) expect(slope).toBeLessThan(1e-7)
        else if (label === 1) expect(slope).toBeGreaterThan(-1e-7)
        else expect(Math.abs(slope)).toBeLessThan(1e-7)
      })
    }
  })

  it('says what is left where no labels meet the constraint', () => {
    const v = Float64Array.of(0.2, 0.4)
    const end = augmentedLagrangian({ score: near(v), constraint: sum, c: 3, start: v })
    expect(end).toMatchObject({ status: 'not-met', rounds: 60 })
    expect(end.residual).toBeCloseTo(1, 6)
  })

  it.each([
    [{ c: NaN }, {}, 'expected c to be finite'],
    [{ start: [Infinity] }, {}, 'expected start[0] to be finite'],
    [{}, { tol: 0 }, 'expected tol to be positive'],
    [{}, { rounds: 0 }, 'expected rounds to be'],
    [{}, { steps: 1.5 }, 'expected steps to be'],
    [{ score: { value: () => NaN, gradient: () => [0] } }, {}, 'expected score at y to be finite'],
  ])('refuses %j, %j', (changed, options, message) => {
    const usual = { score: near(Float64Array.of(0.5)), constraint: sum, c: 0.5, start: [0.5] }
    expect(() => augmentedLagrangian({ ...usual, ...changed }, options)).toThrow(message)
  })
})
