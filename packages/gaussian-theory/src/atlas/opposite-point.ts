import { norm2, type Vec } from '@nonconvex/tensor'
import { GRADIENT_SLACK } from '../no-overlap/point-evidence.js'
import type { OverlapShape } from '../overlap/smoothness.js'

/**
 * The kind of a point by gradient and eigenvalues; `flat` if an eigenvalue cannot be distinguished
 * from 0.
 */
export type PointKind = 'minimum' | 'saddle' | 'flat' | 'no critical point'

/** Eigenvalues nearer to 0 are left open. */
const FLAT = 1e-10

/** The point −t₀w* of one network, t₀ from `antiparallelRay`. */
export interface OppositeFound {
  readonly shape: OverlapShape
  /** ‖∇ℓ(−t₀w*)‖/R */
  readonly gradient: number
  /** of the Hessian there, ascending; empty where there is none */
  readonly eigenvalues: readonly number[]
}

/**
 * What the point is.
 *
 * @example
 * import { oppositeKind } from '@nonconvex/gaussian-theory/atlas'
 * const shape = { m: 2, k: 2, stride: 1 }
 * console.log(oppositeKind({ shape, gradient: 0, eigenvalues: [-2.2, 0.8] })) // → saddle
 */
export function oppositeKind({ gradient, eigenvalues }: OppositeFound): PointKind {
  if (!(gradient <= GRADIENT_SLACK) || eigenvalues.length === 0) return 'no critical point'
  if (eigenvalues.some((x) => Math.abs(x) <= FLAT)) return 'flat'
  return eigenvalues[0] > 0 ? 'minimum' : 'saddle'
}

/**
 * Distance of the teacher from those whose opposite point is critical by symmetry, in units of R:
 *
 *     m = 1;   m = 2 and w* ∝ (1, ±1);   m = 3 and w* ∝ (−1, 0, 1)
 *
 * Let T reverse a filter. Reversing the input too changes no output, so ℓ(Tw; Tw*) = ℓ(w; w*). For
 * Tw* = ±w* the loss is thus the same at w and ±Tw, and at points of the space {±Tw = w} that holds
 * w* the gradient lies in it. Where this space is a line, only the slope along it remains, and that
 * is 0 at −t₀w*.
 *
 * @returns 0 for these teachers; Infinity where no teacher of the length is one, m ≥ 4
 *
 * @example
 * import { reversalDefect } from '@nonconvex/gaussian-theory/atlas'
 * console.log(reversalDefect([-1, 0, 1]), reversalDefect([1, 0, 1])) // → 0 2
 */
export function reversalDefect(wStar: Vec): number {
  const R = norm2(wStar)
  const m = wStar.length
  if (m > 3) return Infinity
  const off = (sign: number): number =>
    norm2(Float64Array.from(wStar, (x, i) => x - sign * wStar[m - 1 - i])) / R
  // three weights that are the same backwards leave two directions
  return m === 3 ? off(-1) : Math.min(off(1), off(-1))
}
