import { evaluatorOf, type Problem } from './problem.js'
import type { Point } from './initial-points.js'

/** The loss on the rays from the origin. */
export interface Rays {
  readonly count: number
  /** rays on which the loss decreases from the origin */
  readonly falling: number
  /**
   * where the slope across the rays changes its sign: critical points of the loss, minima and
   * saddles in turn
   */
  readonly points: readonly (Point & { readonly kind: 'minimum' | 'saddle' })[]
}

/**
 * Directions that are looked at. None of them is one of symmetry, where a slope is 0 up to
 * rounding.
 */
const COUNT = 720
const OFFSET = 0.37
/** Halvings of the angle between two of them: down to rounding. */
const HALVINGS = 50

/**
 * The critical points of a loss by its rays. On a ray the loss is a parabola,
 *
 *     ℓ(tê) = A t² − 2B t + ℓ(0),   t ≥ 0,
 *
 * since E relu(u·x) relu(v·x) doubles with u and with v. So away from 0 the critical points are
 * those on the way of the best points B/A ê round the origin where the slope across is 0. Its
 * changes of sign are found, one for each pair of neighboring directions at most.
 */
export function raysOf(problem: Problem): Rays {
  const best = bestOnRays(problem)
  const seen = Array.from({ length: COUNT }, (_, i) => best(angleOf(i)))
  const points: (Point & { kind: 'minimum' | 'saddle' })[] = []
  for (let i = 0; i < COUNT; i++) {
    const [here, next] = [seen[i].slope, seen[(i + 1) % COUNT].slope]
    if (here < 0 === next < 0 || Number.isNaN(here + next)) continue
    const { x, y } = signChange(best, angleOf(i), angleOf(i + 1))
    points.push({ x, y, kind: here < 0 ? 'minimum' : 'saddle' })
  }
  return { count: COUNT, falling: seen.filter(({ size }) => size > 0).length, points }
}

interface Best extends Point {
  /** distance from the origin, ≤ 0 where the loss only rises */
  readonly size: number
  /** of the loss across the ray, anticlockwise */
  readonly slope: number
}

function bestOnRays(problem: Problem): (angle: number) => Best {
  const at = evaluatorOf(problem)
  const gradient = new Float64Array(2)
  const atOrigin = at.lossAndGradientInto(gradient, new Float64Array(2))
  return (angle) => {
    const [x, y] = [Math.cos(angle), Math.sin(angle)]
    // at t = 1: A − 2B above the origin, with slope 2A − 2B
    const rise = at.lossAndGradientInto(gradient, Float64Array.of(x, y)) - atOrigin
    const along = gradient[0] * x + gradient[1] * y
    const size = (along - 2 * rise) / (2 * (along - rise))
    if (!(size > 0)) return { x, y, size: 0, slope: NaN }
    const w = Float64Array.of(size * x, size * y)
    at.lossAndGradientInto(gradient, w)
    return { x: w[0], y: w[1], size, slope: gradient[1] * x - gradient[0] * y }
  }
}

function signChange(best: (angle: number) => Best, from: number, to: number): Best {
  const first = best(from).slope
  let [a, b] = [from, to]
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (a + b) / 2
    if (best(middle).slope < 0 === first < 0) a = middle
    else b = middle
  }
  return best((a + b) / 2)
}

function angleOf(i: number): number {
  return (2 * Math.PI * (i + OFFSET)) / COUNT
}
