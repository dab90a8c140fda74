import { combination, signedDot, type SignedRows } from './signed-rows.js'

/**
 * An interval [lo, hi] that contains the largest margin γ of a unit vector, certified by w and λ.
 */
export interface MarginInterval {
  readonly lo: number
  readonly hi: number
  /** [d] Σ λ_i a_i, not scaled */
  readonly w: Float64Array
  /** min_i w·a_i */
  readonly least: number
}

/**
 * The lower and upper bound on the margin from dual weights λ ≥ 0:
 *
 *     lo = min_i w·a_i / ‖w‖ ≤ γ ≤ hi = ‖w‖ / Σλ,   w = Σ λ_i a_i
 *
 * The lower bound holds because w is a separator of this margin (if positive). The upper bound
 * holds because ‖Σλ_i a_i‖/Σλ is the norm of a convex combination of the a_i, and the smallest
 * product of a unit vector with the a_i is at most its product with this combination.
 *
 * @param see - called with the product w·a_i of every row
 */
export function marginInterval(
  a: SignedRows,
  lambda: Float64Array,
  see?: (i: number, product: number) => void,
): MarginInterval {
  const w = combination(a, lambda)
  let total = 0
  for (const weight of lambda) total += weight
  let squares = 0
  for (const value of w) squares += value * value
  const norm = Math.sqrt(squares)
  let least = Infinity
  for (let i = 0; i < a.rows; i++) {
    const product = signedDot(a, i, w)
    see?.(i, product)
    if (product < least) least = product
  }
  if (norm === 0) return { lo: 0, hi: total > 0 ? 0 : Infinity, w, least: 0 }
  return { lo: least / norm, hi: total > 0 ? norm / total : Infinity, w, least }
}
