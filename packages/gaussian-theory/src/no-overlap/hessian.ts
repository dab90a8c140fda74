import type { Matrix, Vec } from '@nonconvex/tensor'
import { coefficients } from './coefficients.js'
import { checkPair, pairFrame, sideways, type PairFrame } from '../integral/pair-frame.js'
import { argumentError } from '@nonconvex/tensor/check'

/**
 * The eigenvalues of the Hessian by their directions; those that require a larger dimension m are
 * undefined.
 */
export interface NoOverlapEigenvalues {
  /** along w: always c, the largest */
  readonly radial: number
  /** in the plane of w and w*, orthogonal to w; undefined for m = 1 */
  readonly inPlane: number | undefined
  /** orthogonal to both; undefined for m ≤ 2 */
  readonly transverse: number | undefined
  readonly transverseMultiplicity: number
}

/**
 * Hessian of the no-overlap loss.
 *
 *     ∇²ℓ(w) = c I − (bR/r) P − q (P + nnᵀ),   P = I − ŵŵᵀ,   q = aR sin θ/(πr)
 *
 * n is the unit vector orthogonal to w on the side of w* (0 where they are parallel).
 *
 * @param w - [m], not zero
 * @param wStar - [m], the teacher; zero gives c I
 * @param k - number of patches, integer ≥ 1
 * @returns m × m, symmetric
 * @throws RangeError at w = 0; otherwise as noOverlapLoss
 *
 * Accuracy: entries to 1e-15 c (1 + R/r).
 * Cost: O(m²).
 * Source: ours, by differentiation; equal to central differences of the gradient.
 *
 * @example
 * import { noOverlapHessian } from '@nonconvex/gaussian-theory'
 * // c along w*, a across
 * const { data } = noOverlapHessian([1, 0], [1, 0], 2)
 * console.log(data[0].toFixed(3), data[3]) // → 0.659 0.5
 */
export function noOverlapHessian(w: Vec, wStar: Vec, k: number): Matrix {
  checkPair('noOverlapHessian', 'w', w, 'wStar', wStar)
  const frame = pairFrame(w, wStar)
  const { c, norms, q } = curvatures('noOverlapHessian', frame, k)
  const { uHat, vHat } = frame
  const n = sideways(uHat, vHat, frame)
  const m = w.length
  const data = new Float64Array(m * m)
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) {
      const identity = i === j ? 1 : 0
      const p = identity - uHat[i] * uHat[j]
      data[i * m + j] = c * identity - norms * p - q * (p + n[i] * n[j])
    }
  return { rows: m, cols: m, data }
}

/**
 * Eigenvalues of {@link noOverlapHessian}, in closed form.
 *
 *     radial c,   in-plane c − bR/r − 2q,   transverse c − bR/r − q  (m − 2 times)
 *
 * So the largest eigenvalue is c everywhere.
 *
 * @param w - [m], not zero
 * @param wStar - [m], the teacher
 * @param k - number of patches, integer ≥ 1
 * @throws as noOverlapHessian
 * Accuracy: 1e-15 c (1 + R/r).
 * Cost: O(m).
 * Source: ours.
 *
 * @example
 * import { noOverlapEigenvalues } from '@nonconvex/gaussian-theory'
 * console.log(noOverlapEigenvalues([1, 0, 0], [1, 0, 0], 2).transverse) // → 0.5
 */
export function noOverlapEigenvalues(w: Vec, wStar: Vec, k: number): NoOverlapEigenvalues {
  checkPair('noOverlapEigenvalues', 'w', w, 'wStar', wStar)
  const m = w.length
  const { c, norms, q } = curvatures('noOverlapEigenvalues', pairFrame(w, wStar), k)
  return {
    radial: c,
    inPlane: m >= 2 ? c - norms - 2 * q : undefined,
    transverse: m >= 3 ? c - norms - q : undefined,
    transverseMultiplicity: Math.max(0, m - 2),
  }
}

/** The numbers c, bR/r and q of the formula. */
function curvatures(
  fn: string,
  frame: PairFrame,
  k: number,
): { c: number; norms: number; q: number } {
  const { a, b, c } = coefficients(k)
  const { uNorm: r, vNorm: R, sin } = frame
  if (r === 0)
    throw argumentError(
      'zero-vector',
      fn,
      'w',
      'not to be zero (not differentiable there)',
      'the zero vector',
    )
  return { c, norms: (b * R) / r, q: R === 0 ? 0 : (a * R * sin) / (Math.PI * r) }
}

/** The closed-form eigenvalues in ascending order, for comparison with an eigenvalue solver. */
export function sortedEigenvalues(e: NoOverlapEigenvalues): number[] {
  const list = [e.radial]
  if (e.inPlane !== undefined) list.push(e.inPlane)
  for (let i = 0; i < e.transverseMultiplicity; i++) list.push(e.transverse ?? NaN)
  return list.sort((x, y) => x - y)
}
