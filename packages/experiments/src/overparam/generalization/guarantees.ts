import { certificates, growthBound, marginBound } from '@nonconvex/overparam'
import { clopperPearson } from '@nonconvex/optim/statistics'
import type { SampleMeasured } from './measure.js'
import type { GeneralizationParams } from './params.js'

/** What a run promises, each with δ for itself, and what is true. All from counts. */
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
  /** true shares: y N(x) < 1, and y N(x) ≤ 0 */
  readonly short: number
  readonly error: number
}

/** Every number that the report prints of a sample, from its counts and parameters alone. */
export function promisesOf(m: SampleMeasured, p: GeneralizationParams, delta: number): Promises {
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
