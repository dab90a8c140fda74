import { matrix, type Vec } from '@nonconvex/tensor'
import { checkFiniteVector, checkLength, checkPositive } from '@nonconvex/tensor/check'
import {
  box,
  ENTIRE,
  isEmpty,
  mid,
  norm2,
  smallestEigenvalue,
  type IntervalVector,
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
  type AtPoint,
} from './evidence.js'
import type { IntervalObjective } from './objective.js'
import type { Certificate } from './outcome.js'
import { polish, type Derivatives } from './polish.js'

/** Options of `certifyByIntervals`. */
export interface CertifyByIntervalsOptions {
  /**
   * integer ≥ 0, default 0: largest number of steps of `polish` before the certificate, on the
   * midpoints of the intervals
   */
  readonly polish?: number
  /** > 0, default 1e-4 max(1, ‖w‖): as for `certify` */
  readonly within?: number
  /** > 0, the largest half-width of a cube to try; default max(1, ‖w‖∞) */
  readonly largestRadius?: number
}

/** A cube around w with the bound on the eigenvalues that its Hessian proves. */
interface Cube {
  readonly radius: number
  /** lower bound on the eigenvalues on the cube; NaN if there is none */
  readonly convexity: number
  readonly smooth: boolean
}

/**
 * Number of halvings of the cube before giving up: from half-width 1 to below the spacing of
 * float64 numbers near 1.
 */
const HALVINGS = 64
/** Number of bisection steps between a cube that certifies and a cube of twice its size. */
const REFINEMENTS = 6

/**
 * Proves that there is a strict local minimum at w, by interval arithmetic:
 *
 *     G ≥ ‖∇f(w)‖,   μ ≤ λ_min(∇²f(u)) for all u with ‖u − w‖∞ ≤ ρ,   G < μρ
 *
 * The Hessian is enclosed on whole cubes, whose half-width ρ is halved until μ ≥ λ_min(∇²f(w))/2
 * and then bisected; no Lipschitz constant is needed. Every number in the certificate is proved,
 * provided that the objective's functions are valid enclosures. Statuses as for `certify`, except
 * that `radius-outside-bound` does not occur.
 *
 * @param w - [d], finite: taken as its exact float64 value
 * @returns never throws for a result of the computation
 * @throws ShapeError if w has not length d; ArgumentError if w is not finite or an option is out of
 *   range
 *
 * Cost: about 10 to 70 Hessians on cubes, each with an eigenvalue bound.
 * Source: ours; Rump (2006) for the eigenvalue bound.
 *
 * @example
 * import { certifyByIntervals, type IntervalObjective } from '@nonconvex/optim/certify'
 * import { mul, sqr, sub } from '@nonconvex/tensor/interval'
 * // (x² − 2)²/4
 * const well: IntervalObjective = {
 *   d: 1,
 *   gradient: ([x]) => [mul(x, sub(sqr(x), 2))],
 *   hessian: ([x]) => ({ rows: 1, cols: 1, data: [sub(mul(3, sqr(x)), 2)] }),
 * }
 * const found = certifyByIntervals(well, [Math.SQRT2])
 * console.log(found.status, found.rigor) // → certified proof
 */
export function certifyByIntervals(
  objective: IntervalObjective,
  w: Vec,
  options: CertifyByIntervalsOptions = {},
): Certificate {
  const fn = 'certifyByIntervals'
  checkLength(fn, 'w', w, objective.d, 'd')
  checkFiniteVector(fn, 'w', w)
  const given = options.largestRadius
  if (given !== undefined) checkPositive(fn, 'largestRadius', given)
  const start = polished(objective, w, options.polish)
  const point = box(start.w)
  const gradient = objective.gradient(point)
  checkLength(fn, 'the gradient', gradient, objective.d, 'd')
  const shown = smallestEigenvalue(objective.hessian(point))
  const at: AtPoint = {
    rigor: 'proof',
    ...start,
    gradientBound: gradient.some(isEmpty) ? NaN : norm2(gradient).hi,
    smallestEigenvalue: shown.value,
  }
  if (!smoothOn(objective, point)) return mayCross(at, 0, 0)
  const refused = unlessDefinite(at, shown)
  if (refused) return refused

  const largest = given ?? at.w.reduce((most, x) => Math.max(most, Math.abs(x)), 1)
  const cubes = shrink(objective, at, largest)
  const within = nearness(fn, at.w, options.within)
  const most = (cube: Cube) => allowance(cube.convexity || 0, Math.min(cube.radius, within))
  const passes = (cube: Cube) => at.gradientBound < most(cube)
  const first = cubes.find(passes)
  if (first) {
    // every cube that passes holds the minimum, the smallest one says best where
    const local = cubes.findLast(passes) ?? first
    const outer = refine(objective, at, first, largest, passes)
    const highest = objective.value?.(box(at.w, outer.radius)).hi
    return certified(at, outer, local.convexity, objective.value?.(point) ?? ENTIRE, highest)
  }
  const best = Math.max(0, ...cubes.map(most))
  if (best === 0) return inconclusive(at, 'the Hessian is not enclosed sharply enough on any cube')
  // the only cube without a kink has curvature enough: a larger one was refused for its kink
  const [widest, ...others] = cubes.filter((cube) => cube.smooth)
  const needed = reach(at.gradientBound, widest.convexity)
  if (others.length === 0 && widest !== cubes[0] && needed < within)
    return mayCross(at, needed, widest.radius)
  return gradientTooLarge(at, best)
}

function polished(
  objective: IntervalObjective,
  w: Vec,
  most: number | undefined,
): Pick<AtPoint, 'w' | 'polished'> {
  if (most === undefined) return { w: Float64Array.from(w) }
  const middles: Derivatives = {
    gradient: (v) => Float64Array.from(objective.gradient(box(v)), mid),
    hessian(v) {
      const { rows, cols, data } = objective.hessian(box(v))
      return matrix(rows, cols, Float64Array.from(data, mid))
    },
  }
  const { w: end, ...what } = polish(middles, w, most)
  return { w: end, polished: what }
}

function smoothOn(objective: IntervalObjective, cube: IntervalVector): boolean {
  return objective.twiceDifferentiable?.(cube) ?? true
}

function cubeOf(objective: IntervalObjective, w: Float64Array, radius: number): Cube {
  const cube = box(w, radius)
  if (!smoothOn(objective, cube)) return { radius, convexity: NaN, smooth: false }
  const { lo } = smallestEigenvalue(objective.hessian(cube)).value
  const smooth = Number.isFinite(lo)
  return { radius, convexity: smooth ? lo : NaN, smooth }
}

/**
 * Cubes of decreasing size, up to the first on which at least half of the curvature at w remains.
 */
function shrink(objective: IntervalObjective, at: AtPoint, largest: number): readonly Cube[] {
  const cubes: Cube[] = []
  let radius = largest
  for (let i = 0; i < HALVINGS; i++, radius /= 2) {
    const cube = cubeOf(objective, at.w, radius)
    cubes.push(cube)
    if (cube.convexity >= at.smallestEigenvalue.lo / 2) break
  }
  return cubes
}

/**
 * The largest cube that certifies, by bisection between a cube that certifies and one of twice its
 * size.
 */
function refine(
  objective: IntervalObjective,
  at: AtPoint,
  first: Cube,
  largest: number,
  passes: (cube: Cube) => boolean,
): Cube {
  let best = first
  let high = 2 * first.radius
  if (first.radius === largest) return best
  for (let i = 0; i < REFINEMENTS; i++) {
    const cube = cubeOf(objective, at.w, (best.radius + high) / 2)
    if (passes(cube)) best = cube
    else high = cube.radius
  }
  return best
}

function mayCross(at: AtPoint, needed: number, kinkDistance: number): Certificate {
  return {
    ...at,
    status: 'may-cross-kink',
    needed,
    kinkDistance,
    message: `the gradient needs a ball of radius ${readable(needed)}, a kink may be ${readable(kinkDistance)} away`,
  }
}
