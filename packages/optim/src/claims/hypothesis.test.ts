import { describe, expect, it } from 'vitest'
import { hypothesis, readable, worst } from './index.js'

describe('hypothesis', () => {
  it('has a status and, if there is one, its number', () => {
    expect(hypothesis('a', true, 0.5)).toStrictEqual({ text: 'a', status: 'holds', measured: 0.5 })
    expect(hypothesis('a', false)).toStrictEqual({ text: 'a', status: 'fails' })
    expect(hypothesis('a', 'assumed')).toStrictEqual({ text: 'a', status: 'assumed' })
  })

  it('writes a number that JSON cannot hold into the text', () => {
    expect(hypothesis('a', true, Infinity)).toStrictEqual({
      text: 'a (measured Infinity)',
      status: 'holds',
    })
    expect(hypothesis('a', false, NaN)).toStrictEqual({ text: 'a (measured NaN)', status: 'fails' })
  })

  it('does not let NaN hold', () => {
    expect(() => hypothesis('a', true, NaN)).toThrow(RangeError)
  })
})

describe('worst', () => {
  it.each([
    [['holds', 'holds'], 'holds'],
    [['holds', 'inapplicable'], 'inapplicable'],
    [['inconclusive', 'inapplicable', 'holds'], 'inconclusive'],
    [['holds', 'violated', 'inconclusive'], 'violated'],
    [[], 'inconclusive'],
  ] as const)('of %j is %s', (statuses, status) => {
    expect(worst(statuses.map((s) => ({ status: s })))).toBe(status)
  })
})

describe('readable', () => {
  it.each([
    [0, '0'],
    [2410, '2,410'],
    [-1234567, '-1,234,567'],
    [999, '999'],
    [1_520_000_000.5, '1,520,000,000'],
    [1e15, '1e+15'],
    [0.123456, '0.1235'],
    [1.5e-9, '1.5e-9'],
    [-0.00001, '-1e-5'],
    [0.00012, '0.00012'],
    [2.50001, '2.5'],
    [1234.56, '1235'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('writes %d as %s', (x, text) => {
    expect(readable(x)).toBe(text)
  })

  it('takes the digits asked for', () => {
    expect(readable(Math.PI, 8)).toBe('3.1415927')
  })
})
