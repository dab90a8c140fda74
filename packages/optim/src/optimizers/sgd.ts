import type { Stream } from '@nonconvex/tensor'
import type { SampledObjective } from '../objective/objective.js'
import { checkPositive } from '@nonconvex/tensor/check'
import {
  batchGradient,
  moved,
  residualOf,
  startOf,
  type Optimizer,
  type OptimizerState,
} from './optimizer.js'

export interface SgdState extends OptimizerState {
  /** steps made */
  readonly t: number
  /**
   * the mini-batch gradient at w that the next step uses; the residual is its norm, hence noisy
   */
  readonly gradient: Float64Array
}

export interface SgdOptions {
  /** η > 0, or the step length of step t = 1, 2, …, for instance (t) => 1 / t */
  readonly eta: number | ((t: number) => number)
  readonly stream: Stream
  /** integer >= 1, default 1: samples per step */
  readonly batch?: number
}

/**
 * Stochastic gradient descent with fresh mini-batches:
 *
 *     w⁺ = w − η_t (1/B) Σ_b g(w, ξ_b),   ξ_1 … ξ_B from stream.child('step', t)
 *
 * Step t draws from its own child stream, so the samples of a step depend on (stream, t) alone.
 *
 * @throws ArgumentError if eta (or that of a schedule at its step) is not positive and finite, or
 *   batch no integer >= 1
 *
 * Cost: B sampled gradients a step. Source: Robbins & Monro (1951).
 *
 * @example
 * import { run, sgd, type SampledObjective } from '@nonconvex/optim'
 * import { stream } from '@nonconvex/tensor'
 * const noisy: SampledObjective = {
 *   d: 1,
 *   sampleGradient: (w, s) => Float64Array.of(w[0] - 5 - s.normal()),
 * }
 * // with step 1/t, w is the mean of t samples
 * const mean = sgd(noisy, { eta: (t) => 1 / t, stream: stream(1) })
 * const { state } = run({ start: mean.init([0]), step: mean.step, maxSteps: 10_000 }).finish()
 * console.log(Math.abs(state.w[0] - 5) < 0.04) // → true
 */
export function sgd(objective: SampledObjective, options: SgdOptions): Optimizer<SgdState> {
  const { eta, stream, batch = 1 } = options
  if (typeof eta === 'number') checkPositive('sgd', 'eta', eta)
  const etaAt =
    typeof eta === 'number' ? () => eta : (t: number) => checkPositive('sgd', `eta(${t})`, eta(t))
  const gradientAt = batchGradient('sgd', objective, stream, batch)
  const at = (w: Float64Array, t: number) => {
    const gradient = gradientAt(w, t + 1)
    return { w, t, gradient, residual: residualOf(gradient) }
  }
  return {
    name: 'sgd',
    init: (w0) => at(startOf('sgd', objective.d, w0), 0),
    step: ({ w, t, gradient }) => at(moved(w, -etaAt(t + 1), gradient), t + 1),
  }
}
