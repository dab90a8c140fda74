/**
 * How many independent restarts fail with probability at most 1 − confidence: ⌈ln(1 −
 * confidence)/ln(1 − p)⌉.
 *
 * @param p - probability that one start succeeds, in [0, 1]; 0 gives Infinity
 * @param confidence - in (0, 1), 0.99 by default
 * @throws RangeError for values out of range
 *
 * @example
 * import { restartsNeeded } from '@nonconvex/gaussian-theory/restarts'
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
 * import { restartsForTeachers, restartsNeeded } from '@nonconvex/gaussian-theory/restarts'
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
