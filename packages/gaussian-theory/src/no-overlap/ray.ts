import { coefficients } from './coefficients.js'
import { sMinusTCos } from '../integral/s-minus-t-cos.js'
import type { Vec } from '@nonconvex/tensor'
import { checkPair, pairFrame } from '../integral/pair-frame.js'
import { checkBetween, checkNonNegative } from '@nonconvex/tensor/check'

/** Throws unless the angle is in [0, π]. */
export function checkAngle(fn: string, name: string, value: number): void {
  checkBetween(fn, name, value, 0, Math.PI, '[0, π]')
}

/**
 * The function κ(θ) = 1 − h(θ)/π = 2 sin²(θ/2) − s̃(θ)/π, computed without cancellation; it
 * increases from 0 at θ = 0 to 1 at θ = π.
 */
export function kappa(theta: number): number {
  const half = Math.sin(theta / 2)
  return 2 * half * half - sMinusTCos(theta) / Math.PI
}

/**
 * The radius that minimizes the loss on the ray at angle θ to the teacher, where the loss is a
 * parabola in r:
 *
 *     ρ(θ) = R (b + a h(θ)/π)/c = R (1 − (a/c) κ(θ)),   from R at θ = 0 down to αR at θ = π
 *     ℓ(r, θ) = (c/2)(r − ρ(θ))² + ℓ_ray(θ)
 *
 * @param theta - angle to the teacher, in [0, π]
 * @param R - norm of the teacher, ≥ 0
 * @param k - number of patches, integer ≥ 1
 * @returns number in [αR, R]
 * @throws RangeError for values outside these ranges
 * Accuracy: 4 ulp of R. Cost: O(1). Source: ours.
 *
 * @example
 * import { rayMinimizer } from '@nonconvex/gaussian-theory'
 * console.log(rayMinimizer(0, 1, 5)) // → 1
 */
export function rayMinimizer(theta: number, R: number, k: number): number {
  checkAngle('rayMinimiser', 'theta', theta)
  checkNonNegative('rayMinimiser', 'R', R)
  const { a, c } = coefficients(k)
  return R * (1 - (a / c) * kappa(theta))
}

/**
 * The minimum of the loss on the ray at angle θ to the teacher:
 *
 *     ℓ_ray(θ) = (c/2)(R² − ρ(θ)²) = (aR²/2c) κ (2b + a(2 − κ)),   increasing in θ from 0
 *
 * @param theta - angle to the teacher, in [0, π]
 * @param R - norm of the teacher, ≥ 0
 * @param k - number of patches, integer ≥ 1
 * @returns number ≥ 0
 * @throws RangeError for values outside these ranges
 * Accuracy: relative 1e-15, also for θ → 0. Cost: O(1). Source: ours.
 *
 * @example
 * import { rayLoss } from '@nonconvex/gaussian-theory'
 * // for k = 1 the best radius opposite to the teacher is 0
 * console.log(rayLoss(Math.PI, 1, 1)) // → 0.5
 */
export function rayLoss(theta: number, R: number, k: number): number {
  checkAngle('rayLoss', 'theta', theta)
  checkNonNegative('rayLoss', 'R', R)
  const { a, b, c } = coefficients(k)
  const bend = kappa(theta)
  return ((a * R * R) / (2 * c)) * bend * (2 * b + a * (2 - bend))
}

/**
 * The Polyak–Łojasiewicz constant Q(θ) at angle θ, a lower bound on the squared gradient norm
 * relative to the loss:
 *
 *     ‖∇ℓ(w)‖² ≥ 2 Q(θ) ℓ(w),   Q(θ) = a c ((1 − θ/π) sin θ)² / ( κ (2b + a(2 − κ)) ),   Q(0) = a
 *
 * Q ≤ a ≤ c, and Q falls to 0 like a c φ⁴/(π²(2b + a)) as φ = π − θ → 0.
 *
 * @param theta - angle to the teacher, in [0, π]
 * @param k - number of patches, integer ≥ 1
 * @param phi - π − θ where it is known more accurately than by subtraction (near θ = π)
 * @returns number in [0, a]
 * @throws RangeError for values outside these ranges
 * Accuracy: relative 1e-14. Cost: O(1).
 * Source: ours. That Q decreases was checked on 4000 angles for k up to 1000; it is not proved.
 *
 * @example
 * import { plRatio } from '@nonconvex/gaussian-theory'
 * console.log(plRatio(0, 4)) // → 0.25
 */
export function plRatio(theta: number, k: number, phi: number = Math.PI - theta): number {
  checkAngle('plRatio', 'theta', theta)
  checkAngle('plRatio', 'phi', phi)
  const { a, b, c } = coefficients(k)
  if (theta < 1e-150) return a // κ = θ²/2 would underflow
  const turn = (phi / Math.PI) * Math.sin(Math.min(theta, phi))
  const bend = kappa(theta)
  return Math.min(a, (a * c * turn * turn) / (bend * (2 * b + a * (2 - bend))))
}

/**
 * The one-sided derivative of the no-overlap loss at the origin in direction e:
 *
 *     D(e) = lim_{t↓0} (ℓ(te) − ℓ(0))/t = −R‖e‖ (b + a h(θ_e)/π),   between −cR (e = ŵ*) and −bR (e = −ŵ*)
 *
 * For k ≥ 2 every slope is negative: 0 is a strict local maximum, at which the loss is not
 * differentiable.
 *
 * @param e - [m], finite direction, not necessarily of length 1; zero gives 0
 * @param wStar - [m], the teacher
 * @param k - number of patches, integer ≥ 1
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
