import { norm2, type Stream, type Vec } from '@nonconvex/tensor'
import { argumentError, checkCount, checkFiniteVector, checkLength } from '@nonconvex/tensor/check'
import { readable } from '../claims/readable.js'
import type { Objective, SampledObjective } from '../objective/objective.js'

/** The fields that the state of every optimizer has. States are plain data that a run can save. */
export interface OptimizerState {
  readonly w: Float64Array
  /**
   * 0 exactly at a fixed point; the gradient's norm unless documented otherwise
   */
  readonly residual: number
}

/**
 * An optimizer as two functions, `init` and `step`, for `run`: `run({ start: o.init(w0), step:
 * o.step, stop: residualAtMost(1e-8), maxSteps })`.
 */
export interface Optimizer<S extends OptimizerState = OptimizerState> {
  readonly name: string
  /** @throws ShapeError if w0 has not length d; ArgumentError if it is not finite */
  readonly init: (w0: Vec) => S
  /** a new state; the given one is unchanged */
  readonly step: (state: S) => S
}

/**
 * A `stop` function for `run`, which returns a reason once the residual of the state is at most
 * `tolerance`.
 *
 * @param tolerance - >= 0, absolute
 * @throws ArgumentError on a negative tolerance or NaN
 *
 * @example
 * import { residualAtMost } from '@nonconvex/optim'
 * const stop = residualAtMost(1e-8)
 * console.log(stop({ w: new Float64Array(1), residual: 3e-9 })) // → residual 3e-9 <= 1e-8
 */
export function residualAtMost(tolerance: number): (state: OptimizerState) => string | undefined {
  if (!(tolerance >= 0))
    throw argumentError('out-of-range', 'residualAtMost', 'tolerance', 'to be >= 0', tolerance)
  return ({ residual }) =>
    residual <= tolerance ? `residual ${readable(residual)} <= ${readable(tolerance)}` : undefined
}

/** A copy of the initial point, after checking it. */
export function startOf(fn: string, d: number, w0: Vec): Float64Array {
  checkLength(`${fn}.init`, 'w0', w0, d, 'd')
  checkFiniteVector(`${fn}.init`, 'w0', w0)
  return Float64Array.from(w0)
}

/** The function that computes the gradient for step t = 1, 2, … */
export type GradientAt = (w: Float64Array, t: number) => Float64Array

export function exactGradient(fn: string, objective: Objective): GradientAt {
  return (w) => {
    const gradient = objective.gradient(w)
    checkLength(fn, 'the gradient', gradient, objective.d, 'd')
    return gradient
  }
}

/**
 * Computes the mean of `batch` sampled gradients, all drawn from the stream's child ('step', t);
 * the sample of step t does not depend on earlier draws, so a resumed run needs no stream in its
 * state.
 */
export function batchGradient(
  fn: string,
  objective: SampledObjective,
  stream: Stream,
  batch: number,
): GradientAt {
  checkCount(fn, 'batch', batch)
  return (w, t) => {
    const draws = stream.child('step', t)
    const sum = new Float64Array(objective.d)
    for (let b = 0; b < batch; b++) {
      const sample = objective.sampleGradient(w, draws)
      checkLength(fn, 'the sampled gradient', sample, objective.d, 'd')
      for (let i = 0; i < sum.length; i++) sum[i] += sample[i] / batch
    }
    return sum
  }
}

/** The vector w + a·v, as a new array. */
export function moved(w: Float64Array, a: number, v: Float64Array): Float64Array {
  const out = new Float64Array(w.length)
  for (let i = 0; i < w.length; i++) out[i] = w[i] + a * v[i]
  return out
}

/** The norm of the gradient, which is NaN if an entry is NaN; `run` detects this. */
export function residualOf(gradient: Float64Array): number {
  return norm2(gradient)
}
