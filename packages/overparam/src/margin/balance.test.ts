import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { dataset, separableData } from '../../test/problems.js'
import { separatorProof } from '../certify/separator-proof.js'
import { minMargin, radius, type Dataset } from '../data/dataset.js'
import { entryOf } from '../data/sparse-rows.js'
import { balance } from './balance.js'
import { certifyMargin, separability } from './separability.js'
import { signedRows } from './signed-rows.js'

/** The same examples with feature c in units of 10^powers[c]. */
function inUnits({ x, y }: Dataset, powers: readonly number[]): Dataset {
  const data = x.data.map((value, p) => value * Number(`1e${powers[p % x.cols]}`))
  return { x: { ...x, data }, y }
}

/** A clock in milliseconds, and what separates the examples beside it. */
function clocked(labels: (i: number) => number, seed: number): Dataset {
  const source = stream(seed)
  return dataset(
    Array.from({ length: 40 }, (_, i) => [
      1_700_000_000_000 + 3_600_000 * i,
      labels(i) * (1 + source.uniform()),
    ]),
    Array.from({ length: 40 }, (_, i) => labels(i)),
  )
}

describe('balance', () => {
  it('brings every feature, then every row, to one size, by powers of two', () => {
    const { data } = separableData({ n: 30, d: 5, gamma: 0.1, size: 1, seed: 1 })
    const given = signedRows('test', inUnits(data, [12, 0, -12, 3, 0]))
    const { a, features, rows } = balance(given)
    for (const factor of [...features, ...rows])
      expect(Number.isInteger(Math.log2(factor))).toBe(true)
    for (const square of a.norms2) {
      expect(square).toBeGreaterThan(0.25)
      expect(square).toBeLessThanOrEqual(1)
    }
    for (let i = 0; i < 30; i++)
      for (let c = 0; c < 5; c++)
        expect(entryOf(a.x, i, c)).toBe(entryOf(given.x, i, c) * features[c] * rows[i])
  })
})

describe('separability of features in very different units', () => {
  it('finds the feature that separates beside one that is 10^12 times as large', () => {
    for (let seed = 0; seed < 10; seed++) {
      const data = clocked((i) => (i % 3 === 0 ? 1 : -1), seed)
      const answer = separability(data)
      if (answer.kind !== 'separable') throw new Error(answer.kind)
      expect(answer.balanced).toBe(true)
      expect(separatorProof(data, answer.w).proven).toBe(true)
      expect(minMargin(data, answer.w)).toBeCloseTo(1, 9)
      // (0, 1) alone has a margin of at least 1, and some row is at 2 at most
      expect(answer.lo).toBeGreaterThan(0.1)
      expect(answer.lo).toBeLessThanOrEqual(answer.hi)
      expect(answer.hi).toBeGreaterThanOrEqual(1)
      expect(certifyMargin(data, answer.lambda).hi).toBe(answer.hi)
    }
  })

  it('is the same whatever the units, if only the features are powers of ten apart', () => {
    const source = stream(3)
    for (let seed = 0; seed < 30; seed++) {
      const d = 2 + (seed % 4)
      const { data } = separableData({ n: 30, d, gamma: 0.05, size: 1, seed })
      const powers = Array.from({ length: d }, () => source.integer(13))
      const answer = separability(inUnits(data, powers))
      expect(answer.kind).toBe('separable')
      if (answer.kind === 'separable')
        expect(separatorProof(inUnits(data, powers), answer.w).proven).toBe(true)
    }
  })

  it('finds a separator of rows that are 10^12 times as long as others', () => {
    const answer = separability(
      dataset(
        [
          [1e12, 1e12],
          [1, -1],
        ],
        [1, 1],
      ),
    )
    if (answer.kind !== 'separable') throw new Error(answer.kind)
    expect(answer.lo).toBeLessThanOrEqual(Math.SQRT2)
    expect(answer.hi).toBeGreaterThanOrEqual(Math.SQRT2 * (1 - 1e-12))
  })

  it('still gives a witness where nothing separates, small beside every feature', () => {
    for (let seed = 0; seed < 10; seed++) {
      // the mean of two rows, with the other label
      const { data } = separableData({ n: 30, d: 3, gamma: 0.1, size: 1, seed })
      const rows = Array.from({ length: 30 }, (_, i) =>
        Array.from(data.x.data.subarray(3 * i, 3 * i + 3), (v) => data.y[i] * v),
      )
      const mean = rows[0].map((v, c) => (v + rows[1][c]) / 2)
      const planted = dataset([...rows, mean], [...rows.map(() => 1), -1])
      const far = inUnits(planted, [12, 0, 4])
      const answer = separability(far)
      if (answer.kind !== 'inseparable') throw new Error(answer.kind)
      expect(answer.residual).toBeLessThanOrEqual(1e-9 * radius(far))
      const sums = [0, 0, 0]
      answer.lambda.forEach((weight, i) =>
        sums.forEach((_, c) => (sums[c] += weight * far.y[i] * far.x.data[3 * i + c])),
      )
      ;[1e12, 1, 1e4].forEach((unit, c) => expect(Math.abs(sums[c])).toBeLessThan(1e-6 * unit))
    }
  })
})
