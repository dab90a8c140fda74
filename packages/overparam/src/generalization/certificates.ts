import { leaveOneOutBound, publishedBound } from './comparisons.js'
import {
  agnosticBound,
  checkUpdates,
  multisetBound,
  sequenceBound,
  subsetBound,
  type UpdateCounts,
} from '@nonconvex/optim/statistics'
import { blocksBound } from './stable-compression.js'

/** The counts of a run. */
export interface CertificateCounts extends UpdateCounts {
  /** unused examples that end with y N(x) < 1, default 0, as for a loss of 0 */
  readonly errorsUnused?: number
}

/**
 * Bounds on P(y N(x) < 1), and hence on the error; except for `loo` and `paper`, each holds with
 * probability at least 1 − δ.
 */
export interface Certificates {
  /**
   * E1, by the sequence of updates; like the next three it is 1 if an unused example has y N(x) < 1
   */
  readonly sequence: number
  /** E2, by the subset of updated examples and the order of its updates */
  readonly multiset: number
  /** E3, by the subset of updated examples alone */
  readonly set: number
  /** E4, by the subset of updated examples in T blocks */
  readonly blocks: { readonly eps: number; readonly T: number }
  /** E3 with errors */
  readonly agnostic: number
  /**
   * c/(n + 1): an estimate of the mean error, not a certificate; 1 if an unused example is wrong
   */
  readonly loo: number
  /** the published form with the observed U, an illustration; Infinity if n < 2U */
  readonly paper: number
}

/**
 * Computes all guarantees that follow from the counts of a run.
 *
 * @param counts - n, updates U, distinct c, errorsUnused r, delta
 * @throws RangeError for a count outside its range
 *
 * Hypotheses: examples independent; initialization, learning rate, width, order and budget fixed in
 * advance. `compareGuarantees` finds the best one and accounts for the choice.
 *
 * @example
 * import { certificates } from '@nonconvex/overparam/generalization'
 * const { set, blocks, loo } = certificates({ n: 4000, updates: 1163, distinct: 347, delta: 0.05 })
 * console.log(set.toFixed(4), blocks.eps.toFixed(4), loo.toFixed(4)) // → 0.2775 0.2173 0.0867
 */
export function certificates(counts: CertificateCounts): Certificates {
  checkUpdates('certificates', counts)
  const { n, updates, distinct, delta, errorsUnused = 0 } = counts
  const agnostic = agnosticBound({ n, distinct, delta, errorsUnused })
  const unusedError = errorsUnused > 0 ? errorsUnused / (n - distinct) : 0
  // without updates the published form would claim an error of 0
  const paper = publishedBound({ n, updates: Math.max(1, updates), delta, unusedError })
  if (errorsUnused > 0) {
    const nothing = { sequence: 1, multiset: 1, set: 1, blocks: { eps: 1, T: n }, loo: 1 }
    return { ...nothing, agnostic, paper }
  }
  const { eps, blocks } = blocksBound(counts)
  return {
    sequence: sequenceBound(counts),
    multiset: multisetBound(counts),
    set: subsetBound(counts),
    blocks: { eps, T: blocks },
    agnostic,
    loo: leaveOneOutBound(distinct, n),
    paper,
  }
}
