import {
  argumentError,
  checkCount,
  checkInteger,
  checkProperFraction,
} from '@nonconvex/tensor/check'
import {
  claim,
  hypothesis,
  counted,
  readable,
  type Evidence,
  type Hypothesis,
} from '@nonconvex/optim/claims'
import { most, nothing } from '../claims/facts.js'
import { source } from '../source.js'
import { leaveOneOutBound } from './comparisons.js'
import { leaveOneOutAttainedId } from './leave-one-out-attained.js'
import { clopperPearson, logBinomialTail } from '@nonconvex/optim/statistics'

/** The facts about a sample and its run that the hypotheses of the guarantees concern. */
export interface SampleFacts {
  /**
   * whether examples were drawn independently from one distribution; unknown for real data
   */
  readonly independent: 'yes' | 'no' | 'unknown'
  /**
   * whether initialization, learning rate, width, order and features are independent of the sample:
   * true if the program draws the sample after they are fixed; 'assumed' for data that the one who
   * chose them may have seen
   */
  readonly fixedBefore: boolean | 'assumed'
}

/**
 * The hypotheses of the guarantees, with their status.
 *
 * @example
 * import { sampleHypotheses } from '@nonconvex/overparam/generalization'
 * const found = sampleHypotheses({ independent: 'unknown', fixedBefore: true })
 * console.log(found.map(({ status }) => status)) // → [ 'assumed', 'by construction' ]
 */
export function sampleHypotheses({ independent, fixedBefore }: SampleFacts): readonly Hypothesis[] {
  return [
    hypothesis(
      'the examples are drawn independently from one distribution',
      independent === 'unknown' ? 'assumed' : independent === 'yes',
    ),
    hypothesis(
      'initialization, learning rate, width, order and features were fixed before the sample was seen',
      fixedBefore === true ? 'by construction' : fixedBefore,
    ),
  ]
}

/** A run on all examples compared with a run on a subset. */
export interface Rebuilt {
  /** its name in statements: 'k = 10, seed 2' */
  readonly name: string
  /** number of weights that differ between the runs, see `differingWeights` */
  readonly differing: number
  /** updated examples missing from the subset */
  readonly lacking: number
}

/**
 * The subset of updated examples determines the network: no weight differs between the run on all
 * examples and the run on this subset. Inapplicable if a subset lacks an updated example,
 * inconclusive without runs.
 *
 * @example
 * import { subsetRebuilds } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { name: 'k = 1', differing: 0, lacking: 0 }
 * console.log(verdictOn(subsetRebuilds, [run]).status) // → holds
 */
export const subsetRebuilds = claim(
  'overparam/subset-rebuilds',
  'Training on the updated examples alone gives the same network, bit for bit',
  'float64',
  {
    ...source,
    theorem: 'generalization by compression (Littlestone & Warmuth 1986)',
    ours: 'the subset is the whole code: order and multiplicity of the updates cost nothing',
  },
  (runs: readonly Rebuilt[]) => {
    if (runs.length === 0) return nothing('runs')
    const worst = most(runs, ({ differing }) => differing)
    const lacking = Math.max(...runs.map((run) => run.lacking))
    const where = worst.differing > 0 ? ` with ${worst.name}` : ''
    return {
      statement: `${worst.differing === 0 ? 'no weight differs' : `up to ${counted(worst.differing, 'weight')} differ`} in ${counted(runs.length, 'run')}${where}`,
      measured: worst.differing,
      relation: '<=',
      bound: 0,
      hypotheses: [
        hypothesis('the subset has every updated example', lacking === 0, lacking),
        hypothesis('the order of visits is fixed without looking at the data', 'by construction'),
      ],
    }
  },
)

/** Probability that a statistical verdict here is not a false alarm. */
const CONFIDENCE = 0.998

/**
 * The largest number of failures that is consistent with failure probability δ of each draw, at the
 * given confidence.
 */
function mostFailures(draws: number, delta: number): number {
  let most = 0
  // P(Bin > most) = P(Bin(draws, 1 − δ) ≤ draws − most − 1)
  while (
    most < draws &&
    logBinomialTail(draws, draws - most - 1, 1 - delta) > Math.log(1 - CONFIDENCE)
  )
    most++
  return most
}

/** Repeated samples, each with its bound and true error. */
export interface CoverageFacts {
  /** bound and true error of each sample */
  readonly draws: readonly { readonly bound: number; readonly error: number }[]
  /** in (0, 1) */
  readonly delta: number
  readonly hypotheses: readonly Hypothesis[]
}

/**
 * The evidence on the frequency of failures: violated if the probability of as many failures is
 * below 0.002 when each draw fails with probability δ; inconclusive with fewer than 1/δ draws.
 */
const coverage =
  (fn: string, attainedBy: string) =>
  ({ draws, delta, hypotheses }: CoverageFacts): Evidence => {
    checkProperFraction(fn, 'delta', delta)
    const failures = draws.filter(({ bound, error }) => !(error <= bound)).length
    const allowed = draws.length > 0 ? mostFailures(draws.length, delta) : 0
    return {
      statement: `the error exceeds the bound in ${readable(failures)} of ${counted(draws.length, 'sample')}; ${readable(allowed)} allowed with δ = ${readable(delta)}`,
      measured: failures,
      relation: '<=',
      bound: allowed,
      inequality: attainedBy,
      confidence: CONFIDENCE,
      hypotheses,
      ...(failures <= allowed &&
        draws.length < 1 / delta && {
          undecided: `${counted(draws.length, 'draw')} cannot show failures of probability ${readable(delta)}`,
        }),
    }
  }

/**
 * The bound satisfies P(error > bound) ≤ δ: in repeated samples the error exceeds the bound no more
 * often than δ allows. Violated if the observed number of failures has a probability below 0.002
 * under failure probability δ, inconclusive with fewer than 1/δ draws.
 *
 * @throws RangeError for delta outside (0, 1)
 *
 * @example
 * import { boundCovers, sampleHypotheses } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const draws = Array.from({ length: 50 }, () => ({ bound: 0.3, error: 0.1 }))
 * const hypotheses = sampleHypotheses({ independent: 'yes', fixedBefore: true })
 * console.log(verdictOn(boundCovers, { draws, delta: 0.1, hypotheses }).status) // → holds
 */
export const boundCovers = claim(
  'overparam/bound-covers',
  'The compression bound fails on at most a fraction δ of the samples',
  'statistical',
  { ...source, theorem: 'generalization, error O(‖w*‖²/n log(n/δ))' },
  coverage('boundCovers', 'overparam/blocks-near-floor'),
)

/** The claim of `boundCovers` for the Clopper–Pearson bound from held-out examples. */
export const heldOutCovers = claim(
  'overparam/held-out-covers',
  'The Clopper–Pearson bound fails on at most a fraction δ of the samples',
  'statistical',
  { ...source, ours: 'the tail of the binomial, inverted (Clopper & Pearson 1934)' },
  coverage('heldOutCovers', 'overparam/clopper-pearson-exact'),
)

/** The runs on one sample of n + 1 examples. */
export interface LeaveOneOutDraw {
  /** c of the run on all n + 1 */
  readonly distinct: number
  /** P(y N(x) < 1) after a run on n examples */
  readonly error: number
  /** whether both runs ended with loss 0 */
  readonly converged: boolean
}

/**
 * The leave-one-out bound E[error after n examples] ≤ E[c on n + 1 examples]/(n + 1): the mean of
 * P(y N(x) < 1) is at most the mean of c/(n + 1), up to three standard errors of the difference.
 * Inapplicable if a run reached the step limit, inconclusive with fewer than 20 draws.
 *
 * @throws RangeError unless n is a positive integer
 *
 * @example
 * import { leaveOneOut, sampleHypotheses } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const draws = Array.from({ length: 50 }, (_, i) => ({ distinct: 20, error: 0.1 + i / 1000, converged: true }))
 * const hypotheses = sampleHypotheses({ independent: 'yes', fixedBefore: true })
 * console.log(verdictOn(leaveOneOut, { n: 99, draws, hypotheses }).status) // → holds
 */
export const leaveOneOut = claim(
  'overparam/leave-one-out',
  'The expected error after n examples is at most the expected fraction of updated ones among n + 1',
  'statistical',
  {
    ...source,
    ours: 'an example that was never updated can be left out: the run is the same',
  },
  (facts: {
    readonly n: number
    readonly draws: readonly LeaveOneOutDraw[]
    readonly hypotheses: readonly Hypothesis[]
  }) => {
    const { n, draws } = facts
    checkCount('leaveOneOut', 'n', n)
    const cut = draws.filter((draw) => !draw.converged).length
    const hypotheses = [
      ...facts.hypotheses,
      hypothesis('every run ended with loss 0', cut === 0, cut),
    ]
    if (draws.length < 20)
      return {
        statement: `${counted(draws.length, 'sample')} so far`,
        hypotheses,
        undecided: 'too few for a mean',
      }
    const mean = (of: (draw: LeaveOneOutDraw) => number): number =>
      draws.reduce((sum, draw) => sum + of(draw), 0) / draws.length
    const estimate = ({ distinct }: LeaveOneOutDraw): number => leaveOneOutBound(distinct, n)
    const [error, updated] = [mean((draw) => draw.error), mean(estimate)]
    const excess = mean((draw) => draw.error - estimate(draw))
    const variance = mean((draw) => (draw.error - estimate(draw) - excess) ** 2)
    const standardError = Math.sqrt(variance / (draws.length - 1))
    return {
      statement: `mean error ${readable(error, 3)} against ${readable(updated, 3)} in ${counted(draws.length, 'sample')}`,
      measured: error,
      relation: '<=',
      bound: updated,
      slack: 3 * standardError,
      inequality: leaveOneOutAttainedId,
      confidence: CONFIDENCE,
      hypotheses,
    }
  },
)

/** A bound compared with a test set. */
export interface Tested {
  /** its name in statements: 'k = 10, seed 2' */
  readonly name: string
  /** ε in [0, 1]: at most this fraction of new examples has y N(x) < 1, with probability 1 − δ */
  readonly bound: number
  /** number of new examples with y N(x) < 1 */
  readonly short: number
  /** number of new examples */
  readonly examples: number
}

/** The logarithm of P(Bin(m, ε) ≥ r). */
const logAtLeast = ({ bound, short, examples: m }: Tested): number =>
  short === 0 ? 0 : logBinomialTail(m, m - short, 1 - bound)

/**
 * No bound is refuted by its test set: if P(y N(x) < 1) were equal to the bound ε, the observed
 * count would have a tail probability of at least 0.002 divided by the number of runs. Inconclusive
 * without runs, or if every ε is 1.
 *
 * @throws RangeError for counts or an ε outside their ranges
 *
 * @example
 * import { certificateConfirmed, sampleHypotheses } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const hypotheses = sampleHypotheses({ independent: 'yes', fixedBefore: true })
 * const run = { name: 'k = 10', bound: 0.22, short: 110, examples: 6000 }
 * console.log(verdictOn(certificateConfirmed, { runs: [run], hypotheses }).status) // → holds
 */
export const certificateConfirmed = claim(
  'overparam/certificate-confirmed',
  'The test set is consistent with the compression bound of the run',
  'statistical',
  { ...source, theorem: 'generalization by compression (Littlestone & Warmuth 1986)' },
  (facts: { readonly runs: readonly Tested[]; readonly hypotheses: readonly Hypothesis[] }) => {
    const { runs, hypotheses } = facts
    for (const { bound, short, examples } of runs) {
      if (!(bound >= 0 && bound <= 1))
        throw argumentError(
          'out-of-range',
          'certificateConfirmed',
          'bound',
          'to be in [0, 1]',
          bound,
        )
      checkInteger('certificateConfirmed', 'short', short, 0)
      if (!(Number.isSafeInteger(examples) && examples >= Math.max(1, short)))
        throw argumentError(
          'out-of-range',
          'certificateConfirmed',
          'examples',
          `to be an integer ≥ ${Math.max(1, short)}`,
          examples,
        )
    }
    if (runs.length === 0) return nothing('runs', hypotheses)
    const worst = most(runs, (run) => -logAtLeast(run))
    const agrees = logAtLeast(worst) >= Math.log((1 - CONFIDENCE) / runs.length)
    return {
      statement: `${readable(worst.short)} of ${counted(worst.examples, 'new example')} have y N(x) < 1 with ${worst.name}, a fraction of ${readable(worst.short / worst.examples, 3)}; bound ${readable(worst.bound, 3)}`,
      measured: worst.short / worst.examples,
      relation: '<=',
      bound: worst.bound,
      // what exceeds the bound by chance only, as `holds` decides
      slack: Math.max(0, worst.short / worst.examples - worst.bound),
      inequality: 'overparam/blocks-near-floor',
      holds: agrees,
      confidence: CONFIDENCE,
      hypotheses,
      ...(agrees &&
        runs.every(({ bound }) => bound === 1) && {
          undecided: 'the bound is vacuous',
        }),
    }
  },
)

/** The runs of one width on the same test set. */
export interface WidthErrors {
  readonly k: number
  /** test errors of each run */
  readonly errors: readonly number[]
  /** mean test error rate over the runs */
  readonly error: number
}

const percent = (fraction: number): string => `${readable(100 * fraction, 3)} %`

/**
 * The test error at the largest width is at most that at the best width, up to chance. The
 * comparison is with the width of the smallest error, which need not be the narrowest. The claim
 * concerns the networks of these seeds; it can fail, and does for some pairs of digits.
 *
 * - `holds` up to an excess of one standard deviation of the difference of two such fractions of m
 *   test digits, √((p(1 − p) + q(1 − q))/m): networks with equal error rates differ by more in a
 *   third of all samples. The runs of a width share their digits, so the mean over seeds has the
 *   allowance of a single run
 * - `violated` if the excess is certain: the mean lower end of the widest runs' errors is above the
 *   mean upper end of the best width's, each end by Clopper and Pearson with 0.002 over the number
 *   of all runs, which accounts for choosing the best
 * - `inconclusive` in between, and with one width only
 *
 * @param facts - widths, ascending in k; examples: of the test set
 */
export const noOverfitting = claim(
  'overparam/no-overfitting',
  'The widest network does not overfit: its test error exceeds that of the best width by no more than chance',
  'statistical',
  { ...source, theorem: 'binary MNIST with 4000 examples: no over-fitting' },
  (facts: { readonly widths: readonly WidthErrors[]; readonly examples: number }) => {
    const { widths, examples: m } = facts
    const widest = widths.at(-1)
    if (!widest) return { statement: 'no test errors yet', undecided: 'nothing was tested' }
    const best = most(widths, ({ error }) => -error)
    const excess = widest.error - best.error
    const allowed = Math.sqrt(
      (widest.error * (1 - widest.error) + best.error * (1 - best.error)) / m,
    )
    const delta = (1 - CONFIDENCE) / widths.reduce((sum, { errors }) => sum + errors.length, 0)
    const mean = (errors: readonly number[], of: (r: number) => number): number =>
      errors.reduce((sum, r) => sum + of(r), 0) / errors.length
    const least = mean(widest.errors, (r) => 1 - clopperPearson(m - r, m, delta))
    const largest = mean(best.errors, (r) => clopperPearson(r, m, delta))
    const reasons = [
      ...(widths.length < 2 ? ['there is one width only'] : []),
      ...(excess > allowed && least <= largest
        ? [
            `the excess is above chance but not significant: confidence bounds ${percent(least)} and ${percent(largest)} overlap`,
          ]
        : []),
    ]
    return {
      statement: `test error ${percent(widest.error)} at k = ${readable(widest.k)}, ${percent(best.error)} at k = ${readable(best.k)}, the best; an excess of ${percent(allowed)} is within chance for ${readable(m)} digits`,
      measured: widest.error,
      relation: '<=',
      bound: best.error + allowed,
      confidence: CONFIDENCE,
      ...(reasons.length > 0 && { undecided: reasons.join(', ') }),
    }
  },
)
