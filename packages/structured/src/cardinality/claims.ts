import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { atLeast, interval, least } from '../by-interval.js'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { paper, talk } from './source.js'

/** Sums of projected scores of one length. */
export interface BudgetFacts {
  readonly labels: number
  /** projections of each kind */
  readonly draws: number
  /** the required sum */
  readonly budget: number
  /** largest |Σ y − budget| of the exact projection, and of the soft ones */
  readonly off: number
  readonly softOff: number
  /** Σ y − budget of the published projection */
  readonly published: MeanWithError
}

/**
 * Every exact and every soft projection sums to the budget, to 1e-12 of it or of 1.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { budgetIsKept } from '@nonconvex/structured/cardinality'
 * const found = { labels: 5, draws: 100, budget: 2, off: 1e-15, softOff: 1e-14, published: { mean: 0.5, error: 0.01 } }
 * console.log(verdictOn(budgetIsKept, [found]).status) // → holds
 */
export const budgetIsKept = claim(
  'structured/budget-is-kept',
  'The projection onto the capped simplex satisfies the cardinality constraint up to rounding',
  'float64',
  {
    talk,
    paper,
    ours: 'y = clip(v − τ, 0, 1) is the nearest point by its form; its sum is checked',
  },
  (all: readonly BudgetFacts[]) => {
    const parts = all.flatMap(({ off, softOff, budget }) =>
      [off, softOff].map((x) => x / Math.max(1, budget)),
    )
    const worst = Math.max(0, ...parts)
    const draws = all.reduce((sum, one) => sum + one.draws, 0)
    return {
      statement: `max relative error ${readable(worst)} of the sum over ${readable(3 * draws)} projections: exact, logistic and Laplace (limit 1e-12)`,
      measured: worst,
      relation: '<=',
      bound: 1e-12,
      ...(draws === 0 && { undecided: 'no projection' }),
    }
  },
)

/**
 * The published projection sums to more than the budget on average for every number of labels, by
 * 95 % intervals.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { publishedBudgetLeaks } from '@nonconvex/structured/cardinality'
 * const found = { labels: 5, draws: 100, budget: 2, off: 1e-15, softOff: 1e-14, published: { mean: 0.5, error: 0.01 } }
 * console.log(verdictOn(publishedBudgetLeaks, [found]).status) // → holds
 */
export const publishedBudgetLeaks = claim(
  'structured/published-budget-leaks',
  'The smooth projection of the published implementation exceeds the cardinality budget on average',
  'statistical',
  { talk, paper: `${paper}; the authors’ code`, ours: 'measured on random scores' },
  (all: readonly BudgetFacts[]) => {
    const excesses = all.map(({ published }) => published)
    const most = Math.max(0, ...excesses.map(({ mean }) => mean))
    const where = all.find(({ published }) => published.mean === most)
    return {
      statement: `mean excess over the budget at least ${interval(least(excesses))}, at most ${readable(most, 3)} (${where?.labels ?? 0} labels)`,
      ...atLeast(excesses, 0),
      hypotheses: [hypothesis('scores are independent draws', 'by construction')],
    }
  },
)

/** Dynamic programming and decoding against enumeration. */
export interface EnumerationFacts {
  /** random distributions */
  readonly distributions: number
  /** largest error of log Z, in units of max(1, |log Z|), and of a probability */
  readonly error: number
  /** largest gap of expected F1 to the best set */
  readonly gap: number
}

/**
 * log Z, marginals and the distribution of the count equal the sums over all labels, to 1e-11.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { marginalsAreExact } from '@nonconvex/structured/cardinality'
 * console.log(verdictOn(marginalsAreExact, { distributions: 10, error: 1e-14, gap: 0 }).status) // → holds
 */
export const marginalsAreExact = claim(
  'structured/count-law-is-exact',
  'Dynamic programming over counts gives the exact marginals and partition function of a cardinality potential',
  'float64',
  { talk, ours: 'two tables over counts against enumeration, up to 10 labels' },
  ({ distributions, error }: EnumerationFacts) => ({
    statement: `max error ${readable(error)} of log Z and all probabilities over ${readable(distributions)} random distributions (limit 1e-11)`,
    measured: error,
    relation: '<=',
    bound: 1e-11,
    ...(distributions === 0 && { undecided: 'no distribution' }),
  }),
)

/**
 * No set of labels has a higher expected F1 than the decoded one, up to 1e-12.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { f1DecodingIsBest } from '@nonconvex/structured/cardinality'
 * console.log(verdictOn(f1DecodingIsBest, { distributions: 10, error: 1e-14, gap: 0 }).status) // → holds
 */
export const f1DecodingIsBest = claim(
  'structured/f1-decoding-is-best',
  'Expected-F1 decoding returns a maximizer over all 2^L sets of labels',
  'float64',
  { talk, ours: 'against every set, up to 7 labels' },
  ({ distributions, gap }: EnumerationFacts) => ({
    statement: `max gap ${readable(gap)} to the best set over ${readable(distributions)} random distributions (limit 1e-12)`,
    measured: gap,
    relation: '<=',
    bound: 1e-12,
    ...(distributions === 0 && { undecided: 'no distribution' }),
  }),
)

/**
 * F1 of top-k decoding on the examples of one problem, by the information that determines k.
 */
export interface CountWorthFacts {
  /** the largest possible count */
  readonly maxCount: number
  /**
   * k the most likely count given the features, minus k the most likely count on average
   */
  readonly likeliest: MeanWithError
  /** k the true count, minus k the most likely count given the features */
  readonly known: MeanWithError
}

/**
 * F1 increases with the information about the count in every problem, by 95 % intervals of both
 * differences. Inapplicable where all examples have the same count.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { countIsWorth } from '@nonconvex/structured/cardinality'
 * const gain = { mean: 0.03, error: 0.004 }
 * console.log(verdictOn(countIsWorth, [{ maxCount: 8, likeliest: gain, known: gain }]).status) // → holds
 */
export const countIsWorth = claim(
  'structured/count-is-worth',
  'The F1 score of top-k decoding increases with the information about the number of labels',
  'statistical',
  {
    talk,
    paper,
    ours: 'synthetic labels whose count depends on another direction than their scores',
  },
  (all: readonly CountWorthFacts[]) => {
    const [likeliest, known] = [all.map((one) => one.likeliest), all.map((one) => one.known)]
    const counts = Math.min(...all.map(({ maxCount }) => maxCount))
    const where = all.length === 1 ? 'one problem' : `${readable(all.length)} problems`
    return {
      statement: `in ${where}, F1 with the most likely count given the features exceeds that with the most likely count on average by at least ${interval(least(likeliest))}; the true count adds at least ${interval(least(known))}`,
      ...atLeast([...likeliest, ...known], 0),
      hypotheses: [hypothesis('the count varies between examples', counts > 1, counts)],
    }
  },
)
