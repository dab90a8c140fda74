import { squaredNorms } from '../data/dataset.js'
import { isSparse, rowValues } from '../data/sparse-rows.js'
import { activeSet, ZERO } from './active-set.js'
import { dualAscent } from './dual-ascent.js'
import { marginInterval } from './interval.js'
import { radiusOf, type SignedRows } from './signed-rows.js'

/** The largest scaling factor; products with larger factors could overflow. */
const MOST = 2 ** 400

/**
 * Balanced rows: every feature, and then every row, is multiplied by a power of two, a'_i = rows_i
 * · diag(features) · a_i.
 */
export interface Balanced {
  readonly a: SignedRows
  /** [d] */
  readonly features: Float64Array
  /** [n] */
  readonly rows: Float64Array
}

/**
 * Scales the largest entry of every feature, and then the norm of every row, into (½, 1].
 *
 * Neither changes whether a separator exists: w' = diag(features)⁻¹ w has the signs of w, and a
 * vanishing convex combination still vanishes, with weights λ_i/rows_i. Powers of two are exact.
 * Norms change: if one feature is 10^12 times larger than another, the smaller one is negligible
 * relative to R, but may be the one that separates.
 */
export function balance(a: SignedRows): Balanced {
  const given = isSparse(a.x) ? a.x.value : a.x.data
  const { index } = isSparse(a.x) ? a.x : {}
  const column = (q: number): number => (index ? index[q] : q % a.cols)
  const largest = new Float64Array(a.cols)
  given.forEach((value, q) => {
    largest[column(q)] = Math.max(largest[column(q)], Math.abs(value))
  })
  const features = largest.map(towardsOne)
  const values = given.map((entry, q) => entry * features[column(q)])
  const x = isSparse(a.x) ? { ...a.x, value: values } : { ...a.x, data: values }
  const norms2 = squaredNorms(x)
  const rows = norms2.map((square) => towardsOne(Math.sqrt(square)))
  for (let i = 0; i < a.rows; i++) {
    const row = rowValues(x, i)
    for (let q = 0; q < row.length; q++) row[q] *= rows[i]
    norms2[i] *= rows[i]
    norms2[i] *= rows[i]
  }
  return { a: { ...a, x, norms2 }, features, rows }
}

/**
 * Whether the combination of the original rows with these weights vanishes up to rounding, relative
 * to every feature and row.
 */
export function vanishes({ a, rows }: Balanced, lambda: Float64Array): boolean {
  const { hi } = marginInterval(
    a,
    lambda.map((weight, i) => weight / rows[i]),
  )
  return hi <= ZERO * radiusOf(a)
}

/**
 * The solution for the balanced rows, in terms of the given ones: weights of a vanishing convex
 * combination, a candidate separator, or neither.
 */
export type BalancedAnswer =
  | { readonly kind: 'weights'; readonly lambda: Float64Array }
  | { readonly kind: 'vector'; readonly w: Float64Array }
  | { readonly kind: 'open' }

/** Solves the margin problem of the balanced rows by dual ascent and non-negative least squares. */
export function solveBalanced(
  { a, features, rows }: Balanced,
  options: { readonly gap: number; readonly sweeps: number; readonly rounds: number },
): BalancedAnswer {
  const { gap, sweeps, rounds } = options
  const start = dualAscent(a, { gap, sweeps }).lambda
  const { end, lambda } = activeSet(a, { start, gap, rounds })
  if (end === 'zero') return { kind: 'weights', lambda: lambda.map((value, i) => value * rows[i]) }
  const { lo, w } = marginInterval(a, lambda)
  return lo > 0 ? { kind: 'vector', w: w.map((value, c) => value * features[c]) } : { kind: 'open' }
}

/** The power of two, at most MOST, that scales a size into (½, 1]; 1 for size 0. */
function towardsOne(size: number): number {
  if (!(size > 0)) return 1
  let factor = 1
  for (let at = size; at > 1 && factor > 1 / MOST; at /= 2) factor /= 2
  for (let at = size; at <= 0.5 && factor < MOST; at *= 2) factor *= 2
  return factor
}
