import { hypothesis, verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import {
  leakSucceeds,
  reluFailureProbability,
  reluTransition,
  transitionLimit,
  type TransitionPoint,
} from './index.js'

describe('transitionLimit', () => {
  it('has the exact probability between its two numbers', () => {
    for (let d = 1; d <= 2048; d = 3 * d - (d > 1 ? 1 : 0))
      for (let k = 1; k <= 30; k++) {
        const { limit, most } = transitionLimit(d, k)
        const exact = reluFailureProbability(d, k)
        expect(exact).toBeGreaterThanOrEqual(limit * (1 - 1e-14))
        expect(exact).toBeLessThanOrEqual(most)
      }
  })

  it('could not be much closer: near κ = −1 the distance is 0.5/d', () => {
    const { limit } = transitionLimit(1024, 9)
    expect(1024 * (reluFailureProbability(1024, 9) - limit)).toBeGreaterThan(0.25)
  })
})

describe('overparam/relu-transition', () => {
  const at = (failed: number, d = 64): TransitionPoint => ({ d, k: 6, starts: 100, failed })
  const other = { d: 256, k: 8, starts: 100, failed: 63 }
  const decided = (points: readonly TransitionPoint[], change: object = {}) =>
    verdictOn(reluTransition, { points, hypotheses: [], ...change }).status

  it('holds near the curve, and is violated on both sides of it', () => {
    expect([30, 46, 63, 79, 95].map((failed) => decided([at(failed), other]))).toEqual([
      'violated',
      'violated',
      'holds',
      'holds',
      'violated',
    ])
  })

  it('is inapplicable if a hypothesis fails', () => {
    const hypotheses = [hypothesis('the starts are symmetric', false)]
    expect(decided([at(0), other], { hypotheses })).toBe('inapplicable')
  })

  it('is inconclusive without points, and with one dimension', () => {
    expect(decided([])).toBe('inconclusive')
    expect(decided([at(63), at(62)])).toBe('inconclusive')
    expect(decided([at(3)])).toBe('violated')
  })
})

describe('overparam/leak-succeeds', () => {
  const decided = (change: object) =>
    verdictOn(leakSucceeds, { runs: 9, failed: 0, cut: 0, hypotheses: [], ...change }).status

  it('holds when no run fails, and is violated by one that does', () => {
    expect(decided({})).toBe('holds')
    expect(decided({ failed: 1, cut: 2 })).toBe('violated')
  })

  it('is inapplicable without a leak, inconclusive without runs or if one was cut off', () => {
    expect(decided({ hypotheses: [hypothesis('the leaky ReLU slope α is positive', false)] })).toBe(
      'inapplicable',
    )
    for (const change of [{ runs: 0 }, { cut: 1 }]) expect(decided(change)).toBe('inconclusive')
  })
})
