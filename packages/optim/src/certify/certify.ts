import { ArgumentError, norm2 as plainNorm, type Vec } from '@nonconvex/tensor'
import { checkFiniteVector, checkLength } from '@nonconvex/tensor/check'
import {
  box,
  EMPTY,
  ENTIRE,
  mul,
  norm2,
  smallestEigenvalue,
  sub,
  type SmallestEigenvalue,
} from '@nonconvex/tensor/interval'
import { readable } from '../claims/readable.js'
import {
  allowance,
  certified,
  gradientTooLarge,
  inconclusive,
  nearness,
  reach,
  unlessDefinite,
  widened,
  type AtPoint,
} from './evidence.js'
import type { CertifiableObjective, ErrorBudget } from './objective.js'
import type { Certificate } from './outcome.js'
import { polish } from './polish.js'

/** Options of `certify`. */
export interface CertifyOptions {
  /**
   * integer ≥ 0, default 0: largest number of steps of `polish` before the certificate; the outcome
   * concerns the polished point
   */
  readonly polish?: number
  /**
   * > 0, default 1e-4 max(1, ‖w‖): largest distance of the minimum from w; `Infinity` accepts a
   * minimum anywhere in the ball
   */
  readonly within?: number
}

/** The largest radius of a ball, where nothing else limits it, as for a quadratic function. */
const MOST_RADIUS = 1e100
/** The relative accuracy to which radii are computed. */
const ACCURACY = 1e-10

/**
 * Tries to certify that there is a strict local minimum at w, in float64:
 *
 *     G ≥ ‖∇f(w)‖,   ν ≤ λ_min(∇²f(w)),   Λ(ρ) ≥ the Lipschitz constant of ∇²f on B(w, ρ)
 *     ρ the largest radius, below the limit of Λ and the distance to a kink, with Λ(ρ)ρ ≤ ν/2;   μ = ν − Λ(ρ)ρ
 *     G < μρ  ⇒  f is μ-strongly convex on B(w, ρ), and the minimum of f on that ball lies inside, within G/μ of w
 *
 * `certified` also requires G < μ · within: the minimum is near w.
 *
 * All comparisons are rounded against the claim, and the bound on λ_min is proved for the computed
 * Hessian. The error budget and Λ of the objective are assumed.
 *
 * | status                 | means                                                                       |
 * | ---------------------- | --------------------------------------------------------------------------- |
 * | `certified`            | one critical point in B(w, ρ), a strict minimum within G/μ                  |
 * | `hessian-not-definite` | an eigenvalue is ≤ 0: a saddle, a maximum, or on the way                    |
 * | `gradient-too-large`   | G ≥ μρ, or the minimum may be farther than `within`                         |
 * | `radius-outside-bound` | G ≥ μρ because Λ is valid only up to ρ                                      |
 * | `may-cross-kink`       | G ≥ μρ because the nearest kink may be ρ away                               |
 * | `inconclusive`         | the enclosure of λ_min holds 0 (a flat direction), or something is not finite |
 *
 * @param w - [d], finite
 * @returns never throws for a result of the computation
 * @throws ShapeError if w has not length d; ArgumentError if w is not finite, an option is out of
 *   range, or the objective's bounds are negative or NaN
 *
 * Cost: value, gradient and Hessian once, the smallest eigenvalue, some 40 values of Λ: d = 20
 * takes 0.3 ms with value, gradient and Hessian. Source: ours (strong convexity on a ball); the
 * radii of the published spurious minima are tests.
 *
 * @example
 * import { certify, type CertifiableObjective } from '@nonconvex/optim/certify'
 * import { matrix } from '@nonconvex/tensor'
 * // (x² − 1)²/4: f″ = 3x² − 1, |f‴| <= 6(|x| + ρ)
 * const well: CertifiableObjective = {
 *   d: 1,
 *   value: (w) => (w[0] ** 2 - 1) ** 2 / 4,
 *   gradient: (w) => Float64Array.of(w[0] * (w[0] ** 2 - 1)),
 *   hessian: (w) => matrix(1, 1, [3 * w[0] ** 2 - 1]),
 *   hessianLipschitz: (w, radius) => 6.0001 * (Math.abs(w[0]) + radius),
 *   errorBudget: () => ({ value: 1e-15, gradient: 1e-15, hessian: 1e-14 }),
 * }
 * console.log(certify(well, [1.00001]).message)
 * // → a strict local minimum within 1e-5, the only critical point within 0.1455
 * console.log(certify(well, [0]).message) // → the Hessian has an eigenvalue of at most -1
 */
export function certify(
  objective: CertifiableObjective,
  w: Vec,
  options: CertifyOptions = {},
): Certificate {
  checkLength('certify', 'w', w, objective.d, 'd')
  checkFiniteVector('certify', 'w', w)
  const kinkDistance = (at: Vec) => bound('kinkDistance', objective.kinkDistance?.(at) ?? Infinity)
  let start: Pick<AtPoint, 'w' | 'polished'> = { w: Float64Array.from(w) }
  if (kinkDistance(w) === 0) return onKink(start.w)
  if (options.polish !== undefined) {
    const { w: end, ...polished } = polish(objective, w, options.polish)
    start = { w: end, polished }
    if (kinkDistance(end) === 0) return onKink(end)
  }
  const { at, shown, budget } = pointEvidence(objective, start)
  const refused = unlessDefinite(at, shown)
  if (refused) return refused

  const kink = kinkDistance(at.w)
  const limit = bound('radiusLimit', objective.radiusLimit?.(at.w) ?? Infinity)
  const ceiling = Math.min(kink, limit) * (1 - 2 ** -52)
  const lipschitz = (radius: number) =>
    bound('hessianLipschitz', objective.hessianLipschitz(at.w, radius))
  const nu = at.smallestEigenvalue.lo
  const radius = largestRadius(lipschitz, nu, Math.min(ceiling, MOST_RADIUS))
  if (radius === 0) return inconclusive(at, 'there is no bound of the Hessian around w')
  const convexity = sub(nu, mul(lipschitz(radius), radius)).lo
  const here = allowance(
    convexity,
    Math.min(nearness('certify', at.w, options.within), MOST_RADIUS),
  )
  const allowed = Math.min(allowance(convexity, radius), here)
  if (at.gradientBound < allowed) {
    const value = objective.value(at.w)
    // the minimum lies in this smaller ball, on which the Hessian varies less
    const inner = reach(at.gradientBound, convexity)
    const local = inner === 0 ? convexity : sub(nu, mul(lipschitz(inner), inner)).lo
    return certified(
      at,
      { radius, convexity },
      Math.max(local, convexity),
      Number.isFinite(value) ? widened(value, budget.value) : ENTIRE,
    )
  }
  const needed = reach(at.gradientBound, convexity)
  if (at.gradientBound >= here || radius < ceiling) return gradientTooLarge(at, allowed)
  if (kink <= limit)
    return {
      ...at,
      status: 'may-cross-kink',
      needed,
      kinkDistance: kink,
      message: `the gradient needs a ball of radius ${readable(needed)}, a kink may be ${readable(kink)} away`,
    }
  return {
    ...at,
    status: 'radius-outside-bound',
    needed,
    limit,
    message: `the gradient needs a ball of radius ${readable(needed)}, the Hessian is bounded up to ${readable(limit)}`,
  }
}

/**
 * The gradient bound and the smallest eigenvalue at the point, including the objective's error
 * budget.
 */
function pointEvidence(
  objective: CertifiableObjective,
  start: Pick<AtPoint, 'w' | 'polished'>,
): {
  readonly at: AtPoint
  readonly shown: Pick<SmallestEigenvalue, 'vector'>
  readonly budget: ErrorBudget
} {
  const { w } = start
  const budget = objective.errorBudget(w)
  for (const [name, x] of Object.entries(budget)) bound(`errorBudget.${name}`, x as number)
  const gradient = objective.gradient(w)
  const hessian = objective.hessian(w)
  checkLength('certify', 'the gradient', gradient, objective.d, 'd')
  const gradientBound = Number.isFinite(plainNorm(gradient))
    ? widened(norm2(box(gradient)), budget.gradient).hi
    : NaN
  const bounded = hessian.data.every(Number.isFinite)
  const shown = bounded ? smallestEigenvalue(hessian) : { value: EMPTY, vector: gradient }
  const smallest = bounded ? widened(shown.value, budget.hessian) : EMPTY
  return {
    at: { rigor: 'float64', ...start, gradientBound, smallestEigenvalue: smallest },
    shown,
    budget,
  }
}

function onKink(w: Float64Array): Certificate {
  return {
    rigor: 'float64',
    w,
    gradientBound: NaN,
    smallestEigenvalue: EMPTY,
    status: 'may-cross-kink',
    needed: 0,
    kinkDistance: 0,
    message: 'the point itself may be a kink',
  }
}

/**
 * The largest ρ ≤ ceiling with Λ(ρ)ρ ≤ ν/2, rounded down by a relative error of at most 1e-10; 0 if
 * none is found.
 */
function largestRadius(lipschitz: (radius: number) => number, nu: number, ceiling: number): number {
  const fits = (radius: number): boolean => {
    const constant = lipschitz(radius)
    return constant < Infinity && mul(constant, radius).hi <= nu / 2
  }
  if (fits(ceiling)) return ceiling
  // powers of two first: a radius may be many orders below the ceiling
  let low = Math.min(1, ceiling / 2)
  while (low < ceiling / 2 && fits(low)) low *= 2
  while (!fits(low)) {
    low /= 2
    if (low < 2 ** -1000) return 0
  }
  let high = Math.min(ceiling, 2 * low)
  while (high - low > ACCURACY * low) {
    const middle = (low + high) / 2
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

/** @throws ArgumentError unless x ≥ 0; ∞ is allowed */
function bound(name: string, x: number): number {
  if (!(x >= 0)) throw new ArgumentError(`certify: expected ${name} to be >= 0, got ${x}`)
  return x
}
