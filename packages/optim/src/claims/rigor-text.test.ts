import { describe, expect, it } from 'vitest'
import { rigorText } from './rigor-text.js'

const shown = (confidence: number) => rigorText({ rigor: 'statistical', confidence })

describe('rigorText', () => {
  it('is the word where there is no confidence', () => {
    expect(rigorText({ rigor: 'proof' })).toBe('proof')
    expect(rigorText({ rigor: 'float64', confidence: 0.5 })).toBe('float64')
    expect(rigorText({ rigor: 'statistical' })).toBe('statistical')
  })

  it('gives round percentages as they are', () => {
    expect([0.5, 0.9, 0.95, 0.99, 0.999, 0.9999].map(shown)).toEqual([
      '50 %',
      '90 %',
      '95 %',
      '99 %',
      '99.9 %',
      '99.99 %',
    ])
  })

  it('keeps two digits of what is missing to certainty, and rounds down', () => {
    expect([0.999959, 0.9999599, 0.99995999, 0.95449].map(shown)).toEqual([
      '99.9959 %',
      '99.9959 %',
      '99.9959 %',
      '95.4 %',
    ])
  })

  it('is never 100 % for what is not certain', () => {
    for (const rest of [1e-6, 3e-9, 1e-12, 2 ** -53]) {
      expect(shown(1 - rest)).toMatch(/^99\.9+\d* %$/)
    }
    expect(shown(1)).toBe('100 %')
  })
})
