import type { Objective } from '../objective/objective.js'
import { checkPositive } from '@nonconvex/tensor/check'
import {
  exactGradient,
  moved,
  residualOf,
  startOf,
  type Optimizer,
  type OptimizerState,
} from './optimizer.js'

export interface GradientDescentState extends OptimizerState {
  /** ∇f(w) */
  readonly gradient: Float64Array
}

/**
 * Gradient descent with a constant step:
 *
 *     w⁺ = w − η ∇f(w)
 *
 * With η <= 1/L, L a Lipschitz constant of the gradient, every step has f(w⁺) <= f(w) −
 * (η/2)‖∇f(w)‖².
 *
 * @param eta - η > 0
 * @throws ArgumentError if eta is not positive and finite
 *
 * Cost: one gradient a step. Source: Cauchy (1847); Nesterov (2018), Lectures on Convex
 * Optimization, 1.2.3.
 *
 * @example
 * import { gradientDescent, type Objective } from '@nonconvex/optim'
 * const square: Objective = {
 *   d: 1,
 *   value: (w) => w[0] ** 2,
 *   gradient: (w) => Float64Array.of(2 * w[0]),
 * }
 * const descent = gradientDescent(square, { eta: 0.25 })
 * console.log(descent.step(descent.init([1])).w[0]) // → 0.5
 */
export function gradientDescent(
  objective: Objective,
  options: { readonly eta: number },
): Optimizer<GradientDescentState> {
  const eta = checkPositive('gradientDescent', 'eta', options.eta)
  const gradientAt = exactGradient('gradientDescent', objective)
  const at = (w: Float64Array) => {
    const gradient = gradientAt(w, 1)
    return { w, gradient, residual: residualOf(gradient) }
  }
  return {
    name: 'gradient descent',
    init: (w0) => at(startOf('gradientDescent', objective.d, w0)),
    step: ({ w, gradient }) => at(moved(w, -eta, gradient)),
  }
}
