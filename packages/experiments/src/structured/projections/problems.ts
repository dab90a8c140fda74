import {
  budgetBatch,
  budgetGradient,
  constraintsGradient,
  projectBudget,
  projectConstraints,
  softBudget,
  type Budget,
  type LinearConstraint,
} from '@nonconvex/structured/cardinality'
import { dot, type Stream } from '@nonconvex/tensor'
import type { Kind } from './experiment.js'

/** One linear constraint without its bound: Σ a_i y_i on some labels. */
export interface Row {
  readonly labels: readonly number[]
  readonly weights: Float64Array
  readonly sense: 'eq' | 'le' | 'ge'
}

/** Projected labels. */
export interface Solved {
  readonly y: Float64Array
  /** whether each label is strictly between 0 and 1 */
  readonly free: readonly boolean[]
  /** whether the bound of each row is active */
  readonly active: readonly boolean[]
  readonly gradient: (g: Float64Array) => { readonly v: Float64Array; readonly bounds: number[] }
}

/** A constraint set without bounds, and its projection. */
export interface Problem {
  readonly L: number
  readonly rows: readonly Row[]
  /** none where no labels satisfy the constraints */
  readonly solve: (v: Float64Array, bounds: readonly number[]) => Solved | undefined
}

/** The temperature of the smooth kinds. */
const EPS = 0.5

/** Coefficients with few binary digits, so that sums of dyadic labels are exact. */
const coefficients = [-1, 0.5, 1, 2] as const

const from = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, i) => start + i)

/** A random problem of a kind. */
export function problemOf(kind: Kind, L: number, source: Stream): Problem {
  const all = from(0, L)
  const row = (sense: Row['sense'], labels = all, weights?: Float64Array): Row => ({
    sense,
    labels,
    weights: weights ?? new Float64Array(labels.length).fill(1),
  })
  const weights = (): Float64Array =>
    new Float64Array(L).map(() => coefficients[source.integer(coefficients.length)])
  const budget = (sense: Row['sense'], a?: Float64Array): Problem => {
    const rows = [row(sense, all, a)]
    const mode = sense
    const solve = (v: Float64Array, [z]: readonly number[]) =>
      within(rows[0], z)
        ? ofBudget(projectBudget(v, z, { mode, weights: rows[0].weights }))
        : undefined
    return { L, rows, solve }
  }
  const system = (
    rows: readonly Row[],
    given: (bounds: readonly number[]) => LinearConstraint[],
  ) => ({
    L,
    rows,
    solve: (v: Float64Array, bounds: readonly number[]) => bySystem(v, rows, given(bounds)),
  })
  const each = (rows: readonly Row[]): Problem =>
    system(rows, (bounds) => rows.map((one, r) => constraintOf(one, bounds[r])))
  switch (kind) {
    case 'budget':
      return budget('eq')
    case 'most':
      return budget('le')
    case 'least':
      return budget('ge')
    case 'weights':
      return budget('eq', weights())
    case 'range':
      return system([row('ge'), row('le')], ([min, max]) => [{ min, max }])
    case 'groups': {
      const [first, second] = [Math.floor(L / 3), Math.floor((2 * L) / 3)]
      const groups = [from(0, first), from(first, second), from(second, L)]
      const senses = ['eq', 'le', 'ge'] as const
      return each(
        groups.flatMap((labels, g) => (labels.length === 0 ? [] : [row(senses[g], labels)])),
      )
    }
    case 'nested': {
      const groups = [Math.ceil(L / 4), Math.ceil(L / 2)].map((size) => from(0, size))
      return each([...groups.map((labels) => row('le', labels)), row('eq')])
    }
    case 'system':
      return each(from(0, Math.min(3, L)).map(() => row('eq', all, weights())))
    case 'float32': {
      const batch = budgetBatch({ rows: 1, labels: L })
      return {
        L,
        rows: [row('eq')],
        solve: (v, [z]) => {
          batch.scores.set(v)
          batch.budgets[0] = z
          if (batch.project().status === 'infeasible') return undefined
          const y = Float64Array.from(batch.y)
          const free = [...y].map((label) => label > 0 && label < 1)
          const gradient = (g: Float64Array) => {
            batch.y.set(y)
            batch.upstream.set(g)
            batch.backward()
            return { v: Float64Array.from(batch.byScores), bounds: [batch.byBudgets[0]] }
          }
          return { y, free, active: [true], gradient }
        },
      }
    }
    case 'sigmoid':
    case 'laplace': {
      const rows = [row('eq')]
      const solve = (v: Float64Array, [z]: readonly number[]) =>
        within(rows[0], z) ? ofBudget(softBudget(v, z, { eps: EPS, kind })) : undefined
      return { L, rows, solve }
    }
  }
}

const sizeOf = ({ weights }: Row): number => weights.reduce((sum, a) => sum + Math.abs(a), 0)

/** Whether labels in [0, 1] can have this sum. */
function within({ weights, sense }: Row, bound: number): boolean {
  const least = weights.reduce((sum, a) => sum + Math.min(0, a), 0)
  const most = weights.reduce((sum, a) => sum + Math.max(0, a), 0)
  return (sense === 'ge' || bound >= least) && (sense === 'le' || bound <= most)
}

const constraintOf = ({ labels, weights, sense }: Row, bound: number): LinearConstraint => ({
  labels,
  weights,
  ...(sense !== 'le' && { min: bound }),
  ...(sense !== 'ge' && { max: bound }),
})

function ofBudget(found: Budget): Solved {
  const free = [...found.slopes].map((slope) => slope > 0)
  return {
    y: found.y,
    free,
    active: [found.binds],
    gradient: (g) => {
      const { v, z } = budgetGradient(found, g)
      return { v, bounds: [z] }
    },
  }
}

function bySystem(
  v: Float64Array,
  rows: readonly Row[],
  constraints: readonly LinearConstraint[],
): Solved | undefined {
  const found = projectConstraints(v, constraints)
  if (found.status === 'infeasible') return undefined
  if (found.status === 'not-converged')
    return { y: found.y, free: [], active: [], gradient: (g) => ({ v: g, bounds: [] }) }
  const { y, multipliers } = found
  const free = [...found.free].map((one) => one === 1)
  const active = rows.map(({ sense }, r) => {
    const tau = multipliers[rows.length > constraints.length ? 0 : r]
    return sense === 'eq' || (sense === 'le' ? tau > 0 : tau < 0)
  })
  return {
    y,
    free,
    active,
    gradient: (g) => {
      const gradient = constraintsGradient(found, g)
      const bounds = [...gradient.bounds]
      // one constraint with two bounds: the gradient is that of the active one
      const one = rows.length > constraints.length
      return {
        v: gradient.v,
        bounds: one ? active.map((is) => (is ? bounds[0] : 0)) : bounds,
      }
    },
  }
}

/** Σ a_i y_i of a row. */
export const sumOf = ({ labels, weights }: Row, y: Float64Array): number =>
  dot(
    weights,
    Float64Array.from(labels, (i) => y[i]),
  )

/** Largest violation of a bound of the labels, or of a constraint in units of max(1, Σ |a_i|). */
export function violationOf({ rows }: Problem, y: Float64Array, bounds: readonly number[]): number {
  let worst = 0
  for (const label of y) worst = Math.max(worst, -label, label - 1)
  rows.forEach((row, r) => {
    const excess = sumOf(row, y) - bounds[r]
    const off = row.sense === 'eq' ? Math.abs(excess) : row.sense === 'le' ? excess : -excess
    worst = Math.max(worst, off / Math.max(1, sizeOf(row)))
  })
  return worst
}
