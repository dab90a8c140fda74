import { NORMAL_95 } from '@nonconvex/optim/claims'
import type { PairedDifference } from '@nonconvex/structured'

/** A difference as part of a row. */
export type Difference = PairedDifference & { readonly [name: string]: number }

/**
 * Mean of differences on the same examples, with its standard error.
 *
 * Shares such as 1/5 and 3/5 are rounded, and so is each step of a sum of n of them, all in all by
 * n ε Σ |x| at most. What is left below that of terms that cancel has no digit that means
 * something: the mean is 0 then, as it is of equal shares.
 */
export function meanDifference(each: readonly number[]): Difference {
  const n = each.length
  const total = each.reduce((sum, x) => sum + x, 0)
  const size = each.reduce((sum, x) => sum + Math.abs(x), 0)
  const middle = Math.abs(total) <= n * Number.EPSILON * size ? 0 : total / Math.max(1, n)
  const spread = each.reduce((sum, x) => sum + (x - middle) ** 2, 0)
  return { mean: middle, error: Math.sqrt(spread / Math.max(1, n - 1) / Math.max(1, n)) }
}

/** Mean of a − b with its standard error. */
export const paired = (a: readonly number[], b: readonly number[]): Difference =>
  meanDifference(a.map((x, i) => x - b[i]))

/**
 * Difference of two shares Σ a / Σ of, Σ b / Σ of over scenes, with the standard error of a ratio
 * of means.
 */
export function pairedShares(
  a: readonly number[],
  b: readonly number[],
  of: readonly number[],
): Difference {
  const n = of.length
  const total = of.reduce((sum, x) => sum + x, 0)
  const middle = a.reduce((sum, x, i) => sum + x - b[i], 0) / Math.max(1, total)
  // each scene's part beyond what its own size explains
  const spread = of.reduce((sum, size, i) => sum + (a[i] - b[i] - middle * size) ** 2, 0)
  const error = Math.sqrt((spread * n) / Math.max(1, n - 1)) / Math.max(1, total)
  return { mean: middle, error }
}

/** A difference with its 95 % interval, times `unit`. */
export const intervalOf = (
  { mean, error }: PairedDifference,
  unit = 1,
): readonly [mean: number, low: number, high: number] => [
  unit * mean,
  unit * (mean - NORMAL_95 * error),
  unit * (mean + NORMAL_95 * error),
]
