import { noOverlapHessian } from './hessian.js'
import { norm2, type Vec } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { noOverlapGradient, noOverlapLoss } from './loss.js'

/** Gradient norms below this fraction of R count as 0. */
export const GRADIENT_SLACK = 1e-13
/** The error budget of the eigenvalue solver, as a fraction of the largest eigenvalue. */
export const EIGENVALUE_SLACK = 1e-12

/** The numbers of a problem that the claims about its landscape depend on. */
export interface Landscape {
  readonly k: number
  /** length of the filter */
  readonly m: number
  /** norm of the teacher */
  readonly R: number
}

/** Gradient, loss and eigenvalues at a point, computed numerically. */
export interface PointEvidence {
  readonly gradientNorm: number
  readonly loss: number
  /** [m], ascending, from a numerical eigen-solver */
  readonly eigenvalues: readonly number[]
}

/**
 * Gradient norm, loss and Hessian eigenvalues at a point, computed numerically, as evidence for the
 * claims.
 *
 * @param w - [m], not zero
 * @throws as noOverlapHessian
 * Cost: O(m³).
 *
 * @example
 * import { pointEvidence } from '@nonconvex/gaussian-theory'
 * console.log(pointEvidence([1, 0], [1, 0], 5).gradientNorm) // → 0
 */
export function pointEvidence(w: Vec, wStar: Vec, k: number): PointEvidence {
  return {
    gradientNorm: norm2(noOverlapGradient(w, wStar, k)),
    loss: noOverlapLoss(w, wStar, k),
    eigenvalues: Array.from(eigenSymmetric(noOverlapHessian(w, wStar, k)).values),
  }
}
