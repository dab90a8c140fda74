import { describe, expect, it } from 'vitest'
import { counted, formatNumber, superscript, type NumberFormat } from './index.js'

describe('formatNumber', () => {
  const powers: NumberFormat = {
    minus: '−',
    integersBelow: 1e9,
    from: 1e-3,
    below: 1e6,
    exponent: 'ten',
    grouped: true,
  }
  it.each<[number, NumberFormat, string]>([
    [-0.0078, { digits: 6, minus: '−', below: 1e9, grouped: true }, '−0.0078'],
    [3.1e-9, { minus: '−' }, '3.1e−9'],
    [183490.6, { digits: 6, grouped: true }, '183,491'],
    [1234567, powers, '1,234,567'],
    [-1234.56, powers, '−1,235'],
    [1e-5, powers, '10⁻⁵'],
    [2.5e9, powers, '2.5·10⁹'],
    [0.5, { ...powers, zeros: true }, '0.5000'],
    [1.5e-9, { ...powers, zeros: true }, '1.500·10⁻⁹'],
    [12345.6, { ...powers, digits: 2, zeros: true }, '12,000'],
    [NaN, powers, 'NaN'],
    [-Infinity, powers, '−Infinity'],
  ])('writes %d with %o as %s', (x, format, text) => {
    expect(formatNumber(x, format)).toBe(text)
  })
})

it('a count has a plural for all but one', () => {
  expect([0, 1, 2, 1200].map((n) => counted(n, 'network'))).toEqual([
    '0 networks',
    '1 network',
    '2 networks',
    '1,200 networks',
  ])
  expect(counted(3, 'axis', 'axes')).toBe('3 axes')
})

it('superscripts have a sign', () => {
  expect(superscript(-120)).toBe('⁻¹²⁰')
})
