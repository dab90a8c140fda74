import { claim, counted, hypothesis, readable, type Source } from '@nonconvex/optim/claims'
import { type Separable } from '../claims/facts.js'

const source: Source = {
  ours: 'Gordan’s alternative: a separator exists, or a convex combination of the y x vanishes, and never both',
}

/**
 * The relative tolerance for rounding of the two ends of a margin, which are products and norms of
 * some thousand entries.
 */
const ROUNDING = 1e-9
/** A convex combination with a norm of at most this, relative to R, counts as zero. */
const ZERO = 1e-9

/** The facts for the claim on the margin: its lower and upper bound. */
export interface MarginFacts {
  readonly separable: Separable
  /** the ends of the interval; hi is infinite without an upper bound */
  readonly lo: number
  readonly hi: number
  /** whether the separator is proved in spite of rounding, see `separatorProof` */
  readonly proven: boolean
}

/**
 * The largest margin satisfies 0 < lo ≤ γ ≤ hi, where a separator of margin lo certifies the lower
 * bound and a convex combination the upper bound. Inapplicable if there is no separator,
 * inconclusive if none is known.
 *
 * @example
 * import { marginCertified } from '@nonconvex/overparam/certify'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const facts = { separable: 'yes', lo: 0.5, hi: 0.5000001, proven: true }
 * const { status, statement } = verdictOn(marginCertified, facts)
 * console.log(status, statement) // → holds the largest margin γ lies in [0.5, 0.5000001]; existence is certain beyond rounding
 */
export const marginCertified = claim(
  'overparam/margin-certified',
  'The largest margin γ lies between a lower and an upper bound that are both certified',
  'float64',
  source,
  ({ separable, lo, hi, proven }: MarginFacts) => {
    const beyond = proven ? '; existence is certain beyond rounding' : ''
    return {
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
    }
  },
)

/** A witness of non-separability: a convex combination Σ λ_i y_i x_i with λ ≥ 0, Σλ = 1. */
export interface WitnessFacts {
  /** number of rows with a positive weight */
  readonly rows: number
  /** ‖Σ λ_i y_i x_i‖ in float64 */
  readonly residual: number
  /** R, the longest row */
  readonly radius: number
  /** whether the combination is zero in exact rational arithmetic, see `exactWitness` */
  readonly exact: boolean
}

/**
 * The combination Σ λ_i y_i x_i is exactly 0 in rational arithmetic, which proves that the rows are
 * not separable. Inconclusive for a combination that is zero only up to rounding (see `noMargin`).
 *
 * @example
 * import { noSeparator } from '@nonconvex/overparam/certify'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const { status, rigor } = verdictOn(noSeparator, { rows: 2, residual: 0, radius: 1, exact: true })
 * console.log(status, rigor) // → holds proof
 */
export const noSeparator = claim(
  'overparam/no-separator',
  'The examples are not linearly separable by a hyperplane through the origin',
  'proof',
  source,
  ({ rows, exact }: WitnessFacts) => ({
    statement: `a combination of ${counted(rows, 'row')} with positive weights is exactly zero, in rational arithmetic`,
    measured: 0,
    relation: '<=',
    bound: 0,
    ...(!exact && { undecided: 'the sum was checked in float64 only' }),
  }),
)

/**
 * The combination satisfies ‖Σ λ_i y_i x_i‖ ≤ 10⁻⁹ R: the float64 version of `noSeparator`, with
 * the same id. Violated if the combination is not zero to that accuracy.
 */
export const noMargin = claim(
  noSeparator.id,
  'The examples are not separable up to rounding: no unit vector has a margin above 10⁻⁹ R',
  'float64',
  source,
  ({ rows, residual, radius }: WitnessFacts) => ({
    statement: `a convex combination of ${counted(rows, 'row')} has norm ${readable(residual, 3)}, and so no unit vector has a larger margin; R = ${readable(radius, 4)}`,
    measured: residual,
    relation: '<=',
    bound: ZERO * radius,
  }),
)
