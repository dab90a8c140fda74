import {
  decide,
  hypothesis,
  readable,
  type Claim,
  type Hypothesis,
  type Verdict,
  counted,
} from '@nonconvex/optim/claims'
import { naturalNumber, positiveInteger, properFraction } from '../border.js'
import { logBinomialTail } from '@nonconvex/optim/statistics'
import { boundCovers, leaveOneOut, subsetRebuilds } from './claims.js'

/** What the guarantees assume of a sample and of the run on it. */
export interface SampleFacts {
  /**
   * whether examples were drawn independently from one distribution; unknown for data that were
   * found
   */
  readonly independent: 'yes' | 'no' | 'unknown'
  /** whether start, step, width, order and features were fixed without looking at the sample */
  readonly fixedBefore: boolean
}

/**
 * The hypotheses of the guarantees, as found.
 *
 * @example
 * import { sampleHypotheses } from '@nonconvex/overparam'
 * const found = sampleHypotheses({ independent: 'unknown', fixedBefore: false })
 * console.log(found.map(({ status }) => status)) // → [ 'assumed', 'fails' ]
 */
export function sampleHypotheses({ independent, fixedBefore }: SampleFacts): readonly Hypothesis[] {
  return [
    hypothesis(
      'the examples are drawn independently from one distribution',
      independent === 'unknown' ? 'assumed' : independent === 'yes',
    ),
    hypothesis(
      'start, step, width, order and features were fixed before the sample was seen',
      fixedBefore,
    ),
  ]
}

/** A run on all examples beside the run on some of them. */
export interface Rebuilt {
  /** how sentences name it: 'k = 10, seed 2' */
  readonly name: string
  /** weights that are not the same number after both, as `differingWeights` counts them */
  readonly differing: number
  /** updated examples that the subset lacks */
  readonly lacking: number
}

/**
 * Entries that are not the same number, to the last bit: 0 and −0 differ. Every entry if the
 * lengths differ.
 *
 * @example
 * import { differingWeights } from '@nonconvex/overparam'
 * console.log(differingWeights(Float64Array.of(1, 0), Float64Array.of(1, -0))) // → 1
 */
export function differingWeights(weights: Float64Array, again: Float64Array): number {
  if (weights.length !== again.length) return Math.max(weights.length, again.length)
  return weights.reduce((sum, w, i) => sum + (Object.is(w, again[i]) ? 0 : 1), 0)
}

/**
 * No weight differs between the run on all examples and that on a part with all updated ones.
 *
 * @returns `inapplicable` if a subset lacks an updated example, `inconclusive` without runs or
 *   while some are missing and none differs
 *
 * @example
 * import { decideRebuilt } from '@nonconvex/overparam'
 * const run = { name: 'k = 1', differing: 0, lacking: 0 }
 * console.log(decideRebuilt({ runs: [run], missing: 0 }).status) // → holds
 */
export function decideRebuilt(evidence: {
  readonly runs: readonly Rebuilt[]
  readonly missing: number
}): Verdict {
  const { runs, missing } = evidence
  if (runs.length === 0)
    return decide(subsetRebuilds, { statement: 'no runs yet', undecided: 'nothing was run' })
  const worst = runs.reduce((a, b) => (b.differing > a.differing ? b : a))
  const lacking = Math.max(...runs.map((run) => run.lacking))
  const where = worst.differing > 0 ? ` with ${worst.name}` : ''
  return decide(subsetRebuilds, {
    statement: `${counted(worst.differing, 'weight')} at most differ in ${counted(runs.length, 'run')}${where}`,
    measured: worst.differing,
    relation: '<=',
    bound: 0,
    hypotheses: [
      hypothesis('the subset has every updated example', lacking === 0, lacking),
      hypothesis('the order of visits is fixed without looking at the data', true),
    ],
    ...(worst.differing === 0 &&
      missing > 0 && { undecided: `${counted(missing, 'run')} to come` }),
  })
}

/** Probability that a verdict of `decideCoverage` and `decideLeaveOneOut` is not a false alarm. */
const CONFIDENCE = 0.998

/**
 * Failures that happen with probability above 1 − confidence if each draw fails with probability δ.
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

/**
 * In repeated samples the error exceeds the guarantee no more often than δ allows: violated if as
 * many failures have a probability below 0.002 when each has δ.
 *
 * @param evidence - draws: bound and true error of each sample; delta in (0, 1); missing draws;
 *   hypotheses; claim, default `boundCovers`, or `heldOutCovers` for bounds from held-out examples
 * @throws RangeError for delta outside (0, 1) or a missing count that is none
 * @returns `inapplicable` if a hypothesis fails, `inconclusive` with fewer than 1/δ draws or while
 *   some are missing
 *
 * @example
 * import { decideCoverage, sampleHypotheses } from '@nonconvex/overparam'
 * const draws = Array.from({ length: 50 }, () => ({ bound: 0.3, error: 0.1 }))
 * const hypotheses = sampleHypotheses({ independent: 'yes', fixedBefore: true })
 * console.log(decideCoverage({ draws, delta: 0.1, missing: 0, hypotheses }).status) // → holds
 */
export function decideCoverage(evidence: {
  readonly draws: readonly { readonly bound: number; readonly error: number }[]
  readonly delta: number
  readonly missing: number
  readonly hypotheses: readonly Hypothesis[]
  readonly claim?: Claim
}): Verdict {
  const { draws, delta, missing, hypotheses, claim = boundCovers } = evidence
  properFraction('decideCoverage', 'delta', delta)
  naturalNumber('decideCoverage', 'missing', missing)
  const failures = draws.filter(({ bound, error }) => !(error <= bound)).length
  const allowed = draws.length > 0 ? mostFailures(draws.length, delta) : 0
  const reason =
    failures > allowed
      ? undefined
      : missing > 0
        ? `${counted(missing, 'draw')} to come`
        : draws.length < 1 / delta
          ? `${counted(draws.length, 'draw')} cannot show failures of probability ${readable(delta)}`
          : undefined
  return decide(claim, {
    statement: `the error exceeds the guarantee in ${readable(failures)} of ${counted(draws.length, 'sample')}; ${readable(allowed)} allowed with δ = ${readable(delta)}`,
    measured: failures,
    relation: '<=',
    bound: allowed,
    confidence: CONFIDENCE,
    hypotheses,
    ...(reason !== undefined && { undecided: reason }),
  })
}

/** One sample of n + 1 examples. */
export interface LeaveOneOutDraw {
  /** c of the run on all n + 1 */
  readonly distinct: number
  /** P(y N(x) < 1) after a run on n examples */
  readonly error: number
  /** whether both runs ended with loss 0 */
  readonly converged: boolean
}

/**
 * The mean of P(y N(x) < 1) is at most that of c/(n + 1), up to three standard errors of the mean
 * difference.
 *
 * @param evidence - n; draws; missing draws; hypotheses
 * @throws RangeError for a count outside its range
 * @returns `inapplicable` if a hypothesis fails or a run was cut off, `inconclusive` with fewer
 *   than 20 draws or while some are missing
 *
 * @example
 * import { decideLeaveOneOut, sampleHypotheses } from '@nonconvex/overparam'
 * const draws = Array.from({ length: 50 }, (_, i) => ({ distinct: 20, error: 0.1 + i / 1000, converged: true }))
 * const hypotheses = sampleHypotheses({ independent: 'yes', fixedBefore: true })
 * console.log(decideLeaveOneOut({ n: 99, draws, missing: 0, hypotheses }).status) // → holds
 */
export function decideLeaveOneOut(evidence: {
  readonly n: number
  readonly draws: readonly LeaveOneOutDraw[]
  readonly missing: number
  readonly hypotheses: readonly Hypothesis[]
}): Verdict {
  const { n, draws, missing } = evidence
  positiveInteger('decideLeaveOneOut', 'n', n)
  naturalNumber('decideLeaveOneOut', 'missing', missing)
  const cut = draws.filter((draw) => !draw.converged).length
  const hypotheses = [
    ...evidence.hypotheses,
    hypothesis('every run ended with loss 0', cut === 0, cut),
  ]
  const few = draws.length < 20
  if (few || missing > 0)
    return decide(leaveOneOut, {
      statement: `${counted(draws.length, 'sample')} so far`,
      hypotheses,
      undecided: missing > 0 ? `${counted(missing, 'draw')} to come` : 'too few for a mean',
    })
  const mean = (of: (draw: LeaveOneOutDraw) => number): number =>
    draws.reduce((sum, draw) => sum + of(draw), 0) / draws.length
  const excess = mean((draw) => draw.error - draw.distinct / (n + 1))
  const variance = mean((draw) => (draw.error - draw.distinct / (n + 1) - excess) ** 2)
  const standardError = Math.sqrt(variance / (draws.length - 1))
  return decide(leaveOneOut, {
    statement: `mean error ${readable(
      mean((draw) => draw.error),
      3,
    )} against ${readable(
      mean((draw) => draw.distinct / (n + 1)),
      3,
    )} in ${counted(draws.length, 'sample')}`,
    measured: excess,
    relation: '<=',
    bound: 0,
    slack: 3 * standardError,
    confidence: CONFIDENCE,
    hypotheses,
  })
}
