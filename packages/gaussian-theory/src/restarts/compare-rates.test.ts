import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import {
  compareRates,
  restartRates,
  jointSquare,
  overlapRestarts,
  pooledDifference,
  referenceTeachers,
  ratesAgree,
} from './index.js'
import { referenceRates } from '../data/index.js'
import { clusteredDifference } from '@nonconvex/optim/statistics'

const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length

describe('the mean difference over all networks', () => {
  const setting = { step: 1, maxSteps: 20_000 }
  /** A program whose teachers have the success rates of the table, changed. */
  const program = (change: (rate: number) => number) =>
    referenceRates.flatMap((row) =>
      compareRates({
        shape: { m: row.m, stride: row.stride, k: row.k },
        teachers: referenceTeachers(row).map(change),
        alternating: undefined,
      }),
    )

  it('refuses a program in which no initialization ever fails, or 70 % of the failures are missing', () => {
    const cut = (part: number) => program((rate) => 1 - (1 - part) * (1 - rate))
    expect(verdictOn(restartRates, { compared: cut(0), setting: setting }).status).toBe('holds')
    for (const [part, agreeing] of [
      [1, 12],
      [0.7, 15],
      [0.5, 18],
    ]) {
      const compared = cut(part)
      // most rows have not noticed, or none
      expect(compared.filter(ratesAgree).length).toBe(agreeing)
      const verdict = verdictOn(restartRates, { compared, setting: setting })
      expect(verdict.status).toBe('violated')
      expect(verdict.witness).toHaveProperty('pooled.difference')
      expect(pooledDifference(compared)?.low).toBeGreaterThan(0)
      // so do those alone that have not
      const quiet = verdictOn(restartRates, {
        compared: compared.filter(ratesAgree),
        setting: setting,
      })
      expect(quiet).toMatchObject({ status: 'violated' })
      expect(quiet.witness).toHaveProperty('pooled')
    }
    // too many failures show as well
    const harder = pooledDifference(program((rate) => 1 - Math.min(1, 1.7 * (1 - rate))))
    expect(harder?.high).toBeLessThan(0)
  })
  it.each([1, 2, 3])('does not refuse the initializations themselves, seed %i', (seed) => {
    const small = referenceRates.filter(({ m, k }) => m <= 4 && k <= 8)
    expect(small.length).toBeGreaterThanOrEqual(7)
    const compared = small.flatMap(({ m, stride, k }) => {
      const shape = { m, stride, k }
      const root = stream(seed).child(`m=${m},s=${stride},k=${k}`)
      const { teachers } = overlapRestarts({ ...shape, stream: root, teachers: 12, starts: 20 })
      const rates = teachers.map(({ counts, starts }) => counts.global / starts)
      return compareRates({ shape, teachers: rates, alternating: undefined })
    })
    expect(verdictOn(restartRates, { compared, setting: setting }).status).toBe('holds')
    const never = compared.map(({ shape }) => ({ shape, teachers: Array<number>(12).fill(1) }))
    const perfect = never.flatMap((each) => compareRates({ ...each, alternating: undefined }))
    expect(verdictOn(restartRates, { compared: perfect, setting: setting }).status).toBe('violated')
  })
  it('counts as one interval more, and needs two rows', () => {
    const all = program((rate) => rate)
    expect(verdictOn(restartRates, { compared: all, setting: setting }).confidence).toBeCloseTo(
      1 - 20 * 4.66e-4,
      12,
    )
    expect(pooledDifference(all.slice(0, 1))).toBeUndefined()
    expect(pooledDifference(all.map((each) => ({ ...each, of: 'alternating' })))).toBeUndefined()
    const { difference, low, high } = pooledDifference(all.slice(0, 2)) ?? all[0]
    const halves = all.slice(0, 2).map((each) => (each.high - each.low) / 2)
    expect(difference).toBeCloseTo(0, 15)
    expect(high).toBeCloseTo(Math.hypot(...halves) / 2, 14)
    expect(low).toBeCloseTo(-high, 14)
  })
  it('is as far off as predicted where all teachers are dealt at random', () => {
    const draws = stream(12)
    const pools = referenceRates.map((row) => [
      ...referenceTeachers(row),
      ...referenceTeachers(row),
    ])
    const n = 2000
    let [square, beyond, squares, above] = [0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const compared = pools.flatMap((pool, r) => {
        const order = pool.map((rate) => ({ rate, at: draws.uniform() }))
        order.sort((a, b) => a.at - b.at)
        const dealt = order.map(({ rate }) => rate)
        const [a, b] = [dealt.slice(0, 25), dealt.slice(25)]
        const { m, stride, k } = referenceRates[r]
        const both = { rate: mean(a), reference: mean(b), ...clusteredDifference(a, b, 3.5) }
        return [{ shape: { m, stride, k }, of: 'random' as const, ...both }]
      })
      const { difference, high } = pooledDifference(compared) ?? compared[0]
      const off = difference / (high - difference)
      square += (3.5 * off) ** 2 / n
      if (Math.abs(off) > 1) beyond++
      const joint = jointSquare(compared) ?? { sum: 0, bound: 0, terms: 1 }
      squares += joint.sum / joint.terms / n
      if (joint.sum > joint.bound) above++
    }
    // the variance of a normal number, to five standard errors; 0.9 beyond 3.5 of them are expected
    expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
    expect(beyond).toBeLessThanOrEqual(5)
    // the mean of 16 squares of normal numbers, to five standard errors; of the sums 0.9 are
    // expected above the bound
    expect(Math.abs(squares - 1)).toBeLessThan(5 * Math.sqrt(2 / 16 / n))
    expect(above).toBeLessThanOrEqual(5)
  })
})

describe('the sum of squares of all differences', () => {
  const setting = { step: 1, maxSteps: 20_000 }
  const overlapping = referenceRates.filter(({ m, stride }) => m > stride)

  /**
   * The success rates of the table, all failures times the factor that is the farthest off within
   * `most` of the interval.
   */
  const changed = (row: (typeof overlapping)[number], better: boolean, most: number) => {
    const tried = Array.from({ length: 100 }, (_, i) => (better ? 1 - i / 100 : 1 + i / 50))
      .map((factor) => referenceTeachers(row).map((x) => Math.max(0, 1 - factor * (1 - x))))
      .flatMap((teachers) => compareRates({ shape: row, teachers, alternating: undefined }))
      .filter(({ difference, high }) => Math.abs(difference) <= most * (high - difference))
    return tried.reduce((a, b) => (Math.abs(b.difference) > Math.abs(a.difference) ? b : a))
  }

  it('refuses a program that is better for some networks and worse for others, though each success rate and the mean agree', () => {
    const compared = overlapping.map((row, r) => changed(row, r % 2 === 0, 0.6))
    expect(compared.filter((each) => !ratesAgree(each))).toEqual([])
    const pooled = pooledDifference(compared)
    expect(pooled && ratesAgree(pooled)).toBe(true)
    const verdict = verdictOn(restartRates, { compared, setting: setting })
    expect(verdict).toMatchObject({ status: 'violated', measured: 1 })
    expect(verdict.witness).toHaveProperty('squares.sum')
    const near = overlapping.map((row, r) => changed(row, r % 2 === 0, 0.3))
    expect(verdictOn(restartRates, { compared: near, setting: setting }).status).toBe('holds')
  })

  it('sees alternating teachers, too', () => {
    const off = (by: number) =>
      overlapping.flatMap((row, r) => {
        const here = row.alternating === 1 ? 1 : row.alternating + (r % 2 === 0 ? by : -by)
        const alternating = { successes: Math.round(400 * here), n: 400 }
        return compareRates({ shape: row, teachers: [], alternating })
      })
    expect(off(0.1).filter((each) => !ratesAgree(each))).toEqual([])
    expect(verdictOn(restartRates, { compared: off(0.1), setting: setting }).status).toBe(
      'violated',
    )
    expect(verdictOn(restartRates, { compared: off(0.02), setting: setting }).status).toBe('holds')
  })

  it('counts only differences that could be other than 0, and needs two of them', () => {
    const alike = (successes: number, shape = { m: 8, stride: 4, k: 8 }) =>
      compareRates({ shape, teachers: [], alternating: { successes, n: 400 } })
    expect(jointSquare([...alike(400), ...alike(400), ...alike(399)])).toBeUndefined()
    expect(jointSquare([...alike(399), ...alike(400), ...alike(399)])?.terms).toBe(2)
    const same = alike(225, { m: 2, stride: 1, k: 2 })
    expect(jointSquare([...same, ...same])).toMatchObject({ terms: 2 })
  })

  it.each([2, 10, 20, 36])(
    'allows what χ² with %i degrees of freedom exceeds with 4.66e-4',
    (R) => {
      const [one] = compareRates({
        shape: { m: 2, stride: 1, k: 2 },
        teachers: [],
        alternating: { successes: 230, n: 400 },
      })
      const { bound } = jointSquare(Array.from({ length: R }, () => one)) ?? { bound: 0 }
      // for even R: e^(−x/2) Σ_{i < R/2} (x/2)^i / i!
      const above = (x: number): number => {
        let [term, tail] = [Math.exp(-x / 2), 0]
        for (let i = 1; i <= R / 2; i++) {
          tail += term
          term *= x / 2 / i
        }
        return tail
      }
      expect(above(bound)).toBeLessThanOrEqual(4.66e-4)
      expect(above(bound / (R < 10 ? 1.035 : 1.01))).toBeGreaterThan(4.66e-4)
    },
  )
})
