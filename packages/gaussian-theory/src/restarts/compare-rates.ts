import { power } from '@nonconvex/tensor'
import type { OverlapShape } from '../overlap/smoothness.js'
import { REFERENCE_ALTERNATING, referenceOf, referenceTeachers } from './reference-rates.js'
import {
  clusteredDifference,
  newcombeInterval,
  type Successes,
  type DifferenceInterval,
} from '@nonconvex/optim/statistics'

/** The success rates of random initializations for one network. */
export interface RatesFound {
  readonly shape: OverlapShape
  /** success rate of each random teacher; empty if none was run */
  readonly teachers: readonly number[]
  /** initializations of the alternating teacher; undefined if none was run */
  readonly alternating: Successes | undefined
}

/** A success rate compared with that of the reference table. */
export interface RatesCompared extends DifferenceInterval {
  readonly shape: OverlapShape
  readonly of: 'random' | 'alternating'
  readonly rate: number
  readonly reference: number
}

/**
 * The half-width of the intervals in standard errors, and the probability that a standard normal
 * variable exceeds it in absolute value.
 */
const Z = 3.5
export const BEYOND = 4.66e-4
/** The one-sided normal quantile with the same tail probability. */
const ONE_SIDED = 3.3105

/**
 * Compares the success rates of a network with `referenceRates`; empty if the table lacks it.
 *
 * For random teachers the teachers are the independent draws, see `clusteredDifference`; for the
 * alternating one the initializations, see `newcombeInterval`. Intervals of 3.5 standard errors.
 *
 * @throws as these two
 *
 * @example
 * import { compareRates } from '@nonconvex/gaussian-theory/restarts'
 * const found = { teachers: [], alternating: { successes: 230, n: 400 } }
 * const [compared] = compareRates({ shape: { m: 2, k: 2, stride: 1 }, ...found })
 * console.log(compared.difference.toFixed(4)) // → 0.0125
 */
export function compareRates({ shape, teachers, alternating }: RatesFound): RatesCompared[] {
  const row = referenceOf(shape)
  if (!row) return []
  const compared: RatesCompared[] = []
  if (teachers.length > 0) {
    const rate = teachers.reduce((sum, x) => sum + x, 0) / teachers.length
    const difference = clusteredDifference(teachers, referenceTeachers(row), Z)
    compared.push({ shape, of: 'random', rate, reference: row.rate, ...difference })
  }
  if (alternating) {
    const successes = Math.round(row.alternating * REFERENCE_ALTERNATING)
    const there = { successes, n: REFERENCE_ALTERNATING }
    compared.push({
      shape,
      of: 'alternating',
      rate: alternating.successes / alternating.n,
      reference: row.alternating,
      ...newcombeInterval(alternating, there, Z),
    })
  }
  return compared
}

/** Whether two success rates agree: the interval of their difference contains 0. */
export function ratesAgree({ low, high }: DifferenceInterval): boolean {
  return low <= 0 && high >= 0
}

/**
 * The mean difference over all networks with random teachers, and how far it may be from 0 if the
 * teachers of both programs were drawn from the same distribution:
 *
 *     |Σ_r d_r / R| ≤ √(Σ_r h_r²) / R,   h_r = 3.5 standard deviations of d_r when the teachers of row r are reassigned at random
 *
 * The rows are independent, so their variances add. It detects a difference of the same sign in
 * every row that is too small in each of them: the interval is about √R times narrower than those
 * of the rows.
 *
 * @param compared - of all networks, from `compareRates`; those of alternating teachers are ignored
 * @returns undefined with less than two rows, where it adds nothing
 *
 * @example
 * import { compareRates, pooledDifference } from '@nonconvex/gaussian-theory/restarts'
 * const found = { teachers: [1, 1, 1, 1, 1], alternating: undefined }
 * const shapes = [4, 8, 16].map((k) => ({ m: 4, k, stride: 1 }))
 * const pooled = pooledDifference(shapes.flatMap((shape) => compareRates({ shape, ...found })))
 * console.log(pooled?.difference.toFixed(4)) // → 0.1527
 */
export function pooledDifference(
  compared: readonly RatesCompared[],
): DifferenceInterval | undefined {
  const rows = compared.filter(({ of }) => of === 'random')
  if (rows.length < 2) return undefined
  const difference = rows.reduce((sum, each) => sum + each.difference, 0) / rows.length
  const square = rows.reduce((sum, { low, high }) => sum + ((high - low) / 2) ** 2, 0)
  const half = Math.sqrt(square) / rows.length
  return { difference, low: difference - half, high: difference + half }
}

/** The sum of squares of all differences. */
export interface JointSquare {
  /** Σ z², each difference in units of the standard deviation of its interval */
  readonly sum: number
  readonly bound: number
  /** differences that are not 0 by construction */
  readonly terms: number
}

/**
 * The sum of squares of all differences, with its bound:
 *
 *     Σ z_r² ≤ χ²_R,   z_r = 3.5 d_r / h_r
 *
 * Differences of both signs, each too small for its own interval, cancel in `pooledDifference`, not
 * here. The interval of random teachers is made of their exact variance under random reassignment,
 * so each z² is 1 on average; where few teachers fail, its distribution has lighter tails than the
 * χ² of a normal number. Networks in which no initialization fails on either side carry no
 * information and are ignored. The χ² quantile has the two-sided tail probability of 3.5 standard
 * deviations.
 *
 * @param compared - of all networks, from `compareRates`
 * @returns undefined with less than two terms, where it adds nothing
 * Source: ours; the quantile by Wilson & Hilferty (1931), R (1 − 2/9R + z √(2/9R))³, which is too
 * large by 3 % for R = 2 and by less than 1 % from R = 10 on.
 *
 * @example
 * import { compareRates, jointSquare } from '@nonconvex/gaussian-theory/restarts'
 * const shape = { m: 2, k: 2, stride: 1 }
 * const found = [180, 300].flatMap((successes) =>
 *   compareRates({ shape, teachers: [], alternating: { successes, n: 400 } }),
 * )
 * const { sum, bound } = jointSquare(found) ?? { sum: 0, bound: 0 }
 * console.log(sum > bound) // → true
 */
export function jointSquare(compared: readonly RatesCompared[]): JointSquare | undefined {
  const terms = compared.filter(
    ({ rate: here, reference: there }) => here !== there || (here > 0 && here < 1),
  )
  const R = terms.length
  if (R < 2) return undefined
  const sum = terms.reduce((total, each) => total + (Z * usedUp(each)) ** 2, 0)
  const spread = 2 / (9 * R)
  return { sum, bound: R * power(1 - spread + ONE_SIDED * Math.sqrt(spread), 3), terms: R }
}

/** The half-width of the interval on the side of 0. */
export function halfOf({ difference, low, high }: DifferenceInterval): number {
  return difference > 0 ? difference - low : high - difference
}

/** The difference as a fraction of its interval: above 1 the rates disagree. */
export function usedUp(compared: DifferenceInterval): number {
  const { difference } = compared
  return difference === 0 ? 0 : Math.abs(difference) / halfOf(compared)
}
