import { claim, counted, readable } from '@nonconvex/optim/claims'
import {
  agnosticBound,
  checkSubset,
  logBinomial,
  logBinomialTail,
  multisetBound,
  sequenceBound,
  subsetBound,
  type SubsetCounts,
} from '@nonconvex/optim/statistics'
import { checkInteger } from '@nonconvex/tensor/check'
import { most, nothing } from '../claims/facts.js'

/** A bound by the number of codes, and the number of codes that some rule uses. */
export interface CodeCase extends SubsetCounts {
  /** how sentences name the bound: 'sequence bound' */
  readonly bound: string
  /** errors among the n − c examples outside the code */
  readonly errorsUnused: number
  readonly value: number
  /** ln N: codes of one size that some rule uses */
  readonly logCodes: number
  /** the logarithm of how many times as many codes the bound counts at most: those of all sizes */
  readonly uncertain: number
}

const logFactorial = (c: number): number => {
  let sum = 0
  for (let i = 2; i <= c; i++) sum += Math.log(i)
  return sum
}

/**
 * The compression bounds at one count c, with the codes that a rule can use: sequences of U = c
 * different examples, subsets with words of U = 2c letters, each of which occurs in the first half,
 * and subsets, without errors and with errors on a tenth of the other examples.
 *
 * @param counts - n, c = distinct in [1, n − 1], δ
 * @throws RangeError for a count outside its range
 *
 * Source: ours. Of the n^U sequences n!/(n − c)! ≥ n^U exp(−c²/(2(n − c))) have different entries, and
 * c! ≥ c^c e^{−c}.
 *
 * @example
 * import { codeCases } from '@nonconvex/overparam/generalization'
 * const cases = codeCases({ n: 200, distinct: 10, delta: 0.05 })
 * console.log(cases.map(({ value, logCodes }) => `${value.toFixed(3)}, e^${logCodes.toFixed(0)}`)[0]) // → 0.273, e^53
 */
export function codeCases(counts: SubsetCounts): readonly CodeCase[] {
  checkSubset('codeCases', counts)
  const { n, distinct: c } = counts
  checkInteger('codeCases', 'distinct', c, 1, n - 1)
  const subsets = logBinomial(n, c)
  const word = 2 * c
  const sizes = (updates: number): number => Math.log(updates) + Math.log(updates + 1)
  const errors = Math.ceil((n - c) / 10)
  const plain = { ...counts, errorsUnused: 0 }
  return [
    {
      ...plain,
      bound: 'sequence bound',
      value: sequenceBound({ ...counts, updates: c }),
      logCodes: subsets + logFactorial(c),
      uncertain: sizes(c) + c ** 2 / (2 * (n - c)),
    },
    {
      ...plain,
      bound: 'bound by subset and order',
      value: multisetBound({ ...counts, updates: word }),
      logCodes: subsets + logFactorial(c) + (word - c) * Math.log(c),
      uncertain: Math.log(n) + sizes(word) + c,
    },
    {
      ...plain,
      bound: 'subset bound',
      value: subsetBound(counts),
      logCodes: subsets,
      uncertain: Math.log(n),
    },
    ...[0, errors].map((errorsUnused) => ({
      ...counts,
      bound: 'subset bound with errors',
      errorsUnused,
      value: agnosticBound({ ...counts, errorsUnused }),
      logCodes: subsets,
      uncertain: Math.log(n),
    })),
  ]
}

/** From here on 1 − (1 − δ)^{1/N} is −ln(1 − δ)/N to 1e-13. */
const MANY = 30

/** In the place of the infinite cost of ε = 1, as verdicts have finite numbers. */
const VACUOUS = 1e15

/** −ln(1 − (1 − δ)^{1/N}), the least that −ln P(Bin(n − c, ε) ≤ r) can be for N codes. */
const leastCost = ({ logCodes, delta }: CodeCase): number =>
  logCodes > MANY
    ? logCodes - Math.log(-Math.log1p(-delta))
    : -Math.log(-Math.expm1(Math.log1p(-delta) / Math.exp(logCodes)))

/**
 * A bound that counts codes cannot be smaller than for the number of codes that a rule uses: with
 *
 *     cost(ε) = −ln P(Bin(n − c, ε) ≤ r),   for r = 0: −(n − c) ln(1 − ε),
 *     −ln(1 − (1 − δ)^{1/N}) ≤ cost(ε) ≤ ln N + ln(1/δ) + ln(sizes)
 *
 * Proof of the left side: let the N codes have hypotheses that err on every example with probability q
 * > ε, independently (a random function of code and example, on a continuum). A rule that takes a code
 * with at most r errors outside of it, where there is one, finds one with probability 1 − (1 −
 * P(Bin(n − c, q) ≤ r))^N, and errs with probability q. A bound that holds for every rule with such
 * codes has to be larger. The right side is the union over codes and sizes.
 *
 * @example
 * import { codeCases, codesAttained } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const cases = codeCases({ n: 200, distinct: 10, delta: 0.05 })
 * const times = (factor: number) => cases.map((one) => ({ ...one, value: factor * one.value }))
 * const status = (factor: number) => verdictOn(codesAttained, times(factor)).status
 * console.log(status(1), status(0.9), status(1.5)) // → holds violated violated
 */
export const codesAttained = claim(
  'overparam/codes-attained',
  'Each bound by a number of codes is the least possible for all rules with such codes, up to the union over their sizes',
  'float64',
  {
    theorem: 'compression (Littlestone & Warmuth 1986)',
    ours: 'N codes with independent hypotheses: one fits the other examples with probability 1 − (1 − (1 − ε)^{n−c})^N',
  },
  (cases: readonly CodeCase[]) => {
    if (cases.length === 0) return nothing('bounds')
    const cost = ({ n, distinct, errorsUnused, value }: CodeCase): number =>
      Math.min(-logBinomialTail(n - distinct, errorsUnused, Math.min(1, value)), VACUOUS)
    const largest = (one: CodeCase): number =>
      leastCost(one) + one.uncertain + Math.log(-Math.log1p(-one.delta) / one.delta)
    // costs are sums of n logarithms, and 1 − ε ≥ 10⁻³ has a relative error of 1e-13
    const rounding = 1e-9
    const below = cases.find((one) => cost(one) < leastCost(one) * (1 - rounding))
    const worst = below ?? most(cases, (one) => cost(one) / largest(one))
    const { bound, n, distinct, errorsUnused } = worst
    const errors = errorsUnused > 0 ? `, ${counted(errorsUnused, 'error')}` : ''
    return {
      statement: `${counted(cases.length, 'case')}; ${below ? 'below the least possible' : 'nearest to the union'}: ${bound}, n = ${n}, c = ${distinct}${errors}: −ln P(Bin ≤ r) = ${readable(cost(worst), 5)}, from ${readable(leastCost(worst), 5)} to ${readable(largest(worst), 5)} is possible`,
      measured: cost(worst),
      relation: '<=',
      bound: largest(worst),
      slack: rounding * largest(worst),
      inequality: true,
      attains: Math.max(...cases.map((one) => leastCost(one) / cost(one))),
      holds: below === undefined,
    }
  },
)
