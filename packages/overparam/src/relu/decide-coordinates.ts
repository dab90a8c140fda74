import { decide, readable, type Hypothesis, type Verdict, counted } from '@nonconvex/optim/claims'
import { naturalNumber, positiveInteger } from '../border.js'
import { logBinomialTail } from '@nonconvex/optim/statistics'
import { reluFails, reluSucceeds } from './claims.js'
import type { CoordinateTally } from './coordinate-tally.js'
import { reluFailureProbability } from './coordinates.js'

/**
 * Probability that a verdict of `decideReluFailure` is not a false alarm, over all widths together.
 */
const CONFIDENCE = 0.998

/** Runs of one width on e_1 … e_d. */
export interface CoordinateWidth {
  readonly k: number
  readonly tally: CoordinateTally
}

/**
 * ln of the smaller of the two tails in which the number of failures lies; 0 if there are no runs.
 */
function logTail({ runs, failed }: CoordinateTally, p: number): number {
  if (runs === 0) return 0
  const low = logBinomialTail(runs, failed, p)
  const high = failed === 0 ? 0 : logBinomialTail(runs, runs - failed, 1 - p)
  return Math.min(low, high)
}

/**
 * At each width as many runs fail as 1 − (1 − 2^{−k})^d allows (two-sided, 0.002 over all widths
 * together), and each is wrong exactly on the dead coordinates of its start.
 *
 * @param evidence - d; widths with the tally of their runs, ended by themselves; missing runs;
 *   hypotheses, that the starts have independent symmetric continuous entries and that there is no
 *   leak
 * @throws RangeError unless d and k are positive integers
 * @returns `inapplicable` if a hypothesis fails, `inconclusive` without runs, while some are
 *   missing, or if a budget ended one
 *
 * @example
 * import { decideReluFailure, tallyCoordinates } from '@nonconvex/overparam'
 * const run = { status: 'stuck', updates: 9, fate: { dead: [0], updates: Infinity }, wrong: [0] } as const
 * const widths = [{ k: 1, tally: tallyCoordinates([run]) }]
 * console.log(decideReluFailure({ d: 64, widths, missing: 0, hypotheses: [] }).status) // → holds
 */
export function decideReluFailure(evidence: {
  readonly d: number
  readonly widths: readonly CoordinateWidth[]
  readonly missing: number
  readonly hypotheses: readonly Hypothesis[]
}): Verdict {
  const { d, widths, missing, hypotheses } = evidence
  positiveInteger('decideReluFailure', 'd', d)
  naturalNumber('decideReluFailure', 'missing', missing)
  const seen = widths.map(({ k, tally }) => {
    positiveInteger('decideReluFailure', 'k', k)
    const predicted = reluFailureProbability(d, k)
    return { k, tally, predicted, tail: logTail(tally, predicted) }
  })
  const some = seen.filter(({ tally }) => tally.runs > 0)
  if (some.length === 0)
    return decide(reluFails, {
      statement: 'no runs yet',
      hypotheses,
      undecided: 'nothing was run',
    })
  const sum = (of: (tally: CoordinateTally) => number): number =>
    some.reduce((all, { tally }) => all + of(tally), 0)
  const worst = some.reduce((a, b) => (b.tail < a.tail ? b : a))
  const likely = worst.tail >= Math.log((1 - CONFIDENCE) / 2 / widths.length)
  const [runs, elsewhere, cut] = [sum((t) => t.runs), sum((t) => t.elsewhere), sum((t) => t.cut)]
  const reason =
    elsewhere > 0 || (missing + cut === 0 && !likely)
      ? undefined
      : cut > 0
        ? `${readable(cut)} of ${counted(runs, 'run')} did not end by themselves`
        : missing > 0
          ? `${counted(missing, 'run')} to come`
          : undefined
  const where = `${readable(worst.tally.failed)} of ${counted(worst.tally.runs, 'run')} fail with d = ${readable(d)}, k = ${readable(worst.k)}; probability ${readable(worst.predicted, 3)} predicted`
  return decide(reluFails, {
    statement: `${some.length > 1 ? `of ${some.length} widths the one furthest from its prediction: ` : ''}${where}; ${readable(elsewhere)} of ${counted(runs, 'run')} wrong elsewhere than on dead coordinates`,
    measured: worst.tally.failed / worst.tally.runs,
    holds: likely && elsewhere === 0,
    confidence: CONFIDENCE,
    hypotheses,
    ...(reason !== undefined && { undecided: reason }),
  })
}

/**
 * Every run without a dead coordinate at its start ends with loss 0, after no more updates than
 * `coordinateFate` allows.
 *
 * @param evidence - tallies; missing runs; hypotheses
 * @returns `inapplicable` if a hypothesis fails, `inconclusive` while runs are missing, if a budget
 *   ended one, or if there is no such run
 *
 * @example
 * import { decideReluSuccess, tallyCoordinates } from '@nonconvex/overparam'
 * const run = { status: 'converged', updates: 9, fate: { dead: [], updates: 12 }, wrong: [] } as const
 * const tallies = [tallyCoordinates([run])]
 * console.log(decideReluSuccess({ tallies, missing: 0, hypotheses: [] }).status) // → holds
 */
export function decideReluSuccess(evidence: {
  readonly tallies: readonly CoordinateTally[]
  readonly missing: number
  readonly hypotheses: readonly Hypothesis[]
}): Verdict {
  const { tallies, missing, hypotheses } = evidence
  naturalNumber('decideReluSuccess', 'missing', missing)
  const sum = (of: (tally: CoordinateTally) => number): number =>
    tallies.reduce((all, tally) => all + of(tally), 0)
  const closest = tallies.reduce<CoordinateTally['closest']>((a, { closest: b }) => {
    if (!a || !b) return a ?? b
    return b.updates - b.bound > a.updates - a.bound ? b : a
  }, null)
  if (!closest)
    return decide(reluSucceeds, {
      statement: `${counted(
        sum((tally) => tally.runs),
        'run',
      )}, none without a dead coordinate`,
      hypotheses,
      undecided: 'there is nothing to compare',
    })
  const [failed, cut] = [sum(({ free }) => free.failed), sum(({ free }) => free.cut)]
  const broken = failed > 0 || closest.updates > closest.bound
  const reason = cut > 0 ? `${cut} did not end by themselves` : `${counted(missing, 'run')} to come`
  return decide(reluSucceeds, {
    statement: `${counted(
      sum(({ free }) => free.runs),
      'run',
    )} without a dead coordinate, ${readable(failed)} of them failed; closest to its bound: ${counted(closest.updates, 'update')} of ${readable(closest.bound)} allowed`,
    measured: closest.updates,
    relation: '<=',
    bound: closest.bound,
    holds: failed === 0,
    hypotheses,
    ...(!broken && cut + missing > 0 && { undecided: reason }),
  })
}
