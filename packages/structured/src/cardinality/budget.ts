import { ShapeError, type Vec } from '@nonconvex/tensor'
import { unitOf } from './budget-multiplier.js'

/** Labels that satisfy a cardinality constraint, with the numbers for their gradient. */
export interface Budget {
  /** the labels, as long as the scores */
  readonly y: Float64Array
  /** the Lagrange multiplier τ; 0 if the constraint is not active */
  readonly tau: number
  /** whether the constraint is active; false for an inequality that holds without it */
  readonly binds: boolean
  /** w: derivative of each label by its own score at fixed τ */
  readonly slopes: Float64Array
  /** a: coefficients of the constraint */
  readonly weights: Float64Array
}

/** The gradient of a loss through the labels. */
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
 * by differentiating Σ a_i y_i = z; if no label is free both are 0, and if the constraint is not
 * active ∂/∂v_i = w_i g_i. At a non-differentiable point it is an element of the generalized
 * Jacobian. Cost: O(L).
 *
 * @param budget - from `projectBudget` or `softBudget`
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
