import { ShapeError, type Vec } from '@nonconvex/tensor'
import { checkFinite, checkFiniteVector } from '@nonconvex/tensor/check'
import type { Budget } from './budget.js'
import { clipped, labelsThatKeep, total, type Box } from './budget-multiplier.js'
import { oneOf } from '../layer/kinds.js'

/** Options of `projectBudget`. */
export interface ProjectBudgetOptions {
  /**
   * smallest and largest label; 0 and 1 by default. hi may be Infinity, which with lo = 0 gives the
   * simplex
   */
  readonly lo?: number
  readonly hi?: number
  /** a: coefficients of the constraint, of any sign; 1 by default */
  readonly weights?: Vec
  /** the constraint: sum equal to z (eq), at most z (le) or at least z (ge); eq by default */
  readonly mode?: 'eq' | 'le' | 'ge'
}

/**
 * The Euclidean projection of the scores v onto the cardinality constraint {y : lo ≤ y_i ≤ hi, Σ
 * a_i y_i = z}, for a = 1 and [0, 1] the capped simplex. It is
 *
 * y_i = clip(v_i − τ a_i, lo, hi), τ a root of the nonincreasing, piecewise linear Σ a_i clip(v_i −
 * τ a_i, lo, hi) − z.
 *
 * Any point of this form with sum z is the projection: τ is a certificate. If v clipped to the box
 * satisfies an inequality constraint, it is the projection.
 *
 * @param v - scores, finite
 * @param z - the budget, between the smallest and the largest sum of labels in the box; for 'le'
 *   only bounded below, for 'ge' only above
 * @returns the labels, τ, and the data for `budgetGradient`. For a = 1 and scores of any size, |Σ
 *   y_i − z| ≤ 4 L ε max(|z|, Σ|y_i|), ε = 2^-52; with other weights τ a_i is rounded, too. A
 *   budget outside by no more than that is moved to the end
 * @throws RangeError for invalid scores, weights, bounds or budget; ShapeError for other lengths
 * Cost: O(L log L): breakpoints are sorted, one linear equation is solved. Source: the continuous
 * quadratic knapsack problem, by its breakpoints; Brukhim & Globerson (2018) use an iterative
 * projection.
 *
 * @example
 * import { projectBudget } from '@nonconvex/structured/cardinality'
 * console.log([...projectBudget([2, 0.5, 0.25, -1], 2).y]) // → [ 1, 0.625, 0.375, 0 ]
 * console.log([...projectBudget([0.5, 0.25, 0], 1, { mode: 'le' }).y]) // → [ 0.5, 0.25, 0 ]
 */
export function projectBudget(v: Vec, z: number, options: ProjectBudgetOptions = {}): Budget {
  const { lo = 0, hi = 1, mode = 'eq' } = options
  oneOf('projectBudget', 'mode', mode, ['eq', 'le', 'ge'])
  const weights = checkedWeights(v, options)
  const box = { lo, hi, weights }
  const budget = checkedBudget(z, mode, box)
  const plain = clipped(v, { base: 0, step: 0 }, box)
  const sum = total(plain, weights)
  const binds = mode === 'eq' || (mode === 'le' ? sum > budget : sum < budget)
  const { y, tau } = binds ? labelsThatKeep(v, budget, box) : { y: plain, tau: 0 }
  const slopes = y.map((label) => Number(label > lo && label < hi))
  return { y, tau, binds, slopes, weights }
}

function checkedWeights(v: Vec, { lo = 0, hi = 1, weights }: ProjectBudgetOptions): Float64Array {
  checkFiniteVector('projectBudget', 'v', v)
  if (!(Number.isFinite(lo) && lo < hi))
    throw new RangeError(`projectBudget: lo must be finite and below hi, got ${lo} and ${hi}`)
  if (weights === undefined) return new Float64Array(v.length).fill(1)
  if (weights.length !== v.length)
    throw new ShapeError(
      `projectBudget: weights must have length ${v.length}, got ${weights.length}`,
    )
  checkFiniteVector('projectBudget', 'weights', weights)
  return Float64Array.from(weights)
}

/**
 * The budget; one beyond the ends by rounding is at the end, and one that no labels of the box keep
 * is refused.
 */
function checkedBudget(z: number, mode: 'eq' | 'le' | 'ge', { lo, hi, weights }: Box): number {
  checkFinite('projectBudget', 'z', z)
  let [least, most] = [0, 0]
  for (const a of weights) {
    if (a === 0) continue
    least += Math.min(a * lo, a * hi)
    most += Math.max(a * lo, a * hi)
  }
  const slack = (end: number): number => 4 * weights.length * Number.EPSILON * Math.abs(end)
  const low = mode !== 'ge' && z < least
  const high = mode !== 'le' && z > most
  if (!low && !high) return z
  if (low && least - z <= slack(least)) return least
  if (high && z - most <= slack(most)) return most
  const what = { eq: `in [${least}, ${most}]`, le: `at least ${least}`, ge: `at most ${most}` }[
    mode
  ]
  throw new RangeError(
    `projectBudget: z must be ${what}, since these are the possible sums of ${weights.length} labels in [${lo}, ${hi}], got ${z}`,
  )
}
