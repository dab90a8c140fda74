import { checkSubset, errorOfCodes, type SubsetCounts } from './counts.js'
import { logBinomial } from '@nonconvex/optim/statistics'

/** A bound with the number of blocks it used. */
export interface BlocksBound {
  readonly eps: number
  /** T */
  readonly blocks: number
}

/**
 * Error of a converged run by blocks: no logarithm of n in front of c.
 *
 *     min over T in c+1 … n of  1 − exp(−(ln C(T,c) + ln n + ln 1/δ) / (m (T − c))),   m = ⌊n/T⌋
 *
 * Deleting examples never updated leaves the run as it was (`retrain`). Cut the indices into T
 * blocks of m: the updated examples touch at most c of them, the T − c others are independent of
 * the run without them. T is a function of n, c and δ, so that it costs nothing; T = n is
 * `subsetBound`, which is never smaller. n = c gives 1, with T = n.
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
 * The closed form of stable compression, (2/(n − 2c)) (c ln 4 + ln 1/δ), for a c fixed beforehand:
 * to compare `blocksBound` with, which pays for not knowing c. Infinity if n ≤ 2c.
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
