import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { entropy } from './entropy.js'

/** Weights, then gaps and totals. */
function lay(rows: readonly (readonly [weight: number, gap: number, total: number])[]) {
  const floats = Float64Array.from([
    ...rows.map(([weight]) => weight),
    ...rows.flatMap(([, gap, total]) => [gap, total]),
  ])
  return entropy(floats, { label: 0, weight: 0, loss: rows.length }, rows.length)
}

describe('the weighted cross-entropy from gaps and totals', () => {
  it('is the sum of weight · (gap + ln total), rows with equal weights or not', () => {
    const source = stream(3)
    const rows = Array.from({ length: 5000 }, (_, r): [number, number, number] => [
      r < 4000 ? 0.25 : source.uniform(),
      5 * source.uniform(),
      1 + 150 * source.uniform(),
    ])
    const expected = rows.reduce((sum, [w, gap, total]) => sum + w * (gap + Math.log(total)), 0)
    expect(lay(rows) / expected).toBeCloseTo(1, 13)
  })

  it('of no rows is 0, of a total that is no number is none', () => {
    expect(lay([])).toBe(0)
    expect(
      lay([
        [1, NaN, 2],
        [1, 0, 2],
      ]),
    ).toBeNaN()
    expect(
      lay([
        [1, 0, NaN],
        [1, 0, 2],
      ]),
    ).toBeNaN()
    expect(
      lay([
        [1, 0, Infinity],
        [1, 0, 2],
      ]),
    ).toBe(Infinity)
  })
})
