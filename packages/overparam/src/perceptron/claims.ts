import { claim, counted, hypothesis, readable, type DecidableClaim } from '@nonconvex/optim/claims'
import { most, nothing } from '../claims/facts.js'
import { source } from '../source.js'

/** A run of a perceptron rule on one data set. */
export interface RuleRun {
  readonly converged: boolean
  readonly updates: number
  /** bound of the theorem; null if no separator through the origin exists */
  readonly bound: number | null
}

const perceptronsAttainedId = 'overparam/perceptron-bounds-attained'

/** Declares the claim that every run converges with at most as many updates as its bound. */
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
        inequality: perceptronsAttainedId,
        hypotheses,
        ...(updates <= bound &&
          cut > 0 && { undecided: `the budget ended it on ${counted(cut, 'data set')}` }),
      }
    },
  )

/** The perceptron makes at most (R/γ)² mistakes. */
export const perceptronBounded = bounded(
  'perceptron-bounded',
  'The perceptron converges after at most (R/γ)² mistakes',
  'Novikoff (1962)',
)

/** The batch perceptron makes at most (R/γ)² iterations. */
export const batchPerceptronBounded = bounded(
  'batch-perceptron-bounded',
  'The batch perceptron converges after at most (R/γ)² iterations',
  'Novikoff (1962)',
  'the mean',
)

/** The margin perceptron makes at most (R² + 2/η)/γ² updates. */
export const marginPerceptronBounded = bounded(
  'margin-perceptron-bounded',
  'The margin perceptron converges after at most (R² + 2/η)/γ² updates',
  'number of updates, α = 1',
)

/** The numbers of updates, distinct updated examples and visits of a run. */
export interface UpdateTrace {
  readonly updates: number
  readonly distinct: number | null
  readonly steps: number | null
}

/** The runs of a network and of a linear rule on the same data. */
export interface LimitFacts {
  /** the network and the rule, on each data set */
  readonly pairs: readonly (readonly [network: UpdateTrace, rule: UpdateTrace])[]
  /** leaky ReLU slope of the network */
  readonly alpha: number
}

/**
 * Declares the claim that two rules have the same numbers of updates, distinct updated examples and
 * visits on every data set.
 */
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

/** The network and the margin perceptron make the same updates. */
export const linearLimit = limit(
  'linear-limit',
  'For α = 1 and W₀ = 0 SGD on the network makes the same updates as the margin perceptron',
  'it is the linear rule with step 2kηv²',
)

/** The network and the perceptron make the same mistakes. */
export const perceptronLimit = limit(
  'perceptron-limit',
  'For α = 1, W₀ = 0 and η → ∞ SGD on the network makes the same mistakes as the perceptron',
  'the 1 of the hinge loss vanishes beside the outputs',
)

/** A run of a rule on data that are made for it. */
export interface TightRuleRun extends RuleRun {
  /** how sentences name it: 'perceptron' */
  readonly name: string
  /** the fraction of the bound that these data reach at least */
  readonly floor: number
}

/**
 * The bounds of the perceptron, the batch perceptron and the margin perceptron are attained, each on
 * data that are made for it: a bound that is too small by any factor violates the claim, and so does
 * one that is too large by more than 1/floor.
 *
 * @example
 * import { perceptronBoundsAttained } from '@nonconvex/overparam/perceptron'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { name: 'perceptron', converged: true, updates: 50, floor: 1 }
 * console.log(verdictOn(perceptronBoundsAttained, [{ ...run, bound: 50 }]).status) // → holds
 * console.log(verdictOn(perceptronBoundsAttained, [{ ...run, bound: 25 }]).status) // → violated
 * console.log(verdictOn(perceptronBoundsAttained, [{ ...run, bound: 100 }]).status) // → violated
 */
export const perceptronBoundsAttained = claim(
  perceptronsAttainedId,
  'The bounds of the perceptron, the batch perceptron and the margin perceptron are attained by some data',
  'float64',
  {
    ours: 'orthonormal examples; each violated alone after the first mean; the worst case at α = 1',
  },
  (runs: readonly TightRuleRun[]) => {
    const reached = runs.flatMap(({ name, updates, bound, floor, converged }) =>
      bound === null ? [] : [{ name, updates, bound, floor, converged, part: updates / bound }],
    )
    if (reached.length === 0) return nothing('data sets')
    // a sum of squares and a quotient
    const rounding = 1e-9
    const above = reached.find(({ part }) => part > 1 + rounding)
    const worst = above ?? most(reached, ({ part, floor }) => floor - part)
    return {
      statement: `${reached.map(({ name, updates, bound }) => `${name}: ${readable(updates)} of ${readable(bound, 5)} allowed`).join(', ')}`,
      measured: worst.part,
      relation: '>=',
      bound: worst.floor,
      attains: Math.max(...reached.map(({ part }) => part)),
      slack: rounding,
      holds: above === undefined,
      ...(above === undefined &&
        reached.some(({ converged }) => !converged) && { undecided: 'a budget ended a rule' }),
    }
  },
)
