import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyData, dataset, separableData } from '../../test/problems.js'
import { contradictionWeights, findContradiction } from './contradiction.js'

describe('findContradiction', () => {
  it('finds equal rows with opposite labels, and opposite rows with equal labels', () => {
    const rows = [
      [1, 2],
      [3, -1],
      [-1, -2],
    ]
    expect(findContradiction(dataset(rows, [1, 1, 1]))).toEqual({
      rows: [0, 2],
      weights: [0.5, 0.5],
    })
    expect(findContradiction(dataset(rows, [1, 1, -1]))).toBeUndefined()
    const twice = [rows[1], rows[0], rows[1]]
    expect(findContradiction(dataset(twice, [1, 1, -1]))?.rows).toEqual([0, 2])
    expect(findContradiction(dataset(twice, [1, -1, 1]))).toBeUndefined()
  })

  it('finds a row of zeros, of either sign', () => {
    expect(findContradiction(dataset([[1], [-0]], [1, 1]))).toEqual({ rows: [1], weights: [1] })
  })

  it('takes 0 and −0 for the same number', () => {
    expect(
      findContradiction(
        dataset(
          [
            [0, 1],
            [-0, 1],
          ],
          [1, -1],
        ),
      )?.rows,
    ).toEqual([0, 1])
    expect(
      findContradiction(
        dataset(
          [
            [0, 1],
            [-0, -1],
          ],
          [1, 1],
        ),
      )?.rows,
    ).toEqual([0, 1])
  })

  it('finds one of two thousand', () => {
    const { data } = separableData({ n: 2000, d: 5, gamma: 0.1, size: 1, seed: 1 })
    expect(findContradiction(data)).toBeUndefined()
    data.x.data.copyWithin(5 * 1900, 5 * 11, 5 * 12)
    data.y[1900] = -data.y[11]
    expect(findContradiction(data)?.rows).toEqual([11, 1900])
  })

  it('takes 200,000 equal rows with equal labels for one', () => {
    const n = 200_000
    const data = {
      x: { rows: n, cols: 1, data: new Float64Array(n).fill(3) },
      y: new Float64Array(n).fill(1),
    }
    expect(findContradiction(data)).toBeUndefined()
    data.y[n - 1] = -1
    expect(findContradiction(data)?.rows).toEqual([0, n - 1])
  })

  it('finds what all pairs find, and its weights combine the rows to exactly zero', () => {
    fc.assert(
      fc.property(anyData, ({ x, y }) => {
        // a few values only, so that rows meet
        const data = { x: { ...x, data: x.data.map((v) => Math.sign(v)) }, y }
        const row = (i: number): Float64Array =>
          data.x.data.subarray(i * x.cols, (i + 1) * x.cols).map((v) => y[i] * v)
        const all = Array.from({ length: x.rows }, (_, i) => row(i))
        const exists = all.some((a, i) =>
          all.slice(0, i + 1).some((b) => a.every((value, c) => value === -b[c])),
        )
        const weights = contradictionWeights(data)
        expect(weights !== undefined).toBe(exists)
        if (!weights) return
        const sum = new Float64Array(x.cols)
        weights.forEach((weight, i) => all[i].forEach((value, c) => (sum[c] += weight * value)))
        expect(sum.every((value) => value === 0)).toBe(true)
        expect(weights.reduce((total, weight) => total + weight, 0)).toBe(1)
      }),
      { numRuns: 500 },
    )
  })
})
