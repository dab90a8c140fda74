import type { Verdict } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { barLength, percent, usedBar, usedFraction } from './bar.js'

const verdict = (measured: number, relation: '<=' | '>=' | '==', bound: number): Verdict => ({
  claim: 'demo/bar',
  title: 'A bar',
  statement: 'a bar',
  status: 'holds',
  rigor: 'float64',
  hypotheses: [],
  source: {},
  measured,
  relation,
  bound,
})

describe('the bar', () => {
  it('is the share of the bound that was used', () => {
    expect(usedFraction(verdict(41, '<=', 410))).toBe(0.1)
    expect(usedFraction(verdict(2, '>=', 1))).toBe(0.5)
  })

  it('is left out where there is no such share', () => {
    for (const one of [
      verdict(1, '==', 1),
      verdict(0, '<=', 0),
      verdict(-2, '<=', -1),
      verdict(1, '>=', 0),
    ])
      expect(usedBar(one)).toBeUndefined()
  })

  it('has four decades, ends at the tick when all is used, and goes on beyond it', () => {
    expect([1e-9, 1e-2, 1, 1.5].map(barLength)).toEqual([1.5, 50, 100, 104.4])
    expect(barLength(0)).toBe(0)
  })

  it('says the share in words', () => {
    expect([0.1149, 0.006, 1e-6, 0].map(percent)).toEqual([
      '11.5 %',
      '0.6 %',
      'less than 0.01 %',
      '0 %',
    ])
  })
})
