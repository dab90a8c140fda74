import { NORMAL_95 } from './normal.js'

/** A mean with its standard error. */
export type MeanWithError = {
  readonly mean: number
  readonly error: number
}

/**
 * The mean of numbers, one for each example, with its standard error √(s²/n), where s² has the
 * divisor n − 1.
 *
 * The rounding error of the sum of n proportions is at most n ε Σ |x|. A smaller total has no
 * significant digit; the mean is then 0, as for equal proportions.
 *
 * @param each - one number for each example; of none the mean and the error are 0
 *
 * Cost: O(n).
 *
 * @example
 * import { meanWithError } from '@nonconvex/optim/statistics'
 * console.log(meanWithError([1, 2, 3, 6])) // → { mean: 3, error: 1.0801234497346435 }
 */
export function meanWithError(each: readonly number[]): MeanWithError {
  const n = each.length
  const total = each.reduce((sum, x) => sum + x, 0)
  const size = each.reduce((sum, x) => sum + Math.abs(x), 0)
  const middle = Math.abs(total) <= n * Number.EPSILON * size ? 0 : total / Math.max(1, n)
  const spread = each.reduce((sum, x) => sum + (x - middle) ** 2, 0)
  return { mean: middle, error: Math.sqrt(spread / Math.max(1, n - 1) / Math.max(1, n)) }
}

/** The mean of a − b over the same examples, with its standard error. */
export const pairedDifference = (a: readonly number[], b: readonly number[]): MeanWithError =>
  meanWithError(a.map((x, i) => x - b[i]))

/**
 * The difference of the ratios Σ a / Σ of and Σ b / Σ of over the same clusters, with the standard
 * error of a ratio of means.
 */
export function pairedRatioDifference(
  a: readonly number[],
  b: readonly number[],
  of: readonly number[],
): MeanWithError {
  const n = of.length
  const total = of.reduce((sum, x) => sum + x, 0)
  const middle = a.reduce((sum, x, i) => sum + x - b[i], 0) / Math.max(1, total)
  // each cluster's part beyond what its own size explains
  const spread = of.reduce((sum, size, i) => sum + (a[i] - b[i] - middle * size) ** 2, 0)
  const error = Math.sqrt((spread * n) / Math.max(1, n - 1)) / Math.max(1, total)
  return { mean: middle, error }
}

/**
 * A mean and the ends of its 95 % normal interval, multiplied by `unit` (100 for percent).
 *
 * @example
 * import { interval95 } from '@nonconvex/optim/statistics'
 * console.log(interval95({ mean: 0.5, error: 0.1 }).map((x) => x.toFixed(3))) // → [ '0.500', '0.304', '0.696' ]
 */
export const interval95 = (
  { mean, error }: MeanWithError,
  unit = 1,
): readonly [mean: number, low: number, high: number] => [
  unit * mean,
  unit * (mean - NORMAL_95 * error),
  unit * (mean + NORMAL_95 * error),
]
