import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { atLeast, interval, least } from '../by-interval.js'
import { paper, talk } from './source.js'

/** Labels of boxes without and with a cap on one class, for one predictor. */
export interface CapsFacts {
  readonly scenes: number
  /** scenes in which labels without the cap exceed it, and labels with it */
  readonly before: number
  readonly after: number
  /** largest distance of the score of the labels from an upper bound by duality */
  readonly gap: number
  /** projections, and the largest distance from those by Dykstra's algorithm */
  readonly compared: number
  readonly apart: number
  /** correct boxes of a scene with the cap minus without */
  readonly gain: MeanWithError
}

const sum = (all: readonly CapsFacts[], of: (one: CapsFacts) => number): number =>
  all.reduce((total, one) => total + of(one), 0)

const exceeded = (all: readonly CapsFacts[]) => {
  const before = sum(all, (one) => one.before)
  return hypothesis('labels without the cap exceed it in some scene', before > 0, before)
}

/**
 * Labels that are chosen under a cap satisfy it in every scene; without it some scenes exceed it.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { capsAreKept } from '@nonconvex/structured/cardinality'
 * const found = { scenes: 9, before: 3, after: 0, gap: 0, compared: 9, apart: 1e-9, gain: { mean: 0.5, error: 0.1 } }
 * console.log(verdictOn(capsAreKept, [found]).status) // → holds
 */
export const capsAreKept = claim(
  'structured/caps-are-kept',
  'The best labeling with at most c boxes of a class satisfies the cap in every scene',
  'float64',
  { talk, paper, ours: 'boxes of the class are counted' },
  (all: readonly CapsFacts[]) => {
    const after = sum(all, (one) => one.after)
    return {
      statement: `${readable(sum(all, (one) => one.before))} of ${readable(sum(all, (one) => one.scenes))} scenes exceed the cap without it, ${readable(after)} with it`,
      measured: after,
      relation: '<=',
      bound: 0,
      hypotheses: [exceeded(all)],
    }
  },
)

/**
 * No other labels within the cap have a larger score: for any multipliers λ ≥ 0,
 * Σ_i max_k (s_ik − λ_k) + Σ_k c_k λ_k bounds the score of every labeling within the caps. The λ of one
 * cap c that makes it smallest is the c + 1st largest gain from the class, if that is positive.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { cappedLabelsAreBest } from '@nonconvex/structured/cardinality'
 * const found = { scenes: 9, before: 3, after: 0, gap: 1e-15, compared: 9, apart: 1e-9, gain: { mean: 0.5, error: 0.1 } }
 * console.log(verdictOn(cappedLabelsAreBest, [found]).status) // → holds
 */
export const cappedLabelsAreBest = claim(
  'structured/capped-labels-are-best',
  'No other labeling within the cap has a larger score: its score equals the Lagrangian bound',
  'float64',
  { talk, ours: 'labels by shortest paths, the bound by sorting' },
  (all: readonly CapsFacts[]) => ({
    statement: `the bound exceeds the score by at most ${readable(Math.max(0, ...all.map(({ gap }) => gap)), 2)} over ${readable(sum(all, (one) => one.scenes))} scenes`,
    measured: Math.max(0, ...all.map(({ gap }) => gap)),
    relation: '<=',
    bound: 0,
    // scores are log-probabilities, down to about −20, of at most 12 boxes, times 2^-52 and their number
    slack: 1e-11,
    hypotheses: [exceeded(all)],
  }),
)

/**
 * Marginals under a cap by Newton's method on the dual are those of Dykstra's algorithm between the
 * simplices of the boxes and the cap.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { transportProjectionsAgree } from '@nonconvex/structured/cardinality'
 * const found = { scenes: 9, before: 3, after: 0, gap: 0, compared: 9, apart: 1e-9, gain: { mean: 0.5, error: 0.1 } }
 * console.log(verdictOn(transportProjectionsAgree, [found]).status) // → holds
 */
export const transportProjectionsAgree = claim(
  'structured/transport-projections-agree',
  'The projection onto the transport polytope by its dual equals that by Dykstra’s algorithm',
  'float64',
  { talk, paper, ours: 'two algorithms on the same marginals' },
  (all: readonly CapsFacts[]) => {
    const worst = Math.max(0, ...all.map(({ apart }) => apart))
    const compared = sum(all, (one) => one.compared)
    return {
      statement: `marginals differ by at most ${readable(worst, 2)} over ${readable(compared)} scenes whose marginals exceed the cap`,
      measured: worst,
      relation: '<=',
      bound: 1e-6,
      ...(compared === 0 && { undecided: 'no marginals exceed their cap' }),
    }
  },
)

/** Fewer scenes show nothing. */
const SCENES = 50

/**
 * Given the true number of boxes of a class as a cap, more boxes are labeled right, by a 95 %
 * interval over scenes for every predictor.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { trueCapsHelp } from '@nonconvex/structured/cardinality'
 * const found = { scenes: 90, before: 30, after: 0, gap: 0, compared: 9, apart: 1e-9, gain: { mean: 0.5, error: 0.1 } }
 * console.log(verdictOn(trueCapsHelp, [found]).status) // → holds
 */
export const trueCapsHelp = claim(
  'structured/true-caps-help',
  'A cap at the true number of boxes of a class increases the number of correct labels',
  'statistical',
  { talk, ours: 'the same scenes with and without the cap' },
  (all: readonly CapsFacts[]) => ({
    statement: `per scene at least ${interval(least(all.map(({ gain }) => gain)))} more boxes are correct`,
    ...atLeast(
      all.map(({ gain }) => gain),
      0,
    ),
    hypotheses: [
      hypothesis(
        `at least ${SCENES} test scenes`,
        all.every(({ scenes }) => scenes >= SCENES),
        Math.min(...all.map(({ scenes }) => scenes)),
      ),
      exceeded(all),
      hypothesis('test scenes are independent of the training', 'by construction'),
    ],
  }),
)
