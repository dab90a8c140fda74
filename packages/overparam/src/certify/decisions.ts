import { decide, hypothesis, readable, type Verdict, counted } from '@nonconvex/optim/claims'
import { type Separable } from '../claims/evidence.js'
import { marginCertified, noMargin, noSeparator } from './claims.js'

/** Relative rounding of the two ends of a margin: products and norms of some thousand entries. */
const ROUNDING = 1e-9
/** Norm of a convex combination, relative to R, that counts as zero. */
const ZERO = 1e-9

/** What is known of the margin. */
export interface MarginFacts {
  readonly separable: Separable
  /** the ends of the interval; hi may be infinite while nothing is known */
  readonly lo: number
  readonly hi: number
  /** whether the separator is one beyond all rounding, see `separatorProof` */
  readonly proven: boolean
}

/**
 * 0 < lo ≤ hi: a separator of margin lo, and a convex combination that allows no more than hi.
 *
 * @returns `inapplicable` if there is no separator, `inconclusive` if none is known
 *
 * @example
 * import { decideMargin } from '@nonconvex/overparam'
 * const { status, statement } = decideMargin({ separable: 'yes', lo: 0.5, hi: 0.5000001, proven: true })
 * console.log(status, statement) // → holds the largest margin γ lies in [0.5, 0.5000001]; that a separator exists is beyond rounding
 */
export function decideMargin({ separable, lo, hi, proven }: MarginFacts): Verdict {
  const beyond = proven ? '; that a separator exists is beyond rounding' : ''
  return decide(marginCertified, {
    statement: `the largest margin γ lies in [${readable(Math.max(0, lo), 7)}, ${readable(hi, 7)}]${beyond}`,
    measured: lo,
    relation: '<=',
    bound: hi,
    slack: Number.isFinite(hi) ? ROUNDING * Math.abs(hi) : 0,
    hypotheses: [
      hypothesis(
        'a separator through the origin exists',
        separable === 'unknown' ? 'assumed' : separable === 'yes',
      ),
    ],
    ...(separable === 'unknown' && { undecided: 'neither a separator nor a witness was found' }),
  })
}

/** Rows that contradict each other. */
export interface WitnessFacts {
  /** how many rows have a positive weight */
  readonly rows: number
  /** ‖Σ λ_i y_i x_i‖ with Σλ = 1, in float64 */
  readonly residual: number
  /** R, the longest row */
  readonly radius: number
  /** whether the combination is zero in exact rational arithmetic, see `exactWitness` */
  readonly exact: boolean
}

/**
 * The combination of the rows vanishes: exactly, which proves that nothing separates, or up to 1e-9
 * R in float64, which says no more than that no unit vector has a margin above that. The title of
 * the claim is the one that was shown.
 *
 * @returns `violated` if the combination is not zero to that accuracy: then the rows are no witness
 *
 * @example
 * import { decideNoSeparator } from '@nonconvex/overparam'
 * const { status, rigor } = decideNoSeparator({ rows: 2, residual: 0, radius: 1, exact: true })
 * console.log(status, rigor) // → holds proof
 */
export function decideNoSeparator({ rows, residual, radius, exact }: WitnessFacts): Verdict {
  const claim = exact ? noSeparator : noMargin
  return decide(claim, {
    statement: exact
      ? `a combination of ${counted(rows, 'row')} with positive weights is exactly zero, in rational arithmetic`
      : `a convex combination of ${counted(rows, 'row')} has norm ${readable(residual, 3)}, and so no unit vector has a larger margin; R = ${readable(radius, 4)}`,
    measured: exact ? 0 : residual,
    relation: '<=',
    bound: exact ? 0 : ZERO * radius,
  })
}
