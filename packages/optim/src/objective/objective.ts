import { ShapeError, type Stream, type Vec } from '@nonconvex/tensor'

/** A smooth function of w in R^d. */
export interface Objective {
  readonly d: number
  value(w: Vec): number
  /** [d], a new array each time */
  gradient(w: Vec): Float64Array
  /** the Hessian at w, times v: [d] */
  hessianTimes?(w: Vec, v: Vec): Float64Array
}

/** A function that is an expectation, seen through samples. */
export interface SampledObjective {
  readonly d: number
  /** an unbiased estimate of the gradient from one fresh sample, drawn from the stream: [d] */
  sampleGradient(w: Vec, stream: Stream): Float64Array
}

/** @throws ShapeError unless `v` has length d */
export function checkLength(
  fn: string,
  name: string,
  v: { readonly length: number },
  d: number,
): void {
  if (v.length !== d)
    throw new ShapeError(
      `${fn}: ${name} must have the length d = ${d} of the objective, got ${v.length}`,
    )
}

/** @throws RangeError unless x is > 0 and finite */
export function positive(fn: string, name: string, x: number): number {
  if (!(x > 0 && x < Infinity))
    throw new RangeError(`${fn}: ${name} must be > 0 and finite, got ${x}`)
  return x
}

/** @throws RangeError unless 0 <= x < 1 */
export function fraction(fn: string, name: string, x: number): number {
  if (!(x >= 0 && x < 1)) throw new RangeError(`${fn}: ${name} must be in [0, 1), got ${x}`)
  return x
}
