import { claim, counted, readable } from '@nonconvex/optim/claims'
import {
  checkSubset,
  clopperPearson,
  logBinomialTail,
  type SubsetCounts,
} from '@nonconvex/optim/statistics'
import { most, nothing } from '../claims/facts.js'

/**
 * The smallest possible value of a bound on the error that depends on n, c and δ only: the
 * Clopper–Pearson limit for c − 1 errors in n trials.
 *
 *     ε(n, c, δ) ≥ sup { q : P(Bin(n, q) ≤ c − 1) ≥ δ }
 *
 * Proof: let one example have probability 1 − q, and let very many others have tiny probabilities
 * that sum to q. From W_0 = 0 and with a large step every distinct example is updated once, so c =
 * 1 + Bin(n, q), and the error after training is the probability q of the rare examples, nearly all
 * of which are not in the sample. A bound that increases with c and fails with probability at most
 * δ on every such population is at least this.
 *
 * @param counts - n, c = distinct, δ
 * @returns in (0, 1]; 0 for c = 0
 * @throws RangeError for a count outside its range
 *
 * Source: ours.
 *
 * @example
 * import { compressionFloor } from '@nonconvex/overparam/generalization'
 * console.log(compressionFloor({ n: 1000, distinct: 50, delta: 0.05 }).toFixed(4)) // → 0.0618
 */
export function compressionFloor(counts: SubsetCounts): number {
  checkSubset('compressionFloor', counts)
  const { n, distinct, delta } = counts
  return distinct === 0 ? 0 : clopperPearson(distinct - 1, n, delta)
}

/** The value of a bound at one count c. */
export interface FloorCase {
  /** how sentences name the bound: 'subset bound' */
  readonly bound: string
  readonly n: number
  readonly distinct: number
  readonly delta: number
  readonly value: number
}

const proof = {
  ours: 'one frequent example and many rare ones: the error is what was not seen, and c − 1 is binomial',
}

/** The claim on how near the block bound comes to the floor. */
const blocksNearFloorId = 'overparam/blocks-near-floor'

const at = ({ bound, n, distinct }: FloorCase): string => `${bound}, n = ${n}, c = ${distinct}`

/**
 * No bound is below `compressionFloor`: on the population in its proof with q = ε the bound fails
 * with probability P(Bin(n, ε) ≤ c − 1), which is at most δ if and only if ε is at least the floor.
 * Compared are −ln(1 − ε) of both. A bound that is too small by a constant factor violates the
 * claim, whereas simulations of benign populations would not detect it.
 *
 * @example
 * import { boundsAboveFloor } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const one = { bound: 'subset bound', n: 1000, distinct: 50, delta: 0.05, value: 0.1946 }
 * console.log(verdictOn(boundsAboveFloor, [one]).status) // → holds
 * console.log(verdictOn(boundsAboveFloor, [{ ...one, value: 0.1946 / 4 }]).status) // → violated
 */
export const boundsAboveFloor = claim(
  'overparam/bounds-above-floor',
  'Each compression bound fails with probability at most δ on its worst-case population',
  'float64',
  proof,
  (cases: readonly FloorCase[]) => {
    if (cases.length === 0) return nothing('bounds')
    const failure = ({ n, distinct, value }: FloorCase): number =>
      value >= 1 ? 0 : Math.exp(logBinomialTail(n, distinct - 1, value))
    // −ln(1 − ε) is ε for small ε, and keeps a distance between bounds next to 1
    const size = (eps: number): number => -Math.log1p(-Math.min(eps, 1))
    const least = (one: FloorCase): number => size(compressionFloor(one))
    const worst = most(cases, (one) => least(one) / size(one.value))
    return {
      statement: `${counted(cases.length, 'case')} of n and c; nearest to the least possible: ${at(worst)}, ${readable(worst.value, 4)} where ${readable(compressionFloor(worst), 4)} is possible; it fails with probability ${readable(failure(worst), 3)} of at most ${readable(worst.delta)}`,
      measured: least(worst),
      relation: '<=',
      bound: Math.min(size(worst.value), Number.MAX_VALUE),
      // the Clopper–Pearson limit is accurate to 1e-9, see `clopperPearsonExact`
      slack: 1e-9 * least(worst),
      inequality: blocksNearFloorId,
    }
  },
)

/** The largest ratio of the block bound to `compressionFloor` that is claimed, for c ≥ 5. */
const NEAR = 3.1

/**
 * The block bound is at most 3.1 times the least that any bound from n, c and δ can be, for c ≥ 5
 * (measured, for n up to 4,000; largest for few updated examples).
 */
export const blocksNearFloor = claim(
  blocksNearFloorId,
  'The block bound is at most 3.1 times the least possible compression bound if c ≥ 5 examples are updated',
  'float64',
  proof,
  (cases: readonly FloorCase[]) => {
    const some = cases.filter(({ distinct }) => distinct >= 5)
    if (some.length === 0) return nothing('counts of five updated examples and more')
    const ratio = (one: FloorCase): number => one.value / compressionFloor(one)
    const worst = most(some, ratio)
    return {
      statement: `${counted(some.length, 'case')} with c ≥ 5; farthest from the floor: ${at(worst)}, ${readable(worst.value, 4)} where ${readable(compressionFloor(worst), 4)} is possible`,
      measured: ratio(worst),
      relation: '<=',
      bound: NEAR,
      attains: 1 / Math.min(...some.map(ratio)),
    }
  },
)

/**
 * A Clopper–Pearson limit for r errors in n trials, and the binomial tail at this limit by an
 * independent sum.
 */
export interface LimitCase {
  readonly n: number
  readonly errors: number
  readonly delta: number
  /** P(Bin(n, limit) ≤ errors) */
  readonly tail: number
}

/** The Clopper–Pearson limit satisfies P(Bin(n, limit) ≤ r) = δ, so no smaller limit is valid. */
export const clopperPearsonExact = claim(
  'overparam/clopper-pearson-exact',
  'The Clopper–Pearson upper limit p for r errors in n trials satisfies P(Bin(n, p) ≤ r) = δ',
  'float64',
  { theorem: 'Clopper & Pearson (1934)' },
  (cases: readonly LimitCase[]) => {
    if (cases.length === 0) return nothing('limits')
    const off = ({ tail, delta }: LimitCase): number => Math.abs(tail / delta - 1)
    const worst = most(cases, off)
    return {
      statement: `${counted(cases.length, 'limit')}; farthest from δ = ${readable(worst.delta)}: ${worst.errors} errors in ${worst.n}, relative difference ${readable(off(worst), 2)}`,
      measured: off(worst),
      relation: '<=',
      attains: worst.tail / worst.delta,
      // sums of up to 10³ terms with ln-factors of up to 10⁴, 1e-16 each
      bound: 1e-9,
    }
  },
)
