import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataset, separableData } from '../../test/problems.js'
import { separability } from '../index.js'
import { commonIntegers, decimalOf } from './decimal.js'
import { exactWitness } from './exact-witness.js'
import { nullVector } from './null-vector.js'
import { separatorProof } from './separator-proof.js'

describe('decimalOf', () => {
  it('gives decimals of 15 digits back', () => {
    const digits = fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n })
    fc.assert(
      fc.property(digits, fc.integer({ min: -200, max: 200 }), (n, exponent) => {
        const found = decimalOf(Number(`${n}e${exponent}`))
        const least = Math.min(found.exponent, exponent)
        const scaled = (d: bigint, e: number): bigint => d * 10n ** BigInt(e - least)
        expect(scaled(found.digits, found.exponent)).toBe(scaled(n, n === 0n ? least : exponent))
      }),
      { numRuns: 500 },
    )
  })

  it('brings them to one unit, unless they are too far apart', () => {
    expect(commonIntegers([0.5, 20, 0, -1e-3].map(decimalOf), 10)).toEqual({
      integers: [500n, 20000n, 0n, -1n],
      exponent: -3,
    })
    expect(commonIntegers([0, 0].map(decimalOf), 10)).toEqual({ integers: [0n, 0n], exponent: 0 })
    expect(commonIntegers([1, 1e-11].map(decimalOf), 10)).toBeUndefined()
  })
})

describe('nullVector', () => {
  const integer = fc.bigInt({ min: -50n, max: 50n })

  it('solves systems that were made to have a solution', () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((p) =>
          fc.tuple(
            fc.array(fc.array(integer, { minLength: p, maxLength: p }), {
              minLength: 1,
              maxLength: p + 2,
            }),
            fc.array(fc.bigInt({ min: 1n, max: 9n }), { minLength: p, maxLength: p }),
          ),
        ),
        ([rows, z]) => {
          // the last column is what makes (z, 1) a solution
          const m = rows.map((row) => [...row, -row.reduce((sum, v, i) => sum + v * z[i], 0n)])
          const found = nullVector(m, z.length + 1)
          kinds.add(found.kind)
          expect(found.kind).not.toBe('none')
          if (found.kind !== 'line') return
          for (const row of m) expect(row.reduce((sum, v, i) => sum + v * found.z[i], 0n)).toBe(0n)
          expect(found.z.map((v) => v * found.z[z.length])).toEqual(
            found.z.map((_, i) => (i < z.length ? z[i] : 1n) * found.z[z.length] ** 2n),
          )
        },
      ),
      { numRuns: 300 },
    )
    expect([...kinds].sort()).toEqual(['line', 'many'])
  })

  it('tells none and many', () => {
    expect(
      nullVector(
        [
          [1n, 0n],
          [0n, 2n],
        ],
        2,
      ),
    ).toEqual({ kind: 'none' })
    expect(nullVector([[0n, 0n]], 2)).toEqual({ kind: 'many', dimensions: 2 })
    expect(nullVector([], 1)).toEqual({ kind: 'line', z: [1n] })
  })
})

/** A witness as separability finds it, made exact. */
function witnessed(rows: number[][], labels: number[]): ReturnType<typeof exactWitness> {
  const data = dataset(rows, labels)
  const answer = separability(data)
  if (answer.kind !== 'inseparable') throw new Error(answer.kind)
  return exactWitness(data, answer.lambda)
}

describe('exactWitness', () => {
  it('proves exclusive or with a bias, equal rows with opposite labels, and a row of zeros', () => {
    const square = [
      [0, 0, 1],
      [1, 1, 1],
      [0, 1, 1],
      [1, 0, 1],
    ]
    expect(witnessed(square, [1, 1, -1, -1])).toEqual({
      status: 'exact',
      rows: [0, 1, 2, 3],
      weights: [1n, 1n, 1n, 1n],
    })
    expect(
      witnessed(
        [
          [0.1, 7],
          [3, 1],
          [0.1, 7],
        ],
        [1, 1, -1],
      ),
    ).toMatchObject({ rows: [0, 2] })
    expect(
      witnessed(
        [
          [1, 2],
          [0, 0],
        ],
        [1, 1],
      ),
    ).toMatchObject({ rows: [1], weights: [1n] })
  })

  it('works with the decimals, not with the float64 that they were rounded to', () => {
    expect(0.1 + 0.2).not.toBe(0.3)
    const found = witnessed(
      [
        [0.1, 1],
        [0.2, 0],
        [0.3, 1],
      ],
      [1, 1, -1],
    )
    expect(found).toEqual({ status: 'exact', rows: [0, 1, 2], weights: [1n, 1n, 1n] })
  })

  it('proves planted contradictions of decimals: a mean of positive examples with the label −1', () => {
    for (let seed = 0; seed < 30; seed++) {
      const d = 3 + (seed % 6)
      const { data } = separableData({ n: 25, d, gamma: 0.1, size: 1, seed })
      // two decimals each; 3 a + 2 b over 10 has three
      const rounded = Array.from({ length: 25 }, (_, i) =>
        Array.from(data.x.data.subarray(i * d, (i + 1) * d), (v) =>
          Number((data.y[i] * v).toFixed(2)),
        ),
      )
      const mean = rounded[0].map((v, c) => Number(((3 * v + 2 * rounded[1][c]) / 10).toFixed(3)))
      expect(witnessed([...rounded, mean], [...rounded.map(() => 1), -1]).status).toBe('exact')
    }
  })

  it('does not prove what only nearly cancels, nor rows that a vector separates', () => {
    const near = dataset(
      [
        [1, 1],
        [1, 1 + 1e-12],
      ],
      [1, -1],
    )
    expect(exactWitness(near, Float64Array.of(0.5, 0.5))).toEqual({ status: 'not-exact' })
    const apart = dataset(
      [
        [1, 2],
        [2, 4],
      ],
      [1, 1],
    )
    expect(exactWitness(apart, Float64Array.of(0.5, 0.5))).toEqual({ status: 'not-exact' })
    expect(exactWitness(apart, new Float64Array(2))).toEqual({ status: 'not-exact' })
  })

  it('does not try what would take long', () => {
    const wide = dataset(
      [Array.from({ length: 300_000 }, () => 1), Array.from({ length: 300_000 }, () => 1)],
      [1, -1],
    )
    expect(exactWitness(wide, Float64Array.of(1, 1)).status).toBe('too-large')
    const far = dataset([[1e-40], [1e40]], [1, -1])
    expect(exactWitness(far, Float64Array.of(1, 1)).status).toBe('too-large')
  })
})

describe('separatorProof', () => {
  it('proves the separators that separability finds, and never a vector that does not separate', () => {
    let proven = 0
    for (let seed = 0; seed < 100; seed++) {
      const { data } = separableData({ n: 20, d: 5, gamma: 10 ** -(seed % 12), size: 1, seed })
      const answer = separability(data)
      if (answer.kind !== 'separable') continue
      const { proven: found, room } = separatorProof(data, answer.w)
      if (found) proven++
      expect(found).toBe(room > 0)
      const flipped = { ...data, y: data.y.map((v, i) => (i === seed % 20 ? -v : v)) }
      expect(separatorProof(flipped, answer.w)).toMatchObject({ proven: false, row: seed % 20 })
    }
    expect(proven).toBeGreaterThan(70)
  })

  it('does not believe a sign that rounding may have made', () => {
    // in decimals 0.1 + 0.2 − 0.3 is 0, in float64 it is positive
    const data = dataset([[0.1, 0.2, 0.3]], [1])
    const w = Float64Array.of(1, 1, -1)
    expect(0.1 + 0.2 - 0.3).toBeGreaterThan(0)
    expect(separatorProof(data, w).proven).toBe(false)
  })
})
