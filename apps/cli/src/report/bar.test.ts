import type { Verdict } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { barLength, percent, usedBar } from './bar.js'

const verdict: Verdict = {
  claim: 'demo/bar',
  title: 'A bar',
  statement: 'a bar',
  status: 'holds',
  rigor: 'float64',
  hypotheses: [],
  source: {},
}

describe('the bar', () => {
  it('is omitted where no fraction of a bound was measured', () => {
    expect(usedBar(verdict)).toBeUndefined()
    expect(usedBar({ ...verdict, tightness: 0.1 })?.text).toContain('10 %')
  })

  it('has four decades, ends at the tick when all is used, and goes on beyond it', () => {
    expect([1e-9, 1e-2, 1, 1.5].map(barLength)).toEqual([1.5, 50, 100, 104.4])
    expect(barLength(0)).toBe(0)
  })

  it('gives the fraction in words', () => {
    expect([0.1149, 0.006, 1e-6, 0].map(percent)).toEqual([
      '11.5 %',
      '0.6 %',
      'less than 0.01 %',
      '0 %',
    ])
  })
})
