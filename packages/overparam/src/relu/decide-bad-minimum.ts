import { decide, hypothesis, readable, type Verdict, counted } from '@nonconvex/optim/claims'
import { reluBadMinima } from './claims.js'

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
 * The loss is n₊/n (n₋/n for the dead class −1) at the point and around it, and SGD moves no
 * weight.
 *
 * @returns `inapplicable` unless the data have both classes and the separator is one,
 *   `inconclusive` without points around it
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
  })
}
