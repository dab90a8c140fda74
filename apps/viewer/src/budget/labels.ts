import { projectBudget, publishedBudget, softBudget } from '@nonconvex/structured/cardinality'
import type { BudgetParams } from './params.js'

/** Labels by one method. */
export interface BudgetLabels {
  readonly method: 'projection' | 'soft' | 'published'
  readonly y: readonly number[]
  readonly sum: number
  /** the threshold, where the method has one */
  readonly tau?: number
}

/** Beyond rounding: a budget is exceeded by more than this. */
const ROUNDING = 1e-9

/** Whether the sum of the labels obeys the budget. */
export function keepsBudget({ sum }: BudgetLabels, { rule, z }: BudgetParams): boolean {
  return rule === 'exactly z' ? Math.abs(sum - z) <= ROUNDING : sum <= z + ROUNDING
}

/**
 * The labels of each method, the projection first. A soft budget is one of exactly z; the published
 * projection is to exactly z, too.
 */
export function labelsOf({ rule, z, eps, scores }: BudgetParams): readonly BudgetLabels[] {
  const exact = rule === 'exactly z'
  const projected = projectBudget(scores, z, { mode: exact ? 'eq' : 'le' })
  const soft = exact ? [softBudget(scores, z, { eps })] : []
  return [
    labels('projection', projected.y, projected.tau),
    ...soft.map(({ y, tau }) => labels('soft', y, tau)),
    labels('published', publishedBudget(scores, z)),
  ]
}

function labels(method: BudgetLabels['method'], y: Float64Array, tau?: number): BudgetLabels {
  const sum = y.reduce((total, label) => total + label, 0)
  return { method, y: [...y], sum, ...(tau !== undefined && { tau }) }
}
