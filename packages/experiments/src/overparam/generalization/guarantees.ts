import { clopperPearson } from '@nonconvex/optim/statistics'
import { certificates, growthBound, marginBound } from '@nonconvex/overparam/generalization'
import type { SgdStatus } from '@nonconvex/overparam'
import type { ParamsOf } from '../../define/definition.js'
import type { generalization } from './experiment.js'

type Params = ParamsOf<typeof generalization>

/**
 * Counts of the runs on one sample: every guarantee is computed from them when the rows are
 * concluded on.
 */
export type SampleMeasured = {
  readonly n: number
  /** of the run on n examples */
  readonly status: SgdStatus
  readonly updates: number
  readonly distinct: number
  readonly steps: number
  /** examples never updated that end with y N(x) < 1 */
  readonly shortUnused: number
  /** B_slope with the separator and the radius of the population: known before the sample is */
  readonly theorem: number
  /** points of the population with y N ≤ 0, and with y N < 1 */
  readonly errors: number
  readonly short: number
  /** the same errors among the held-out draws */
  readonly heldOutErrors: number
  /** weights that differ when only the updated examples are trained on, and when some more are */
  readonly differing: number
  readonly differingMore: number
  readonly added: number
  /** of another run, on n + 1 examples */
  readonly moreStatus: SgdStatus
  readonly moreDistinct: number
}

/** The bounds of a run, each with its own δ, and the truth. All from counts. */
export interface Promises {
  /** E1, E2, E3, E4: of y N(x) < 1 */
  readonly sequence: number
  readonly multiset: number
  readonly subset: number
  readonly blocks: number
  /** c/(n + 1): an estimate of the mean */
  readonly leaveOneOut: number
  /** with the U of the run, an illustration */
  readonly published: number
  /** of the error */
  readonly heldOut: number
  readonly margin: number
  readonly growth: number
  /** true fractions: y N(x) < 1, and y N(x) ≤ 0 */
  readonly short: number
  readonly error: number
}

/** Every number that the report prints of a sample, from its counts and parameters alone. */
export function promisesOf(m: SampleMeasured, p: Params, delta: number): Promises {
  const { n, updates, distinct, shortUnused } = m
  const all = certificates({ n, updates, distinct, errorsUnused: shortUnused, delta })
  return {
    sequence: all.sequence,
    multiset: all.multiset,
    subset: all.set,
    blocks: all.blocks.eps,
    leaveOneOut: all.loo,
    published: all.paper,
    heldOut: clopperPearson(m.heldOutErrors, p.heldOut, delta),
    // points have norm 1, and y w*·x ≥ 1 for the normal divided by gamma
    margin: marginBound({ n, radius: 1, wStarNorm: 1 / p.gamma, delta }),
    growth: growthBound({ n, k: p.k, d: p.d, delta }),
    short: m.short / p.population,
    error: m.errors / p.population,
  }
}
