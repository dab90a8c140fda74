import { combination, signedDot, type SignedRows } from './signed-rows.js'

/** The margin γ of the data (unit w) lies in [lo, hi], certified by w and λ. */
export interface MarginInterval {
  readonly lo: number
  readonly hi: number
  /** [d] Σ λ_i a_i, not scaled */
  readonly w: Float64Array
  /** min_i w·a_i */
  readonly least: number
}

/**
 * Both certificates of the margin, from dual weights λ ≥ 0:
 *
 *     lo = min_i w·a_i / ‖w‖ ≤ γ ≤ hi = ‖w‖ / Σλ,   w = Σ λ_i a_i
 *
 * lo because w is a separator of that margin (if positive), hi because ‖Σλ_i a_i‖/Σλ is the norm of
 * a convex combination, and no unit vector has a larger product with all a_i than with it.
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
