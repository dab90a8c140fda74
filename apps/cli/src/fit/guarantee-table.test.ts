import { describe, expect, it } from 'vitest'
import { boundDigits } from './guarantee-table.js'

describe('boundDigits', () => {
  it.each([
    [[0.218, 0.7], 3],
    [[0.9992], 3],
    [[0.9997], 4],
    [[0.2, 0.99998], 5],
    [[0.49996], 5],
    [[1, 0.5, 26.26, Infinity], 3],
  ])('of %j are %i', (bounds, digits) => {
    expect(
      boundDigits(
        bounds.map((bound) => ({ bound })),
        0.5,
      ),
    ).toBe(digits)
  })

  it('takes no more than a float64 has, and needs none without a bound', () => {
    expect([boundDigits([{ bound: 1 - 2 ** -53 }]), boundDigits([{}])]).toEqual([15, 3])
  })
})
