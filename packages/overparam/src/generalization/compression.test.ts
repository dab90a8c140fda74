import { logBinomial, logBinomialTail } from '@nonconvex/optim/statistics'
import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  agnosticBound,
  blocksBound,
  certificates,
  growthBound,
  leaveOneOutBound,
  logGrowth,
  marginBound,
  multisetBound,
  publishedBound,
  sequenceBound,
  stableClosedForm,
  subsetBound,
} from './index.js'

const source = stream(7)
const drawn = Array.from({ length: 200 }, () => {
  const n = 2 + source.integer(600)
  const distinct = source.integer(n + 1)
  const updates = distinct === 0 ? 0 : distinct + source.integer(5 * n)
  return { n, distinct, updates, delta: Math.exp(-0.01 - 8 * source.uniform()) }
})

describe('reference values', () => {
  it('of the digits: n = 4000, U = 1163, c = 347, δ = 0.05', () => {
    const counts = { n: 4000, updates: 1163, distinct: 347, delta: 0.05 }
    const all = certificates(counts)
    expect(all.sequence).toBeCloseTo(0.929012309672, 11)
    expect(all.multiset).toBeCloseTo(0.888209332771, 11)
    expect(all.set).toBeCloseTo(0.277488383071, 11)
    expect(all.blocks.eps).toBeCloseTo(0.217267291315, 11)
    expect(all.blocks.T).toBe(666)
    expect(all.paper).toBeCloseTo(26.2600327312, 9)
    expect(all.loo).toBe(347 / 4001)
    expect(stableClosedForm(counts)).toBeCloseTo(0.292825091096, 11)
  })

  it('with errors: c = 100, r = 12', () => {
    const counts = { n: 4000, distinct: 100, errorsUnused: 12, delta: 0.05 }
    expect(agnosticBound(counts)).toBeCloseTo(0.127486066136, 11)
  })

  it('of an easy task: U = 30, c = 20', () => {
    const counts = { n: 4000, updates: 30, distinct: 20, delta: 0.05 }
    const { sequence, multiset, set, blocks, paper } = certificates(counts)
    const rounded = [paper, sequence, multiset, set].map((value) => value.toFixed(3))
    expect(rounded).toEqual(['0.677', '0.063', '0.057', '0.033'])
    expect(blocks.eps).toBeCloseTo(0.0176, 4)
    expect(stableClosedForm(counts)).toBeCloseTo(0.0155, 4)
  })
})

describe('compression bounds', () => {
  it('are ordered: blocks ≤ subset ≤ subset with word, on 200 random counts', () => {
    for (const counts of drawn) {
      const set = subsetBound(counts)
      expect(blocksBound(counts).eps).toBeLessThanOrEqual(set)
      expect(set).toBeLessThanOrEqual(multisetBound(counts))
      expect(sequenceBound(counts)).toBeLessThanOrEqual(1)
    }
  })

  it('can be smallest for the sequence, when there is one update: it pays no union over c', () => {
    const counts = { n: 4000, updates: 1, distinct: 1, delta: 0.05 }
    expect(sequenceBound(counts)).toBeLessThan(subsetBound(counts))
  })

  it('grow with c and fall with δ', () => {
    for (const counts of drawn) {
      const { n, distinct, updates, delta } = counts
      const all = (change: object) => {
        const { sequence, multiset, set, blocks } = certificates({ ...counts, ...change })
        return [sequence, multiset, set, blocks.eps]
      }
      const now = all({})
      const looser = all({ delta: delta + (1 - delta) / 2 })
      looser.forEach((value, i) => expect(value).toBeLessThanOrEqual(now[i]))
      if (distinct > 0 && distinct < n && updates > distinct)
        all({ distinct: distinct + 1 }).forEach((value, i) => {
          // ln C(n, c) falls from n/2 on, the examples left fall with it
          expect(value).toBeGreaterThanOrEqual(now[i] * (1 - 1e-12))
        })
    }
  })

  it('solve codes · (1 − ε)^(n − c) = δ: with one code, what a fixed hypothesis allows', () => {
    for (const { n, delta } of drawn) {
      const bound = subsetBound({ n, distinct: 0, delta })
      expect(n * Math.log1p(-bound)).toBeCloseTo(Math.log(delta / n), 9)
    }
  })

  it('say nothing when every example was updated', () => {
    const { sequence, multiset, set, blocks, agnostic, loo } = certificates({
      n: 8,
      updates: 1065,
      distinct: 8,
      delta: 0.05,
    })
    expect([sequence, multiset, set, agnostic]).toEqual([1, 1, 1, 1])
    expect(blocks).toEqual({ eps: 1, T: 8 })
    expect(loo).toBe(8 / 9)
  })

  it('are that of no code without updates', () => {
    const counts = { n: 50, updates: 0, distinct: 0, delta: 0.05 }
    const { sequence, multiset, set, paper } = certificates(counts)
    expect([sequence, multiset]).toEqual([set, set])
    expect(paper).toBe(publishedBound({ n: 50, updates: 1, delta: 0.05 }))
  })

  it('with errors agree with the subset at r = 0, grow with r, and solve their equation', () => {
    for (const { n, distinct, delta } of drawn) {
      const unused = n - distinct
      const at = (errorsUnused: number) => agnosticBound({ n, distinct, delta, errorsUnused })
      expect(at(0)).toBeCloseTo(subsetBound({ n, distinct, delta }), 12)
      if (unused < 3) continue
      const r = 1 + Math.floor(unused / 3)
      expect(at(r)).toBeGreaterThan(at(r - 1))
      expect(at(unused)).toBe(1)
      const wanted = Math.log(delta / n) - logBinomial(n, distinct)
      if (at(r) < 0.999) expect(logBinomialTail(unused, r, at(r)) / wanted).toBeCloseTo(1, 6)
    }
  })

  it('hold nothing but the count with errors once an unused example is wrong', () => {
    const counts = { n: 400, updates: 90, distinct: 40, delta: 0.05, errorsUnused: 6 }
    const { sequence, multiset, set, blocks, loo, agnostic, paper } = certificates(counts)
    expect([sequence, multiset, set, blocks.eps, loo]).toEqual([1, 1, 1, 1, 1])
    expect(agnostic).toBe(agnosticBound(counts))
    expect(paper).toBeGreaterThan(publishedBound({ ...counts, updates: 90 }))
  })

  it('take a million examples, a tenth of them updated', () => {
    const all = certificates({ n: 1e6, updates: 2e5, distinct: 1e5, delta: 0.05 })
    // the entropy of 0.1 in place of ln C: the difference is below 1e-5
    const entropy = -0.1 * Math.log(0.1) - 0.9 * Math.log(0.9)
    expect(all.set).toBeCloseTo(1 - Math.exp(-entropy / 0.9), 4)
    expect(all.blocks.eps).toBeLessThan(all.set)
  })

  it.each([
    [{ n: 0 }, 'expected n to be an integer ≥ 1, got 0'],
    [{ distinct: 11 }, 'expected distinct to be an integer in [0, n = 10], got 11'],
    [{ updates: 1 }, 'expected updates to be at least distinct = 2, got 1'],
    [{ distinct: 0 }, 'expected updates to be 0 as distinct is, got 3'],
    [{ delta: 0 }, 'expected delta in (0, 1), got 0'],
    [{ errorsUnused: 9 }, 'expected errorsUnused to be an integer in [0, n − distinct = 8], got 9'],
  ])('refuse %j', (change, message) => {
    const counts = { n: 10, updates: 3, distinct: 2, delta: 0.1 }
    expect(() => certificates({ ...counts, ...change })).toThrow(message)
  })
})

describe('what they are compared with', () => {
  it('the published form wants n ≥ 2M, and M ≥ 1', () => {
    expect(publishedBound({ n: 99, updates: 50, delta: 0.1 })).toBe(Infinity)
    expect(publishedBound({ n: 100, updates: 50, delta: 0.1 })).toBeCloseTo(4 * Math.log(1000), 12)
    expect(() => publishedBound({ n: 100, updates: 0, delta: 0.1 })).toThrow(
      'publishedBound: expected updates to be at least 1, got 0',
    )
  })

  it('leave-one-out is a fraction', () => {
    expect(leaveOneOutBound(20, 99)).toBe(0.2)
    expect(leaveOneOutBound(1.8e5, 4000)).toBeGreaterThan(1)
  })

  it('the margin bound falls like 1/√n', () => {
    const at = (n: number) => marginBound({ n, radius: 1, wStarNorm: 3, delta: 0.05 })
    expect(at(400)).toBeCloseTo(at(100) / 2, 12)
  })

  it('the labelings of n points by a hyperplane are 2 Σ C(n−1, i), by hand for d = 2', () => {
    // k units with d = 2: 2n patterns each; 4k weights: all 2^n labelings from n ≤ 4k on
    for (const n of [2, 3, 4])
      expect(logGrowth(n, 1, 2)).toBeCloseTo(2 * Math.log(2 * n) + n * Math.LN2, 12)
    expect(logGrowth(5, 1, 2)).toBeCloseTo(2 * Math.log(10) + Math.log(30), 12)
    expect(logGrowth(1, 3, 7)).toBeCloseTo(7 * Math.LN2, 12)
  })

  it('counting labelings says nothing for the digits, whatever the width', () => {
    for (const k of [1, 2, 3, 10, 100])
      expect(growthBound({ n: 4000, k, d: 784, delta: 0.05 })).toBeGreaterThan(1)
    expect(growthBound({ n: 100_000, k: 1, d: 2, delta: 0.05 })).toBeLessThan(0.01)
  })

  it('counting labelings is above 1 whenever 2kd ≥ n', () => {
    for (const [k, d] of [
      [1, 1],
      [3, 2],
      [5, 20],
    ])
      expect(growthBound({ n: 2 * k * d, k, d, delta: 0.99 })).toBeGreaterThan(1)
  })
})
