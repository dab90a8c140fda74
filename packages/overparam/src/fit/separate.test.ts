import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { dataset, separableData } from '../../test/problems.js'
import { minMargin } from '../data/dataset.js'
import { separate } from './separate.js'

const short = { digits: 15 }

describe('rows that cancel up to rounding, not exactly', () => {
  it('are no witness: small data are decided exactly', () => {
    const cases = [
      [
        [1, 0],
        [1, 1e-10],
      ],
      [
        [1, 0],
        [1, 1e-13],
      ],
      [
        [1, 1],
        [1, 1.00000000000001],
      ],
    ]
    for (const rows of cases) {
      const data = dataset(rows, [1, -1])
      const found = separate(data, short)
      if (found.kind !== 'separable') throw new Error(found.kind)
      expect(found.proven).toBe(true)
      expect(found.lo).toBeGreaterThan(0)
      expect(found.lo).toBeLessThanOrEqual(found.hi)
      expect(minMargin(data, found.w)).toBeCloseTo(1, 6)
      expect(found.support).toBeUndefined()
    }
  })

  it('leave it undecided where the data are too large for that, and say why', () => {
    const source = stream(1)
    const d = 60
    const rows = Array.from({ length: 40 }, () =>
      Array.from({ length: d }, () => Number(source.normal().toFixed(3))),
    )
    // two rows that differ by 10^−13 in one feature
    const twin = rows[0].map((value, c) => (c === 0 ? 0.5 + 1e-13 : value))
    rows[0][0] = 0.5
    const data = dataset([...rows, twin], [...rows.map(() => 1), -1])
    const found = separate(data, short)
    expect(found.kind).toBe('undecided')
    if (found.kind === 'undecided')
      expect(found.why).toMatch(/rows cancel up to rounding, not exactly$/)
  })

  it('that do cancel, in more than one way, are a proof', () => {
    // opposite pairs in the plane, stretched: any two of the three ways will do
    const data = dataset(
      [
        [0.1, 0.2],
        [0.2, 0.4],
        [-0.3, -0.6],
        [-0.7, -1.4],
      ],
      [1, 1, 1, 1],
    )
    expect(separate(data, short)).toMatchObject({ kind: 'inseparable', exact: true, residual: 0 })
  })
})

describe('numbers that are not those of a file', () => {
  it('have a witness of float64 only, which says so', () => {
    const data = dataset(
      [
        [1, 1],
        [-1, -1 - 1e-13],
      ],
      [1, 1],
    )
    expect(separate(data, { digits: 17 })).toMatchObject({
      kind: 'inseparable',
      exact: false,
      inexact: 'the file has numbers of 17 digits, and a float64 gives back 15',
    })
  })
})

it('a feature 10^12 times as large changes neither answer', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { data } = separableData({ n: 20, d: 3, gamma: 0.1, size: 1, seed })
    const rows = Array.from({ length: 20 }, (_, i) =>
      Array.from(data.x.data.subarray(3 * i, 3 * i + 3), (v) => Number((data.y[i] * v).toFixed(2))),
    )
    const far = (all: readonly (readonly number[])[]) =>
      all.map(([a, ...rest]) => [Math.round(a * 100) * 1e10, ...rest])
    const ones = rows.map(() => 1)
    expect(separate(dataset(far(rows), ones), short)).toMatchObject({
      kind: 'separable',
      proven: true,
    })
    const mean = rows[0].map((v, c) => Number(((v + rows[1][c]) / 2).toFixed(3)))
    const planted = dataset(far([...rows, mean]), [...ones, -1])
    // the first feature is whole hundredths there, and half of one in a mean
    planted.x.data[60] = (planted.x.data[0] + planted.x.data[3]) / 2
    expect(separate(planted, short)).toMatchObject({ kind: 'inseparable', exact: true })
  }
})
