import { describe, expect, it } from 'vitest'
import { power } from './power.js'

const EPS = Number.EPSILON

describe('power', () => {
  it('multiplies for integers', () => {
    expect(power(1.1, 3)).toBe(1.1 * (1.1 * 1.1))
    expect(power(-3, 5)).toBe(-243)
    expect(power(7, 0)).toBe(1)
    expect(power(0, 0)).toBe(1)
    expect(power(0, -1)).toBe(Infinity)
    for (let n = -1022; n <= 1023; n++) expect(power(2, n)).toBe(2 ** n)
    for (let n = -22; n <= 22; n++) expect(power(10, n)).toBe(Number(`1e${n}`))
  })

  it('is close to the exact power at any exponent', () => {
    // of the float64 numbers as they are, at 30 digits
    const truths = [
      [10, 0.1, 1.2589254117941672],
      [Math.PI, Math.E, 22.459157718361045],
      [0.9, 1000, 1.7478712517226947e-46],
      [1.0001, 10000.5, 2.7182818307237543],
    ] as const
    for (const [x, y, truth] of truths) {
      const ulps = Number.isInteger(y) ? y : 1 + Math.abs(y * Math.log(x))
      expect(Math.abs(power(x, y) / truth - 1)).toBeLessThanOrEqual(2 * ulps * EPS)
    }
  })

  it('has no value for a negative number to a fraction', () => {
    expect(power(-2, 0.5)).toBeNaN()
    expect(power(NaN, 2)).toBeNaN()
  })

  it('ends for huge exponents', () => {
    expect(power(1 + EPS, 2 ** 52)).toBeCloseTo(Math.E, 6)
    expect(power(2, -1e300)).toBe(0)
    expect(power(0.5, Infinity)).toBe(0)
  })
})
