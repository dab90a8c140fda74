import { expect, it } from 'vitest'
import { stream } from '../index.js'

const root = stream(7).child('integers')

/** Pearson's statistic minus its mean, in standard deviations; below 4 for a fair count. */
function chiSquared(counts: ArrayLike<number>): number {
  const list = Array.from(counts)
  const expected = list.reduce((a, b) => a + b, 0) / list.length
  const statistic = list.reduce((s, c) => s + (c - expected) ** 2 / expected, 0)
  const freedom = list.length - 1
  return (statistic - freedom) / Math.sqrt(2 * freedom)
}

it.each([2, 3, 6, 10, 1000])('draws 0 … %i − 1 equally often', (n) => {
  const s = root.child('equal', n)
  const counts = new Float64Array(n)
  for (let i = 0; i < 300_000; i++) counts[s.integer(n)]++
  expect(chiSquared(counts)).toBeLessThan(4)
})

it('has no bias where a remainder would have one: n = ¾ of a power of two', () => {
  // x mod n of a 53-bit x would make the lower third twice as likely.
  const n = 3 * 2 ** 51
  const s = root.child('large')
  const counts = new Float64Array(3)
  for (let i = 0; i < 60_000; i++) counts[Math.floor(s.integer(n) / 2 ** 51)]++
  expect(chiSquared(counts)).toBeLessThan(4)
})

it('stays below n and reaches both ends, below and above the change of method', () => {
  for (const n of [1, 2, 2 ** 21, 2 ** 21 + 1, 2 ** 32, 2 ** 53 - 1]) {
    const s = root.child('range', n)
    const draws = Array.from({ length: 2000 }, () => s.integer(n))
    expect(draws.every((x) => Number.isInteger(x) && x >= 0 && x < n)).toBe(true)
    if (n > 1) {
      expect(Math.min(...draws) / n).toBeLessThan(0.01)
      expect(Math.max(...draws) / n).toBeGreaterThan(n === 2 ? 0.4 : 0.99)
    }
  }
})

it.each([0, -1, 1.5, NaN, 2 ** 53, Infinity])('refuses n = %d', (n) => {
  expect(() => stream(1).integer(n)).toThrow(`integer: expected n to be an integer ≥ 1, got ${n}`)
})

it('shuffles into each of the 24 orders of 4 things equally often', () => {
  const s = root.child('shuffle')
  const counts = new Map<string, number>()
  for (let i = 0; i < 48_000; i++) {
    const key = s.shuffleInto([0, 1, 2, 3]).join('')
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  expect(counts.size).toBe(24)
  expect(chiSquared([...counts.values()])).toBeLessThan(4)
})

it('samples each ordered pair of 5 equally often', () => {
  const s = root.child('sample')
  const counts = new Float64Array(25)
  for (let i = 0; i < 40_000; i++) {
    const [a, b] = s.sample(5, 2)
    counts[5 * a + b]++
  }
  expect(counts.filter((c) => c === 0).length).toBe(5)
  expect(chiSquared(counts.filter((c) => c > 0))).toBeLessThan(4)
})

it('permutes: sample(n, n) and permutation(n) hold every number once', () => {
  const all = Int32Array.from({ length: 100 }, (_, i) => i)
  expect(root.child('all').permutation(100).sort()).toEqual(all)
  expect(root.child('all').sample(100, 100).sort()).toEqual(all)
  expect(root.permutation(0).length).toBe(0)
  expect(root.sample(5, 0).length).toBe(0)
})

it('samples a few of very many without room for all', () => {
  const few = root.child('few').sample(2 ** 31 - 1, 1000)
  expect(new Set(few).size).toBe(1000)
})

it('refuses samples larger than the population and other bad sizes', () => {
  expect(() => root.sample(3, 4)).toThrow('sample: expected size to be an integer in [0, 3], got 4')
  expect(() => root.sample(-1, 0)).toThrow(RangeError)
  expect(() => root.permutation(2 ** 31)).toThrow(RangeError)
  expect(() => root.unitVector(0)).toThrow(RangeError)
})

it('puts unit vectors on the sphere, uniformly: E xxᵀ = I / d', () => {
  const s = root.child('sphere')
  const n = 20_000
  const d = 3
  const second = new Float64Array(d * d)
  for (let r = 0; r < n; r++) {
    const x = s.unitVector(d)
    expect(Math.hypot(...x)).toBeCloseTo(1, 15)
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) second[i * d + j] += (x[i] * x[j]) / n
  }
  // Var xᵢ² = 2(d − 1) / (d²(d + 2)) and Var xᵢxⱼ = 1 / (d(d + 2)): both below 0.09.
  const margin = 4 * Math.sqrt(0.09 / n)
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      expect(Math.abs(second[i * d + j] - (i === j ? 1 / d : 0))).toBeLessThan(margin)
    }
  }
  expect(Math.abs(s.unitVector(1)[0])).toBe(1)
})
