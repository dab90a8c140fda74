import { norm2, type Vec } from '@nonconvex/tensor'
import type { CertifiableObjective, ErrorBudget } from '@nonconvex/optim/certify'
import { checkPair, direction } from '../integral/pair-frame.js'
import { checkOverlap, lagsOf, type OverlapOptions } from './lags.js'
import { overlapHessian } from './overlap-hessian.js'
import { overlapObjective } from './overlap-loss.js'
import { ShiftedPair } from './shifted-pair.js'
import { hessianLipschitz } from './smoothness.js'

const U = 2 ** -53

/**
 * The loss with overlap as an objective for `certify`: value, gradient, Hessian, the Lipschitz
 * constant of the Hessian on a ball, the distance to the non-differentiable origin, and bounds on
 * the rounding errors.
 *
 *     Λ(w, ρ) = hessianLipschitz(‖w‖ − ρ),   kink at distance ‖w‖
 *     error of ℓ ≤ (6m + 40) u (r + R)²,   of ∇ℓ ≤ (10m + 60) u (r + R),   u = 2⁻⁵³
 *     error of ∇²ℓ ≤ (20m + 120) u (1 + R/r) + (1 + R/r) max_D δ²/sin_D,   δ = (9m + 60) u
 *
 * Derivation. Unit vectors have relative error (m/2 + 3)u; the two lengths from which an angle
 * comes then have an absolute error of (3m + 10)u, so angle, sine and cosine have a = (5m + 30)u. A
 * function h = sin + φ cos is good to 6a, and the weights μ_D add up to k²: that gives the loss. In
 * the gradient each lag has sin · ŵ and φ · S_D w, in the Hessian also vvᵀ/sin with ‖v‖ ≤ 2 sin and
 * v good to δ/2, whence the last term, which counts where a shifted filter is almost parallel to
 * the teacher. What summation adds is 2m + 10 units.
 *
 * @param wStar - [m], the teacher, finite; copied
 * @param options - k ≥ 1 patches, stride ≥ 1
 * @throws as overlapLoss
 * Cost: as overlapHessian. Source: ours; compared with interval arithmetic in the tests.
 *
 * @example
 * import { overlapCertifiable, spuriousMinimum } from '@nonconvex/gaussian-theory/overlap'
 * import { certify } from '@nonconvex/optim/certify'
 * const { t0 } = spuriousMinimum(5)
 * console.log(certify(overlapCertifiable([-1, 1], { k: 5, stride: 1 }), [t0, -t0]).status) // → certified
 */
export function overlapCertifiable(
  wStar: Vec,
  options: OverlapOptions,
): Required<Omit<CertifiableObjective, 'radiusLimit' | 'hessianTimes'>> {
  checkPair('overlapCertifiable', 'wStar', wStar, 'wStar', wStar)
  checkOverlap('overlapCertifiable', options)
  const teacher = Float64Array.from(wStar)
  const m = teacher.length
  // rounded upwards and downwards
  const wide = 1 + (m + 8) * U
  const R = norm2(teacher) * wide
  const least = (w: Vec): number => norm2(w) / wide
  const { d, value, gradient } = overlapObjective(teacher, options)
  return {
    d,
    value,
    gradient,
    hessian: (w) => overlapHessian(w, teacher, options),
    hessianLipschitz(w, radius) {
      const rest = (least(w) - radius) / wide
      return rest > 0 ? hessianLipschitz(rest, R, { m, ...options }) * wide : Infinity
    },
    kinkDistance: least,
    errorBudget: (w) => budgetAt(w, teacher, options),
  }
}

/** The error budget that is derived in the docstring above. */
function budgetAt(w: Vec, teacher: Float64Array, options: OverlapOptions): ErrorBudget {
  const m = teacher.length
  const r = norm2(w)
  const R = norm2(teacher)
  const ratio = r === 0 ? Infinity : 1 + R / r
  const delta = (9 * m + 60) * U
  const steepest = r === 0 ? 0 : (delta * delta) / smallestSine(w, teacher, options)
  return {
    value: (6 * m + 40) * U * (r + R) * (r + R),
    gradient: (10 * m + 60) * U * (r + R),
    hessian: ratio * ((20 * m + 120) * U + steepest),
  }
}

/**
 * The smallest sine by which the Hessian divides; ∞ if there is none, since sines computed as 0 are
 * skipped.
 */
function smallestSine(w: Vec, teacher: Float64Array, options: OverlapOptions): number {
  const { near } = lagsOf(teacher.length, options)
  const uHat = direction(Float64Array.from(w), norm2(w))
  const R = norm2(teacher)
  const vHat = direction(teacher, R)
  const pair = new ShiftedPair()
  let least = Infinity
  const look = (v: Float64Array, D: number): void => {
    pair.set(uHat, v, D * options.stride)
    if (pair.sin > 0) least = Math.min(least, pair.sin)
  }
  for (let D = 1; D <= near; D++) look(uHat, D)
  for (let D = -near; R > 0 && D <= near; D++) look(vHat, D)
  return least
}
