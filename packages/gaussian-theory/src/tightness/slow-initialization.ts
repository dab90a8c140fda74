import { argumentError, checkPositive } from '@nonconvex/tensor/check'
import { stepsUntil, type Polar } from '../descent/step.js'
import { coefficients } from '../no-overlap/coefficients.js'
import { rayMinimizer } from '../no-overlap/ray.js'

/** The gradient at the start is above ε by this factor, so that the first step is needed. */
const ABOVE = 1 + 1e-9

/**
 * The initialization next to the degenerate saddle at which the gradient norm is just above ε: on
 * the ray at angle φ₀ to −w*, at the minimum of the loss on this ray,
 *
 *     r = ρ(π − φ₀),   a φ₀ sin φ₀/π = ε(1 + 1e-9),
 *
 * for a teacher of norm 1. There the gradient is tangential and grows at first, so gradient descent
 * passes the saddle before its gradient is ε: after about (k − 1)√(a/(πε)) steps.
 *
 * @param k - number of patches, integer ≥ 2
 * @param eps - gradient norm ε, in (0, a/5]
 * @returns norm r, angle θ to the teacher, φ₀ = π − θ
 * @throws RangeError for values outside these ranges
 * Accuracy: relative 1e-15. Cost: O(1). Source: ours.
 *
 * @example
 * import { slowInitialization } from '@nonconvex/gaussian-theory/tightness'
 * console.log(slowInitialization(5, 1e-4).phi.toFixed(5)) // → 0.03964
 */
export function slowInitialization(k: number, eps: number): Required<Polar> {
  const { a } = coefficients(k)
  checkPositive('slowInitialization', 'eps', eps)
  if (k < 2) throw argumentError('out-of-range', 'slowInitialization', 'k', 'to be at least 2', k)
  if (eps > a / 5)
    throw argumentError('out-of-range', 'slowInitialization', 'eps', `at most a/5 = ${a / 5}`, eps)
  const wanted = (Math.PI * eps * ABOVE) / a
  // φ sin φ is φ² at first, and convex below π/2: Newton's method converges from above
  let phi = Math.sqrt(wanted)
  for (let i = 0; i < 20; i++)
    phi -= (phi * Math.sin(phi) - wanted) / (Math.sin(phi) + phi * Math.cos(phi))
  const theta = Math.PI - phi
  return { r: rayMinimizer(theta, 1, k), theta, phi }
}

/**
 * Steps of gradient descent, η = 1/c, until the gradient norm is at most ε, by the recursion of norm
 * and angle; the teacher has norm 1.
 *
 * @param start - norm and angles, as from `slowInitialization`
 * @param k - number of patches, integer ≥ 1
 * @param eps - gradient norm, > 0
 * @param maxSteps - step budget; 10⁷ by default
 * @returns the first t with ‖∇ℓ(w_t)‖ ≤ ε, or undefined after maxSteps
 * @throws RangeError for values out of range
 * Cost: O(1) a step. Source: ours.
 *
 * @example
 * import { slowInitialization, stepsToStationary } from '@nonconvex/gaussian-theory/tightness'
 * console.log(stepsToStationary(slowInitialization(5, 1e-6), 5, 1e-6)) // → 1039
 */
export function stepsToStationary(
  start: Required<Polar>,
  k: number,
  eps: number,
  maxSteps = 10_000_000,
): number | undefined {
  checkPositive('stepsToStationary', 'eps', eps)
  const { a, c } = coefficients(k)
  const stationary = ({ r, theta, phi }: Required<Polar>): boolean => {
    const radial = c * (r - rayMinimizer(theta, 1, k))
    const tangential = a * (phi / Math.PI) * Math.sin(Math.min(theta, phi))
    return Math.hypot(radial, tangential) <= eps
  }
  return stepsUntil(start, k, stationary, { maxSteps })
}
