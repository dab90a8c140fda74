import type { Objective } from '../objective/objective.js'
import { checkPositive } from '@nonconvex/tensor/check'
import { fraction } from './fraction.js'
import {
  exactGradient,
  moved,
  residualOf,
  startOf,
  type Optimizer,
  type OptimizerState,
} from './optimizer.js'

export interface MomentumState extends OptimizerState {
  readonly velocity: Float64Array
  /** ∇f at the point that the next step uses: at w, with `nesterov` at w + βv */
  readonly gradient: Float64Array
}

/**
 * Gradient descent with momentum: the heavy ball, or Nesterov's method with a constant β.
 *
 *     v⁺ = βv − η ∇f(w)          heavy ball
 *     v⁺ = βv − η ∇f(w + βv)     nesterov: true
 *     w⁺ = w + v⁺,   v₀ = 0
 *
 * On a quadratic with eigenvalues in [μ, L] the heavy ball is fastest with η = 4/(√L + √μ)² and
 * β = ((√L − √μ)/(√L + √μ))²; Nesterov's method with η = 1/L and β = (√L − √μ)/(√L + √μ).
 *
 * The residual is max(‖gradient‖, (1 − β)‖v‖/η): it is not small while w passes through a minimum
 * with velocity.
 *
 * @param eta - η > 0
 * @param beta - β in [0, 1), default 0.9
 * @throws ArgumentError if eta or beta is out of range
 *
 * Cost: one gradient a step. Source: Polyak (1964); Nesterov (1983), in the form of Sutskever et
 * al. (2013), equations 3–4.
 *
 * @example
 * import { momentum, type Objective } from '@nonconvex/optim'
 * const square: Objective = {
 *   d: 1,
 *   value: (w) => w[0] ** 2,
 *   gradient: (w) => Float64Array.of(2 * w[0]),
 * }
 * const ball = momentum(square, { eta: 0.25, beta: 0.5 })
 * console.log(ball.step(ball.step(ball.init([1]))).w[0]) // → 0
 */
export function momentum(
  objective: Objective,
  options: { readonly eta: number; readonly beta?: number; readonly nesterov?: boolean },
): Optimizer<MomentumState> {
  const eta = checkPositive('momentum', 'eta', options.eta)
  const beta = fraction('momentum', 'beta', options.beta ?? 0.9)
  const { nesterov = false } = options
  const gradientAt = exactGradient('momentum', objective)
  const at = (w: Float64Array, velocity: Float64Array) => {
    const gradient = gradientAt(nesterov ? moved(w, beta, velocity) : w, 1)
    const rolling = ((1 - beta) * residualOf(velocity)) / eta
    return { w, velocity, gradient, residual: Math.max(residualOf(gradient), rolling) }
  }
  return {
    name: nesterov ? 'nesterov' : 'heavy ball',
    init: (w0) => at(startOf('momentum', objective.d, w0), new Float64Array(objective.d)),
    step: ({ w, velocity, gradient }) => {
      const next = new Float64Array(w.length)
      for (let i = 0; i < w.length; i++) next[i] = beta * velocity[i] - eta * gradient[i]
      return at(moved(w, 1, next), next)
    },
  }
}
