import { ShapeError, type Vec } from '@nonconvex/tensor'
import { unitOf } from './budget-multiplier.js'

/** Labels that keep a budget, and what is needed to differentiate them. */
export interface Budget {
  /** the labels, as long as the scores */
  readonly y: Float64Array
  /** the multiplier τ: what a unit of the budget is worth; 0 where the budget does not bind */
  readonly tau: number
  /** whether the budget holds the labels back; false for an inequality that holds without it */
  readonly binds: boolean
  /** w: how fast each label follows its own score while τ is fixed */
  readonly slopes: Float64Array
  /** a: how much of the budget a unit of each label takes */
  readonly weights: Float64Array
}

/** What a loss changes by, through the labels. */
export interface BudgetGradient {
  /** by the scores */
  readonly v: Float64Array
  /** by the budget z */
  readonly z: number
}

/**
 * The gradient of a loss by scores and budget, from its gradient g by the labels: with m = Σ w_i
 * a_i g_i / Σ w_i a_i²,
 *
 * ∂/∂v_i = w_i (g_i − a_i m),   ∂/∂z = m,
 *
 * by differentiating Σ a_i y_i = z; where no label is free both are 0, and where the budget does
 * not bind ∂/∂v_i = w_i g_i. At a kink it is one element of the generalised Jacobian. Cost: O(L),
 * whatever it took to find the labels.
 *
 * @param budget - made by `projectBudget` or `softBudget`
 * @param g - as long as the labels
 * @throws ShapeError for another length
 *
 * @example
 * import { budgetGradient, projectBudget } from '@nonconvex/structured/cardinality'
 * const { v, z } = budgetGradient(projectBudget([0.9, 0.7, 0.5], 1.5), [1, 0, 0])
 * console.log(Array.from(v, (x) => x.toFixed(3)).join(' '), z.toFixed(3)) // → 0.667 -0.333 -0.333 0.333
 */
export function budgetGradient({ y, binds, slopes, weights }: Budget, g: Vec): BudgetGradient {
  const L = y.length
  if (g.length !== L)
    throw new ShapeError(`budgetGradient: g must have length ${L}, got ${g.length}`)
  const v = new Float64Array(L)
  if (!binds) {
    for (let i = 0; i < L; i++) v[i] = slopes[i] * g[i]
    return { v, z: 0 }
  }
  const unit = unitOf(weights)
  let [up, down] = [0, 0]
  for (let i = 0; i < L; i++) {
    const a = weights[i] / unit
    up += slopes[i] * a * g[i]
    down += slopes[i] * a * a
  }
  // in units of 1/unit, as τ
  const m = down > 0 ? up / down : 0
  for (let i = 0; i < L; i++) v[i] = slopes[i] * (g[i] - (weights[i] / unit) * m)
  return { v, z: m / unit }
}
