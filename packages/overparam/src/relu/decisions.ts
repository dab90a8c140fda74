import { decide, hypothesis, readable } from '@nonconvex/optim'
import type { Verdict } from '@nonconvex/optim'
import { positiveInteger } from '../border.js'
import { count } from '../claims/evidence.js'
import { logBinomialTail } from '../generalisation/binomial-tail.js'
import { reluBadMinima, reluFails, reluSucceeds } from './claims.js'
import { reluFailureProbability } from './coordinates.js'
import type { ReluOutcome } from './train-relu.js'

/** What was found at and around a point said to be a bad minimum. */
export interface BadMinimumFacts {
  readonly positive: number
  readonly negative: number
  /** whether the separator used has y w·x ≥ 1 on all examples */
  readonly separates: boolean
  readonly dead: 1 | -1
  /** mean hinge loss there, and at perturbed points with rows moved by no more than `flatRadius` */
  readonly loss: number
  readonly around: readonly number[]
  /** weights that SGD changed, started there */
  readonly moved: number
}

/** Rounding of a mean of losses that are 0 or 1. */
const TOLERANCE = 1e-12

/**
 * The loss is n₊/n (n₋/n for the dead class −1) at the point and around it, and SGD moves no weight.
 *
 * @returns `inapplicable` unless the data have both classes and the separator is one, `inconclusive` without points
 *   around it
 *
 * @example
 * import { decideBadMinimum } from '@nonconvex/overparam'
 * const found = { positive: 3, negative: 1, separates: true, dead: 1, loss: 0.75, around: [0.75], moved: 0 }
 * console.log(decideBadMinimum(found).status) // → holds
 */
export function decideBadMinimum(found: BadMinimumFacts): Verdict {
  const { positive, negative, separates, dead, loss, around, moved } = found
  const expected = (dead === 1 ? positive : negative) / (positive + negative)
  const off = Math.max(...[loss, ...around].map((value) => Math.abs(value - expected)))
  const broken = !(off <= TOLERANCE) || moved > 0
  return decide(reluBadMinima, {
    statement: `the loss is ${readable(loss)} there and at ${count(around.length, 'point')} around, ${readable(expected)} expected; SGD changes ${count(moved, 'weight')}`,
    measured: off,
    relation: '<=',
    bound: 0,
    slack: TOLERANCE,
    holds: moved === 0,
    hypotheses: [
      hypothesis('a separator with y w·x ≥ 1 is given', separates),
      hypothesis('the data have both classes', Math.min(positive, negative) > 0),
    ],
    ...(!broken && around.length === 0 && { undecided: 'nothing was tried around it' }),
  })
}

/** A run on e_1 … e_d with labels +1. */
export interface CoordinateRun {
  readonly status: ReluOutcome['status']
  readonly updates: number
  /** as `coordinateFate` tells of its start */
  readonly fate: { readonly dead: readonly number[]; readonly updates: number }
  /** coordinates with N(e_i) ≤ 0 at the end */
  readonly wrong: readonly number[]
}

/** Probability that a verdict of `decideReluFailure` is not a false alarm. */
const CONFIDENCE = 0.998

const hasEnded = ({ status }: CoordinateRun): boolean =>
  status === 'stuck' || status === 'converged'

const sameSet = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value))

/**
 * As many runs fail as 1 − (1 − 2^{−k})^d allows (two-sided, each side 0.001), and each is wrong exactly on the dead
 * coordinates of its start.
 *
 * @param evidence - d, k; runs from independent symmetric continuous starts, ended by themselves; missing runs
 * @throws RangeError unless d and k are positive integers
 * @returns `inconclusive` without runs, while some are missing, or if a budget ended one
 *
 * @example
 * import { decideReluFailure } from '@nonconvex/overparam'
 * const run = { status: 'stuck', updates: 9, fate: { dead: [0], updates: Infinity }, wrong: [0] }
 * console.log(decideReluFailure({ d: 64, k: 1, runs: [run], missing: 0 }).status) // → holds
 */
export function decideReluFailure(evidence: {
  readonly d: number
  readonly k: number
  readonly runs: readonly CoordinateRun[]
  readonly missing: number
}): Verdict {
  const { d, k, runs, missing } = evidence
  positiveInteger('decideReluFailure', 'd', d)
  positiveInteger('decideReluFailure', 'k', k)
  const predicted = reluFailureProbability(d, k)
  const failed = runs.filter((run) => run.wrong.length > 0).length
  const ended = runs.filter(hasEnded)
  const other = ended.filter((run) => !sameSet(run.wrong, run.fate.dead)).length
  const half = Math.log((1 - CONFIDENCE) / 2)
  const m = Math.max(1, runs.length)
  const likely =
    logBinomialTail(m, failed, predicted) >= half &&
    logBinomialTail(m, m - failed, 1 - predicted) >= half
  const cut = runs.length - ended.length
  const reason =
    runs.length === 0
      ? 'nothing was run'
      : other > 0 || (missing + cut === 0 && !likely)
        ? undefined
        : cut > 0
          ? `${cut} of ${count(runs.length, 'run')} did not end by themselves`
          : missing > 0
            ? `${count(missing, 'run')} to come`
            : undefined
  return decide(reluFails, {
    statement: `${failed} of ${count(runs.length, 'run')} fail with d = ${readable(d)}, k = ${readable(k)}; probability ${readable(predicted, 3)} predicted; ${readable(other)} wrong elsewhere than on dead coordinates`,
    measured: runs.length > 0 ? failed / runs.length : 0,
    holds: likely && other === 0,
    confidence: CONFIDENCE,
    ...(reason !== undefined && { undecided: reason }),
  })
}

/**
 * Every run without a dead coordinate at its start ends with loss 0, after no more updates than `coordinateFate` allows.
 *
 * @returns `inconclusive` while runs are missing, if a budget ended one, or if there is no such run
 *
 * @example
 * import { decideReluSuccess } from '@nonconvex/overparam'
 * const run = { status: 'converged', updates: 9, fate: { dead: [], updates: 12 }, wrong: [] }
 * console.log(decideReluSuccess({ runs: [run], missing: 0 }).status) // → holds
 */
export function decideReluSuccess(evidence: {
  readonly runs: readonly CoordinateRun[]
  readonly missing: number
}): Verdict {
  const { missing } = evidence
  const runs = evidence.runs.filter((run) => run.fate.dead.length === 0)
  if (runs.length === 0)
    return decide(reluSucceeds, {
      statement: `${count(evidence.runs.length, 'run')}, none without a dead coordinate`,
      undecided: 'there is nothing to compare',
    })
  const worst = runs.reduce((a, b) =>
    b.updates - b.fate.updates > a.updates - a.fate.updates ? b : a,
  )
  const ended = runs.filter(hasEnded)
  const failed = ended.filter((run) => run.status === 'stuck' || run.wrong.length > 0).length
  const cut = runs.length - ended.length
  const broken = failed > 0 || worst.updates > worst.fate.updates
  const reason = cut > 0 ? `${cut} did not end by themselves` : `${count(missing, 'run')} to come`
  return decide(reluSucceeds, {
    statement: `${count(runs.length, 'run')} without a dead coordinate, ${readable(failed)} of them failed; closest to its bound: ${count(worst.updates, 'update')} of ${readable(worst.fate.updates)} allowed`,
    measured: worst.updates,
    relation: '<=',
    bound: worst.fate.updates,
    holds: failed === 0,
    ...(!broken && cut + missing > 0 && { undecided: reason }),
  })
}
