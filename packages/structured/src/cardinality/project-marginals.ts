import type { Matrix, Vec } from '@nonconvex/tensor'
import { argumentError, checkFiniteMatrix } from '@nonconvex/tensor/check'
import { checkCaps, type InfeasibleCaps } from './class-caps.js'
import { constraintsGradient, type LinearConstraint } from './project-constraints.js'
import { TransportDual } from './transport-dual.js'

/** The marginals nearest to given ones, and what their gradient needs. */
export interface ProjectedMarginals {
  readonly status: 'projected'
  /** boxes × classes, each row a distribution */
  readonly y: Matrix
  /** τ ≥ 0 of each class: what is subtracted from its column; 0 where the cap does not bind */
  readonly multipliers: Float64Array
  readonly caps: Float64Array
}

/** The rounds were not enough; the largest violation of a constraint is `residual`. */
export interface UnfinishedMarginals {
  readonly status: 'not-converged'
  readonly y: Matrix
  readonly residual: number
}

export type CappedMarginals = ProjectedMarginals | InfeasibleCaps | UnfinishedMarginals

/**
 * The Euclidean projection of the scores v of n boxes for C classes onto the marginals of which at
 * most c_k boxes in expectation have class k, a transport polytope:
 *
 * {y : y_ik ≥ 0, Σ_k y_ik = 1 for each box i, Σ_i y_ik ≤ c_k for each class k}.
 *
 * Each row of the projection is the projection of v_i − τ onto the simplex, with one multiplier τ_k
 * ≥ 0 for each class.
 *
 * @param v - boxes × classes, finite; marginals that satisfy all caps do not change
 * @param caps - c, a number ≥ 0 for each class, Infinity for a class without cap
 * @returns the marginals; or that the caps leave room for fewer boxes than there are; or, after 200
 *   rounds, marginals that do not satisfy the caps, with the largest violation
 * @throws RangeError for scores that are not finite or a cap that is negative or NaN, ShapeError
 *   for another number of caps
 *
 * A round maximizes the dual exactly along each multiplier, which alone solves one cap, and then
 * along Newton's direction for all. Two or more caps are first imposed on smaller multiples of scores
 * above 1, whose multipliers are scaled up, as auctions do for assignments (Bertsekas 1988).
 *
 * Accuracy: sums over boxes within 8 n ε max(1, |v|), ε = 2^-52, sums of a box within C ε. Cost:
 * some 6 evaluations of O(n C log C) for each binding cap and round; one cap takes one round, many
 * a few for each of the 1 + log₂ max |v| multiples. Source: Brukhim & Globerson (2018) for counts; the transport polytope is ours.
 *
 * @example
 * import { projectMarginals } from '@nonconvex/structured/cardinality'
 * // three boxes, of which at most one is a table (class 0)
 * const v = { rows: 3, cols: 2, data: Float64Array.of(0.9, 0.1, 0.75, 0.25, 0.6, 0.4) }
 * const found = projectMarginals(v, [1, Infinity])
 * if (found.status === 'projected') console.log(Array.from(found.y.data, (p) => p.toFixed(3)).join(' ')) // → 0.483 0.517 0.333 0.667 0.183 0.817
 * console.log(projectMarginals(v, [1, 1])) // → { status: 'infeasible', boxes: 3, room: 2 }
 */
export function projectMarginals(v: Matrix, caps: Vec): CappedMarginals {
  const fn = 'projectMarginals'
  checkFiniteMatrix(fn, 'v', v)
  const outside = checkCaps(fn, v, caps)
  if (outside) return outside
  const { rows: n, cols: C } = v
  // a cap of n or more never binds
  const capped = Array.from(caps).flatMap((cap, k) => (cap < n ? [k] : []))
  const dual = new TransportDual(v, caps, capped, startOf(v, caps, capped))
  const y = { rows: n, cols: C, data: dual.y }
  if (!dual.maximize(ROUNDS)) return { status: 'not-converged', y, residual: dual.residual() }
  return { status: 'projected', y, multipliers: dual.tau, caps: Float64Array.from(caps) }
}

const ROUNDS = 200

/** Rounds at each smaller scale of the scores. */
const FEW = 30

/**
 * Multipliers to begin with: twice those of half the scores, from scores of at most 1 on. Of large
 * scores the marginals are 0 or 1 almost everywhere, where the dual has no curvature.
 */
function startOf(v: Matrix, caps: Vec, capped: readonly number[]): Float64Array {
  let tau = new Float64Array(v.cols)
  const size = v.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  // along one multiplier a round is exact
  if (capped.length < 2) return tau
  for (let halvings = Math.ceil(Math.log2(size)); halvings > 0; halvings--) {
    const scale = 2 ** -halvings
    const dual = new TransportDual({ ...v, data: v.data.map((x) => x * scale) }, caps, capped, tau)
    dual.maximize(FEW)
    tau = dual.tau.map((x) => 2 * x)
  }
  return tau
}

/** The gradient of a loss through projected marginals. */
export interface MarginalsGradient {
  /** by the scores, boxes × classes */
  readonly v: Matrix
  /** by the cap of each class; 0 for those that do not bind */
  readonly caps: Float64Array
}

/**
 * The gradient of a loss by scores and caps, from its gradient g by the projected marginals: as
 * `constraintsGradient`, with the positive marginals as the free labels.
 *
 * @param g - boxes × classes
 * @throws ShapeError for another shape. Cost: O(R² n C) for R boxes and binding caps
 *
 * @example
 * import { marginalsGradient, projectMarginals } from '@nonconvex/structured/cardinality'
 * const v = { rows: 2, cols: 2, data: Float64Array.of(0.9, 0.1, 0.7, 0.3) }
 * const found = projectMarginals(v, [1, Infinity])
 * if (found.status === 'projected') {
 *   const g = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 0) }
 *   const { v: byScores, caps } = marginalsGradient(found, g)
 *   console.log(byScores.data.map((x) => Math.round(4 * x) / 4).join(' '), caps[0].toFixed(2)) // → 0.25 -0.25 -0.25 0.25 0.50
 * }
 */
export function marginalsGradient(
  { y, multipliers, caps }: ProjectedMarginals,
  g: Matrix,
): MarginalsGradient {
  const { rows: n, cols: C, data } = y
  if (g.rows !== n || g.cols !== C)
    throw argumentError(
      'shape',
      'marginalsGradient',
      'g',
      `to be ${n} × ${C}`,
      `${g.rows} × ${g.cols}`,
    )
  const active = Array.from(multipliers.keys()).filter((k) => multipliers[k] > 0)
  const constraints: LinearConstraint[] = Array.from({ length: n }, (_, i) => ({
    labels: Array.from({ length: C }, (__, k) => i * C + k),
    min: 1,
    max: 1,
  }))
  for (const k of active)
    constraints.push({ labels: Array.from({ length: n }, (_, i) => i * C + k), max: caps[k] })
  const { v, bounds } = constraintsGradient(
    {
      status: 'projected',
      y: data,
      multipliers: Float64Array.from(constraints, (_, r) =>
        r < n ? 0 : multipliers[active[r - n]],
      ),
      // a single class of a box is at both bounds, and so is it in the limit
      free: Uint8Array.from(data, (p) => Number(p > 0)),
      constraints,
    },
    g.data,
  )
  const byCaps = new Float64Array(C)
  active.forEach((k, r) => (byCaps[k] = bounds[n + r]))
  return { v: { rows: n, cols: C, data: v }, caps: byCaps }
}
