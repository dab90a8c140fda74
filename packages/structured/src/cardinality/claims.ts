import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { atLeast, interval, least } from '../by-interval.js'
import type { MeanWithError } from '@nonconvex/optim/statistics'

const talk = 'Predict and constrain: labels y with f(y) = c, learned end to end'
const paper =
  'Brukhim, Globerson (2018), Predict and constrain: modeling cardinality in deep structured prediction, ICML, arXiv 1802.04721'

/** Sums of projected scores of one length. */
export interface BudgetFacts {
  readonly labels: number
  /** projections of each kind */
  readonly draws: number
  /** the sum that is asked for */
  readonly budget: number
  /** largest |Σ y − budget| of the exact projection, and of the soft ones */
  readonly off: number
  readonly softOff: number
  /** Σ y − budget of the published projection */
  readonly published: MeanWithError
}

/**
 * Whether every exact and every soft projection summed to the budget, to 1e-12 of it or of 1.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { budgetIsKept } from '@nonconvex/structured/cardinality'
 * const found = { labels: 5, draws: 100, budget: 2, off: 1e-15, softOff: 1e-14, published: { mean: 0.5, error: 0.01 } }
 * console.log(verdictOn(budgetIsKept, [found]).status) // → holds
 */
export const budgetIsKept = claim(
  'structured/budget-is-kept',
  'The projection onto labels with a given sum keeps that sum to rounding',
  'float64',
  {
    talk,
    paper,
    ours: 'y = clip(v − τ, 0, 1) is nearest by its form; what is left to check is its sum',
  },
  (all: readonly BudgetFacts[]) => {
    const parts = all.flatMap(({ off, softOff, budget }) =>
      [off, softOff].map((x) => x / Math.max(1, budget)),
    )
    const worst = Math.max(0, ...parts)
    const draws = all.reduce((sum, one) => sum + one.draws, 0)
    return {
      statement: `labels of ${readable(3 * draws)} projections, exact, logistic and Laplace, sum to the budget but for ${readable(worst)} of it at most; 1e-12 is allowed`,
      measured: worst,
      relation: '<=',
      bound: 1e-12,
      ...(draws === 0 && { undecided: 'no projection' }),
    }
  },
)

/**
 * Whether the published projection sums to more than the budget on average, for every length: by 95
 * % intervals.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { publishedBudgetLeaks } from '@nonconvex/structured/cardinality'
 * const found = { labels: 5, draws: 100, budget: 2, off: 1e-15, softOff: 1e-14, published: { mean: 0.5, error: 0.01 } }
 * console.log(verdictOn(publishedBudgetLeaks, [found]).status) // → holds
 */
export const publishedBudgetLeaks = claim(
  'structured/published-budget-leaks',
  'The smooth projection of the published program lets labels sum to more',
  'statistical',
  { talk, paper: `${paper}; the authors’ code`, ours: 'measured on random scores' },
  (all: readonly BudgetFacts[]) => {
    const excesses = all.map(({ published }) => published)
    const most = Math.max(0, ...excesses.map(({ mean }) => mean))
    const where = all.find(({ published }) => published.mean === most)
    return {
      statement: `labels sum to more than the budget by ${interval(least(excesses))} at the least, and by ${readable(most, 3)} with ${where?.labels ?? 0} labels`,
      ...atLeast(excesses, 0),
    }
  },
)

/** Tables and decoding against enumeration. */
export interface EnumerationFacts {
  readonly laws: number
  /** largest error of log Z, in units of max(1, |log Z|), and of a probability */
  readonly law: number
  /** largest shortfall of expected F1 behind the best set */
  readonly decoding: number
}

/**
 * Whether log Z, marginals and counts are those of the sum over all labels, to 1e-11.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { marginalsAreExact } from '@nonconvex/structured/cardinality'
 * console.log(verdictOn(marginalsAreExact, { laws: 10, law: 1e-14, decoding: 0 }).status) // → holds
 */
export const marginalsAreExact = claim(
  'structured/count-law-is-exact',
  'Marginals and normaliser of labels with a count law are those of the sum over all 2^L',
  'float64',
  { talk, ours: 'two tables over counts against enumeration, up to 10 labels' },
  ({ laws, law }: EnumerationFacts) => ({
    statement: `on ${readable(laws)} random laws log Z and all probabilities are off by ${readable(law)} at most; 1e-11 is allowed`,
    measured: law,
    relation: '<=',
    bound: 1e-11,
    ...(laws === 0 && { undecided: 'no law' }),
  }),
)

/**
 * Whether no set of labels has a higher expected F1 than the one that was found, but for 1e-12.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { f1DecodingIsBest } from '@nonconvex/structured/cardinality'
 * console.log(verdictOn(f1DecodingIsBest, { laws: 10, law: 1e-14, decoding: 0 }).status) // → holds
 */
export const f1DecodingIsBest = claim(
  'structured/f1-decoding-is-best',
  'Of all 2^L sets of labels, decoding finds one with the highest expected F1',
  'float64',
  { talk, ours: 'against every set, up to 7 labels' },
  ({ laws, decoding }: EnumerationFacts) => ({
    statement: `on ${readable(laws)} random laws no set is better by more than ${readable(decoding)}; 1e-12 is allowed`,
    measured: decoding,
    relation: '<=',
    bound: 1e-12,
    ...(laws === 0 && { undecided: 'no law' }),
  }),
)

/**
 * F1 on the examples of one problem, of as many of the highest scores as a count says, by what is
 * known of the count.
 */
export interface CountWorthFacts {
  /** the largest count that there is */
  readonly maxCount: number
  /**
   * the count that is likeliest given the features, against the one that is likeliest on average
   */
  readonly likeliest: MeanWithError
  /** the true count, against the one that is likeliest given the features */
  readonly known: MeanWithError
}

/**
 * Whether labels are the better the more is known of their count, in every problem: by 95 %
 * intervals of both differences. If all examples have one label there is nothing to know.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { countIsWorth } from '@nonconvex/structured/cardinality'
 * const gain = { mean: 0.03, error: 0.004 }
 * console.log(verdictOn(countIsWorth, [{ maxCount: 8, likeliest: gain, known: gain }]).status) // → holds
 */
export const countIsWorth = claim(
  'structured/count-is-worth',
  'The better the count is known, the better the labels',
  'statistical',
  {
    talk,
    paper,
    ours: 'synthetic labels whose count follows another direction than their scores',
  },
  (all: readonly CountWorthFacts[]) => {
    const [likeliest, known] = [all.map((one) => one.likeliest), all.map((one) => one.known)]
    const counts = Math.min(...all.map(({ maxCount }) => maxCount))
    const where = all.length === 1 ? 'one problem' : `${readable(all.length)} problems`
    return {
      statement: `in ${where} the count that is likeliest given the features is worth ${interval(least(likeliest))} of F1 at the least, against the one that is likeliest on average; the true one ${interval(least(known))} more`,
      ...atLeast([...likeliest, ...known], 0),
      hypotheses: [hypothesis('examples differ in their counts', counts > 1, counts)],
    }
  },
)
