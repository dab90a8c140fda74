import type { Vec } from '../types.js'
import { dotRange } from './dot.js'

/** The range of a sum of squares in which no square has overflowed and underflow is negligible. */
const SAFE_LEAST = 2 ** -900
const SAFE_MOST = 2 ** 1000

/**
 * The Euclidean norm ‖u‖ = √(Σ uᵢ²), without overflow or underflow on the way.
 *
 * @param u - [n]; n = 0 gives 0
 * @returns ≥ 0; NaN if an entry is NaN, else ∞ if one is infinite or ‖u‖ exceeds the largest
 *   float64
 *
 * Accuracy: relative error ≤ (n/16 + 4) 2^-53, also for subnormal results up to their spacing.
 * Cost: one pass; two more if the plain sum of squares leaves [2^-900, 2^1000], then with u scaled
 * by a power of two.
 *
 * @example
 * import { norm2 } from '@nonconvex/tensor'
 * console.log(norm2([3e200, 0])) // → 3e+200
 */
export function norm2(u: Vec): number {
  const { scale, norm } = scaledNorm(u)
  return norm / scale
}

/**
 * A power of two `scale` and the norm of `scale · u`, which is far from over- and underflow (or 0).
 *
 * `(u[i] * scale) / norm` is then a unit vector even where ‖u‖ itself is not a float64.
 */
export function scaledNorm(u: Vec): { scale: number; norm: number } {
  const plain = dotRange(u, 0, u, 0, u.length)
  if (plain >= SAFE_LEAST && plain <= SAFE_MOST) return { scale: 1, norm: Math.sqrt(plain) }
  let largest = 0
  for (let i = 0; i < u.length; i++) {
    const size = Math.abs(u[i])
    // Written so that a NaN stays.
    if (!(size <= largest)) largest = size
    if (size !== size) return { scale: 1, norm: NaN }
  }
  if (largest === 0 || largest === Infinity) return { scale: 1, norm: largest }
  const scale = powerNear(1 / largest)
  const v = Float64Array.from(u, (x: number) => x * scale)
  return { scale, norm: Math.sqrt(dotRange(v, 0, v, 0, v.length)) }
}

/** A power of two within a factor 4 of x > 0, between 2^-1022 and 2^1022. */
function powerNear(x: number): number {
  const e = Math.floor(Math.log2(Math.min(x, 2 ** 1022)))
  return 2 ** Math.max(-1022, Math.min(1022, e))
}
