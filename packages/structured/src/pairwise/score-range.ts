import { argumentError } from '@nonconvex/tensor/check'

/**
 * Largest Σ_i max_a |θ_i(a)| + Σ_ij max_ab |θ_ij(a, b)| over the scores that are not −∞. No score of a
 * labeling is above it in absolute value. What is computed from scores are a few sums and differences
 * of them, or their quotients by weights of trees: 10^8 times the limit is still a float64 number.
 */
const LARGEST_TOTAL = 1e300

/** The largest |θ| of a table, without what is forbidden. */
export function largestScore(scores: Float64Array): number {
  let largest = 0
  for (const value of scores) {
    const size = Math.abs(value)
    if (size > largest && size < Infinity) largest = size
  }
  return largest
}

/** Throws unless sums of scores are far from overflow. */
export function checkTotal(fn: string, total: number): void {
  if (!(total <= LARGEST_TOTAL))
    throw argumentError(
      'out-of-range',
      fn,
      'the sum of the largest |score| of each table',
      `to be at most ${LARGEST_TOTAL}, so that no score of a labeling overflows`,
      total,
      'divide all scores by a constant; a forbidden label has the score −Infinity',
    )
}
