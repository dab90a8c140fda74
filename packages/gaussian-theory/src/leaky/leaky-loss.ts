import type { Matrix, Vec } from '@nonconvex/tensor'
import { coefficients } from '../no-overlap/coefficients.js'
import { noOverlapGradient, noOverlapLoss } from '../no-overlap/loss.js'
import { noOverlapHessian } from '../no-overlap/hessian.js'
import { oneSidedDerivative } from '../no-overlap/ray.js'
import type { OverlapOptions } from '../overlap/lags.js'
import { checkBetween } from '@nonconvex/tensor/check'

/** Throws unless the slope is in [−1, 1]. */
export function checkSlope(fn: string, slope: number): void {
  checkBetween(fn, 'slope', slope, -1, 1)
}

/**
 * Population loss of the network without overlap with a leaky ReLU, σ(z) = max(z, λz).
 *
 *     ℓ_λ(w) = (1−λ)² ℓ(w) + (λ/k) ‖w − w*‖²
 *
 * because σ(z) = (1−λ) relu(z) + λz. λ = 0 is ReLU, λ = 1 linear, λ = −1 the absolute value (then
 * ℓ(−w*) = 0).
 *
 * @param w - [m], finite; zero is allowed
 * @param wStar - [m], the teacher
 * @param k - number of patches, integer ≥ 1
 * @param slope - λ in [−1, 1]
 * @returns number ≥ 0 (up to rounding for λ < 0)
 * @throws ShapeError, RangeError as noOverlapLoss; RangeError for another slope
 * Accuracy: relative 1e-15 for λ ≥ 0. Cost: O(m). Source: ours.
 *
 * @example
 * import { leakyLoss } from '@nonconvex/gaussian-theory/leaky'
 * // linear, ‖w − w*‖²/k
 * console.log(leakyLoss([0, 1], [1, 0], 4, 1)) // → 0.5
 */
export function leakyLoss(w: Vec, wStar: Vec, k: number, slope: number): number {
  checkSlope('leakyLoss', slope)
  let square = 0
  for (let t = 0; t < w.length; t++) square += (w[t] - wStar[t]) ** 2
  return (1 - slope) ** 2 * noOverlapLoss(w, wStar, k) + (slope / k) * square
}

/**
 * Gradient of {@link leakyLoss}: (1−λ)² ∇ℓ(w) + (2λ/k)(w − w*).
 *
 * @param w - [m], not zero unless w* is or λ = 1
 * @returns [m]
 * @throws RangeError at w = 0 otherwise; as leakyLoss
 * Cost: O(m).
 *
 * @example
 * import { leakyGradient } from '@nonconvex/gaussian-theory/leaky'
 * console.log(leakyGradient([1, 0], [1, 0], 3, 0.1)) // → Float64Array(2) [ 0, 0 ]
 */
export function leakyGradient(w: Vec, wStar: Vec, k: number, slope: number): Float64Array {
  checkSlope('leakyGradient', slope)
  // at λ = 1 the kink at 0 is gone
  const out = slope === 1 ? new Float64Array(w.length) : noOverlapGradient(w, wStar, k)
  if (slope === 1) noOverlapLoss(w, wStar, k) // checks
  for (let t = 0; t < out.length; t++)
    out[t] = (1 - slope) ** 2 * out[t] + ((2 * slope) / k) * (w[t] - wStar[t])
  return out
}

/**
 * Hessian of {@link leakyLoss}: (1−λ)² ∇²ℓ(w) + (2λ/k) I.
 *
 * @param w - [m], not zero
 * @returns m × m, symmetric
 * @throws RangeError at w = 0; as leakyLoss
 * Cost: O(m²).
 *
 * @example
 * import { leakyHessian } from '@nonconvex/gaussian-theory/leaky'
 * console.log(leakyHessian([1, 0], [1, 0], 2, 1).data) // → Float64Array(4) [ 1, 0, 0, 1 ]
 */
export function leakyHessian(w: Vec, wStar: Vec, k: number, slope: number): Matrix {
  checkSlope('leakyHessian', slope)
  const { rows, cols, data } = noOverlapHessian(w, wStar, k)
  const out = data.map((x) => (1 - slope) ** 2 * x)
  for (let i = 0; i < rows; i++) out[i * cols + i] += (2 * slope) / k
  return { rows, cols, data: out }
}

/**
 * The largest curvature of {@link leakyLoss}: c_λ = (1−λ)² c + 2λ/k, so 1/c_λ is the natural step
 * size.
 *
 * @throws RangeError for k that is no integer ≥ 1, or another slope
 *
 * @example
 * import { leakySmoothness } from '@nonconvex/gaussian-theory/leaky'
 * console.log(leakySmoothness(4, 1)) // → 0.5
 */
export function leakySmoothness(k: number, slope: number): number {
  checkSlope('leakySmoothness', slope)
  return (1 - slope) ** 2 * coefficients(k).c + (2 * slope) / k
}

/**
 * The one-sided derivative of {@link leakyLoss} at the origin in direction e:
 *
 *     D_λ(e) = (1−λ)² D(e) − (2λ/k) e·w*
 *
 * Opposite to the teacher it is R(2λ/k − (1−λ)² b): from the threshold λ*(k) on it is not negative,
 * and the origin is no local maximum.
 *
 * @param e - [m], finite direction
 * @throws as oneSidedDerivative; RangeError for another slope
 *
 * @example
 * import { leakyOneSided } from '@nonconvex/gaussian-theory/leaky'
 * console.log(leakyOneSided([-1, 0], [1, 0], 2, 1)) // → 1
 */
export function leakyOneSided(e: Vec, wStar: Vec, k: number, slope: number): number {
  checkSlope('leakyOneSided', slope)
  let along = 0
  for (let t = 0; t < e.length; t++) along += e[t] * wStar[t]
  return (1 - slope) ** 2 * oneSidedDerivative(e, wStar, k) - ((2 * slope) / k) * along
}

/**
 * A bound on the curvature with leaky ReLU, from that of the ReLU loss:
 *
 *     (1 − λ)² L + 2λ κ,   κ = min(k, ⌈m/stride⌉)/k, which is 1/k without overlap
 *
 * The linear part of the loss is λ‖Σ_i P_iᵀ(w − w*)‖²/k², and no coordinate lies in more than
 * ⌈m/stride⌉ patches, so ‖Σ_i P_iᵀ v‖² ≤ min(k, ⌈m/stride⌉) k ‖v‖².
 */
export function leakyCurvature(
  relu: number,
  { k, stride }: OverlapOptions,
  m: number,
  slope: number,
): number {
  const patches = Math.min(k, Math.ceil(m / stride))
  return (1 - slope) ** 2 * relu + (2 * slope * patches) / k
}
