import { wilsonInterval } from './wilson-interval.js'

/** A difference of two shares, and what may be expected of it, or where the true one lies. */
export interface ShareDifference {
  /** the first less the second */
  readonly difference: number
  readonly low: number
  readonly high: number
}

/** Successes among independent trials. */
export interface Counted {
  readonly successes: number
  readonly n: number
}

/**
 * An interval for the difference of two probabilities, from independent trials of each.
 *
 *     p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²)   …   p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²),   [lᵢ, uᵢ] Wilson's of each
 *
 * It is right near 0 and 1, too. Two shares agree if 0 lies in it.
 *
 * @param z - normal quantile, > 0
 * @throws RangeError as wilsonInterval
 * Source: Newcombe (1998), method 10.
 *
 * @example
 * import { shareDifference } from '@nonconvex/gaussian-theory'
 * const { low, high } = shareDifference({ successes: 56, n: 70 }, { successes: 48, n: 80 }, 1.96)
 * console.log(low.toFixed(4), high.toFixed(4)) // → 0.0524 0.3339
 */
export function shareDifference(a: Counted, b: Counted, z: number): ShareDifference {
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
 * The difference of the mean shares of two groups of teachers, and how far it may be from 0 if both
 * groups were drawn from the same law:
 *
 *     |mean(a) − mean(b)| ≤ z √( S² (1/n_a + 1/n_b) ),   S² = variance of all n_a + n_b shares
 *
 * Starts of one teacher are not independent: for some teachers none fails, for others half of them
 * do. So each teacher is one draw, and its share carries the chance of its starts with it. S² with
 * divisor n_a + n_b − 1 makes the right-hand side for z = 1 the exact standard deviation when the
 * teachers are dealt to the two groups at random.
 *
 * @param a - shares of the teachers of one group, at least one
 * @param b - of the other
 * @param z - normal quantile, > 0
 * @returns the difference; low and high are the ends of the interval around it, which holds 0 if
 *   the groups agree
 * @throws RangeError for an empty group, a share outside [0, 1], another z
 *
 * @example
 * import { clusteredDifference } from '@nonconvex/gaussian-theory'
 * const { low, high } = clusteredDifference([1, 0.5, 1, 0.5], [1, 1, 1, 1], 2)
 * console.log(low < 0, high > 0) // → true true
 */
export function clusteredDifference(
  a: readonly number[],
  b: readonly number[],
  z: number,
): ShareDifference {
  for (const group of [a, b])
    if (group.length === 0)
      throw new RangeError('clusteredDifference: expected a teacher in each group, got none')
  const all = [...a, ...b]
  for (const share of all)
    if (!(share >= 0 && share <= 1))
      throw new RangeError(`clusteredDifference: shares must be in [0, 1], got ${share}`)
  if (!(z > 0 && z < Infinity))
    throw new RangeError(`clusteredDifference: z must be positive and finite, got ${z}`)
  const difference = mean(a) - mean(b)
  const middle = mean(all)
  const square = all.reduce((sum, share) => sum + (share - middle) ** 2, 0)
  const variance = square / (all.length - 1)
  const half = z * Math.sqrt(variance * (1 / a.length + 1 / b.length))
  return { difference, low: difference - half, high: difference + half }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length
}
