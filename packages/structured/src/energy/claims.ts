import { claim, counted, hypothesis, readable } from '@nonconvex/optim/claims'
import { paper, talk } from '../cardinality/source.js'

/** How far the sums of trained labels are from their budgets. */
export interface TrainedBudgetFacts {
  /** of labels L */
  readonly labels: number
  readonly examples: number
  /** largest |Σ y − z| of an example */
  readonly largestGap: number
  /** means over the examples */
  readonly gap: number
  readonly budget: number
  readonly sum: number
}

/** |Σ y − z| ≤ 4 L ε max(z, Σ y), as `projectBudget` promises, with both at most L. */
const rounding = ({ labels }: TrainedBudgetFacts): number => 4 * labels * labels * Number.EPSILON

/**
 * Labels of a network that was trained through the exact projection sum to the predicted budget on
 * every new example, up to rounding.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { trainedLabelsKeepBudget } from '@nonconvex/structured/energy'
 * const facts = { labels: 30, examples: 300, gap: 0, budget: 2, sum: 2 }
 * const status = (largestGap: number) => verdictOn(trainedLabelsKeepBudget, { ...facts, largestGap }).status
 * console.log(status(1e-14), status(1e-9)) // → holds violated
 */
export const trainedLabelsKeepBudget = claim(
  'structured/trained-labels-keep-budget',
  'Labels trained through the exact projection sum to the predicted number',
  'float64',
  { talk, ours: 'the exact projection in each step of the inference' },
  (facts: TrainedBudgetFacts) => ({
    statement: `largest |Σ y − z| of ${counted(facts.examples, 'test example')}: ${readable(facts.largestGap)}`,
    measured: facts.largestGap,
    relation: '<=',
    bound: rounding(facts),
    hypotheses: [hypothesis('test examples are not trained on', 'by construction')],
    ...(facts.examples === 0 && { undecided: 'no test example' }),
  }),
)

/** A mean gap above this part of the budget: the outputs ignore it. */
const IGNORED = 0.1

/**
 * Labels of a network that was trained through the published projection do not sum to the predicted
 * budget: on new examples the mean of |Σ y − z| is above a tenth of the mean budget. What is learned
 * is a threshold.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { publishedTrainingIgnoresBudget } from '@nonconvex/structured/energy'
 * const facts = { labels: 159, examples: 2515, largestGap: 7, gap: 1.44, budget: 1, sum: 2.44 }
 * console.log(verdictOn(publishedTrainingIgnoresBudget, facts).status) // → holds
 */
export const publishedTrainingIgnoresBudget = claim(
  'structured/published-training-ignores-budget',
  'Labels trained through the published projection do not sum to the predicted number',
  'float64',
  { talk, paper, ours: 'the published program, trained and measured' },
  ({ gap, budget, sum, examples }: TrainedBudgetFacts) => ({
    statement: `mean budget ${readable(budget, 3)}, mean sum ${readable(sum, 3)}; mean |Σ y − z| is ${readable((100 * gap) / budget, 3)} % of the budget in ${counted(examples, 'test example')}`,
    measured: gap / budget,
    relation: '>=',
    bound: IGNORED,
    hypotheses: [hypothesis('test examples are not trained on', 'by construction')],
    ...(examples === 0 && { undecided: 'no test example' }),
  }),
)

/** The largest difference that a right gradient has. */
const DIFFERENCE = 1e-6

/**
 * The gradient through all steps of the inference is that of its central differences.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { unrolledGradients } from '@nonconvex/structured/energy'
 * console.log(verdictOn(unrolledGradients, [1e-9, 1e-8]).status, verdictOn(unrolledGradients, [1e-3]).status)
 * // → holds violated
 */
export const unrolledGradients = claim(
  'structured/unrolled-gradients',
  'The gradient through all steps of the inference agrees with finite differences',
  'float64',
  { talk, ours: 'the reverse of each step; problems at random, away from kinks' },
  (errors: readonly number[]) => {
    const worst = errors.reduce((a, b) => Math.max(a, b), 0)
    return {
      statement: `largest difference in ${counted(errors.length, 'problem')}: ${readable(worst)} (limit ${readable(DIFFERENCE)})`,
      measured: worst,
      relation: '<=',
      bound: DIFFERENCE,
      ...(errors.length === 0 && { undecided: 'nothing to compare' }),
    }
  },
)
