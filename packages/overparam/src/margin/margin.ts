import { checkCount, checkProperFraction } from '@nonconvex/tensor/check'
import { contradictionWeights } from '../data/contradiction.js'
import { checkDataset, type Examples } from '../data/dataset.js'
import { activeSet } from './active-set.js'
import { dualAscent } from './dual-ascent.js'
import { marginInterval } from './interval.js'
import { signedRows } from './signed-rows.js'

/**
 * Certified bounds: the largest margin γ of a unit vector lies in [lo, hi], where hi = 0 if the
 * data are not separable.
 */
export interface Margin {
  /** min_i y_i w·x_i / ‖w‖ of the vector found; negative if it does not separate */
  readonly lo: number
  /** ‖Σ λ_i y_i x_i‖ / Σλ */
  readonly hi: number
  /** [d] Σ λ_i y_i x_i */
  readonly w: Float64Array
  /** [n] dual weights ≥ 0 */
  readonly lambda: Float64Array
}

/**
 * Computes the largest margin by dual coordinate ascent, with a certified interval; it is fast and
 * accurate to a few digits. For very small margins, or none, use `separability`, which continues
 * with an exact method.
 *
 * @param options - gap, default 1e-3: relative width at which to stop; sweeps, default 1000: the
 *   budget
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * Cost: O(non-zero entries of x) a sweep, less between every tenth.
 * Source: dual coordinate ascent for the hard-margin support vector machine, Hsieh et al. (2008).
 *
 * @example
 * import { margin } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(3, 0, 0, 4) }
 * const { lo, hi } = margin({ x, y: Float64Array.of(1, -1) })
 * console.log(lo.toFixed(6), hi.toFixed(6)) // → 2.400000 2.400000
 */
export function margin(
  data: Examples,
  options: { readonly gap?: number; readonly sweeps?: number } = {},
): Margin {
  checkDataset('margin', data)
  const { gap = 1e-3, sweeps = 1000 } = options
  checkProperFraction('margin', 'gap', gap)
  checkCount('margin', 'sweeps', sweeps)
  const zero = contradictionWeights(data)
  if (zero) return { lo: 0, hi: 0, w: new Float64Array(data.x.cols), lambda: zero }
  const a = signedRows('margin', data)
  const { lambda } = dualAscent(a, { gap, sweeps })
  const { lo, hi, w } = marginInterval(a, lambda)
  return { lo, hi, w, lambda }
}

export interface MinNormPoint {
  /** [d] Σ λ_i y_i x_i; its norm is the largest margin of a unit vector, 0 if not separable */
  readonly x: Float64Array
  /** [n] convex weights: ≥ 0 with sum 1 */
  readonly lambda: Float64Array
  /** examples with positive weight, at most d + 1 */
  readonly support: Int32Array
  /** the least norm lies in [lo, hi] */
  readonly lo: number
  readonly hi: number
}

/**
 * Computes the point of least norm in the convex hull of the y_i x_i by non-negative least squares.
 *
 * @param options - gap, default 1e-10: relative width of [lo, hi] at which to stop; rounds, default
 *   5000: the budget
 * @returns the point; a norm of at most 1e-9 R may be 0; see `separability`
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * Source: Lawson & Hanson (1974), chapter 23; Wolfe (1976) for the problem.
 *
 * @example
 * import { minNormPoint } from '@nonconvex/overparam'
 * const x = { rows: 3, cols: 2, data: Float64Array.of(3, 0, 0, 4, 5, 5) }
 * const point = minNormPoint({ x, y: Float64Array.of(1, 1, 1) })
 * console.log(Array.from(point.x, (value) => value.toFixed(4)), point.support.length) // → [ '1.9200', '1.4400' ] 2
 */
export function minNormPoint(
  data: Examples,
  options: { readonly gap?: number; readonly rounds?: number } = {},
): MinNormPoint {
  checkDataset('minNormPoint', data)
  const { gap = 1e-10, rounds = 5000 } = options
  checkProperFraction('minNormPoint', 'gap', gap)
  checkCount('minNormPoint', 'rounds', rounds)
  const a = signedRows('minNormPoint', data)
  const start = new Float64Array(a.rows)
  const weights = contradictionWeights(data) ?? activeSet(a, { start, gap, rounds }).lambda
  const total = weights.reduce((sum, value) => sum + value, 0)
  const lambda = weights.map((value) => value / total)
  const { lo, hi, w } = marginInterval(a, lambda)
  const support = Int32Array.from(lambda.keys()).filter((i) => lambda[i] > 0)
  return { x: w, lambda, support, lo: Math.max(0, lo), hi }
}
