import type { Stream, Vec } from '@nonconvex/tensor'

/** A smooth function of w in R^d. */
export interface Objective {
  readonly d: number
  value(w: Vec): number
  /** [d], a new array each time */
  gradient(w: Vec): Float64Array
  /** the Hessian at w, times v: [d] */
  hessianTimes?(w: Vec, v: Vec): Float64Array
}

/** An objective that is an expectation, given by stochastic gradients. */
export interface SampledObjective {
  readonly d: number
  /** an unbiased estimate of the gradient from one fresh sample, drawn from the stream: [d] */
  sampleGradient(w: Vec, stream: Stream): Float64Array
}
