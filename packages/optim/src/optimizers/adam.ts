import { power, type Stream } from '@nonconvex/tensor'
import type { Objective, SampledObjective } from '../objective/objective.js'
import { checkPositive } from '@nonconvex/tensor/check'
import { fraction } from './fraction.js'
import {
  batchGradient,
  exactGradient,
  residualOf,
  startOf,
  type Optimizer,
  type OptimizerState,
} from './optimizer.js'

export interface AdamState extends OptimizerState {
  /** steps made */
  readonly t: number
  /** running means of the gradient and of its square */
  readonly m: Float64Array
  readonly v: Float64Array
  /** the gradient at w that the next step uses */
  readonly gradient: Float64Array
}

export interface AdamOptions {
  /** η > 0, default 1e-3 */
  readonly eta?: number
  /** in [0, 1), default 0.9 */
  readonly beta1?: number
  /** in [0, 1), default 0.999 */
  readonly beta2?: number
  /** > 0, default 1e-8 */
  readonly epsilon?: number
}

/**
 * The Adam optimizer, with the exact gradient of an `Objective`, or with mini-batches of a
 * `SampledObjective` if a stream is given (step t draws from stream.child('step', t), as in `sgd`):
 *
 *     m⁺ = β₁m + (1 − β₁)g,   v⁺ = β₂v + (1 − β₂)g²
 *     w⁺ = w − η (m⁺/(1 − β₁ᵗ)) / (√(v⁺/(1 − β₂ᵗ)) + ε)
 *
 * With a constant η it converges to a neighborhood of a minimum of a size of order η.
 *
 * @throws ArgumentError if an option is out of range
 *
 * Cost: one gradient (or batch) a step. Source: Kingma & Ba (2015), algorithm 1.
 *
 * @example
 * import { adam, type Objective } from '@nonconvex/optim'
 * const square: Objective = {
 *   d: 1,
 *   value: (w) => w[0] ** 2,
 *   gradient: (w) => Float64Array.of(2 * w[0]),
 * }
 * const optimizer = adam(square, { eta: 0.1 })
 * // the first step has length η
 * console.log(optimizer.step(optimizer.init([1])).w[0].toFixed(6)) // → 0.900000
 */
export function adam(objective: Objective, options?: AdamOptions): Optimizer<AdamState>
export function adam(
  objective: SampledObjective,
  options: AdamOptions & { readonly stream: Stream; readonly batch?: number },
): Optimizer<AdamState>
export function adam(
  objective: Objective | SampledObjective,
  options: AdamOptions & { readonly stream?: Stream; readonly batch?: number } = {},
): Optimizer<AdamState> {
  const eta = checkPositive('adam', 'eta', options.eta ?? 1e-3)
  const beta1 = fraction('adam', 'beta1', options.beta1 ?? 0.9)
  const beta2 = fraction('adam', 'beta2', options.beta2 ?? 0.999)
  const epsilon = checkPositive('adam', 'epsilon', options.epsilon ?? 1e-8)
  const gradientAt = options.stream
    ? batchGradient('adam', objective as SampledObjective, options.stream, options.batch ?? 1)
    : exactGradient('adam', objective as Objective)
  const { d } = objective
  const at = (w: Float64Array, m: Float64Array, v: Float64Array, t: number) => {
    const gradient = gradientAt(w, t + 1)
    return { w, m, v, t, gradient, residual: residualOf(gradient) }
  }
  return {
    name: 'adam',
    init: (w0) => at(startOf('adam', d, w0), new Float64Array(d), new Float64Array(d), 0),
    step: (state) => {
      const t = state.t + 1
      const [m, v, w] = [new Float64Array(d), new Float64Array(d), new Float64Array(d)]
      const [unbias1, unbias2] = [1 - power(beta1, t), 1 - power(beta2, t)]
      for (let i = 0; i < d; i++) {
        const g = state.gradient[i]
        m[i] = beta1 * state.m[i] + (1 - beta1) * g
        v[i] = beta2 * state.v[i] + (1 - beta2) * g * g
        w[i] = state.w[i] - (eta * (m[i] / unbias1)) / (Math.sqrt(v[i] / unbias2) + epsilon)
      }
      return at(w, m, v, t)
    },
  }
}
