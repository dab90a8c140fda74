import { dot, norm2, type Stream } from '@nonconvex/tensor'
import type { Kind, Params } from './experiment.js'
import { problemOf, sumOf, violationOf, type Problem, type Solved } from './problems.js'

/** What was measured of one kind of constraint. */
export type KindMeasured = {
  readonly projections: number
  readonly violation: number
  readonly points: number
  readonly inequality: number
  readonly cases: number
  readonly error: number
  readonly kinks: number
  readonly kinkError: number
}

/** The smooth kinds are no projections and have no kinks. */
const smooth = (kind: Kind): boolean => kind === 'sigmoid' || kind === 'laplace'

/** Accuracy of the labels, and limit and step of finite differences. */
export const accuracyOf = (kind: Kind): number => (kind === 'float32' ? 1e-6 : 1e-11)
export const limitOf = (kind: Kind): number => (kind === 'float32' ? 1e-3 : 1e-6)
/** labels are piecewise linear; the slope of the Laplace kind has a kink */
const stepOf = (kind: Kind): number =>
  smooth(kind) ? 2 ** -20 : kind === 'float32' ? 2 ** -7 : 2 ** -13

export function measureKind(kind: Kind, params: Params, source: Stream): KindMeasured {
  return {
    ...feasibility(kind, params, source.child('feasibility')),
    ...gradients(kind, params, source.child('gradients')),
    ...atKinks(kind, params, source.child('kinks')),
  }
}

const scores = (L: number, scale: number, source: Stream): Float64Array =>
  source.normalInto(new Float64Array(L)).map((x) => Math.fround(scale * x))

/** Bounds that some labels satisfy: those of random ones, in every fourth case of integral ones. */
function boundsOf({ L, rows }: Problem, t: number, source: Stream, inside: boolean): number[] {
  const level = source.uniform()
  const integral = t % 4 === 0 && !inside
  // all 0, all 1, or some of both
  const end = (t / 4) % 3
  const inner = source.uniformInto(new Float64Array(L)).map((u) => {
    if (!integral) return Math.min(1, Math.max(inside ? 0.01 : 0, 2 * level * u))
    return end === 2 ? Number(u < level) : end
  })
  return rows.map((row) => {
    const slack = source.uniform() < 0.5 ? 0 : source.uniform()
    return sumOf(row, inner) + (row.sense === 'eq' ? 0 : row.sense === 'le' ? slack : -slack)
  })
}

function feasibility(
  kind: Kind,
  { labels, draws, points, scale }: Params,
  source: Stream,
): Pick<KindMeasured, 'projections' | 'violation' | 'points' | 'inequality'> {
  let [violation, inequality, compared] = [0, -Infinity, 0]
  for (let t = 0; t < draws; t++) {
    const L = labels[t % labels.length]
    const problem = problemOf(kind, L, source)
    const bounds = boundsOf(problem, Math.floor(t / labels.length), source, smooth(kind))
    const v = scores(L, scale, source)
    const y = problem.solve(v, bounds)?.y
    // these bounds are feasible
    violation = Math.max(violation, y ? violationOf(problem, y, bounds) : 1)
    if (!y || smooth(kind)) continue
    for (let p = 0; p < points; p++) {
      const u = problem.solve(scores(L, scale, source), bounds)?.y
      if (!u || violationOf(problem, u, bounds) > accuracyOf(kind)) continue
      compared++
      const away = dot(
        v.map((x, i) => x - y[i]),
        u.map((x, i) => x - y[i]),
      )
      inequality = Math.max(inequality, away / L)
    }
  }
  return {
    projections: draws,
    violation,
    points: compared,
    inequality: compared === 0 ? 0 : inequality,
  }
}

/** Where a case is, and what its gradient is compared with. */
interface At {
  readonly problem: Problem
  readonly v: Float64Array
  readonly bounds: readonly number[]
  readonly found: Solved
}

/**
 * The central difference of the labels along a direction of the scores or by a bound; none where the
 * differences to the two sides do not agree, as at a kink.
 */
function difference(
  { problem, v, bounds, found }: At,
  kind: Kind,
  [direction, bound]: readonly [direction: Float64Array | undefined, bound: number],
): Float64Array | undefined {
  const h = stepOf(kind)
  const side = (sign: number): Solved | undefined =>
    problem.solve(
      direction ? v.map((x, i) => x + sign * h * direction[i]) : v,
      bounds.map((b, r) => (r === bound ? b + sign * h : b)),
    )
  const [up, down] = [side(1), side(-1)]
  if (!up || !down) return undefined
  const bends = up.y.some(
    (y, i) => Math.abs(y - 2 * found.y[i] + down.y[i]) > 0.2 * h * limitOf(kind),
  )
  if (bends && !smooth(kind)) return undefined
  return up.y.map((y, i) => (y - down.y[i]) / (2 * h))
}

/** Largest error of the gradients at a point; none if it is not differentiable there. */
function errorAt(at: At, kind: Kind, source: Stream): number | undefined {
  const { L } = at.problem
  const g = source.normalInto(new Float64Array(L)).map(Math.fround)
  const drawn = source.normalInto(new Float64Array(L))
  const direction = drawn.map((x) => x / norm2(drawn))
  const along = difference(at, kind, [direction, -1])
  if (!along) return undefined
  const { v, bounds } = at.found.gradient(g)
  const off = (gradient: number, measured: number): number =>
    Math.abs(gradient - measured) / Math.max(1, Math.abs(measured))
  let worst = off(dot(v, direction), dot(g, along))
  bounds.forEach((byBound, r) => {
    const slope = difference(at, kind, [undefined, r])
    if (slope) worst = Math.max(worst, off(byBound, dot(g, slope)))
  })
  return worst
}

function gradients(
  kind: Kind,
  { labels, cases, scale }: Params,
  source: Stream,
): Pick<KindMeasured, 'cases' | 'error'> {
  let [error, done] = [0, 0]
  for (let t = 0; done < cases && t < 20 * cases; t++) {
    const L = labels[t % labels.length]
    const problem = problemOf(kind, L, source)
    const bounds = boundsOf(problem, 1, source, smooth(kind))
    const v = scores(L, scale, source)
    const found = problem.solve(v, bounds)
    const off = found && errorAt({ problem, v, bounds, found }, kind, source)
    if (off === undefined) continue
    done++
    error = Math.max(error, off)
  }
  return { cases: done, error }
}

/** Multiples of 1/8 from `from` to `to`. */
const eighths = (from: number, to: number, source: Stream): number =>
  (from + source.integer(to - from + 1)) / 8

/**
 * Scores v = y + Aᵀτ of which some labels have just reached 0 or 1, with y and τ multiples of 1/8:
 * by the conditions of Karush, Kuhn and Tucker y is their projection. The gradient there is compared
 * with the derivative nearby, where these labels are a little inside if they count as free, and
 * outside if not.
 */
function atKinks(
  kind: Kind,
  { labels, cases }: Params,
  source: Stream,
): Pick<KindMeasured, 'kinks' | 'kinkError'> {
  let [kinkError, kinks] = [0, 0]
  for (let t = 0; !smooth(kind) && kinks < cases && t < 20 * cases; t++) {
    const L = labels[t % labels.length]
    const problem = problemOf(kind, L, source)
    const { rows } = problem
    // an active upper bound has τ > 0, an active lower one τ < 0; of a range one is active
    const tau = rows.map(({ sense }, r) => {
      if (kind === 'range' && r !== t % 2) return 0
      const size = eighths(1, 8, source)
      return sense === 'le' ? size : sense === 'ge' ? -size : eighths(-8, 8, source)
    })
    const by = new Float64Array(L)
    rows.forEach((row, r) => {
      row.labels.forEach((i, j) => {
        by[i] += tau[r] * row.weights[j]
      })
    })
    const ends = t % 3 === 0
    const y = by.map(() => (ends ? source.integer(2) : eighths(0, 8, source)))
    // of the labels at 0 and 1 half are there with room, half have just reached it
    const outward = y.map((label) => (label === 0 ? -1 : label === 1 ? 1 : 0))
    const room = outward.map((sign) => (source.integer(2) === 0 ? 0 : sign * eighths(2, 8, source)))
    const v = y.map((label, i) => label + by[i] + room[i])
    const bounds = rows.map((row, r) => {
      const sum = sumOf(row, y)
      if (kind === 'range' && tau[r] === 0) return sum + (row.sense === 'le' ? 1 : -1)
      return sum
    })
    const found = problem.solve(v, bounds)
    const reached = outward.map((sign, i) => (room[i] === 0 ? sign : 0))
    if (!found || reached.every((sign) => sign === 0)) continue
    kinks++
    // kinks that count as free a little inside and other labels at 0 and 1 outside, with the bounds that these
    // labels have and room at inactive ones: the free labels and the multipliers stay
    const step = 2 ** -6
    const inward = reached.map((sign, i) => (found.free[i] ? -sign * step : 0))
    const near = v.map((x, i) => x + (found.free[i] ? inward[i] : outward[i] * step))
    const bent = rows.map((row, r) => {
      const more = found.active[r] ? 0 : row.sense === 'le' ? step : -step
      return bounds[r] + sumOf(row, inward) + more
    })
    const there = problem.solve(near, bent)
    const at = there && { ...there, gradient: found.gradient }
    const off = at && errorAt({ problem, v: near, bounds: bent, found: at }, kind, source)
    // a gradient that belongs to no point nearby
    kinkError = Math.max(kinkError, off ?? 1)
  }
  return { kinks, kinkError }
}
