import { checkInteger, argumentError } from '@nonconvex/tensor/check'

/** The first pass of a learner that changes only at mistakes. */
export interface FirstPassCounts {
  /** examples, each seen once, drawn independently; integer ≥ 1 */
  readonly n: number
  /** mistakes on them, each before the example was learned from; integer from 0 to n */
  readonly mistakes: number
  /** failure probability, in (0, 1) */
  readonly delta: number
}

/**
 * A bound on the mean error of the n hypotheses of a first pass: that before each example,
 *
 *     (1/n) Σ_i P(h_i errs)  ≤  mistakes/n + √(ln(1/δ)/(2n))      with probability ≥ 1 − δ
 *
 * as the differences of error and mistake are a martingale. It needs no hypothesis on the data but
 * independence, and bounds the error of a hypothesis drawn at random from the pass. At most 1.
 *
 * @throws RangeError for a count or δ outside its range
 *
 * Source: Cesa-Bianchi, Conconi, Gentile (2004), as recalled; by Hoeffding–Azuma.
 *
 * @example
 * import { firstPassBound } from '@nonconvex/optim/statistics'
 * console.log(firstPassBound({ n: 300, mistakes: 15, delta: 0.05 }).toFixed(4)) // → 0.1207
 */
export function firstPassBound({ n, mistakes, delta }: FirstPassCounts): number {
  const fn = 'firstPassBound'
  checkInteger(fn, 'n', n, 1)
  checkInteger(fn, 'mistakes', mistakes, 0, n)
  if (!(delta > 0 && delta < 1))
    throw argumentError('out-of-range', fn, 'delta', 'to be in (0, 1)', delta)
  return Math.min(1, mistakes / n + Math.sqrt(-Math.log(delta) / (2 * n)))
}
