import {
  checkSubset,
  errorOfCodes,
  logBinomial,
  type SubsetCounts,
} from '@nonconvex/optim/statistics'

/** A bound by blocks, with the number of blocks. */
export interface BlocksBound {
  readonly eps: number
  /** T */
  readonly blocks: number
}

/**
 * A bound on the error of a converged run by blocks, without the term c ln n:
 *
 *     min over T in c+1 … n of  1 − exp(−(ln C(T,c) + ln n + ln 1/δ) / (m (T − c))),   m = ⌊n/T⌋
 *
 * Deleting examples that were never updated does not change the run (`retrain`). Partition the
 * indices into T blocks of m: the updated examples lie in at most c blocks, and the other T − c
 * blocks are independent of the run. T is a function of n, c and δ, so that its choice needs no
 * correction; T = n is `subsetBound`, which is never smaller. n = c gives 1, with T = n.
 *
 * @throws RangeError for a count outside its range
 *
 * Cost: O(n). Source: ours; stable compression after Bousquet, Hanneke, Moran & Zhivotovskiy
 * (2020), as recalled.
 *
 * @example
 * import { blocksBound } from '@nonconvex/overparam/generalization'
 * const { eps, blocks } = blocksBound({ n: 4000, distinct: 347, delta: 0.05 })
 * console.log(eps.toFixed(6), blocks) // → 0.217267 666
 */
export function blocksBound(counts: SubsetCounts): BlocksBound {
  checkSubset('blocksBound', counts)
  const { n, distinct, delta } = counts
  let best: BlocksBound = { eps: 1, blocks: n }
  for (let blocks = n; blocks > distinct; blocks--) {
    const deleted = Math.floor(n / blocks) * (blocks - distinct)
    const codes = logBinomial(blocks, distinct) + Math.log(n)
    const eps = errorOfCodes(codes, delta, deleted)
    if (eps < best.eps) best = { eps, blocks }
  }
  return best
}

/**
 * The closed form of stable compression, (2/(n − 2c)) (c ln 4 + ln 1/δ), for a c fixed in advance,
 * for comparison with `blocksBound`, which does not need c in advance. Infinity if n ≤ 2c.
 *
 * @throws RangeError for a count outside its range
 *
 * Source: Bousquet, Hanneke, Moran & Zhivotovskiy (2020), as recalled.
 *
 * @example
 * import { stableClosedForm } from '@nonconvex/overparam/generalization'
 * console.log(stableClosedForm({ n: 4000, distinct: 347, delta: 0.05 }).toFixed(6)) // → 0.292825
 */
export function stableClosedForm(counts: SubsetCounts): number {
  checkSubset('stableClosedForm', counts)
  const { n, distinct, delta } = counts
  if (n <= 2 * distinct) return Infinity
  return (2 / (n - 2 * distinct)) * (distinct * Math.log(4) - Math.log(delta))
}
