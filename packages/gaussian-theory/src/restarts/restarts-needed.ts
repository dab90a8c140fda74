import { checkProbability, checkProperFraction, checkNotEmpty } from '@nonconvex/tensor/check'
/**
 * The number of independent restarts that all fail with probability at most 1 − confidence: ⌈ln(1 −
 * confidence)/ln(1 − p)⌉.
 *
 * @param p - probability that one initialization succeeds, in [0, 1]; 0 gives Infinity
 * @param confidence - in (0, 1), 0.99 by default
 * @throws RangeError for values out of range
 *
 * @example
 * import { restartsNeeded } from '@nonconvex/gaussian-theory/restarts'
 * console.log(restartsNeeded(0.5)) // → 7
 */
export function restartsNeeded(p: number, confidence = 0.99): number {
  checkProbability('restartsNeeded', 'p', p)
  checkProperFraction('restartsNeeded', 'confidence', confidence)
  if (p === 1) return 1
  return Math.max(1, Math.ceil(Math.log1p(-confidence) / Math.log1p(-p)))
}

/**
 * The number of restarts that find the global minimum with probability `confidence` for a teacher
 * drawn at random from the given ones: the smallest n with
 *
 *     (1/T) Σ_j (1 − p_j)^n ≤ 1 − confidence
 *
 * All restarts use the same teacher, so this number exceeds `restartsNeeded` of the mean success
 * rate, for which each restart would draw a new teacher, by a factor of two or more where half of
 * the initializations fail for a few teachers and none for the others.
 *
 * @param rates - p_j in [0, 1] for each teacher, at least one
 * @param confidence - in (0, 1), 0.99 by default
 * @returns integer ≥ 1; Infinity where too many rates are 0
 * @throws RangeError for values out of range, or no teacher
 * Cost: O(T) for each restart.
 *
 * @example
 * import { restartsForTeachers, restartsNeeded } from '@nonconvex/gaussian-theory/restarts'
 * const rates = [1, 1, 1, 0.4] // their mean is 0.85
 * console.log(restartsNeeded(0.85), restartsForTeachers(rates)) // → 3 7
 */
export function restartsForTeachers(rates: readonly number[], confidence = 0.99): number {
  checkNotEmpty('restartsForTeachers', 'rates', rates)
  rates.forEach((p, j) => checkProbability('restartsForTeachers', `rates[${j}]`, p))
  checkProperFraction('restartsForTeachers', 'confidence', confidence)
  const allowed = (1 - confidence) * rates.length
  if (rates.filter((p) => p === 0).length > allowed) return Infinity
  const fails = rates.map((p) => 1 - p)
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
