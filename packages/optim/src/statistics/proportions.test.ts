import { stream, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  clusteredDifference,
  newcombeInterval,
  NORMAL_95,
  wilsonInterval,
  type DifferenceInterval,
} from './index.js'

const agree = ({ low, high }: DifferenceInterval): boolean => low <= 0 && high >= 0
const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length

describe('Wilson’s interval', () => {
  it('has the reference values', () => {
    const { low, high } = wilsonInterval(975, 1000)
    expect([low, high].map((x) => x.toFixed(3))).toEqual(['0.963', '0.983'])
    expect(wilsonInterval(400, 400).low.toFixed(3)).toBe('0.990')
    expect(wilsonInterval(400, 400).high).toBe(1)
    expect(wilsonInterval(0, 300).high.toFixed(3)).toBe('0.013')
    expect(wilsonInterval(0, 300).low).toBe(0)
  })
  it('covers the true probability in 95 % of samples', () => {
    const draws = stream(9)
    let covered = 0
    for (let i = 0; i < 2000; i++) {
      let successes = 0
      for (let j = 0; j < 60; j++) if (draws.uniform() < 0.9) successes++
      const { low, high } = wilsonInterval(successes, 60)
      if (low <= 0.9 && 0.9 <= high) covered++
    }
    // five standard errors of 2000 draws, and the unevenness of a discrete count
    expect(Math.abs(covered / 2000 - 0.95)).toBeLessThan(0.03)
  })
  it.each([
    [1, 0, 'n'],
    [3, 2, 'successes'],
    [-1, 2, 'successes'],
    [0.5, 2, 'successes'],
  ])('refuses %d of %d', (successes, n, argument) => {
    expect(() => wilsonInterval(successes, n)).toThrow(expect.objectContaining({ argument }))
  })
})

describe('Newcombe’s interval', () => {
  it('has the interval of the literature', () => {
    const pairs: [[number, number], [number, number], string, string][] = [
      [[56, 70], [48, 80], '0.0524', '0.3339'],
      [[9, 10], [3, 10], '0.1705', '0.8090'],
      [[10, 10], [0, 20], '0.6791', '1.0000'],
    ]
    for (const [a, b, low, high] of pairs) {
      const [x, y] = [a, b].map(([successes, n]) => ({ successes, n }))
      const found = newcombeInterval(x, y, NORMAL_95)
      expect([found.low.toFixed(4), found.high.toFixed(4)]).toEqual([low, high])
      const back = newcombeInterval(y, x, NORMAL_95)
      expect(back.high).toBeCloseTo(-found.low, 15)
    }
  })
  it('of equal proportions contains 0, at the ends too', () => {
    for (const successes of [0, 3, 10])
      expect(agree(newcombeInterval({ successes, n: 10 }, { successes, n: 10 }, 1))).toBe(true)
  })
})

/** A teacher without failure or, rarely, one for which half of 40 starts fail. */
const drawn = (draws: Stream, hard: number): number => {
  if (draws.uniform() > hard) return 1
  let successes = 0
  for (let i = 0; i < 40; i++) if (draws.uniform() < 0.5) successes++
  return successes / 40
}

describe('the difference of two groups of teachers', () => {
  const draws = stream(11)
  const groups = (hard: number, other: number): [number[], number[]] => [
    Array.from({ length: 25 }, () => drawn(draws, hard)),
    Array.from({ length: 25 }, () => drawn(draws, other)),
  ]
  it('has, for teachers dealt at random, the standard deviation of its docstring', () => {
    const [a, b] = [
      [1, 1, 0.4],
      [1, 0.6],
    ]
    const all = [...a, ...b]
    const differences: number[] = []
    for (let mask = 0; mask < 32; mask++) {
      const first = all.filter((_, i) => (mask >> i) & 1)
      const second = all.filter((_, i) => !((mask >> i) & 1))
      if (first.length === 3) differences.push(mean(first) - mean(second))
    }
    expect(differences).toHaveLength(10)
    const deviation = Math.sqrt(mean(differences.map((x) => x * x)))
    const { difference, high } = clusteredDifference(a, b, 1)
    expect(high - difference).toBeCloseTo(deviation, 14)
  })
  it.each([0.05, 0.3, 0.7])(
    'agrees where both are drawn from one distribution, in 98 % at 2.3 standard errors, fraction of hard ones %d',
    (hard) => {
      let agreed = 0
      for (let i = 0; i < 1000; i++)
        if (agree(clusteredDifference(...groups(hard, hard), 2.326))) agreed++
      // three standard errors of 1000 draws below 98 %
      expect(agreed).toBeGreaterThan(967)
    },
  )
  it('does not where they are not, though the starts alone would refuse both', () => {
    expect(agree(clusteredDifference(...groups(0, 0.9), 3.5))).toBe(false)
    // 3 of 25 teachers fail: z = 8 for 1000 starts each, 1.8 for 25 teachers
    const rare = Array.from({ length: 25 }, (_, j) => (j < 3 ? 0.5 : 1))
    const none = rare.map(() => 1)
    expect(agree(clusteredDifference(rare, none, 3.5))).toBe(true)
    const starts = newcombeInterval({ successes: 940, n: 1000 }, { successes: 1000, n: 1000 }, 3.5)
    expect(agree(starts)).toBe(false)
  })
  it('refuses an empty group, proportions and quantiles out of range', () => {
    for (const [a, b, z, code] of [
      [[], [1], 1, 'empty'],
      [[1], [], 1, 'empty'],
      [[1], [1.5], 1, 'out-of-range'],
      [[1], [NaN], 1, 'not-finite'],
      [[1], [1], 0, 'out-of-range'],
    ] as const)
      expect(() => clusteredDifference(a, b, z)).toThrow(expect.objectContaining({ code }))
  })
})
