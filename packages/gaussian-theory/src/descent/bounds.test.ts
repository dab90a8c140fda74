import { describe, expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import { stream } from '@nonconvex/tensor'
import {
  antiparallelAngle,
  antiparallelProbability,
  escape,
  escapeSteps,
  linearFactor,
  rateTheorem,
  stationaritySteps,
  reachesMinimum,
  totalSteps,
} from './index.js'
import { coefficients, plRatio } from '../index.js'

describe('B1 stationarity', () => {
  it('is ⌈2cℓ₀/ε²⌉ at step 1/c, and promises nothing from 2/c', () => {
    const { c } = coefficients(5)
    expect(stationaritySteps({ loss0: 0.3, eps: 0.01, k: 5 }).value).toBe(
      Math.ceil((0.6 * c) / 1e-4),
    )
    expect(stationaritySteps({ loss0: 0.3, eps: 0.01, k: 5, eta: 1.5 / c }).value).toBeGreaterThan(
      0,
    )
    const none = stationaritySteps({ loss0: 0.3, eps: 0.01, k: 5, eta: 2 / c })
    expect(none.value).toBe(Infinity)
    expect(none.hypotheses[0].status).toBe('fails')
  })
})

describe('B2 escape', () => {
  const from = (phi0: number, sharp: boolean): number =>
    escapeSteps({ phi0, r0: 1, R: 1, k: 5, sharp }).value
  it('is 0 on the near side, and sharper as a recursion', () => {
    expect([from(Math.PI / 2, false), from(2, true)]).toEqual([0, 0])
    for (const phi0 of [1, 0.1, 1e-3, 1e-5])
      expect(from(phi0, true)).toBeLessThanOrEqual(from(phi0, false))
  })
  it('ends after a million steps of the recursion, with the formula from there', () => {
    const [sharp, plain] = [from(1e-9, true), from(1e-9, false)]
    expect(sharp).toBeGreaterThan(1e6)
    expect(sharp).toBeLessThanOrEqual(plain + 1)
  })
  it('promises nothing on the ray itself, or for larger steps', () => {
    expect(escapeSteps({ phi0: 0, r0: 1, R: 1, k: 5 }).value).toBe(Infinity)
    expect(escapeSteps({ phi0: 1, r0: 1, R: 1, k: 5, eta: 3 }).value).toBe(Infinity)
  })
})

describe('B3 linear rate', () => {
  it('tends to α at the teacher, and is 1 − Q/c at step 1/c', () => {
    for (const k of [1, 2, 5, 50]) {
      const { c, alpha } = coefficients(k)
      expect(linearFactor({ theta: 0, k }).value).toBeCloseTo(alpha, 14)
      expect(linearFactor({ theta: 2, k }).value).toBeCloseTo(1 - plRatio(2, k) / c, 14)
    }
  })
  it('has the ratios at π/2 of the table', () => {
    const table = { 1: 0.2782, 2: 0.1876, 3: 0.1415, 5: 0.0949, 10: 0.052, 50: 0.0113 }
    for (const [k, ratio] of Object.entries(table))
      expect(1 - linearFactor({ theta: Math.PI / 2, k: Number(k) }).value).toBeCloseTo(ratio, 4)
  })
})

describe('B4 total', () => {
  it('grows like log 1/ε, is 0 when nothing is to do and at least 1 otherwise', () => {
    const to = (eps: number): number =>
      totalSteps({ loss0: 0.3, phi0: 2, r0: 1, R: 1, k: 5, eps }).value
    expect(to(1)).toBe(0)
    expect(Math.abs(to(1e-8) - to(1e-4) - (to(1e-12) - to(1e-8)))).toBeLessThanOrEqual(1)
    expect(totalSteps({ loss0: 0.3, phi0: Math.PI, r0: 1, R: 1, k: 1, eps: 0.1 }).value).toBe(1)
  })
})

describe('B5 initialization', () => {
  it.each([
    [0.01, 2, 0.0031831],
    [0.1, 2, 0.031831],
    [0.01, 3, 2.49998e-5],
    [0.1, 3, 0.00249792],
    [0.01, 5, 1.87494e-9],
    [0.1, 5, 1.86876e-5],
    [0.1, 10, 1.27941e-10],
    [0.5, 10, 1.92205e-4],
    [1, 10, 0.0430926],
  ])('P(φ₀ < %d) for m = %i is %d', (delta, m, expected) => {
    // the table has six digits
    expect(antiparallelProbability(delta, m) / expected).toBeCloseTo(1, 5)
  })
  it('is the integral of sin^{m−2}', () => {
    for (const m of [3, 4, 7, 30])
      for (const delta of [0.2, 1, 1.5, 1.7, 3]) {
        const n = 20_000
        const integral = (end: number): number => {
          let sum = 0
          for (let i = 0; i < n; i++) sum += Math.sin(((i + 0.5) * end) / n) ** (m - 2)
          return (sum * end) / n
        }
        const expected = integral(delta) / integral(Math.PI)
        expect(antiparallelProbability(delta, m)).toBeCloseTo(expected, 8)
      }
  })
  it('is the fraction of uniform initializations, within 4 standard errors', () => {
    const draws = stream(5).child('b5')
    const n = 20_000
    let near = 0
    for (let i = 0; i < n; i++) if (Math.acos(-draws.unitVector(4)[0]) < 0.8) near++
    const p = antiparallelProbability(0.8, 4)
    expect(Math.abs(near / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n))
  })
  it('has the edges 0, ½, 1, and ½ for m = 1', () => {
    for (const m of [2, 3, 4, 50]) {
      expect(antiparallelProbability(0, m)).toBe(0)
      expect(antiparallelProbability(Math.PI / 2, m)).toBeCloseTo(0.5, 13)
      expect(antiparallelProbability(Math.PI, m)).toBe(1)
    }
    expect(antiparallelProbability(0.1, 1)).toBe(0.5)
    expect(() => antiparallelProbability(4, 2)).toThrow('delta in [0, π], got 4')
    expect(() => antiparallelProbability(1, 0)).toThrow('m to be an integer ≥ 1, got 0')
  })
  it('is inverted', () => {
    for (const m of [2, 3, 10])
      for (const p of [1e-6, 0.05, 0.7])
        expect(antiparallelProbability(antiparallelAngle(p, m), m) / p).toBeCloseTo(1, 9)
    expect(() => antiparallelAngle(0, 3)).toThrow('p in (0, 1), got 0')
  })
})

describe('the rate theorem', () => {
  it('quadruples the O(ε⁻²) bound when ε is halved, and adds a constant to ours', () => {
    const at = (eps: number) => rateTheorem({ k: 5, m: 10, r0: 1, R: 1, delta: 0.05, eps })
    const [one, two, three] = [at(1e-3), at(5e-4), at(2.5e-4)]
    expect(two.stationarity.value / one.stationarity.value).toBeCloseTo(4, 4)
    const [first, second] = [two.total.value - one.total.value, three.total.value - two.total.value]
    expect(Math.abs(first - second)).toBeLessThanOrEqual(1)
    expect(one.total.value).toBeLessThan(one.stationarity.value)
    expect(one.published).toContain('as published (recalled)')
    expect(antiparallelProbability(one.phi, 10)).toBeCloseTo(0.05, 9)
  })
})

describe('a verdict on a number of steps', () => {
  const bound = totalSteps({ loss0: 0.3, phi0: 2, r0: 1, R: 1, k: 5, eps: 1e-6 })
  const goal = 'ℓ ≤ 1e-6'
  it('holds within the bound and is violated beyond it', () => {
    expect(verdictOn(reachesMinimum, { met: 20, taken: 20, bound, goal })).toMatchObject({
      status: 'holds',
      statement: `ℓ ≤ 1e-6 after 20 steps; at most ${bound.value} allowed`,
    })
    const late = bound.value + 1
    expect(verdictOn(reachesMinimum, { met: late, taken: late, bound, goal }).status).toBe(
      'violated',
    )
    expect(verdictOn(reachesMinimum, { met: undefined, taken: late, bound, goal }).status).toBe(
      'violated',
    )
  })
  it('is violated by a wrong constant: a bound of half the steps made', () => {
    const wrong = { ...bound, value: 10 }
    expect(verdictOn(reachesMinimum, { met: 20, taken: 20, bound: wrong, goal }).status).toBe(
      'violated',
    )
  })
  it('is inconclusive when the run stopped before both', () => {
    const verdict = verdictOn(reachesMinimum, { met: undefined, taken: 5, bound, goal })
    expect(verdict.status).toBe('inconclusive')
    expect(verdict.statement).toContain('too few steps')
  })
  it('does not apply where nothing is promised', () => {
    const none = escapeSteps({ phi0: 0, r0: 1, R: 1, k: 5 })
    const verdict = verdictOn(escape, { met: undefined, taken: 9, bound: none, goal })
    expect(verdict.status).toBe('inapplicable')
    expect(verdict.statement).toContain('φ₀ > 0 (measured 0)')
  })
})
