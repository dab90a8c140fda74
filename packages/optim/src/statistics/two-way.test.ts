import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { student95, studentInterval, twoWayMean } from './two-way.js'

describe('student95', () => {
  it.each([
    [1, 12.706205],
    [2, 4.302653],
    [3, 3.182446],
    [4, 2.776445],
    [5, 2.570582],
    [9, 2.262157],
    [19, 2.093024],
    [39, 2.022691],
    [120, 1.97993],
  ])('has the quantile of tables at %i degrees of freedom', (nu, quantile) => {
    expect(student95(nu)).toBeCloseTo(quantile, 5)
    expect(student95(nu + 0.9)).toBe(student95(nu))
  })

  it('is infinite without a degree of freedom, and near the normal quantile with many', () => {
    expect([0, 0.5, NaN].map(student95)).toEqual([Infinity, Infinity, Infinity])
    expect(student95(1e9)).toBeCloseTo(1.9623, 4)
  })
})

describe('twoWayMean', () => {
  it('covers the mean in 95 % of tables with effects of rows, columns and entries', () => {
    const [R, C] = [5, 40]
    for (const [i, [row, column, entry]] of [
      [1, 0, 1],
      [0.3, 1, 1],
      [0, 0, 1],
      [0.2, 2, 0],
    ].entries()) {
      const source = stream(1).child('tables', i)
      let covered = 0
      for (let t = 0; t < 400; t++) {
        const columns = Array.from({ length: C }, () => column * source.normal())
        const table = Array.from({ length: R }, () => {
          const own = row * source.normal()
          return columns.map((common) => own + common + entry * source.normal())
        })
        const [, low, high] = studentInterval(twoWayMean(table))
        if (low <= 0 && 0 <= high) covered++
      }
      // 95 % minus three standard errors of 400 draws
      expect(covered / 400).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.95 * 0.05) / 400))
    }
  })

  it('has no interval from one row or one column, and refuses ragged rows', () => {
    expect(twoWayMean([[1, 2, 3]]).freedom).toBe(0)
    expect(studentInterval(twoWayMean([[1], [2]]))).toEqual([1.5, -Infinity, Infinity])
    expect(() => twoWayMean([[1, 2], [1]])).toThrow(/expected rows of 2 numbers, got 1 in row 1/)
  })

  it('has error 0 for equal numbers', () => {
    expect(
      twoWayMean([
        [2, 2],
        [2, 2],
      ]),
    ).toEqual({ mean: 2, error: 0, freedom: 2 })
  })
})
