import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { dataset, separableData } from '../../test/problems.js'
import { minMargin, radius, rowNorms2, signedMargins, withConstant } from './dataset.js'
import { density, sparseNorms2, sparseRows } from './sparse-rows.js'

const data = dataset(
  [
    [3, 4],
    [0, -1],
    [-2, 0],
  ],
  [1, -1, -1],
)

describe('a data set', () => {
  it('has norms, a radius and margins', () => {
    expect(Array.from(rowNorms2(data.x))).toEqual([25, 1, 4])
    expect(radius(data)).toBe(5)
    expect(Array.from(signedMargins(data, Float64Array.of(1, 2)))).toEqual([11, 2, 2])
    expect(minMargin(data, Float64Array.of(1, 2))).toBe(2)
    expect(minMargin(data, Float64Array.of(0, 2))).toBe(-0)
  })

  it('may have one class only, one example, or one feature', () => {
    const one = dataset([[2], [5]], [1, 1])
    expect([radius(one), minMargin(one, Float64Array.of(1))]).toEqual([5, 2])
    expect(radius(dataset([[-3]], [-1]))).toBe(3)
  })

  it('gets a bias by a constant feature: R² grows by its square, the margin by its weight', () => {
    const { data: big, u } = separableData({ n: 20, d: 4, gamma: 0.1, size: 1, seed: 1 })
    const x = withConstant(big.x, 3)
    expect([x.rows, x.cols]).toEqual([20, 5])
    expect(radius({ ...big, x }) ** 2).toBeCloseTo(radius(big) ** 2 + 9, 12)
    const before = signedMargins(big, u)
    const after = signedMargins({ ...big, x }, Float64Array.of(...u, 0.5))
    for (const [i, margin] of after.entries())
      expect(margin).toBeCloseTo(before[i] + 1.5 * big.y[i], 12)
  })
})

it('sparse rows are the entries that are not zero', () => {
  const source = stream(2)
  const values = source.normalInto(new Float64Array(60)).map((v) => (v > 0 ? v : 0))
  const x = { rows: 10, cols: 6, data: values }
  const rows = sparseRows(x)
  const back = new Float64Array(60)
  for (let i = 0; i < 10; i++)
    for (let q = rows.start[i]; q < rows.start[i + 1]; q++)
      back[6 * i + rows.index[q]] = rows.value[q]
  expect(back).toEqual(values)
  expect(density(rows)).toBe(values.filter((v) => v !== 0).length / 60)
  expect(sparseNorms2(rows)).toEqual(rowNorms2(x))
})
