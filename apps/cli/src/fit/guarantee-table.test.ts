import { describe, expect, it } from 'vitest'
import { tellingDigits } from './guarantee-table.js'

describe('tellingDigits', () => {
  it.each([
    [[0.218, 0.7], 3],
    [[0.9992], 3],
    [[0.9997], 4],
    [[0.2, 0.99998], 5],
    [[0.49996], 5],
    [[1, 0.5, 26.26, Infinity], 3],
  ])('of %j are %i', (bounds, digits) => {
    expect(tellingDigits(bounds.map((bound) => ({ bound })))).toBe(digits)
  })

  it('takes no more than a float64 has, and needs none without a bound', () => {
    expect([tellingDigits([{ bound: 1 - 2 ** -53 }]), tellingDigits([{}])]).toEqual([15, 3])
  })
})
