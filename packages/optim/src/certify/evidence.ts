import { ArgumentError, norm2 } from '@nonconvex/tensor'
import {
  add,
  div,
  ENTIRE,
  interval,
  isEmpty,
  mul,
  sqr,
  sub,
  type Interval,
  type SmallestEigenvalue,
} from '@nonconvex/tensor/interval'
import { readable } from '../claims/readable.js'
import type {
  Certificate,
  Certified,
  GradientTooLarge,
  HessianNotDefinite,
  Inconclusive,
  Polished,
} from './outcome.js'

/**
 * The default of `within`, relative to max(1, ‖w‖): a point 10⁻³ away from a minimum of norm 1 does
 * not count as that minimum.
 */
const DIGITS = 1e-4

/** The numbers at the point itself that both certificates use. */
export interface AtPoint {
  readonly rigor: Certificate['rigor']
  readonly w: Float64Array
  readonly gradientBound: number
  readonly smallestEigenvalue: Interval
  readonly polished?: Polished
}

export function inconclusive(at: AtPoint, reason: string): Inconclusive {
  return { ...at, status: 'inconclusive', reason, message: `undecided: ${reason}` }
}

/**
 * The outcome if the Hessian at the point is not positive definite; undefined otherwise.
 */
export function unlessDefinite(
  at: AtPoint,
  { vector }: Pick<SmallestEigenvalue, 'vector'>,
): HessianNotDefinite | Inconclusive | undefined {
  const { lo, hi } = at.smallestEigenvalue
  if (!Number.isFinite(at.gradientBound)) return inconclusive(at, 'the gradient is not bounded')
  if (isEmpty(at.smallestEigenvalue) || lo === -Infinity)
    return inconclusive(at, 'the Hessian is not bounded')
  if (hi <= 0)
    return {
      ...at,
      status: 'hessian-not-definite',
      direction: vector,
      message: `the Hessian has an eigenvalue of at most ${readable(hi)}`,
    }
  if (!(lo > 0))
    return inconclusive(
      at,
      `the smallest eigenvalue lies in [${readable(lo)}, ${readable(hi)}], which holds 0: a flat direction, or too much rounding`,
    )
  return undefined
}

/** An upper bound G/μ, rounded up, on the distance of the minimum from w. */
export function reach(gradientBound: number, convexity: number): number {
  return gradientBound === 0 ? 0 : div(gradientBound, convexity).hi
}

/**
 * The largest accepted distance of the minimum from w: `within` if it is given, otherwise 1e-4
 * max(1, ‖w‖). @throws ArgumentError unless `within` > 0
 */
export function nearness(fn: string, w: Float64Array, within: number | undefined): number {
  if (within === undefined) return DIGITS * Math.max(1, norm2(w))
  if (!(within > 0)) throw new ArgumentError(`${fn}: expected within to be > 0, got ${within}`)
  return within
}

/** The largest gradient norm for which the certificate holds: μρ, rounded down. */
export function allowance(convexity: number, radius: number): number {
  return mul(convexity, radius).lo
}

/**
 * @param local - > 0, strong convexity on a ball inside that of `radius` which holds the minimum,
 *   too: μ there is larger, and says more exactly where the minimum is
 * @param highest - f is at most this on the ball; left out: not known
 */
export function certified(
  at: AtPoint,
  { radius, convexity }: Pick<Certified, 'radius' | 'convexity'>,
  local: number,
  value: Interval,
  highest?: number,
): Certified {
  const { gradientBound, rigor } = at
  const minimumWithin = reach(gradientBound, local)
  const drop = div(sqr(gradientBound), mul(2, local))
  const minimumValue = value === ENTIRE ? ENTIRE : { lo: sub(value, drop).lo, hi: value.hi }
  const ground = rigor === 'proof' ? 'every rounding enclosed' : 'up to the error budget of float64'
  return {
    ...at,
    status: 'certified',
    radius,
    minimumWithin,
    convexity,
    minimumValue,
    ...(highest !== undefined && { ballValue: { lo: minimumValue.lo, hi: highest } }),
    message: `a strict local minimum within ${readable(minimumWithin)}, the only critical point within ${readable(radius)}`,
    proves: `on the ball of radius ${readable(radius)} around w the function is strongly convex with ${readable(convexity)}, and the gradient at w is at most ${readable(gradientBound)}: the ball holds exactly one critical point, a strict local minimum within ${readable(minimumWithin)} of w (${ground})`,
  }
}

export function gradientTooLarge(at: AtPoint, allowed: number): GradientTooLarge {
  return {
    ...at,
    status: 'gradient-too-large',
    allowed,
    message: `the gradient, up to ${readable(at.gradientBound)}, would have to be below ${readable(allowed)}`,
  }
}

/** The interval x ± error. */
export function widened(x: Interval | number, error: number): Interval {
  return add(x, interval(-error, error))
}
