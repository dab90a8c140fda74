import { claim, counted, hypothesis, readable, type DecidableClaim } from '@nonconvex/optim/claims'
import { most, nothing } from '../claims/facts.js'
import { source } from '../source.js'

/** One run of a rule on one data set. */
export interface RuleRun {
  readonly converged: boolean
  readonly updates: number
  /** bound of the theorem; null if no separator through the origin exists */
  readonly bound: number | null
}

/** No run makes more updates than its bound, and each ends by itself. */
const bounded = (
  id: string,
  title: string,
  theorem: string,
  ours?: string,
): DecidableClaim<readonly RuleRun[]> =>
  claim(
    `overparam/${id}`,
    title,
    'float64',
    { ...source, theorem, ...(ours !== undefined && { ours }) },
    (runs: readonly RuleRun[]) => {
      if (runs.length === 0) return nothing('data sets')
      const compared = runs.flatMap(({ updates, bound }) =>
        bound === null ? [] : [{ updates, bound }],
      )
      const hypotheses = [
        hypothesis('a separator through the origin exists', compared.length === runs.length),
      ]
      if (compared.length === 0)
        return {
          statement: `on ${counted(runs.length, 'data set')}, none with a separator`,
          measured: 0,
          relation: '<=',
          bound: 0,
          hypotheses,
        }
      const { updates, bound } = most(compared, (run) => run.updates / run.bound)
      const cut = runs.filter(({ converged }) => !converged).length
      return {
        statement: `on ${counted(runs.length, 'data set')}; closest to its bound: ${readable(updates)} updates of ${readable(bound, 4)} allowed`,
        measured: updates,
        relation: '<=',
        bound,
        hypotheses,
        ...(updates <= bound &&
          cut > 0 && { undecided: `the budget ended it on ${counted(cut, 'data set')}` }),
      }
    },
  )

/** Mistakes ≤ (R/γ)². */
export const perceptronBounded = bounded(
  'perceptron-bounded',
  'The perceptron converges after at most (R/γ)² mistakes',
  'Novikoff (1962)',
)

/** Iterations ≤ (R/γ)². */
export const batchPerceptronBounded = bounded(
  'batch-perceptron-bounded',
  'The batch perceptron converges after at most (R/γ)² iterations',
  'Novikoff (1962)',
  'the mean',
)

/** Updates ≤ (R² + 2/η)/γ². */
export const marginPerceptronBounded = bounded(
  'margin-perceptron-bounded',
  'The margin perceptron converges after at most (R² + 2/η)/γ² updates',
  'number of updates, α = 1',
)

/** Updates, distinct examples and visits of a run. */
export interface UpdateTrace {
  readonly updates: number
  readonly distinct: number | null
  readonly steps: number | null
}

/** Runs of a network and of a linear rule on the same data. */
export interface LimitFacts {
  /** the network and the rule, on each data set */
  readonly pairs: readonly (readonly [network: UpdateTrace, rule: UpdateTrace])[]
  /** leaky ReLU slope of the network */
  readonly alpha: number
}

/** On every data set the same number of updates, of distinct examples and of visits. */
const limit = (id: string, title: string, ours: string): DecidableClaim<LimitFacts> =>
  claim(
    `overparam/${id}`,
    title,
    'float64',
    { ...source, ours },
    ({ pairs, alpha }: LimitFacts) => {
      if (pairs.length === 0) return nothing('data sets')
      const differing = pairs.filter(
        ([a, b]) => a.updates !== b.updates || a.distinct !== b.distinct || a.steps !== b.steps,
      ).length
      const updates = pairs.reduce((sum, [network]) => sum + network.updates, 0)
      return {
        statement: `updates, examples and visits differ on ${readable(differing)} of ${counted(pairs.length, 'data set')}, with ${readable(updates)} updates`,
        measured: differing,
        relation: '<=',
        bound: 0,
        hypotheses: [hypothesis('the leaky ReLU slope α is 1', alpha === 1, alpha)],
      }
    },
  )

/** The same updates. */
export const linearLimit = limit(
  'linear-limit',
  'For α = 1 and W₀ = 0 SGD on the network makes the same updates as the margin perceptron',
  'it is the linear rule with step 2kηv²',
)

/** The same mistakes. */
export const perceptronLimit = limit(
  'perceptron-limit',
  'For α = 1, W₀ = 0 and η → ∞ SGD on the network makes the same mistakes as the perceptron',
  'the 1 of the hinge loss vanishes beside the outputs',
)
