import { norm2, type Vec } from '@nonconvex/tensor'
import { GRADIENT_SLACK } from '../no-overlap/point-evidence.js'
import type { OverlapShape } from '../overlap/smoothness.js'

/**
 * The kind of a point by gradient and eigenvalues; `flat` if an eigenvalue cannot be distinguished
 * from 0.
 */
export type PointKind = 'minimum' | 'saddle' | 'flat' | 'no critical point'

/** Eigenvalues nearer to 0 than this count as 0. */
const FLAT = 1e-10

/** The point −t₀w* of one network, with t₀ from `antiparallelRay`. */
export interface OppositeFound {
  readonly shape: OverlapShape
  /** ‖∇ℓ(−t₀w*)‖/R */
  readonly gradient: number
  /** of the Hessian there, ascending; empty where there is none */
  readonly eigenvalues: readonly number[]
}

/**
 * The kind of the point −t₀w*.
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
 * The distance, in units of R, of the teacher from those teachers for which −t₀w* is critical by
 * symmetry:
 *
 *     m = 1;   m = 2 and w* ∝ (1, ±1);   m = 3 and w* ∝ (−1, 0, 1)
 *
 * Let T reverse a filter. Reversing the input as well changes no output, so ℓ(Tw; Tw*) = ℓ(w; w*).
 * For Tw* = ±w* the loss is thus the same at w and ±Tw, so at points of the eigenspace {±Tw = w}
 * that contains w* the gradient lies in this space. If the space is a line, the gradient is the
 * slope along it, which is 0 at −t₀w*.
 *
 * @returns 0 for these teachers; Infinity for m ≥ 4, where no teacher has this property
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
