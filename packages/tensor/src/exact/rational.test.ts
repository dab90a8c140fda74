import { describe, expect, it } from 'vitest'
import { exactDot, exactPower, Rational } from './index.js'

describe('a rational number', () => {
  it.each([
    ['3', '3'],
    ['-0.25', '-1/4'],
    ['1e-3', '1/1000'],
    ['2.5e2', '250'],
    ['6/8', '3/4'],
    ['3/-7', '-3/7'],
    ['0.50', '1/2'],
  ])('reads %s as %s', (text, expected) => {
    expect(String(Rational.of(text))).toBe(expected)
  })

  it('reads a number by its shortest decimal', () => {
    expect(String(Rational.of(0.1))).toBe('1/10')
    expect(String(Rational.of(5n))).toBe('5')
  })

  it.each(['', 'x', '1/0', '1.', '1/2/3', 'NaN', '0x1', '1/1.5'])('refuses "%s"', (text) => {
    expect(() => Rational.of(text)).toThrow('Rational.of')
  })

  it('computes exactly', () => {
    const third = Rational.of('1/3')
    expect(String(third.plus('1/6').minus('0.5'))).toBe('0')
    expect(String(third.times(-3).over('0.5'))).toBe('-2')
    expect([third.compare('0.3333333333333333'), third.compare('2/6'), third.compare(1)]).toEqual([
      1, 0, -1,
    ])
    expect([0, 1, 5, 10].map((n) => exactPower(-3n, n))).toEqual([1n, -3n, -243n, 59049n])
    expect(() => third.over(0)).toThrow('Rational.over')
    expect(String(exactDot([third, Rational.of(2)], [Rational.of(3), third]))).toBe('5/3')
  })
})
