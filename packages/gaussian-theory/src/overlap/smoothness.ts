import { type Matrix, type Vec, norm2 } from '@nonconvex/tensor'
import { checkCount, checkNonNegative } from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import { checkOverlap, lagsOf, type OverlapOptions } from './lags.js'
import { overlapGradient, overlapLoss } from './overlap-loss.js'
import { overlapHessian } from './overlap-hessian.js'

/**
 * The largest curvature of a pair of overlapping patches, (2√2 + π − arccos ⅓)/π, in units of that
 * of a single patch.
 */
const PAIR_CURVATURE = (2 * Math.SQRT2 + Math.PI - Math.acos(1 / 3)) / Math.PI

/**
 * The Lipschitz constants of the second derivatives of E relu(u·x) relu(v·x):
 *
 *     ∂²g/∂u∂u: C₁ ‖v‖/‖u‖² in u and C₂/‖u‖ in v,   C₁ = (4 + 2/√3)/2π = 0.8204,  C₂ = (1 + 2/√3)/2π = 0.3429
 *
 * Source: ours; the largest values in 40,000 draws were 0.413 and 0.318.
 */
export const pairLipschitz: { readonly C1: number; readonly C2: number } = {
  C1: (4 + 2 / Math.sqrt(3)) / (2 * Math.PI),
  C2: (1 + 2 / Math.sqrt(3)) / (2 * Math.PI),
}

/** The shape of a network with overlap. */
export interface OverlapShape extends OverlapOptions {
  /** length of the filter, integer ≥ 1 */
  readonly m: number
}

/**
 * An upper bound L on the curvature of the loss with overlap: η = 1/L is a safe step.
 *
 *     L = (k + q n_int + n_far/π)/k²,   q = (2√2 + π − arccos ⅓)/π = 1.508…
 *     ℓ(w − ∇ℓ/L) ≤ ℓ(w) − ‖∇ℓ‖²/(2L)
 *
 * n_int and n_far count the ordered pairs of different patches that share a coordinate and that do
 * not. The terms that depend on the teacher are concave, so only those of f(x; w)² enter. Stride ≥
 * m gives c exactly; with overlap the bound is loose by 1.5 to 1.9.
 *
 * @returns number in (0, ∞)
 * @throws RangeError unless m, k, stride are integers ≥ 1
 * Cost: O(1). Source: ours.
 *
 * @example
 * import { overlapSmoothness } from '@nonconvex/gaussian-theory/overlap'
 * console.log(overlapSmoothness({ m: 1, k: 1, stride: 1 })) // → 1
 */
export function overlapSmoothness(shape: OverlapShape): number {
  checkShape('overlapSmoothness', shape)
  const { m, k } = shape
  const { shared, apart } = lagsOf(m, shape)
  return (k + PAIR_CURVATURE * shared + apart / Math.PI) / (k * k)
}

/**
 * A bound on the Lipschitz constant of the Hessian over all w with ‖w‖ ≥ ρ, along segments in that
 * set.
 *
 *     Λ(ρ) = (1/k²) [ (2C₁ + 6C₂) n_int/ρ + 2C₁ (k + n_int) R/ρ² + (2/π) n_far R/ρ² ]
 *
 * @param minNorm - ρ ≥ 0; at 0 the bound is Infinity, because the Hessian is not bounded there
 * @param R - norm of the teacher, ≥ 0
 * @param shape - m, k, stride
 * @throws RangeError for values out of range
 * Cost: O(1). Source: ours; the largest measured fraction of it was 0.53.
 *
 * @example
 * import { hessianLipschitz } from '@nonconvex/gaussian-theory/overlap'
 * // one patch and no teacher is a parabola
 * console.log(hessianLipschitz(1, 0, { m: 2, k: 1, stride: 1 })) // → 0
 */
export function hessianLipschitz(minNorm: number, R: number, shape: OverlapShape): number {
  checkShape('hessianLipschitz', shape)
  checkNonNegative('hessianLipschitz', 'minNorm', minNorm)
  checkNonNegative('hessianLipschitz', 'R', R)
  if (minNorm === 0) return Infinity
  const { m, k } = shape
  const { shared, apart } = lagsOf(m, shape)
  const { C1, C2 } = pairLipschitz
  const own = ((2 * C1 + 6 * C2) * shared) / minNorm
  const cross = (2 * C1 * (k + shared) + (2 / Math.PI) * apart) * (R / minNorm / minNorm)
  return (own + cross) / (k * k)
}

/** The numbers from which a local minimum is certified. */
export interface LocalEvidence {
  readonly loss: number
  readonly gradientNorm: number
  readonly hessian: Matrix
  /**
   * a bound on the Hessian's Lipschitz constant in the ball of that radius; Infinity from
   * `kinkDistance` on
   */
  readonly hessianLipschitz: (radius: number) => number
  /** distance to the only point where the loss is not twice differentiable: 0 */
  readonly kinkDistance: number
}

/**
 * The numbers that a certificate needs at a point of the loss with overlap: value, gradient norm,
 * Hessian, a local Lipschitz constant of the Hessian, and the distance to the non-differentiable
 * origin.
 *
 * @param w - [m], not zero
 * @throws as overlapHessian
 * Cost: as overlapHessian.
 *
 * @example
 * import { localEvidence } from '@nonconvex/gaussian-theory/overlap'
 * console.log(localEvidence([-1, 1], [-1, 1], { k: 2, stride: 1 }).gradientNorm) // → 0
 */
export function localEvidence(w: Vec, wStar: Vec, options: OverlapOptions): LocalEvidence {
  checkPair('localEvidence', 'w', w, 'wStar', wStar)
  const r = norm2(w)
  const R = norm2(wStar)
  const shape = { m: w.length, ...options }
  return {
    loss: overlapLoss(w, wStar, options),
    gradientNorm: norm2(overlapGradient(w, wStar, options)),
    hessian: overlapHessian(w, wStar, options),
    hessianLipschitz: (radius) => (radius < r ? hessianLipschitz(r - radius, R, shape) : Infinity),
    kinkDistance: r,
  }
}

function checkShape(fn: string, shape: OverlapShape): void {
  checkOverlap(fn, shape)
  checkCount(fn, 'm', shape.m)
}
