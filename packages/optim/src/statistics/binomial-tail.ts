import {
  checkCount,
  checkInteger,
  checkProbability,
  checkProperFraction,
} from '@nonconvex/tensor/check'
import { logBinomial } from './log-binomial.js'

/** Terms smaller than this fraction of the sum are ignored. */
const NEGLIGIBLE = 1e-18

/**
 * The logarithm ln P(Bin(m, p) ≤ r) of a binomial tail, summed outwards from its largest term.
 *
 * @param m - integer ≥ 1
 * @param r - integer ≥ 0
 * @param p - in [0, 1]
 * @throws ArgumentError for a number outside its range
 * @returns −Infinity for p = 1 and r < m
 *
 * Accuracy: absolute error about 1e-16 m (1 + |ln p|), that of the logarithm of the largest term.
 * Cost: O(√m) terms, at most r.
 *
 * @example
 * import { logBinomialTail } from '@nonconvex/optim/statistics'
 * console.log(Math.exp(logBinomialTail(4, 1, 0.5)).toFixed(6)) // → 0.312500
 */
export function logBinomialTail(m: number, r: number, p: number): number {
  checkCount('logBinomialTail', 'm', m)
  checkInteger('logBinomialTail', 'r', r, 0)
  checkProbability('logBinomialTail', 'p', p)
  if (r >= m || p === 0) return 0
  if (p === 1) return -Infinity
  const mode = Math.min(r, Math.floor((m + 1) * p))
  const top = logBinomial(m, mode) + mode * Math.log(p) + (m - mode) * Math.log1p(-p)
  const odds = p / (1 - p)
  let sum = 1
  let term = 1
  for (let i = mode; i > 0 && term > NEGLIGIBLE * sum; i--) {
    term *= i / ((m - i + 1) * odds)
    sum += term
  }
  term = 1
  for (let i = mode; i < r && term > NEGLIGIBLE * sum; i++) {
    term *= ((m - i) * odds) / (i + 1)
    sum += term
  }
  return Math.min(0, top + Math.log(sum))
}

/**
 * The supremum of { p : ln P(Bin(m, p) ≤ r) ≥ logDelta }, rounded up, by bisection to adjacent
 * float64 numbers. Logarithms allow a logDelta as small as −10⁵.
 */
export function binomialUpperLimit(m: number, r: number, logDelta: number): number {
  if (r >= m) return 1
  if (r === 0) return -Math.expm1(logDelta / m)
  let lo = r / m
  let hi = 1
  // the tail is above ½ at r/m but for rounding; with a larger δ the limit may lie below
  if (logBinomialTail(m, r, lo) < logDelta) lo = 0
  for (;;) {
    const middle = lo + (hi - lo) / 2
    if (middle <= lo || middle >= hi) return hi
    if (logBinomialTail(m, r, middle) >= logDelta) lo = middle
    else hi = middle
  }
}

/**
 * The one-sided Clopper–Pearson bound: from r errors among m held-out examples, an upper confidence
 * limit that is at least the error rate with probability at least 1 − δ.
 *
 *     sup { p : P(Bin(m, p) ≤ r) ≥ δ };   1 − δ^{1/m} for r = 0,   1 for r = m
 *
 * @param r - errors, integer in [0, m]
 * @param m - held-out examples, integer ≥ 1, used once
 * @param delta - in (0, 1)
 * @throws ArgumentError for a number outside its range
 *
 * Accuracy: relative error about 1e-13 for m up to 10⁴. Cost: some 60 tails of O(√m).
 * Source: Clopper & Pearson (1934).
 *
 * @example
 * import { clopperPearson } from '@nonconvex/optim/statistics'
 * console.log(clopperPearson(60, 6000, 0.05).toFixed(6)) // → 0.012383
 */
export function clopperPearson(r: number, m: number, delta: number): number {
  checkCount('clopperPearson', 'm', m)
  checkInteger('clopperPearson', 'r', r, 0, m, `[0, m = ${m}]`)
  checkProperFraction('clopperPearson', 'delta', delta)
  return binomialUpperLimit(m, r, Math.log(delta))
}
