import type { Interval } from '@nonconvex/tensor/interval'
import type { Rigor } from '../claims/verdict.js'

/**
 * The outcome of a certificate. Only `certified` proves a minimum; `hessian-not-definite` proves
 * that the Hessian is not positive definite; the others name what prevents a certificate.
 */
export type CertificateStatus = Certificate['status']

/** The numbers that every outcome includes. */
interface Evidence {
  /** 'float64': up to the objective's error budget and Λ; 'proof': every rounding is enclosed */
  readonly rigor: Exclude<Rigor, 'statistical'>
  /** [d]: the point of the outcome, after polishing */
  readonly w: Float64Array
  /** G: ‖∇f(w)‖ is at most this; NaN if the gradient could not be bounded */
  readonly gradientBound: number
  /** contains the smallest eigenvalue of ∇²f(w); EMPTY if the Hessian could not be bounded */
  readonly smallestEigenvalue: Interval
  /** one sentence with the deciding numbers */
  readonly message: string
  /** the steps of Newton's method before the certificate, if requested */
  readonly polished?: Polished
}

/** The steps of Newton's method that preceded a certificate. */
export interface Polished {
  readonly steps: number
  /** ‖w − w₀‖ */
  readonly moved: number
  /** ‖∇f‖ before these steps, as computed */
  readonly gradientBefore: number
}

/**
 * The outcome that f is μ-strongly convex on the ball B(w, ρ) and G < μρ. So the ball contains
 * exactly one critical point, a strict local minimum, and it lies within G/μ of w.
 */
export interface Certified extends Evidence {
  readonly status: 'certified'
  /** ρ > 0: in the ball of this radius around w there is one critical point and no other */
  readonly radius: number
  /**
   * largest distance of the minimum from w: G/μ or less, μ being larger on a smaller ball; rounded
   * up
   */
  readonly minimumWithin: number
  /** μ > 0: the smallest eigenvalue of the Hessian is at least this on the whole ball */
  readonly convexity: number
  /**
   * holds f at the minimum: [f(w) − G²/2μ, f(w)] or less, with the rounding of f(w); ENTIRE if the
   * objective gives no value. A lower end > 0 of a loss whose infimum is 0 certifies a spurious
   * minimum
   */
  readonly minimumValue: Interval
  /**
   * holds f at every point of the ball: its lower end is that of `minimumValue`, because the
   * minimum is the least value there. Absent in outcomes of `certify`, and where the objective has
   * no value
   */
  readonly ballValue?: Interval
  /** the statement that is proved, as a sentence */
  readonly proves: string
}

/** The outcome that the Hessian at w has an eigenvalue ≤ 0. */
export interface HessianNotDefinite extends Evidence {
  readonly status: 'hessian-not-definite'
  /**
   * [d], unit length up to rounding: a direction along which f curves by at most
   * `smallestEigenvalue.hi` ≤ 0
   */
  readonly direction: Float64Array
}

/**
 * The outcome that the Hessian at w is positive definite, but the gradient is too large for every
 * ball on which the Hessian remains positive definite, or for the ball of radius `within`.
 */
export interface GradientTooLarge extends Evidence {
  readonly status: 'gradient-too-large'
  /** the required bound on the gradient: the largest μρ, ρ ≤ `within` */
  readonly allowed: number
}

/** The outcome that the ball required by the gradient exceeds the radius up to which Λ is valid. */
export interface RadiusOutsideBound extends Evidence {
  readonly status: 'radius-outside-bound'
  /** the smallest radius that the gradient requires */
  readonly needed: number
  /** the radius up to which Λ is valid */
  readonly limit: number
}

/**
 * The outcome that the ball required by the gradient may contain a point where f is not twice
 * differentiable.
 */
export interface MayCrossKink extends Evidence {
  readonly status: 'may-cross-kink'
  /** the smallest radius that the gradient requires */
  readonly needed: number
  /** lower bound on the distance to a non-differentiable point */
  readonly kinkDistance: number
}

/**
 * The outcome that the arithmetic cannot decide: the enclosure of λ_min contains 0 (because of a
 * flat direction, or because it is too wide), or a number is unbounded.
 */
export interface Inconclusive extends Evidence {
  readonly status: 'inconclusive'
  readonly reason: string
}

/** The outcome of `certify` and `certifyByIntervals`. */
export type Certificate =
  | Certified
  | HessianNotDefinite
  | GradientTooLarge
  | RadiusOutsideBound
  | MayCrossKink
  | Inconclusive
