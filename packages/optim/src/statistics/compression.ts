import { argumentError } from '@nonconvex/tensor/check'
import { binomialUpperLimit } from './binomial-tail.js'
import { logBinomial } from './log-binomial.js'
import {
  checkSubset,
  checkUpdates,
  errorOfCodes,
  type SubsetCounts,
  type UpdateCounts,
} from './counts.js'

// A run that ended with loss 0 is a function of its updates; each bound counts what has to be
// written down of them.

/**
 * A bound on the error of a converged run that is encoded by its sequence of updates, one of n^U
 * codes:
 *
 *     P(y N(x) < 1)  ≤  1 − exp(−(U ln n + ln U(U+1) + ln 1/δ) / (n − c))      with probability ≥ 1 − δ
 *
 * ln U(U+1) accounts for U not being known in advance. Without updates the bound equals
 * `subsetBound`; for n = c it is 1. Initialization, learning rate, width and order must be
 * independent of the examples.
 *
 * @throws RangeError for a count outside its range
 *
 * Source: compression by Littlestone & Warmuth (1986), as used in the talk.
 *
 * @example
 * import { sequenceBound } from '@nonconvex/optim/statistics'
 * const counts = { n: 4000, updates: 1163, distinct: 347, delta: 0.05 }
 * console.log(sequenceBound(counts).toFixed(6)) // → 0.929012
 */
export function sequenceBound(counts: UpdateCounts): number {
  checkUpdates('sequenceBound', counts)
  const { n, updates, distinct, delta } = counts
  if (updates === 0) return subsetBound(counts)
  const codes = updates * Math.log(n) + Math.log(updates) + Math.log(updates + 1)
  return errorOfCodes(codes, delta, n - distinct)
}

/**
 * A bound on the error of a converged run that is encoded by the subset of updated examples and the
 * order of their updates, one of C(n, c) · c^U codes:
 *
 *     P(y N(x) < 1)  ≤  1 − exp(−(ln C(n,c) + U ln c + ln n + ln U(U+1) + ln 1/δ) / (n − c))
 *
 * Edge cases, hypotheses and errors as `sequenceBound`; never below `subsetBound`.
 *
 * @throws RangeError for a count outside its range
 *
 * Source: ours, between the two others.
 *
 * @example
 * import { multisetBound } from '@nonconvex/optim/statistics'
 * const counts = { n: 4000, updates: 1163, distinct: 347, delta: 0.05 }
 * console.log(multisetBound(counts).toFixed(6)) // → 0.888209
 */
export function multisetBound(counts: UpdateCounts): number {
  checkUpdates('multisetBound', counts)
  const { n, updates, distinct, delta } = counts
  if (updates === 0) return subsetBound(counts)
  const word = updates * Math.log(distinct) + Math.log(updates) + Math.log(updates + 1)
  return errorOfCodes(logBinomial(n, distinct) + Math.log(n) + word, delta, n - distinct)
}

/**
 * A bound on the error of a converged run that is encoded by the subset of updated examples alone,
 * one of C(n, c) codes:
 *
 *     P(y N(x) < 1)  ≤  1 − exp(−(ln C(n,c) + ln n + ln 1/δ) / (n − c))      with probability ≥ 1 − δ
 *
 * The order of visits does not depend on the data, so the run on the subset along the same order is
 * the same run (see `retrain`): order and multiplicity of the updates need not be encoded. P(y N(x)
 * < 1) is at least the 0-1 error. If all rows are scaled by the norm of the longest one, this row
 * belongs to the code, too: use c + 1.
 *
 * @throws RangeError for a count outside its range
 *
 * Source: ours; compression after Littlestone & Warmuth (1986).
 *
 * @example
 * import { subsetBound } from '@nonconvex/optim/statistics'
 * console.log(subsetBound({ n: 4000, distinct: 347, delta: 0.05 }).toFixed(6)) // → 0.277488
 */
export function subsetBound(counts: SubsetCounts): number {
  checkSubset('subsetBound', counts)
  const { n, distinct, delta } = counts
  return errorOfCodes(logBinomial(n, distinct) + Math.log(n), delta, n - distinct)
}

/**
 * The bound of `subsetBound` for a run that ends with y N(x) < 1 on r of the n − c unused examples,
 * because it reached the step limit or the data are not separable:
 *
 *     sup { p : P(Bin(n − c, p) ≤ r) ≥ δ / (n C(n,c)) };   r = 0 gives `subsetBound`
 *
 * The step budget must count all visits of the order, those of unused examples included.
 *
 * @param counts - errorsUnused: r, integer in [0, n − c]
 * @throws RangeError for a count outside its range
 *
 * Source: ours; inversion of the tail as Langford (2005).
 *
 * @example
 * import { agnosticBound } from '@nonconvex/optim/statistics'
 * const counts = { n: 4000, distinct: 100, errorsUnused: 12, delta: 0.05 }
 * console.log(agnosticBound(counts).toFixed(6)) // → 0.127486
 */
export function agnosticBound(counts: SubsetCounts & { readonly errorsUnused: number }): number {
  checkSubset('agnosticBound', counts)
  const { n, distinct, errorsUnused, delta } = counts
  const unused = n - distinct
  if (!(Number.isInteger(errorsUnused) && errorsUnused >= 0 && errorsUnused <= unused))
    throw argumentError(
      'out-of-range',
      'agnosticBound',
      'errorsUnused',
      `to be an integer in [0, n − distinct = ${unused}]`,
      errorsUnused,
    )
  const logDelta = Math.log(delta) - Math.log(n) - logBinomial(n, distinct)
  return binomialUpperLimit(unused, errorsUnused, logDelta)
}
