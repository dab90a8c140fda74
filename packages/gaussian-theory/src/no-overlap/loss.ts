import type { Vec } from '@nonconvex/tensor'
import { coefficients } from './coefficients.js'
import { checkPair, pairFrame } from '../integral/pair-frame.js'
import { sMinusTCos } from '../integral/s-minus-t-cos.js'
import { checkListed, checkNotZero } from '@nonconvex/tensor/check'

/**
 * Population loss of one ReLU filter averaged over k patches that share no coordinate.
 *
 *     ℓ(w) = E (f(x; w) − f(x; w*))²,   f(x; w) = (1/k) Σ_i relu(w·x[i]),   x ~ N(0, I)
 *          = (1/k²) [ γ‖w‖² − 2k g(w, w*) − 2β‖w‖‖w*‖ + γ‖w*‖² ]                    'slide'
 *          = a ( ½‖w − w*‖² − r R s̃(θ)/π ) + (b/2)(r − R)²                          'stable'
 *
 * with r = ‖w‖, R = ‖w*‖ and θ the angle between w and w*. The loss is not halved; the constant
 * γ‖w*‖²/k², which the slide omits, is included, so ℓ(w*) = 0. Stride s > m gives the same loss.
 *
 * @param w - [m], finite; zero is allowed
 * @param wStar - [m], the teacher; zero is allowed (then ℓ = c r²/2)
 * @param k - number of patches, integer ≥ 1
 * @param form - 'stable' (default) keeps relative accuracy towards w*; 'slide' is the talk's sum,
 *   accurate to 1e-15 (r² + R²) absolute, for comparison
 * @returns number ≥ 0
 * @throws ShapeError if the lengths differ; RangeError for NaN, infinities, empty vectors, other k
 *
 * Accuracy: 'stable' a few ulp of the largest term; 16 digits at ‖w − w*‖ = 1e-8 R. Norms up to
 * 1e150. Cost: O(m) for every k. Source: the talk, "Gaussian Inputs"; Brutzkus & Globerson (2017).
 * The stable form is ours.
 *
 * @example
 * import { noOverlapLoss } from '@nonconvex/gaussian-theory'
 * console.log(noOverlapLoss([0, 0], [1, 0], 1)) // → 0.5
 */
export function noOverlapLoss(
  w: Vec,
  wStar: Vec,
  k: number,
  form: 'stable' | 'slide' = 'stable',
): number {
  checkPair('noOverlapLoss', 'w', w, 'wStar', wStar)
  checkListed('noOverlapLoss', 'form', form, ['stable', 'slide'])
  const { a, b, c, beta, gamma } = coefficients(k)
  const { uNorm: r, vNorm: R, theta, phi } = pairFrame(w, wStar)
  if (r === 0 || R === 0) return (c / 2) * (r * r + R * R)
  if (form === 'slide') {
    const g = (r * R * sMinusTCos(phi)) / (2 * Math.PI)
    return (gamma * r * r - 2 * k * g - 2 * beta * r * R + gamma * R * R) / (k * k)
  }
  const { square, excess } = difference(w, wStar, r, R)
  return a * (square / 2 - (r * R * sMinusTCos(theta)) / Math.PI) + (b / 2) * excess * excess
}

/**
 * Gradient of {@link noOverlapLoss}.
 *
 *     ∇ℓ(w) = a ( w − w* − (R sin θ ŵ − θ w*)/π ) + b (r − R) ŵ
 *           = c w − (bR + aR sin θ/π) ŵ − a(1 − θ/π) w*
 *
 * @param w - [m], not zero unless w* is: the loss is not differentiable there
 * @param wStar - [m], the teacher
 * @param k - number of patches, integer ≥ 1
 * @returns [m]
 * @throws RangeError at w = 0 (w* ≠ 0); otherwise as noOverlapLoss
 *
 * Accuracy: relative 1e-15 towards w*; elsewhere 1e-15 c (r + R) an entry.
 * Cost: O(m).
 * Source: Brutzkus & Globerson (2017); this form is ours.
 *
 * @example
 * import { noOverlapGradient } from '@nonconvex/gaussian-theory'
 * console.log(noOverlapGradient([1, 0], [1, 0], 3).join()) // → 0,0
 */
export function noOverlapGradient(w: Vec, wStar: Vec, k: number): Float64Array {
  checkPair('noOverlapGradient', 'w', w, 'wStar', wStar)
  const { a, b, c } = coefficients(k)
  const { uNorm: r, vNorm: R, uHat, theta, sin } = pairFrame(w, wStar)
  const out = new Float64Array(w.length)
  if (R === 0) {
    for (let i = 0; i < out.length; i++) out[i] = c * w[i]
    return out
  }
  checkNotZero('noOverlapGradient', 'w', w, 'not differentiable there')
  const { excess } = difference(w, wStar, r, R)
  for (let i = 0; i < out.length; i++) {
    const bent = (R * sin * uHat[i] - theta * wStar[i]) / Math.PI
    out[i] = a * (w[i] - wStar[i] - bent) + b * excess * uHat[i]
  }
  return out
}

/**
 * The numbers ‖w − w*‖² and r − R, the latter as (w − w*)·(w + w*)/(r + R), which has no
 * cancellation near w*.
 */
function difference(w: Vec, wStar: Vec, r: number, R: number): { square: number; excess: number } {
  // divided by r + R before the products, so that norms of 1e150 do not overflow
  const scale = r + R
  let square = 0
  let along = 0
  for (let i = 0; i < w.length; i++) {
    const d = (w[i] - wStar[i]) / scale
    square += d * d
    along += d * ((w[i] + wStar[i]) / scale)
  }
  return { square: square * scale * scale, excess: along * scale }
}
