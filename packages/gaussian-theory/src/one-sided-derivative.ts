import type { Vec } from '@nonconvex/tensor'
import { coefficients } from './coefficients.js'
import { checkPair, pairFrame } from './pair-frame.js'
import { sMinusTCos } from './s-minus-t-cos.js'

/**
 * Slope of the no-overlap loss when leaving the origin in direction e.
 *
 *     D(e) = lim_{t↓0} (ℓ(te) − ℓ(0))/t = −R‖e‖ (b + a h(θ_e)/π),   between −cR (e = ŵ*) and −bR (e = −ŵ*)
 *
 * For k ≥ 2 every slope is negative: 0 is a strict local maximum, a cone with its tip up.
 *
 * @param e - [m], finite direction, not necessarily of length 1; zero gives 0
 * @param wStar - [m], the teacher
 * @param k - number of windows, integer ≥ 1
 * @returns number ≤ 0, homogeneous of degree 1 in e and in w*
 * @throws as noOverlapLoss
 * Accuracy: relative 1e-14 for k ≥ 2. Cost: O(m). Source: the talk ("non-differentiable maximum");
 * formula ours.
 *
 * @example
 * import { oneSidedDerivative } from '@nonconvex/gaussian-theory'
 * console.log(oneSidedDerivative([1, 0], [1, 0], 1)) // → -1
 * // for k = 1 there is no slope opposite to the teacher
 * console.log(oneSidedDerivative([-1, 0], [1, 0], 1) === 0) // → true
 */
export function oneSidedDerivative(e: Vec, wStar: Vec, k: number): number {
  checkPair('oneSidedDerivative', 'e', e, 'wStar', wStar)
  const { a, b } = coefficients(k)
  const { uNorm, vNorm, phi } = pairFrame(e, wStar)
  if (uNorm === 0 || vNorm === 0) return 0
  return -vNorm * uNorm * (b + (a * sMinusTCos(phi)) / Math.PI)
}
