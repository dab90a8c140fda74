import { finiteVector, ShapeError, type Vec } from '@nonconvex/tensor'
import type { Budget } from './budget.js'
import { clipped, multiplier, total, type Box } from './budget-multiplier.js'

/** What `projectBudget` may be told. */
export interface ProjectBudgetOptions {
  /** least and largest label; 0 and 1 by default. hi may be Infinity, which with lo = 0 gives the simplex */
  readonly lo?: number
  readonly hi?: number
  /** a: how much of the budget a unit of each label takes, of any sign; 1 by default */
  readonly weights?: Vec
  /** whether the sum is to be z (eq), at most z (le) or at least z (ge); eq by default */
  readonly mode?: 'eq' | 'le' | 'ge'
}

/**
 * The labels nearest to the scores that keep a budget: the Euclidean projection of v onto
 * {y : lo ≤ y_i ≤ hi, Σ a_i y_i = z}, for a = 1 and [0, 1] the capped simplex, "choose z of L". It is
 *
 * y_i = clip(v_i − τ a_i, lo, hi),   τ a root of the nonincreasing, piecewise linear Σ a_i clip(v_i − τ a_i, lo, hi) − z.
 *
 * Whatever has this form and sums to z is the projection: τ is its own certificate. An inequality that v clipped to the box keeps leaves
 * it as it is.
 *
 * @param v - scores, finite
 * @param z - the budget, from the least to the largest sum that labels of the box can have; for 'le' only not below, for 'ge' only not
 *   above
 * @returns the labels, τ, and what `budgetGradient` needs. |Σ a_i y_i − z| ≤ 4 L ε max(1, |z|, Σ|a_i y_i|) for a = 1, ε = 2^-52
 * @throws RangeError for scores, weights, bounds or a budget that cannot be; ShapeError for other lengths
 * Cost: O(L log L): breakpoints are sorted, one linear equation is solved.
 * Source: Brukhim & Globerson (2018) project by rounds; that the projection has this form: the conditions of Karush, Kuhn, Tucker.
 *
 * @example
 * import { projectBudget } from '@nonconvex/structured'
 * console.log([...projectBudget([2, 0.5, 0.25, -1], 2).y]) // → [ 1, 0.625, 0.375, 0 ]
 * console.log([...projectBudget([0.5, 0.25, 0], 1, { mode: 'le' }).y]) // → [ 0.5, 0.25, 0 ]
 */
export function projectBudget(v: Vec, z: number, options: ProjectBudgetOptions = {}): Budget {
  const { lo = 0, hi = 1, mode = 'eq' } = options
  const weights = checkedWeights(v, options)
  const box = { lo, hi, weights }
  checkBudget(z, mode, box)
  const nowhere = { base: 0, step: 0 }
  const sum = total(clipped(v, nowhere, box), weights)
  const binds = mode === 'eq' || (mode === 'le' ? sum > z : sum < z)
  const tau = binds ? multiplier(v, z, box) : nowhere
  const y = clipped(v, tau, box)
  const slopes = y.map((label) => Number(label > lo && label < hi))
  return { y, tau: tau.base + tau.step, binds, slopes, weights }
}

function checkedWeights(v: Vec, { lo = 0, hi = 1, weights }: ProjectBudgetOptions): Float64Array {
  finiteVector('projectBudget', 'v', v)
  if (!(Number.isFinite(lo) && lo < hi))
    throw new RangeError(`projectBudget: lo must be finite and below hi, got ${lo} and ${hi}`)
  if (weights === undefined) return new Float64Array(v.length).fill(1)
  if (weights.length !== v.length)
    throw new ShapeError(
      `projectBudget: weights must have length ${v.length}, got ${weights.length}`,
    )
  finiteVector('projectBudget', 'weights', weights)
  return Float64Array.from(weights)
}

/** A budget is refused that no labels of the box keep. */
function checkBudget(z: number, mode: 'eq' | 'le' | 'ge', { lo, hi, weights }: Box): void {
  let [least, most] = [0, 0]
  for (const a of weights) {
    if (a === 0) continue
    least += Math.min(a * lo, a * hi)
    most += Math.max(a * lo, a * hi)
  }
  const [from, to] = [mode === 'le' ? least : -Infinity, mode === 'ge' ? most : Infinity]
  const fits = mode === 'eq' ? z >= least && z <= most : z >= from && z <= to
  if (Number.isFinite(z) && fits) return
  const what = { eq: `in [${least}, ${most}]`, le: `at least ${least}`, ge: `at most ${most}` }[
    mode
  ]
  throw new RangeError(
    `projectBudget: z must be ${what}, by the sums that ${weights.length} labels of [${lo}, ${hi}] can have, got ${z}`,
  )
}
