import { NORMAL_95 } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { stream, type Stream } from '@nonconvex/tensor'
import {
  clusteredDifference,
  compareShares,
  decideRestartShares,
  REFERENCE_TEACHERS,
  referenceOf,
  referenceShares,
  referenceTeachers,
  restartsForTeachers,
  restartsNeeded,
  shareDifference,
  sharesAgree,
  type SharesFound,
} from '../index.js'

const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length

describe('the reference shares', () => {
  it('are of 18 networks, each once', () => {
    expect(referenceShares).toHaveLength(18)
    const names = referenceShares.map(({ m, stride, k }) => `${m},${stride},${k}`)
    expect(new Set(names).size).toBe(18)
    expect(referenceOf({ m: 16, stride: 8, k: 8 })?.worst).toBe(0.85)
    expect(referenceOf({ m: 16, stride: 9, k: 8 })).toBeUndefined()
  })
  it.each(referenceShares)(
    'fit some shares of 25 teachers, m = $m, stride $stride, k = $k',
    (row) => {
      const teachers = referenceTeachers(row)
      expect(teachers).toHaveLength(REFERENCE_TEACHERS)
      expect(mean(teachers)).toBeCloseTo(row.share, 12)
      expect(teachers.filter((share) => share === 1)).toHaveLength(row.withoutFailure)
      // none is below the worst, and none that failed is above 39 of 40; the table has three digits
      const failing = teachers.filter((share) => share < 1)
      for (const share of failing) {
        expect(share).toBeGreaterThanOrEqual(row.worst - 1e-3)
        expect(share).toBeLessThanOrEqual(39 / 40 + 1e-3)
      }
      expect(Math.min(...teachers)).toBe(row.worst)
    },
  )
})

describe('restarts for teachers', () => {
  it('are as many as for one share where all are alike, and more where not', () => {
    for (const p of [0.05, 0.5, 0.9, 1])
      expect(restartsForTeachers([p, p, p])).toBe(restartsNeeded(p))
    const mixed = [...new Array<number>(10).fill(1), ...new Array<number>(15).fill(0.5)]
    // 0.6 · 2⁻ⁿ ≤ 0.01 for n = 6; 0.3ⁿ ≤ 0.01 already for n = 4
    expect(restartsForTeachers(mixed)).toBe(6)
    expect(restartsNeeded(mean(mixed))).toBe(4)
  })
  it('are without end where a teacher has no lucky start, unless these are rare enough', () => {
    expect(restartsForTeachers([1, 0])).toBe(Infinity)
    expect(restartsForTeachers([1, 0], 0.4)).toBe(1)
  })
  it('refuse what is out of range', () => {
    expect(() => restartsForTeachers([])).toThrow('must not be empty')
    expect(() => restartsForTeachers([1.2])).toThrow('shares must be in [0, 1], got 1.2')
    expect(() => restartsForTeachers([1], 1)).toThrow('confidence')
  })
})

describe('the difference of two shares', () => {
  it('has the interval of the literature', () => {
    const pairs: [[number, number], [number, number], string, string][] = [
      [[56, 70], [48, 80], '0.0524', '0.3339'],
      [[9, 10], [3, 10], '0.1705', '0.8090'],
      [[10, 10], [0, 20], '0.6791', '1.0000'],
    ]
    for (const [a, b, low, high] of pairs) {
      const [x, y] = [a, b].map(([successes, n]) => ({ successes, n }))
      const found = shareDifference(x, y, NORMAL_95)
      expect([found.low.toFixed(4), found.high.toFixed(4)]).toEqual([low, high])
      const back = shareDifference(y, x, NORMAL_95)
      expect(back.high).toBeCloseTo(-found.low, 15)
    }
  })
  it('of equal shares holds 0, at the ends too', () => {
    for (const successes of [0, 3, 10])
      expect(sharesAgree(shareDifference({ successes, n: 10 }, { successes, n: 10 }, 1))).toBe(true)
  })
})

/** A teacher without failure or, rarely, one for which half of 40 starts fail. */
const drawn = (draws: Stream, hard: number): number => {
  if (draws.uniform() > hard) return 1
  let lucky = 0
  for (let i = 0; i < 40; i++) if (draws.uniform() < 0.5) lucky++
  return lucky / 40
}

describe('the difference of two groups of teachers', () => {
  const draws = stream(11)
  const groups = (hard: number, other: number): [number[], number[]] => [
    Array.from({ length: 25 }, () => drawn(draws, hard)),
    Array.from({ length: 25 }, () => drawn(draws, other)),
  ]
  it('has, for teachers dealt at random, the standard deviation that is said', () => {
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
    'agrees where both are drawn from one law, in 98 % at 2.3 standard errors, hard share %d',
    (hard) => {
      let agreed = 0
      for (let i = 0; i < 1000; i++)
        if (sharesAgree(clusteredDifference(...groups(hard, hard), 2.326))) agreed++
      // three standard errors of 1000 draws below 98 %
      expect(agreed).toBeGreaterThan(967)
    },
  )
  it('does not where they are not, though the starts alone would refuse both', () => {
    expect(sharesAgree(clusteredDifference(...groups(0, 0.9), 3.5))).toBe(false)
    // 3 of 25 teachers fail: z = 8 for 1000 starts each, 1.8 for 25 teachers
    const rare = Array.from({ length: 25 }, (_, j) => (j < 3 ? 0.5 : 1))
    const none = rare.map(() => 1)
    expect(sharesAgree(clusteredDifference(rare, none, 3.5))).toBe(true)
    const starts = shareDifference({ successes: 940, n: 1000 }, { successes: 1000, n: 1000 }, 3.5)
    expect(sharesAgree(starts)).toBe(false)
  })
  it('refuses an empty group, shares and quantiles out of range', () => {
    expect(() => clusteredDifference([], [1], 1)).toThrow('expected a teacher in each group')
    expect(() => clusteredDifference([1], [1.5], 1)).toThrow('shares must be in [0, 1], got 1.5')
    expect(() => clusteredDifference([1], [NaN], 1)).toThrow('got NaN')
    expect(() => clusteredDifference([1], [1], 0)).toThrow('z must be positive')
  })
})

describe('the claim on the shares', () => {
  const setting = { step: 1, maxSteps: 20_000 }
  const shape = { m: 4, stride: 1, k: 16 }
  const found: SharesFound = {
    shape,
    teachers: Array.from({ length: 25 }, (_, j) => (j < 12 ? 0.5 : 1)),
    alternating: { successes: 205, n: 400 },
  }
  const status = (change: Partial<SharesFound>, how: Partial<typeof setting> = {}): string =>
    decideRestartShares(compareShares({ ...found, ...change }), { ...setting, ...how }).status

  it('holds on like shares, and says how sure that is', () => {
    const compared = compareShares(found)
    expect(compared.map(({ of }) => of)).toEqual(['random', 'alternating'])
    const verdict = decideRestartShares(compared, setting)
    expect(verdict.status).toBe('holds')
    expect(verdict.confidence).toBeCloseTo(1 - 3 * 4.66e-4, 12)
    expect(verdict.statement).toContain('2 of 2 shares agree')
  })
  it('is violated by other teachers, by other starts, and by another table', () => {
    expect(status({ teachers: found.teachers.map(() => 1) })).toBe('violated')
    expect(status({ alternating: { successes: 260, n: 400 } })).toBe('violated')
    // the alternating teacher fails for half of the starts at stride 1 only
    const never = { shape: { m: 8, stride: 2, k: 8 }, teachers: [] }
    expect(status({ ...never, alternating: { successes: 360, n: 400 } })).toBe('violated')
    expect(status({ ...never, alternating: { successes: 400, n: 400 } })).toBe('holds')
  })
  it('does not apply to other networks, step sizes, or fewer steps', () => {
    expect(compareShares({ ...found, shape: { ...shape, k: 15 } })).toEqual([])
    expect(status({ shape: { ...shape, k: 15 } })).toBe('inapplicable')
    expect(status({ teachers: [], alternating: undefined })).toBe('inapplicable')
    expect(status({}, { step: 0.5 })).toBe('inapplicable')
    expect(status({}, { maxSteps: 19_000 })).toBe('inapplicable')
  })
})
