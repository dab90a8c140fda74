import { meanWithError, type MeanWithError } from './paired.js'

/** A mean with its standard error and the degrees of freedom of the error. */
export type MeanByStudent = MeanWithError & {
  readonly freedom: number
}

/**
 * The mean of a table whose rows and columns are both random samples, as random initializations and
 * test images are. With R row means of variance s²_r and C column means of variance s²_c
 *
 *     error² = s²_r / R + s²_c / C,    ν = error⁴ / ((s²_r/R)²/(R − 1) + (s²_c/C)²/(C − 1))
 *
 * The expectation of error² is the variance of the mean plus σ²_e / (R C), where σ²_e is the
 * variance of a single entry beyond its row and its column: the error is never too small, and an
 * interval over rows alone, or over columns alone, is narrower.
 *
 * @param table - R rows of C numbers; one row, or one column, has no variance: freedom is 0
 * @throws RangeError for rows of different lengths
 *
 * Cost: O(R C). Source: variance components of the two-way layout, degrees of freedom by
 * Satterthwaite.
 *
 * @example
 * import { twoWayMean } from '@nonconvex/optim/statistics'
 * const { mean, error, freedom } = twoWayMean([[1, 2, 6], [2, 3, 4]])
 * console.log(mean, error.toFixed(6), freedom.toFixed(2)) // → 3 1.040833 2.00
 */
export function twoWayMean(table: readonly (readonly number[])[]): MeanByStudent {
  const [R, C] = [table.length, table.at(0)?.length ?? 0]
  const odd = table.findIndex((row) => row.length !== C)
  if (odd >= 0)
    throw new RangeError(
      `twoWayMean: expected rows of ${C} numbers, got ${table[odd].length} in row ${odd}`,
    )
  const rows = meanWithError(table.map((row) => meanWithError(row).mean))
  const columns = meanWithError(
    Array.from({ length: C }, (_, c) => meanWithError(table.map((row) => row[c])).mean),
  )
  const [a, b] = [rows.error ** 2, columns.error ** 2]
  if (R < 2 || C < 2) return { mean: rows.mean, error: Math.sqrt(a + b), freedom: 0 }
  const below = a ** 2 / (R - 1) + b ** 2 / (C - 1)
  return {
    mean: rows.mean,
    error: Math.sqrt(a + b),
    freedom: below > 0 ? (a + b) ** 2 / below : R + C - 2,
  }
}

/**
 * The 97.5 % quantile of Student's t distribution with the largest whole number of degrees of
 * freedom that is at most ν: intervals of ± this many standard errors have probability 95 % or
 * more. Infinite below one degree of freedom.
 *
 * Cost: O(min(ν, 1000)); beyond 1000 that of 1000. Source: the finite sums for the distribution
 * function (Abramowitz and Stegun 26.7.3, 26.7.4).
 *
 * @example
 * import { student95 } from '@nonconvex/optim/statistics'
 * console.log([1, 4, 19].map((nu) => student95(nu).toFixed(4)).join()) // → 12.7062,2.7764,2.0930
 */
export function student95(freedom: number): number {
  if (!(freedom >= 1)) return Infinity
  const nu = Math.floor(Math.min(freedom, 1000))
  let [low, high] = [1.9, 13]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (within(middle, nu) < 0.95) low = middle
    else high = middle
  }
  return high
}

/** The probability of |t| ≤ x for ν degrees of freedom. */
function within(x: number, nu: number): number {
  const square = nu / (nu + x * x)
  const sine = Math.sqrt(1 - square)
  // the terms are products of (j − 1)/j, in steps of two, with powers of cos²
  const odd = nu % 2 === 1
  let [term, sum] = odd ? [Math.sqrt(square), 0] : [1, 0]
  for (let j = odd ? 3 : 2; j <= nu; j += 2) {
    sum += term
    term *= ((j - 1) / j) * square
  }
  return odd ? (2 / Math.PI) * (Math.atan(x / Math.sqrt(nu)) + sine * sum) : sine * sum
}

/**
 * A mean and the ends of its 95 % interval by Student's distribution; infinite ends below one degree
 * of freedom.
 */
export function studentInterval({
  mean,
  error,
  freedom,
}: MeanByStudent): readonly [mean: number, low: number, high: number] {
  const half = freedom >= 1 ? student95(freedom) * error : Infinity
  return [mean, mean - half, mean + half]
}
