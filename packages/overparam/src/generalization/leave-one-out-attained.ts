import { claim, counted, readable } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import { checkCount, checkProperFraction } from '@nonconvex/tensor/check'
import { most, nothing } from '../claims/facts.js'
import { leaveOneOutBound } from './comparisons.js'

/** A population with one frequent example, and both sides of the leave-one-out bound on it. */
export interface LeaveOneOutSides {
  readonly n: number
  /** probability of the rare examples together */
  readonly q: number
  /** E[P(y N(x) < 1)] after n examples */
  readonly error: number
  /** E[c / (n + 1)] on n + 1 examples */
  readonly bound: number
}

/**
 * Both sides of the leave-one-out bound on the population of `compressionFloor`: one example of
 * probability 1 − q, and very many that have q together. SGD from W_0 = 0 updates every distinct
 * example once, so
 *
 *     E[error] = q + (1 − q)qⁿ,   c = Bin(n + 1, q) + 1 if the frequent example is in the sample
 *
 * and the bound is larger by the factor 1 + 1/(q(n + 1)) only: the 1 is the frequent example.
 *
 * @param options - n: number of examples, integer ≥ 1; q in (0, 1)
 * @throws RangeError for a number outside its range
 *
 * Cost: O(n). Source: ours.
 *
 * @example
 * import { leaveOneOutSides } from '@nonconvex/overparam/generalization'
 * const { error, bound } = leaveOneOutSides({ n: 1000, q: 0.1 })
 * console.log((error / bound).toFixed(4)) // → 0.9901
 */
export function leaveOneOutSides({ n, q }: Pick<LeaveOneOutSides, 'n' | 'q'>): LeaveOneOutSides {
  checkCount('leaveOneOutSides', 'n', n)
  checkProperFraction('leaveOneOutSides', 'q', q)
  const odds = q / (1 - q)
  let log = (n + 1) * Math.log1p(-q)
  let bound = 0
  for (let rare = 0; rare <= n + 1; rare++) {
    bound += Math.exp(log) * leaveOneOutBound(rare + (rare <= n ? 1 : 0), n)
    log += Math.log(((n + 1 - rare) / (rare + 1)) * odds)
  }
  return { n, q, error: q + (1 - q) * power(q, n), bound }
}

export const leaveOneOutAttainedId = 'overparam/leave-one-out-attained'

/**
 * The leave-one-out bound is attained as n grows: on one frequent and very many rare examples the
 * mean error is at least 1 − 1/(q(n + 1)) of it.
 *
 * @example
 * import { leaveOneOutAttained, leaveOneOutSides } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const sides = leaveOneOutSides({ n: 1000, q: 0.1 })
 * console.log(verdictOn(leaveOneOutAttained, [sides]).status) // → holds
 * console.log(verdictOn(leaveOneOutAttained, [{ ...sides, bound: 0.9 * sides.bound }]).status) // → violated
 */
export const leaveOneOutAttained = claim(
  leaveOneOutAttainedId,
  'The leave-one-out bound is attained: on one frequent and many rare examples up to the factor 1 + 1/(q(n + 1))',
  'float64',
  { ours: 'one frequent example and many rare ones: both sides are binomial sums' },
  (cases: readonly LeaveOneOutSides[]) => {
    if (cases.length === 0) return nothing('populations')
    const part = ({ error, bound }: LeaveOneOutSides): number => error / bound
    const floor = ({ n, q }: LeaveOneOutSides): number => 1 - 1 / (q * (n + 1))
    // sums of n terms with logarithms of up to n
    const rounding = 1e-9
    const above = cases.find((one) => part(one) > 1 + rounding)
    const worst = above ?? most(cases, (one) => (1 - part(one)) / (1 - floor(one)))
    return {
      statement: `${counted(cases.length, 'population')}; farthest from its bound: n = ${worst.n}, q = ${readable(worst.q)}: mean error ${readable(worst.error, 4)}, bound ${readable(worst.bound, 4)}, ${readable(part(worst), 4)} of it; ${readable(floor(worst), 4)} is required, and at most 1`,
      measured: part(worst),
      relation: '>=',
      bound: floor(worst),
      attains: Math.max(...cases.map(part)),
      slack: rounding,
      holds: above === undefined,
    }
  },
)
