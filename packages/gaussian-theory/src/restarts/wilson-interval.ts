import { NORMAL_95 } from '@nonconvex/optim/claims'

/**
 * Wilson's interval for a probability, from a count of successes.
 *
 *     ( p̂ + z²/2n ± z √( p̂(1−p̂)/n + z²/4n² ) ) / (1 + z²/n)
 *
 * Unlike p̂ ± z·se it is right near 0 and 1: with no failure in n trials it still leaves z²/(n +
 * z²).
 *
 * @param successes - integer in [0, n]
 * @param n - trials, integer ≥ 1
 * @param z - normal quantile, > 0; 1.959964 by default, for 95 %
 * @returns low and high in [0, 1]
 * @throws RangeError for values out of range
 * Source: Wilson (1927).
 *
 * @example
 * import { wilsonInterval } from '@nonconvex/gaussian-theory'
 * console.log(wilsonInterval(400, 400).low.toFixed(6)) // → 0.990488
 */
export function wilsonInterval(
  successes: number,
  n: number,
  z: number = NORMAL_95,
): { readonly low: number; readonly high: number } {
  if (!Number.isSafeInteger(n) || n < 1)
    throw new RangeError(`wilsonInterval: n must be an integer ≥ 1, got ${n}`)
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > n)
    throw new RangeError(
      `wilsonInterval: successes must be an integer in [0, n = ${n}], got ${successes}`,
    )
  if (!(z > 0 && z < Infinity))
    throw new RangeError(`wilsonInterval: z must be positive and finite, got ${z}`)
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
 * How many independent restarts fail with probability at most 1 − confidence: ⌈ln(1 −
 * confidence)/ln(1 − p)⌉.
 *
 * @param p - probability that one start succeeds, in [0, 1]; 0 gives Infinity
 * @param confidence - in (0, 1), 0.99 by default
 * @throws RangeError for values out of range
 *
 * @example
 * import { restartsNeeded } from '@nonconvex/gaussian-theory'
 * console.log(restartsNeeded(0.5)) // → 7
 */
export function restartsNeeded(p: number, confidence = 0.99): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`restartsNeeded: p must be in [0, 1], got ${p}`)
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`restartsNeeded: confidence must be in (0, 1), got ${confidence}`)
  if (p === 1) return 1
  return Math.max(1, Math.ceil(Math.log1p(-confidence) / Math.log1p(-p)))
}

/**
 * How many restarts find the global optimum with probability `confidence` for a teacher drawn among
 * these: the least n with
 *
 *     (1/T) Σ_j (1 − p_j)^n ≤ 1 − confidence
 *
 * A restart has the same teacher. So this is more than `restartsNeeded` of the mean share, which
 * would draw a new one each time: where half of the starts fail for a few teachers and none for the
 * others, twice as many or more.
 *
 * @param shares - p_j in [0, 1] for each teacher, at least one
 * @param confidence - in (0, 1), 0.99 by default
 * @returns integer ≥ 1; Infinity where too many shares are 0
 * @throws RangeError for values out of range, or no teacher
 * Cost: O(T) for each restart.
 *
 * @example
 * import { restartsForTeachers, restartsNeeded } from '@nonconvex/gaussian-theory'
 * const shares = [1, 1, 1, 0.4] // their mean is 0.85
 * console.log(restartsNeeded(0.85), restartsForTeachers(shares)) // → 3 7
 */
export function restartsForTeachers(shares: readonly number[], confidence = 0.99): number {
  if (shares.length === 0)
    throw new RangeError('restartsForTeachers: shares must not be empty, got 0 shares')
  for (const p of shares)
    if (!(p >= 0 && p <= 1))
      throw new RangeError(`restartsForTeachers: shares must be in [0, 1], got ${p}`)
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`restartsForTeachers: confidence must be in (0, 1), got ${confidence}`)
  const allowed = (1 - confidence) * shares.length
  if (shares.filter((p) => p === 0).length > allowed) return Infinity
  const fails = shares.map((p) => 1 - p)
  const all = fails.map(() => 1)
  for (let n = 1; ; n++) {
    let sum = 0
    for (let j = 0; j < all.length; j++) {
      all[j] *= fails[j]
      sum += all[j]
    }
    if (sum <= allowed) return n
  }
}
