import { argumentError, checkCount, checkInteger } from '@nonconvex/tensor/check'
import { claim, counted, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import { most, nothing } from '../claims/facts.js'
import { logBinomialTail } from '@nonconvex/optim/statistics'
import { source } from '../source.js'
import type { CoordinateTally } from './coordinate-tally.js'
import { reluFailureProbability, transitionLimit } from './coordinates.js'

/** Measurements at and around a constructed spurious local minimum. */
export interface BadMinimumFacts {
  readonly positive: number
  readonly negative: number
  /** whether the separator used has y w·x ≥ 1 on all examples */
  readonly separates: boolean
  readonly dead: 1 | -1
  /** mean hinge loss there, and at perturbed points with rows moved by no more than `flatRadius` */
  readonly loss: number
  readonly around: readonly number[]
  /** number of weights that SGD changed from there */
  readonly moved: number
}

/** The tolerance for rounding of a mean of losses that are 0 or 1. */
const TOLERANCE = 1e-12

/**
 * The loss is n₊/n (n₋/n for the dead class −1) at the point and around it, and SGD changes no
 * weight. Inapplicable unless the data have both classes and the separator separates them,
 * inconclusive without points around it.
 *
 * @example
 * import { reluBadMinima } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const found = { positive: 3, negative: 1, separates: true, dead: 1, loss: 0.75, around: [0.75], moved: 0 }
 * console.log(verdictOn(reluBadMinima, found).status) // → holds
 */
export const reluBadMinima = claim(
  'overparam/relu-bad-minimum',
  'The loss of a ReLU network has a spurious local minimum on every separable data set with both classes',
  'float64',
  { ...source, theorem: 'bad local minima of ReLU', ours: 'the construction' },
  (found: BadMinimumFacts) => {
    const { positive, negative, separates, dead, loss, around, moved } = found
    const expected = (dead === 1 ? positive : negative) / (positive + negative)
    const off = Math.max(...[loss, ...around].map((value) => Math.abs(value - expected)))
    const broken = !(off <= TOLERANCE) || moved > 0
    return {
      statement: `the loss is ${readable(loss)} there and at ${counted(around.length, 'point')} around, ${readable(expected)} expected; SGD changes ${counted(moved, 'weight')}`,
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
    }
  },
)

/** Probability that a statistical verdict here is not a false alarm, over all its cases together. */
const CONFIDENCE = 0.998

/** The runs of one width on the unit vectors e_1 … e_d. */
export interface CoordinateWidth {
  readonly k: number
  readonly tally: CoordinateTally
}

/**
 * The logarithm of the smaller of the two binomial tail probabilities of a number of failures, for
 * a failure probability between `least` and `largest`; 0 if there are no runs.
 */
function logTail(runs: number, failed: number, least: number, largest = least): number {
  if (runs === 0) return 0
  const few = logBinomialTail(runs, failed, least)
  const many = failed === 0 ? 0 : logBinomialTail(runs, runs - failed, 1 - largest)
  return Math.min(few, many)
}

/** Whether a tail probability is consistent with chance, given the number of cases. */
const likely = (tail: number, cases: number): boolean =>
  tail >= Math.log((1 - CONFIDENCE) / 2 / cases)

/**
 * The failure probability is 1 − (1 − 2^{−k})^d: at each width the number of failures is consistent
 * with it (two-sided, 0.002 over all widths together), and each run errs exactly on the dead
 * coordinates of its initialization. Inconclusive without runs, or if one reached the step limit.
 *
 * @throws RangeError unless d and k are positive integers
 *
 * @example
 * import { reluFails, tallyCoordinates } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { status: 'stuck', updates: 9, fate: { dead: [0], updates: Infinity }, wrong: [0] } as const
 * const widths = [{ k: 1, tally: tallyCoordinates([run]) }]
 * console.log(verdictOn(reluFails, { d: 64, widths, hypotheses: [] }).status) // → holds
 */
export const reluFails = claim(
  'overparam/relu-fails',
  'On e_1, …, e_d SGD with ReLU fails with the probability of a dead coordinate, 1 − (1 − 2⁻ᵏ)ᵈ',
  'statistical',
  {
    ...source,
    theorem: 'a distribution on which SGD fails with ReLU',
    ours: 'the exact probability, 1 − (1 − 2^{−k})^d',
  },
  (facts: {
    readonly d: number
    readonly widths: readonly CoordinateWidth[]
    /** W₀ has independent symmetric continuous entries, and α = 0 */
    readonly hypotheses: readonly Hypothesis[]
  }) => {
    const { d, widths, hypotheses } = facts
    checkCount('reluFails', 'd', d)
    const some = widths
      .map(({ k, tally }) => {
        checkCount('reluFails', 'k', k)
        const predicted = reluFailureProbability(d, k)
        return { k, tally, predicted, tail: logTail(tally.runs, tally.failed, predicted) }
      })
      .filter(({ tally }) => tally.runs > 0)
    if (some.length === 0) return nothing('runs', hypotheses)
    const sum = (of: (tally: CoordinateTally) => number): number =>
      some.reduce((all, { tally }) => all + of(tally), 0)
    const worst = most(some, ({ tail }) => -tail)
    const agrees = likely(worst.tail, widths.length)
    const [runs, elsewhere, cut] = [sum((t) => t.runs), sum((t) => t.elsewhere), sum((t) => t.cut)]
    const where = `${readable(worst.tally.failed)} of ${counted(worst.tally.runs, 'run')} fail with d = ${readable(d)}, k = ${readable(worst.k)}; probability ${readable(worst.predicted, 3)} predicted`
    return {
      statement: `${some.length > 1 ? `of ${some.length} widths the one furthest from its prediction: ` : ''}${where}; ${readable(elsewhere)} of ${counted(runs, 'run')} wrong on other than dead coordinates`,
      measured: worst.tally.failed / worst.tally.runs,
      holds: agrees && elsewhere === 0,
      confidence: CONFIDENCE,
      hypotheses,
      ...(elsewhere === 0 &&
        cut > 0 && {
          undecided: `${readable(cut)} of ${counted(runs, 'run')} reached the step limit`,
        }),
    }
  },
)

/**
 * Every run without a dead coordinate at initialization ends with loss 0 after at most U ≤ Σ ⌈(1 −
 * N_0)/(ηv²p)⌉ updates, the bound of `coordinateFate`. Inconclusive if one reached the step limit,
 * or if there is no such run.
 *
 * @example
 * import { reluSucceeds, tallyCoordinates } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { status: 'converged', updates: 9, fate: { dead: [], updates: 12 }, wrong: [] } as const
 * const tallies = [tallyCoordinates([run])]
 * console.log(verdictOn(reluSucceeds, { tallies, hypotheses: [] }).status) // → holds
 */
export const reluSucceeds = claim(
  'overparam/relu-succeeds',
  'Without a dead coordinate SGD on a ReLU network reaches a global minimum after a bounded number of updates',
  'float64',
  {
    ...source,
    theorem: 'a large network overcomes dead ReLUs',
    ours: 'the number of updates',
  },
  (facts: {
    readonly tallies: readonly CoordinateTally[]
    readonly hypotheses: readonly Hypothesis[]
  }) => {
    const { tallies, hypotheses } = facts
    const sum = (of: (tally: CoordinateTally) => number): number =>
      tallies.reduce((all, tally) => all + of(tally), 0)
    const closest = tallies.reduce<CoordinateTally['closest']>((a, { closest: b }) => {
      if (!a || !b) return a ?? b
      return b.updates - b.bound > a.updates - a.bound ? b : a
    }, null)
    const runs = sum((tally) => tally.runs)
    if (!closest)
      return {
        statement: `${counted(runs, 'run')}, none without a dead coordinate`,
        hypotheses,
        undecided: 'there is nothing to compare',
      }
    const [free, failed, cut] = [
      sum((tally) => tally.free.runs),
      sum((tally) => tally.free.failed),
      sum((tally) => tally.free.cut),
    ]
    const broken = failed > 0 || closest.updates > closest.bound
    return {
      statement: `${counted(free, 'run')} without a dead coordinate, ${readable(failed)} of them failed; closest to its bound: ${counted(closest.updates, 'update')} of ${readable(closest.bound)} allowed`,
      measured: closest.updates,
      relation: '<=',
      bound: closest.bound,
      inequality: 'overparam/relu-updates-attained',
      holds: failed === 0,
      hypotheses,
      ...(!broken && cut > 0 && { undecided: `${cut} reached the step limit` }),
    }
  },
)

/**
 * The number of initializations of one dimension and width on e_1 … e_d, and of those with a dead
 * coordinate.
 */
export interface TransitionPoint {
  readonly d: number
  readonly k: number
  readonly starts: number
  readonly failed: number
}

/**
 * The logarithm of the probability of a count at least as far outside [limit, most] as this one.
 */
function tailOf({ d, k, starts, failed }: TransitionPoint): number {
  const { limit, most: largest } = transitionLimit(d, k)
  return logTail(starts, failed, limit, largest)
}

/**
 * The failure probability tends to 1 − exp(−2^{−κ}) with κ = k − log₂ d: at each dimension and
 * width the failure rate is consistent with a probability between this limit and 4e^{−2}/d above it
 * (see `transitionLimit`; two-sided, 0.002 over all points together). Inconclusive unless there are
 * two dimensions.
 *
 * @throws RangeError for a count outside its range
 *
 * @example
 * import { reluTransition } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const points = [64, 256].map((d) => ({ d, k: Math.log2(d), starts: 100, failed: 63 }))
 * console.log(verdictOn(reluTransition, { points, hypotheses: [] }).status) // → holds
 */
export const reluTransition = claim(
  'overparam/relu-transition',
  'On e_1, …, e_d the failure probability of SGD with ReLU depends only on k − log₂ d, up to 0.55/d',
  'statistical',
  {
    ...source,
    theorem: 'a large network overcomes dead ReLUs',
    ours: 'the limit, 1 − exp(−2^{−κ}) with κ = k − log₂ d, and the distance to it',
  },
  (facts: {
    readonly points: readonly TransitionPoint[]
    /** as of `reluFails` */
    readonly hypotheses: readonly Hypothesis[]
  }) => {
    const { points, hypotheses } = facts
    for (const { starts, failed } of points) {
      checkCount('reluTransition', 'starts', starts)
      checkInteger('reluTransition', 'failed', failed, 0)
      if (failed > starts)
        throw argumentError(
          'out-of-range',
          'reluTransition',
          'failed',
          `to be at most starts = ${starts}`,
          failed,
        )
    }
    if (points.length === 0) return nothing('starts', hypotheses)
    const worst = most(points, (point) => -tailOf(point))
    const agrees = likely(tailOf(worst), points.length)
    const dimensions = new Set(points.map(({ d }) => d)).size
    const { limit, most: largest } = transitionLimit(worst.d, worst.k)
    return {
      statement: `of ${counted(points.length, 'point')} on ${counted(dimensions, 'dimension')} the one furthest from the curve, d = ${readable(worst.d)}, k = ${readable(worst.k)}: ${readable(worst.failed)} of ${counted(worst.starts, 'initialization')} have a dead coordinate; between ${readable(limit, 3)} and ${readable(largest, 3)} predicted`,
      measured: worst.failed / worst.starts,
      holds: agrees,
      confidence: CONFIDENCE,
      hypotheses,
      ...(agrees && dimensions < 2 && { undecided: 'there is one dimension only' }),
    }
  },
)

/**
 * No run with a leaky ReLU fails, on the same data and from the same initializations. Inconclusive
 * without runs, or if one reached the step limit and none failed.
 *
 * @throws RangeError for a count outside its range
 *
 * @example
 * import { leakSucceeds } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const found = { runs: 50, failed: 0, cut: 0, hypotheses: [] }
 * console.log(verdictOn(leakSucceeds, found).status) // → holds
 */
export const leakSucceeds = claim(
  'overparam/leak-succeeds',
  'SGD on leaky ReLU networks never fails on the unit vectors, even with one hidden unit of each sign',
  'float64',
  { ...source, theorem: 'convergence to a global minimum' },
  (facts: {
    readonly runs: number
    /** runs that converged with an error */
    readonly failed: number
    /** runs that reached the step limit */
    readonly cut: number
    /** α > 0 */
    readonly hypotheses: readonly Hypothesis[]
  }) => {
    const { runs, failed, cut, hypotheses } = facts
    for (const name of ['runs', 'failed', 'cut'] as const)
      checkInteger('leakSucceeds', name, facts[name], 0)
    if (runs === 0) return nothing('runs', hypotheses)
    return {
      statement: `${readable(failed)} of ${counted(runs, 'run')} fail`,
      measured: failed,
      relation: '<=',
      bound: 0,
      hypotheses,
      ...(failed === 0 && cut > 0 && { undecided: `${readable(cut)} reached the step limit` }),
    }
  },
)
