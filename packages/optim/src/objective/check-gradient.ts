import type { Vec } from '@nonconvex/tensor'
import { checkFiniteVector, checkLength, checkPositive } from '@nonconvex/tensor/check'
import type { Objective } from './objective.js'

/** The result of comparing a gradient with finite differences of the values. */
export interface GradientCheck {
  readonly ok: boolean
  /** largest |gradient[i] − difference[i]| / allowed[i]; ok means <= 1, NaN is not ok */
  readonly excess: number
  /** the entry with the largest excess; `gradient` and `difference` are the values at this entry */
  readonly index: number
  readonly gradient: number
  readonly difference: number
  /** |gradient − difference| at that entry, and what is allowed */
  readonly error: number
  readonly allowed: number
  /** largest |gradient[i] − difference[i]| of all entries */
  readonly maxError: number
}

/** Options of `checkGradient`. */
export interface GradientCheckOptions {
  /**
   * > 0: relative step of the differences, default ∛ε ≈ 6.06e-6; entry i moves by step · max(1,
   * |w[i]|)
   */
  readonly step?: number
  /** > 0: allowed error relative to the largest entry of the gradient, default 1e-6 */
  readonly tolerance?: number
}

const epsilon = Number.EPSILON
/**
 * balances the truncation error h² f‴/6 of a central difference against its rounding error ε|f|/h
 */
const bestStep = Math.cbrt(epsilon)

/**
 * Compares an objective's gradient with central differences of its values:
 *
 *     difference[i] = (f(w + hᵢeᵢ) − f(w − hᵢeᵢ)) / 2hᵢ,   hᵢ = step · max(1, |wᵢ|)
 *     allowed[i] = tolerance · max(‖gradient‖∞, ‖difference‖∞) + rounding[i]
 *     rounding[i] = 8ε(|f(w + hᵢeᵢ)| + |f(w − hᵢeᵢ)|) / 2hᵢ + 2ε max(1, |wᵢ|) |∂ᵢ²f|
 *
 * The rounding term covers values and points, so that a vanishing gradient passes, too. Do not
 * check at a non-differentiable point.
 *
 * @param w - [d], finite
 * @throws ShapeError if w or the gradient has not length d; ArgumentError if w or an option is out of
 *   range
 *
 * Cost: 2d + 1 values and one gradient.
 *
 * @example
 * import { checkGradient, type Objective } from '@nonconvex/optim'
 * const square: Objective = {
 *   d: 1,
 *   value: (w) => w[0] ** 2,
 *   gradient: (w) => Float64Array.of(3 * w[0]),
 * }
 * const { ok, index, gradient } = checkGradient(square, [3])
 * console.log(ok, index, gradient) // → false 0 9
 */
export function checkGradient(
  objective: Objective,
  w: Vec,
  options: GradientCheckOptions = {},
): GradientCheck {
  const fn = 'checkGradient'
  const step = checkPositive(fn, 'step', options.step ?? bestStep)
  const tolerance = checkPositive(fn, 'tolerance', options.tolerance ?? 1e-6)
  checkLength(fn, 'w', w, objective.d, 'd')
  checkFiniteVector(fn, 'w', w)
  const gradient = objective.gradient(w)
  checkLength(fn, 'the gradient', gradient, objective.d, 'd')

  const here = objective.value(w)
  const moved = Float64Array.from(w)
  const differences = new Float64Array(objective.d)
  const rounding = new Float64Array(objective.d)
  for (let i = 0; i < objective.d; i++) {
    const size = Math.max(1, Math.abs(w[i]))
    const [up, down] = [w[i] + step * size, w[i] - step * size]
    moved[i] = up
    const above = objective.value(moved)
    moved[i] = down
    const below = objective.value(moved)
    moved[i] = w[i]
    // the step as it was really taken, after rounding
    differences[i] = (above - below) / (up - down)
    const curvature = Math.abs(above - 2 * here + below) / (step * size) ** 2
    rounding[i] =
      (8 * epsilon * (Math.abs(above) + Math.abs(below))) / (up - down) +
      2 * epsilon * size * curvature
  }
  return compare(gradient, differences, rounding, tolerance)
}

/**
 * Finds the entry at which two vectors that should agree differ most, for `checkGradient` and
 * `checkHessian`.
 */
export function compare(
  gradient: Float64Array,
  differences: Float64Array,
  rounding: Float64Array,
  tolerance: number,
): GradientCheck {
  let scale = 0
  for (let i = 0; i < gradient.length; i++)
    scale = Math.max(scale, Math.abs(gradient[i]), Math.abs(differences[i]))
  let [index, excess, maxError] = [0, 0, 0]
  for (let i = 0; i < gradient.length; i++) {
    const error = Math.abs(gradient[i] - differences[i])
    const allowed = tolerance * scale + rounding[i]
    // 0 / 0 of a zero function is no error; any other NaN is the worst there is, and stays
    const here = error === 0 ? 0 : error / allowed
    if (here > excess || (Number.isNaN(here) && !Number.isNaN(excess))) [index, excess] = [i, here]
    maxError = Math.max(maxError, error)
  }
  const error = Math.abs(gradient[index] - differences[index])
  return {
    ok: excess <= 1,
    excess,
    index,
    gradient: gradient[index],
    difference: differences[index],
    error,
    allowed: tolerance * scale + rounding[index],
    maxError,
  }
}
