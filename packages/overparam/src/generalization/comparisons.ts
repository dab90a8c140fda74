import {
  argumentError,
  checkCount,
  checkPositive,
  checkProperFraction,
} from '@nonconvex/tensor/check'
import { logBinomialTail } from '@nonconvex/optim/statistics'

/**
 * The leave-one-out bound on the mean error over samples, for runs that end with loss 0:
 *
 *     E_{S of n} P(y N(x) < 1)  ≤  E_{S of n+1}[c] / (n + 1)  ≤  B / (n + 1)
 *
 * Deleting an example that was never updated from n + 1 examples does not change the run, whose
 * margin on it is at least 1. With the c of one run this is an estimate of the mean, not a
 * certificate; with an a priori bound B on the updates it bounds the mean. Likewise the max-margin
 * separator does not change if an example that is no support vector is deleted: with the number of
 * support vectors in place of c the first inequality bounds its mean error.
 *
 * @param count - c, B or the number of support vectors, ≥ 0
 * @param n - number of training examples
 * @returns above 1 if B is large: the bound is then vacuous
 * @throws RangeError for a number outside its range
 *
 * Source: ours; leave-one-out after Vapnik & Chervonenkis, for support vectors theirs.
 *
 * @example
 * import { leaveOneOutBound } from '@nonconvex/overparam/generalization'
 * console.log(leaveOneOutBound(347, 4000).toFixed(6)) // → 0.086728
 */
export function leaveOneOutBound(count: number, n: number): number {
  checkCount('leaveOneOutBound', 'n', n)
  if (!(count >= 0))
    throw argumentError('out-of-range', 'leaveOneOutBound', 'count', 'to be ≥ 0', count)
  return count / (n + 1)
}

/**
 * The published form of the generalization bound: for n ≥ 2M, with probability ≥ 1 − δ,
 *
 *     L  ≤  L_V + √(L_V · 4M ln(n/δ) / n) + 8M ln(n/δ) / n
 *
 * L_V is the error on the examples never updated, 0 at a global minimum.
 *
 * @param counts - updates: M ≥ 1, an a priori bound on U; with the observed U it is an illustration
 *   only. unusedError: L_V in [0, 1], default 0
 * @returns Infinity if n < 2M, where there is no bound; above 1 it is vacuous
 * @throws RangeError for a number outside its range
 *
 * Source: Brutzkus et al. (2018), as recalled; Shalev-Shwartz & Ben-David (2014), Theorem 30.2.
 *
 * @example
 * import { publishedBound } from '@nonconvex/overparam/generalization'
 * console.log(publishedBound({ n: 4000, updates: 1163, delta: 0.05 }).toFixed(6)) // → 26.260033
 */
export function publishedBound(counts: {
  readonly n: number
  readonly updates: number
  readonly delta: number
  readonly unusedError?: number
}): number {
  const { n, updates, delta, unusedError = 0 } = counts
  checkCount('publishedBound', 'n', n)
  if (!(updates >= 1))
    throw argumentError('out-of-range', 'publishedBound', 'updates', 'to be at least 1', updates)
  checkProperFraction('publishedBound', 'delta', delta)
  if (!(unusedError >= 0 && unusedError <= 1))
    throw argumentError(
      'out-of-range',
      'publishedBound',
      'unusedError',
      'to be in [0, 1]',
      unusedError,
    )
  if (n < 2 * updates) return Infinity
  const term = (updates * (Math.log(n) - Math.log(delta))) / n
  return unusedError + Math.sqrt(4 * unusedError * term) + 8 * term
}

/**
 * A bound on the error of the max-margin separator (not of a network), which holds with probability
 * ≥ 1 − δ:
 *
 *     2 R‖w*‖ / √n + √(2 ln(2/δ) / n),   y w*·x ≥ 1 for the whole distribution
 *
 * @param setting - n; radius R and wStarNorm ‖w*‖ of the distribution, both positive; delta in (0,
 *   1)
 * @throws RangeError for a number outside its range
 *
 * Source: Shalev-Shwartz & Ben-David (2014), Theorem 15.4, as recalled.
 *
 * @example
 * import { marginBound } from '@nonconvex/overparam/generalization'
 * console.log(marginBound({ n: 10_000, radius: 1, wStarNorm: 10, delta: 0.05 }).toFixed(6)) // → 0.227162
 */
export function marginBound(setting: {
  readonly n: number
  readonly radius: number
  readonly wStarNorm: number
  readonly delta: number
}): number {
  const { n, radius, wStarNorm, delta } = setting
  checkCount('marginBound', 'n', n)
  checkPositive('marginBound', 'radius', radius)
  checkPositive('marginBound', 'wStarNorm', wStarNorm)
  checkProperFraction('marginBound', 'delta', delta)
  return (2 * radius * wStarNorm + Math.sqrt(2 * Math.log(2 / delta))) / Math.sqrt(n)
}

/**
 * The logarithm of 2 Σ_{i<d} C(n−1, i), the number of labelings of n points by hyperplanes through
 * the origin (Cover 1965).
 */
function logHyperplanes(n: number, d: number): number {
  const sum = n > 1 ? logBinomialTail(n - 1, d - 1, 0.5) + (n - 1) * Math.LN2 : 0
  return Math.LN2 + sum
}

/**
 * An upper bound on the logarithm of the number of labelings of n points by networks with k units
 * of each sign:
 *
 *     (2 Σ_{i<d} C(n−1, i))^{2k} · 2 Σ_{i<2kd} C(n−1, i)
 *
 * patterns of 2k hyperplanes, times labelings by a linear function of 2kd weights for each. From
 * 2kd ≥ n on the second factor is 2^n.
 *
 * @param n - points, integer ≥ 1
 * @param k - units of each sign, integer ≥ 1
 * @param d - input dimension, integer ≥ 1
 * @throws RangeError for a number outside its range
 *
 * Source: ours, with Cover (1965).
 *
 * @example
 * import { logGrowth } from '@nonconvex/overparam/generalization'
 * // k = 1, d = 1: two points in two ways by each of two units, and 2 · 2 labelings
 * console.log(Math.exp(logGrowth(2, 1, 1)).toFixed(6)) // → 16.000000
 */
export function logGrowth(n: number, k: number, d: number): number {
  checkCount('logGrowth', 'n', n)
  checkCount('logGrowth', 'k', k)
  checkCount('logGrowth', 'd', d)
  return 2 * k * logHyperplanes(n, d) + logHyperplanes(n, 2 * k * d)
}

/**
 * A bound by the growth function on the error of every network of the class that makes no error on
 * the sample, which holds with probability ≥ 1 − δ:
 *
 *     (2/n) log₂(2 Π(2n) / δ),   Π the growth function, at most exp `logGrowth`
 *
 * It increases with the width k, and is vacuous whenever 2kd ≥ n.
 *
 * @param setting - n, k, d positive integers; delta in (0, 1)
 * @throws RangeError for a number outside its range
 *
 * Source: Blumer, Ehrenfeucht, Haussler & Warmuth (1989).
 *
 * @example
 * import { growthBound } from '@nonconvex/overparam/generalization'
 * console.log(growthBound({ n: 4000, k: 1, d: 784, delta: 0.05 }) > 1) // → true
 */
export function growthBound(setting: {
  readonly n: number
  readonly k: number
  readonly d: number
  readonly delta: number
}): number {
  const { n, k, d, delta } = setting
  checkCount('growthBound', 'n', n)
  checkCount('growthBound', 'k', k)
  checkCount('growthBound', 'd', d)
  checkProperFraction('growthBound', 'delta', delta)
  return (2 / n / Math.LN2) * (logGrowth(2 * n, k, d) + Math.log(2 / delta))
}
