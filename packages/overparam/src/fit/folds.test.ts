import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { table } from '../../test/fits.js'
import { errorInterval, foldsOf, tableRows } from './folds.js'

describe('foldsOf', () => {
  const y = Float64Array.from({ length: 23 }, (_, i) => (i < 7 ? 1 : -1))

  it('deals each label and all examples evenly, by the stream alone', () => {
    const folds = foldsOf(y, 5, stream(1))
    const sizes = (of: (i: number) => boolean) =>
      [0, 1, 2, 3, 4].map((f) => [...folds.keys()].filter((i) => folds[i] === f && of(i)).length)
    for (const of of [() => true, (i: number) => y[i] > 0, (i: number) => y[i] < 0])
      expect(Math.max(...sizes(of)) - Math.min(...sizes(of))).toBeLessThanOrEqual(1)
    expect(foldsOf(y, 5, stream(1))).toEqual(folds)
    expect(foldsOf(y, 5, stream(2))).not.toEqual(folds)
  })

  it('deals every class evenly, by its number', () => {
    const numbers = Float64Array.from({ length: 40 }, (_, i) => (i % 8) % 3)
    const folds = foldsOf(numbers, 4, stream(1))
    for (const of of [0, 1, 2]) {
      const sizes = [0, 1, 2, 3].map(
        (f) => [...folds.keys()].filter((i) => folds[i] === f && numbers[i] === of).length,
      )
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    }
    expect(() => foldsOf(numbers, 11, stream(1))).toThrow(/at most 10/)
    expect(() => foldsOf(Float64Array.of(1, NaN), 2, stream(1))).toThrow(/^foldsOf: expected y /)
  })

  it('refuses more folds than the rarer label has examples', () => {
    expect(() => foldsOf(y, 8, stream(1))).toThrow(/^foldsOf: expected folds to be at most 7/)
    expect(() => foldsOf(y, 1, stream(1))).toThrow(/^foldsOf: expected folds /)
  })
})

it('tableRows keeps numbers, labels and lines together', () => {
  const all = table(1)
  const some = tableRows(all, [3, 0])
  expect([some.y[0], some.lines[1], some.x.rows]).toEqual([all.y[3], all.lines[0], 2])
})

describe('errorInterval', () => {
  it('covers the mean error of networks that share their test examples', () => {
    const [rates, delta, draw] = [[0.02, 0.1, 0.3], 0.2, stream(4)]
    const truth = rates.reduce((a, b) => a + b) / 3
    let missed = 0
    for (let t = 0; t < 400; t++) {
      const points = Array.from({ length: 50 }, () => draw.uniform())
      const counts = rates.map((rate) => ({
        errors: points.filter((u) => u < rate).length,
        examples: 50,
      }))
      const { lo, hi, mean } = errorInterval(counts, delta)
      expect(lo <= mean && mean <= hi).toBe(true)
      if (!(lo <= truth && truth <= hi)) missed++
    }
    expect(missed).toBeLessThanOrEqual(400 * delta)
  })

  it('refuses no counts', () => {
    expect(() => errorInterval([], 0.05)).toThrow(/^errorInterval: expected counts /)
  })
})
