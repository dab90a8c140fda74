import { checkLength, positive, type Objective } from '../objective/objective.js'
import {
  exactGradient,
  moved,
  startOf,
  residualOf,
  type Optimiser,
  type OptimiserState,
} from './optimiser.js'

export interface ProjectedGradientState extends OptimiserState {
  /** P(w − η∇f(w)), where the next step goes */
  readonly next: Float64Array
}

/**
 * Gradient descent on a closed set, given by its projection P:
 *
 *     w⁺ = P(w − η ∇f(w))
 *
 * The start is projected first. The residual is the norm of the gradient mapping, ‖w − w⁺‖/η: 0
 * exactly where w is a fixed point, for a convex set a point that satisfies the first-order
 * conditions.
 *
 * @param eta - η > 0; 1/L is safe for a convex set and an L-Lipschitz gradient
 * @param project - the nearest point of the set, [d] → [d]; it must return a new array, or its
 *   argument
 * @throws RangeError if eta is not positive and finite
 *
 * Cost: one gradient and one projection a step. Source: Goldstein (1964); Nesterov (2018), 2.2.4.
 *
 * @example
 * import { projectedGradient, type Objective } from '@nonconvex/optim'
 * const square: Objective = {
 *   d: 1,
 *   value: (w) => w[0] ** 2,
 *   gradient: (w) => Float64Array.of(2 * w[0]),
 * }
 * const project = (w: Float64Array) => w.map((x) => Math.max(x, 0.7))
 * const optimiser = projectedGradient(square, { eta: 0.25, project })
 * console.log(optimiser.step(optimiser.init([1])).w[0]) // → 0.7
 */
export function projectedGradient(
  objective: Objective,
  options: { readonly eta: number; readonly project: (w: Float64Array) => Float64Array },
): Optimiser<ProjectedGradientState> {
  const eta = positive('projectedGradient', 'eta', options.eta)
  const gradientAt = exactGradient('projectedGradient', objective)
  const project = (w: Float64Array) => {
    const projected = options.project(w)
    checkLength('projectedGradient', 'the projection', projected, objective.d)
    return projected
  }
  const at = (w: Float64Array) => {
    const next = project(moved(w, -eta, gradientAt(w, 1)))
    return { w, next, residual: residualOf(moved(w, -1, next)) / eta }
  }
  return {
    name: 'projected gradient',
    init: (w0) => at(project(startOf('projectedGradient', objective.d, w0))),
    step: ({ next }) => at(next),
  }
}
