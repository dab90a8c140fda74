import type { Vec } from '@nonconvex/tensor'
import { coefficients } from '../no-overlap/coefficients.js'
import { noOverlapGradient } from '../no-overlap/loss.js'
import { checkAngle, kappa } from '../no-overlap/ray.js'
import { checkPositive, checkNonNegative } from '@nonconvex/tensor/check'

/**
 * The position of w relative to the teacher in polar coordinates, which determines gradient
 * descent.
 */
export interface Polar {
  /** ‖w‖ */
  readonly r: number
  /** angle between w and w*, in [0, π] */
  readonly theta: number
  /** π − theta, where known more accurately than by subtraction; maintained by reducedStep */
  readonly phi?: number
}

/** The given step size, or 1/c if none is given. Throws unless it is positive and finite. */
export function stepSize(fn: string, eta: number | undefined, k: number): number {
  return checkPositive(fn, 'eta', eta ?? 1 / coefficients(k).c)
}

/**
 * One step of gradient descent on the no-overlap loss.
 *
 *     w⁺ = w − η ∇ℓ(w)
 *
 * @param w - [m], not zero
 * @param wStar - [m], the teacher
 * @param k - number of patches, integer ≥ 1
 * @param eta - step size > 0; 1/c by default, the largest that the theory covers
 * @returns [m], new
 * @throws as noOverlapGradient; RangeError for another eta
 * Cost: O(m).
 *
 * @example
 * import { gdStep } from '@nonconvex/gaussian-theory/descent'
 * // on the teacher's ray one step arrives
 * console.log(Array.from(gdStep([2, 0], [1, 0], 5), (x) => x.toFixed(9)).join()) // → 1.000000000,0.000000000
 */
export function gdStep(w: Vec, wStar: Vec, k: number, eta?: number): Float64Array {
  const size = stepSize('gdStep', eta, k)
  return descend(w, noOverlapGradient(w, wStar, k), size)
}

/** The vector w − η g, as a new array. */
export function descend(w: Vec, gradient: Vec, eta: number): Float64Array {
  const out = new Float64Array(w.length)
  for (let i = 0; i < out.length; i++) out[i] = w[i] - eta * gradient[i]
  return out
}

/**
 * One step of gradient descent as a closed recursion in the norm r and the angle θ, in every
 * dimension:
 *
 *     r' = (1 − ηc) r + ηc ρ(θ),   τ = η a R (1 − θ/π) sin θ
 *     r⁺ = √(r'² + τ²),   θ⁺ = θ − atan2(τ, r')
 *
 * @param at - r > 0, theta in [0, π], phi = π − theta if known separately
 * @param R - norm of the teacher, ≥ 0
 * @param k - number of patches, integer ≥ 1
 * @param eta - step size in (0, 1/c]; 1/c by default
 * @returns r, theta and phi of w⁺
 * @throws RangeError for values outside these ranges
 *
 * Accuracy: exact up to rounding. Rounding errors of the initialization grow like (φ_t/φ₀)².
 * Cost: O(1).
 * Source: ours.
 *
 * @example
 * import { reducedStep } from '@nonconvex/gaussian-theory/descent'
 * console.log(reducedStep({ r: 1, theta: Math.PI / 2 }, 1, 1).theta.toFixed(4)) // → 0.5669
 */
export function reducedStep(at: Polar, R: number, k: number, eta?: number): Required<Polar> {
  const { r, theta, phi = Math.PI - theta } = at
  checkNonNegative('reducedStep', 'r', r)
  checkNonNegative('reducedStep', 'R', R)
  checkAngle('reducedStep', 'theta', theta)
  checkAngle('reducedStep', 'phi', phi)
  const size = stepSize('reducedStep', eta, k)
  const { a, c } = coefficients(k)
  const rho = R * (1 - (a / c) * kappa(theta))
  const ahead = (1 - size * c) * r + size * c * rho
  const across = size * a * R * (phi / Math.PI) * Math.sin(Math.min(theta, phi))
  const turn = Math.atan2(across, ahead)
  return {
    r: Math.hypot(ahead, across),
    theta: Math.max(0, theta - turn),
    phi: Math.min(Math.PI, phi + turn),
  }
}

/**
 * The number of steps of `reducedStep` until a condition is met, for a teacher of norm 1.
 *
 * @param start - norm and angles at step 0
 * @param k - number of patches, integer ≥ 1
 * @param met - the condition, asked at every step, the first at step 0
 * @param options - maxSteps; eta, 1/c by default
 * @returns the first step at which it is met, or undefined if it is not within maxSteps
 * @throws RangeError as reducedStep
 * Cost: O(1) a step. Source: ours.
 *
 * @example
 * import { stepsUntil } from '@nonconvex/gaussian-theory/descent'
 * const start = { r: 1, theta: Math.PI - 0.1, phi: 0.1 }
 * console.log(stepsUntil(start, 5, ({ phi }) => phi >= Math.PI / 2, { maxSteps: 1000 })) // → 42
 */
export function stepsUntil(
  start: Required<Polar>,
  k: number,
  met: (at: Required<Polar>) => boolean,
  { maxSteps, eta }: { readonly maxSteps: number; readonly eta?: number },
): number | undefined {
  let at = start
  for (let t = 0; t <= maxSteps; t++) {
    if (met(at)) return t
    at = reducedStep(at, 1, k, eta)
  }
  return undefined
}
