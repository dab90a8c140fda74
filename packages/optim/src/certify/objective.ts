import type { Interval, IntervalMatrix, IntervalVector } from '@nonconvex/tensor/interval'
import type { Matrix, Vec } from '@nonconvex/tensor'
import type { Objective } from '../objective/objective.js'

/**
 * Absolute bounds on the rounding errors of an objective in float64 at one point, finite and ≥ 0.
 */
export interface ErrorBudget {
  /** of `value` */
  readonly value: number
  /** of `gradient`, Euclidean norm of the error */
  readonly gradient: number
  /** of `hessian`, operator norm of the error (its Frobenius norm is an upper bound) */
  readonly hessian: number
}

/**
 * An objective for `certify`: value, gradient and Hessian in float64, and the bounds that extend
 * them to a ball.
 */
export interface CertifiableObjective extends Objective {
  /** the Hessian at w, [d, d], symmetric up to rounding */
  hessian(w: Vec): Matrix
  /**
   * Λ(w, ρ): ‖∇²f(u) − ∇²f(v)‖ ≤ Λ ‖u − v‖ for all u, v with ‖u − w‖, ‖v − w‖ ≤ ρ, in operator
   * norm.
   *
   * Called for ρ in (0, radiusLimit(w)); must not decrease when ρ grows; `Infinity` where there is
   * no bound. Only its rounding is not proved in the float64 certificate, so round it upwards where
   * possible.
   */
  hessianLipschitz(w: Vec, radius: number): number
  /** `hessianLipschitz(w, ρ)` is valid for ρ < this; > 0; default: for every ρ */
  radiusLimit?(w: Vec): number
  /**
   * A lower bound of the distance from w to the nearest point where f is not twice differentiable;
   * ≥ 0; default: there is no such point
   */
  kinkDistance?(w: Vec): number
  /** the rounding errors of value, gradient and hessian at w */
  errorBudget(w: Vec): ErrorBudget
}

/**
 * An objective for `certifyByIntervals`, with its derivatives as interval functions.
 *
 * Each function takes a box, one interval for each coordinate, and returns intervals that contain
 * its value at **every** point of the box. Boxes are a single point (widths 0) or a cube around it.
 * Where the function is not twice differentiable at some point of the box, an entry of the Hessian
 * must be unbounded or empty (as a division by an interval that contains 0 makes it), or
 * `twiceDifferentiable` must return false.
 */
export interface IntervalObjective {
  readonly d: number
  /** absent: the certificate has no value at the minimum */
  value?(box: IntervalVector): Interval
  /** [d] */
  gradient(box: IntervalVector): IntervalVector
  /**
   * [d, d]; may be asymmetric by rounding: the certificate concerns the symmetric matrices in it
   */
  hessian(box: IntervalVector): IntervalMatrix
  /**
   * true only if f is twice differentiable at every point of the box; default: whether all entries
   * of `hessian` are bounded
   */
  twiceDifferentiable?(box: IntervalVector): boolean
}
