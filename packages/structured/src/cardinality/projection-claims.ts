import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { talk } from './source.js'

/** Projections onto one kind of constraint set. */
export interface ProjectionFacts {
  /** 'budget', 'groups' and so on */
  readonly kind: string
  readonly projections: number
  /** largest violation of a constraint, in units of max(1, Σ |a_i|) */
  readonly violation: number
  /** accuracy that the function states for it */
  readonly accuracy: number
  /** points of the set that labels are compared with, and the largest ⟨v − y, u − y⟩/L of a point u */
  readonly points: number
  readonly inequality: number
}

const total = (all: readonly { readonly projections: number }[]): number =>
  all.reduce((sum, { projections }) => sum + projections, 0)

/**
 * Every projection satisfies its constraints up to the stated accuracy: 1e-11 in float64, 1e-6 in
 * float32.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { projectionsFeasible } from '@nonconvex/structured/cardinality'
 * const found = { kind: 'budget', projections: 9, violation: 1e-15, accuracy: 1e-11, points: 90, inequality: -0.1 }
 * console.log(verdictOn(projectionsFeasible, [found]).status) // → holds
 */
export const projectionsFeasible = claim(
  'structured/projections-feasible',
  'Projected labels satisfy budgets, ranges, group counts and linear systems up to rounding',
  'float64',
  { talk, ours: 'sums of the labels against the bounds' },
  (all: readonly ProjectionFacts[]) => {
    const worst = all.reduce<ProjectionFacts | undefined>(
      (found, one) =>
        found && found.violation / found.accuracy >= one.violation / one.accuracy ? found : one,
      undefined,
    )
    return {
      statement: worst
        ? `over ${readable(total(all))} projections the violation is at most ${readable(worst.violation, 2)} (${worst.kind}), of ${readable(worst.accuracy)} allowed there`
        : 'no projection',
      measured: worst ? worst.violation / worst.accuracy : 0,
      relation: '<=',
      bound: 1,
      ...(!worst && { undecided: 'no projection' }),
    }
  },
)

/**
 * y is the projection of v onto a convex set C exactly if ⟨v − y, u − y⟩ ≤ 0 for all u ∈ C: measured
 * on points u of the set, in units of L, with a slack of 10 times the accuracy of y.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { projectionsNearest } from '@nonconvex/structured/cardinality'
 * const found = { kind: 'budget', projections: 9, violation: 0, accuracy: 1e-11, points: 90, inequality: -0.1 }
 * console.log(verdictOn(projectionsNearest, [found]).status) // → holds
 */
export const projectionsNearest = claim(
  'structured/projections-nearest',
  'Projected labels are the nearest feasible point: ⟨v − y, u − y⟩ ≤ 0 for every feasible u',
  'float64',
  { talk, ours: 'variational inequality on random feasible points' },
  (all: readonly ProjectionFacts[]) => {
    const worst = Math.max(...all.map(({ inequality }) => inequality))
    const points = all.reduce((sum, one) => sum + one.points, 0)
    return {
      statement: `max ⟨v − y, u − y⟩/L ${readable(worst, 2)} over ${readable(points)} feasible points`,
      measured: worst,
      relation: '<=',
      bound: 0,
      slack: 10 * Math.max(...all.map(({ accuracy }) => accuracy)),
      ...(points === 0 && { undecided: 'no feasible point' }),
      hypotheses: [hypothesis('the compared points are feasible', 'by construction')],
    }
  },
)

/** Gradients of one kind of projection. */
export interface GradientFacts {
  readonly kind: string
  /** random cases, and the largest |difference| from finite differences, in units of max(1, it) */
  readonly cases: number
  readonly error: number
  /** the same at ties and ends, against the derivative at a differentiable point nearby */
  readonly kinks: number
  readonly kinkError: number
  /** limit of both: rounding divided by the step of the differences */
  readonly limit: number
}

const largest = (
  all: readonly GradientFacts[],
  of: 'error' | 'kinkError',
): { readonly part: number; readonly error: number; readonly kind: string } =>
  all.reduce(
    (found, one) =>
      one[of] / one.limit >= found.part
        ? { part: one[of] / one.limit, error: one[of], kind: one.kind }
        : found,
    { part: 0, error: 0, kind: 'none' },
  )

/**
 * The gradients by scores and bounds are the central differences where the projection is
 * differentiable.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { projectionGradients } from '@nonconvex/structured/cardinality'
 * const found = { kind: 'budget', cases: 9, error: 1e-12, kinks: 9, kinkError: 1e-12, limit: 1e-6 }
 * console.log(verdictOn(projectionGradients, [found]).status) // → holds
 */
export const projectionGradients = claim(
  'structured/projection-gradients',
  'Gradients of projected labels by scores and bounds equal finite differences',
  'float64',
  { talk, ours: 'central differences along random directions' },
  (all: readonly GradientFacts[]) => {
    const { part, error, kind } = largest(all, 'error')
    const cases = all.reduce((sum, one) => sum + one.cases, 0)
    return {
      statement: `max error ${readable(error, 2)} (${kind}) over ${readable(cases)} random cases, ${readable(part, 2)} of what rounding allows`,
      measured: part,
      relation: '<=',
      bound: 1,
      ...(cases === 0 && { undecided: 'no case' }),
    }
  },
)

/**
 * At a tie, where a label has just reached a bound, and at the smallest and largest budget, the
 * gradient by the scores is the derivative at scores nearby: an element of the generalized Jacobian.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { projectionGradientsAtKinks } from '@nonconvex/structured/cardinality'
 * const found = { kind: 'budget', cases: 9, error: 1e-12, kinks: 9, kinkError: 1e-12, limit: 1e-6 }
 * console.log(verdictOn(projectionGradientsAtKinks, [found]).status) // → holds
 */
export const projectionGradientsAtKinks = claim(
  'structured/projection-gradients-at-kinks',
  'At ties and at the ends of the budget the gradient is an element of the generalized Jacobian',
  'float64',
  { talk, ours: 'central differences at scores nearby with the same free labels' },
  (all: readonly GradientFacts[]) => {
    const { part, error, kind } = largest(all, 'kinkError')
    const kinks = all.reduce((sum, one) => sum + one.kinks, 0)
    return {
      statement: `max error ${readable(error, 2)} (${kind}) over ${readable(kinks)} non-differentiable points, ${readable(part, 2)} of what rounding allows`,
      measured: part,
      relation: '<=',
      bound: 1,
      ...(kinks === 0 && { undecided: 'no non-differentiable point' }),
    }
  },
)
