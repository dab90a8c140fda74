import { stream, ArgumentError } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { binomialUpperLimit, clopperPearson, logBinomial, logBinomialTail } from './index.js'

/** C(n, 0), … C(n, n), exactly. */
function binomials(n: number): bigint[] {
  const row = [1n]
  for (let c = 1; c <= n; c++) row.push((row[c - 1] * BigInt(n - c + 1)) / BigInt(c))
  return row
}

/** ln of a large integer, to the last digits of a double. */
function logOf(value: bigint): number {
  const digits = value.toString(2)
  const head = digits.slice(0, 60)
  return Math.log(Number(BigInt(`0b${head}`))) + (digits.length - head.length) * Math.LN2
}

/** P(Bin(m, num/den) ≤ r) as an exact quotient, rounded once. */
function exactTail(m: number, r: number, num: bigint, den: bigint): number {
  const all = binomials(m)
  let sum = 0n
  for (let i = 0; i <= r; i++) sum += all[i] * num ** BigInt(i) * (den - num) ** BigInt(m - i)
  return Math.exp(logOf(sum) - logOf(den ** BigInt(m)))
}

describe('logBinomial', () => {
  it.each([1, 2, 31, 32, 33, 100, 500, 2000])('is exact to 1e-14 in every entry of row %i', (n) => {
    binomials(n).forEach((value, c) => {
      const expected = logOf(value)
      expect(Math.abs(logBinomial(n, c) - expected)).toBeLessThanOrEqual(1e-14 * expected)
    })
  })

  it('keeps its accuracy where factorials would cancel: n = 10⁹ against exact integers', () => {
    for (const c of [1, 2, 15, 16, 17, 40]) {
      let exact = 1n
      for (let i = 1n; i <= BigInt(c); i++) exact = (exact * (1_000_000_000n - i + 1n)) / i
      const error = logBinomial(1e9, c) / logOf(exact) - 1
      expect(Math.abs(error)).toBeLessThan(1e-14)
    }
  })

  it('refuses what is no subset', () => {
    expect(() => logBinomial(4, 5)).toThrow(
      'logBinomial: expected c to be an integer in [0, n = 4], got 5',
    )
    expect(() => logBinomial(4.5, 1)).toThrow(ArgumentError)
  })
})

describe('logBinomialTail', () => {
  it('is the exact sum, on both sides of the mean', () => {
    for (const m of [1, 7, 60, 200])
      for (const [num, den] of [
        [1n, 100n],
        [1n, 3n],
        [1n, 2n],
        [97n, 100n],
      ])
        for (let r = 0; r < m; r += Math.ceil(m / 13)) {
          const expected = exactTail(m, r, num, den)
          const found = Math.exp(logBinomialTail(m, r, Number(num) / Number(den)))
          if (expected > 1e-280) expect(found / expected).toBeCloseTo(1, 11)
        }
  })

  it('goes on below the smallest number', () => {
    // P(Bin(m, p) ≤ 1) = (1−p)^m + m p (1−p)^{m−1}
    const [m, p] = [1_000_000, 0.3]
    const expected = (m - 1) * Math.log1p(-p) + Math.log(1 - p + m * p)
    expect(logBinomialTail(m, 1, p) / expected).toBeCloseTo(1, 13)
  })

  it('knows its ends', () => {
    expect([0, 0.5, 1].map((p) => logBinomialTail(5, 5, p))).toEqual([0, 0, 0])
    expect(logBinomialTail(5, 4, 0)).toBe(0)
    expect(logBinomialTail(5, 4, 1)).toBe(-Infinity)
    expect(() => logBinomialTail(5, 4, 1.5)).toThrow(ArgumentError)
  })
})

describe('clopperPearson', () => {
  it('has the reference values', () => {
    expect(clopperPearson(60, 6000, 0.05)).toBeCloseTo(0.0123833809547, 12)
    expect(clopperPearson(0, 100, 0.05)).toBeCloseTo(1 - Math.exp(Math.log(0.05) / 100), 15)
    expect(clopperPearson(0, 100, 0.05)).toBeCloseTo(0.029513, 6)
    expect(clopperPearson(9, 9, 0.05)).toBe(1)
  })

  it('is the largest p that the errors allow: the tail at it is δ', () => {
    const source = stream(4)
    for (let i = 0; i < 200; i++) {
      const m = 2 + source.integer(2000)
      const r = 1 + source.integer(m - 1)
      const delta = Math.exp(-12 * source.uniform())
      const p = clopperPearson(r, m, delta)
      expect(logBinomialTail(m, r, p)).toBeCloseTo(Math.log(delta), 6)
      expect(logBinomialTail(m, r, p)).toBeLessThanOrEqual(Math.log(delta) * (1 - 1e-9))
      expect(clopperPearson(r, m, delta / 2)).toBeGreaterThan(p)
      expect(clopperPearson(r - 1, m, delta)).toBeLessThan(p)
    }
  })

  it('fails with probability at most δ for every error rate, summed exactly, and nearly δ for some', () => {
    const [m, delta] = [40, 0.1]
    const limits = Array.from({ length: m + 1 }, (_, r) => clopperPearson(r, m, delta))
    const failing = Array.from({ length: 999 }, (_, i) => {
      const p = (i + 1) / 1000
      const r = limits.findLastIndex((limit) => limit < p)
      return r < 0 ? 0 : Math.exp(logBinomialTail(m, r, p))
    })
    expect(Math.max(...failing)).toBeLessThanOrEqual(delta)
    expect(Math.max(...failing)).toBeGreaterThan(0.99 * delta)
  })

  it('goes to the largest and the smallest δ', () => {
    expect(binomialUpperLimit(100, 50, -1e5)).toBe(1)
    expect(clopperPearson(1, 1000, 1 - 1e-9)).toBeLessThan(0.001)
    expect(logBinomialTail(1000, 1, clopperPearson(1, 1000, 0.999))).toBeCloseTo(Math.log(0.999), 9)
  })

  it('refuses counts and δ outside their ranges', () => {
    for (const [r, m, delta, argument] of [
      [5, 4, 0.1, 'r'],
      [0, 0, 0.1, 'm'],
      [NaN, 4, 0.1, 'r'],
      [0, 0.5, 0.1, 'm'],
      [0, 4, 1, 'delta'],
    ] as const)
      expect(() => clopperPearson(r, m, delta)).toThrow(expect.objectContaining({ argument }))
  })

  it('refuses numbers of which there is no tail or coefficient', () => {
    for (const [call, argument] of [
      [() => logBinomialTail(0.5, 0, 0.1), 'm'],
      [() => logBinomialTail(1, -1, 0.1), 'r'],
      [() => logBinomialTail(1, 1, NaN), 'p'],
      [() => logBinomial(-1, 0), 'n'],
      [() => logBinomial(4, NaN), 'c'],
    ] as const)
      expect(call).toThrow(expect.objectContaining({ argument }))
  })
})
