import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import {
  compareRates,
  restartRates,
  REFERENCE_TEACHERS,
  referenceOf,
  referenceTeachers,
  restartsForTeachers,
  restartsNeeded,
  type RatesFound,
} from './index.js'
import { referenceRates } from '../data/index.js'

const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length

describe('the reference success rates', () => {
  it('are of 18 networks, each once', () => {
    expect(referenceRates).toHaveLength(18)
    const names = referenceRates.map(({ m, stride, k }) => `${m},${stride},${k}`)
    expect(new Set(names).size).toBe(18)
    expect(referenceOf({ m: 16, stride: 8, k: 8 })?.worst).toBe(0.85)
    expect(referenceOf({ m: 16, stride: 9, k: 8 })).toBeUndefined()
  })
  it.each(referenceRates)(
    'fit some success rates of 25 teachers, m = $m, stride $stride, k = $k',
    (row) => {
      const teachers = referenceTeachers(row)
      expect(teachers).toHaveLength(REFERENCE_TEACHERS)
      expect(mean(teachers)).toBeCloseTo(row.rate, 12)
      expect(teachers.filter((rate) => rate === 1)).toHaveLength(row.withoutFailure)
      // none is below the worst, and none that failed is above 39 of 40; the table has three digits
      const failing = teachers.filter((rate) => rate < 1)
      for (const rate of failing) {
        expect(rate).toBeGreaterThanOrEqual(row.worst - 1e-3)
        expect(rate).toBeLessThanOrEqual(39 / 40 + 1e-3)
      }
      expect(Math.min(...teachers)).toBe(row.worst)
    },
  )
})

describe('restarts for teachers', () => {
  it('are as many as for one success rate where all are alike, and more where not', () => {
    for (const p of [0.05, 0.5, 0.9, 1])
      expect(restartsForTeachers([p, p, p])).toBe(restartsNeeded(p))
    const mixed = [...new Array<number>(10).fill(1), ...new Array<number>(15).fill(0.5)]
    // 0.6 · 2⁻ⁿ ≤ 0.01 for n = 6; 0.3ⁿ ≤ 0.01 already for n = 4
    expect(restartsForTeachers(mixed)).toBe(6)
    expect(restartsNeeded(mean(mixed))).toBe(4)
  })
  it('are without end where a teacher is never reached, unless these are rare enough', () => {
    expect(restartsForTeachers([1, 0])).toBe(Infinity)
    expect(restartsForTeachers([1, 0], 0.4)).toBe(1)
  })
  it('refuse what is out of range', () => {
    expect(() => restartsForTeachers([])).toThrow('not to be empty')
    expect(() => restartsForTeachers([1.2])).toThrow('rates[0] in [0, 1], got 1.2')
    expect(() => restartsForTeachers([1], 1)).toThrow('confidence')
  })
})

describe('the claim on the success rates', () => {
  const setting = { step: 1, maxSteps: 20_000 }
  const shape = { m: 4, stride: 1, k: 16 }
  const found: RatesFound = {
    shape,
    teachers: Array.from({ length: 25 }, (_, j) => (j < 12 ? 0.5 : 1)),
    alternating: { successes: 205, n: 400 },
  }
  const status = (change: Partial<RatesFound>, how: Partial<typeof setting> = {}): string =>
    verdictOn(restartRates, {
      compared: compareRates({ ...found, ...change }),
      setting: { ...setting, ...how },
    }).status

  it('holds on like success rates, and says how sure that is', () => {
    const compared = compareRates(found)
    expect(compared.map(({ of }) => of)).toEqual(['random', 'alternating'])
    const verdict = verdictOn(restartRates, { compared, setting: setting })
    expect(verdict.status).toBe('holds')
    expect(verdict.confidence).toBeCloseTo(1 - 3 * 4.66e-4, 12)
    expect(verdict.statement).toContain('2 of 2 success rates agree')
  })
  it('is violated by other teachers, by other initializations, and by another table', () => {
    expect(status({ teachers: found.teachers.map(() => 1) })).toBe('violated')
    expect(status({ alternating: { successes: 260, n: 400 } })).toBe('violated')
    // the alternating teacher fails for half of the initializations at stride 1 only
    const never = { shape: { m: 8, stride: 2, k: 8 }, teachers: [] }
    expect(status({ ...never, alternating: { successes: 360, n: 400 } })).toBe('violated')
    expect(status({ ...never, alternating: { successes: 400, n: 400 } })).toBe('holds')
  })
  it('does not apply to other networks, step sizes, or fewer steps', () => {
    expect(compareRates({ ...found, shape: { ...shape, k: 15 } })).toEqual([])
    expect(status({ shape: { ...shape, k: 15 } })).toBe('inapplicable')
    expect(status({ teachers: [], alternating: undefined })).toBe('inapplicable')
    expect(status({}, { step: 0.5 })).toBe('inapplicable')
    expect(status({}, { maxSteps: 19_000 })).toBe('inapplicable')
  })
})
