import {
  checkCount,
  checkInteger,
  checkNotEmpty,
  checkPositive,
  checkProbability,
} from '@nonconvex/tensor/check'
import { NORMAL_95 } from './normal.js'

/** A closed interval [low, high]. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** A number of successes among n independent trials. */
export interface Successes {
  /** integer in [0, n] */
  readonly successes: number
  /** integer ≥ 1 */
  readonly n: number
}

/** The difference of two proportions, the first minus the second, with a confidence interval. */
export interface DifferenceInterval extends Interval {
  readonly difference: number
}

/**
 * Wilson's interval for a probability, from a count of successes.
 *
 *     ( p̂ + z²/2n ± z √( p̂(1−p̂)/n + z²/4n² ) ) / (1 + z²/n)
 *
 * Unlike p̂ ± z·se it keeps its coverage near 0 and 1: with no failure in n trials it still leaves
 * z²/(n + z²).
 *
 * @param successes - integer in [0, n]
 * @param n - trials, integer ≥ 1
 * @param z - normal quantile, > 0; 1.959964 by default, for 95 %
 * @returns low and high in [0, 1]
 * @throws ArgumentError for values out of range
 *
 * Cost: O(1). Source: Wilson (1927).
 *
 * @example
 * import { wilsonInterval } from '@nonconvex/optim/statistics'
 * console.log(wilsonInterval(400, 400).low.toFixed(6)) // → 0.990488
 */
export function wilsonInterval(successes: number, n: number, z: number = NORMAL_95): Interval {
  checkCount('wilsonInterval', 'n', n)
  checkInteger('wilsonInterval', 'successes', successes, 0, n, `[0, n = ${n}]`)
  checkPositive('wilsonInterval', 'z', z)
  const p = successes / n
  const square = (z * z) / n
  const middle = p + square / 2
  const half = z * Math.sqrt((p * (1 - p)) / n + square / n / 4)
  // at the ends the two terms cancel exactly in theory, not in rounding
  const low = successes === 0 ? 0 : (middle - half) / (1 + square)
  const high = successes === n ? 1 : (middle + half) / (1 + square)
  return { low, high }
}

/**
 * Newcombe's interval for the difference of two probabilities, from independent trials of each.
 *
 *     p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²)   …   p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²),   [lᵢ, uᵢ] Wilson's of each
 *
 * It keeps its coverage near 0 and 1, too. Two proportions agree if 0 lies in it.
 *
 * @param z - normal quantile, > 0
 * @throws ArgumentError as `wilsonInterval`
 *
 * Cost: O(1). Source: Newcombe (1998), method 10.
 *
 * @example
 * import { newcombeInterval } from '@nonconvex/optim/statistics'
 * const [a, b] = [{ successes: 56, n: 70 }, { successes: 48, n: 80 }]
 * const { low, high } = newcombeInterval(a, b, 1.96)
 * console.log(low.toFixed(4), high.toFixed(4)) // → 0.0524 0.3339
 */
export function newcombeInterval(a: Successes, b: Successes, z: number): DifferenceInterval {
  const [p, q] = [a.successes / a.n, b.successes / b.n]
  const [first, second] = [a, b].map(({ successes, n }) => wilsonInterval(successes, n, z))
  const difference = p - q
  return {
    difference,
    low: difference - Math.hypot(p - first.low, second.high - q),
    high: difference + Math.hypot(first.high - p, q - second.low),
  }
}

/**
 * The difference of the mean proportions of two groups of clusters, and its bound if the clusters
 * of both groups are drawn from the same distribution:
 *
 *     |mean(a) − mean(b)| ≤ z √( S² (1/n_a + 1/n_b) ),   S² = variance of all n_a + n_b proportions
 *
 * Trials within a cluster are not independent (random restarts for one teacher: none fail for some
 * teachers, half for others), so each cluster counts as one draw. S² with divisor n_a + n_b − 1
 * makes the right-hand side for z = 1 the exact standard deviation when the clusters are assigned
 * to the two groups at random.
 *
 * @param a - proportions of the clusters of one group, at least one, each in [0, 1]
 * @param b - of the other
 * @param z - normal quantile, > 0
 * @returns the difference; low and high are the ends of the interval around it, which contains 0 if
 *   the groups agree
 * @throws ArgumentError for an empty group, a proportion outside [0, 1], another z
 *
 * Cost: O(n_a + n_b).
 *
 * @example
 * import { clusteredDifference } from '@nonconvex/optim/statistics'
 * const { low, high } = clusteredDifference([1, 0.5, 1, 0.5], [1, 1, 1, 1], 2)
 * console.log(low < 0, high > 0) // → true true
 */
export function clusteredDifference(
  a: readonly number[],
  b: readonly number[],
  z: number,
): DifferenceInterval {
  checkNotEmpty('clusteredDifference', 'a', a)
  checkNotEmpty('clusteredDifference', 'b', b)
  const all = [...a, ...b]
  for (const p of all) checkProbability('clusteredDifference', 'proportions', p)
  checkPositive('clusteredDifference', 'z', z)
  const difference = mean(a) - mean(b)
  const middle = mean(all)
  const square = all.reduce((sum, p) => sum + (p - middle) ** 2, 0)
  const variance = square / (all.length - 1)
  const half = z * Math.sqrt(variance * (1 / a.length + 1 / b.length))
  return { difference, low: difference - half, high: difference + half }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length
}
