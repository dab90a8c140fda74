import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { fitPowerLaw } from '../critical-point-claims.js'
import { enoughForHalfSpace } from './enough.js'

/**
 * Examples of step 2 for each of the n(n+1)/2 numbers of the form, from which on the law is looked
 * at.
 */
export const EXAMPLES_EACH = 20
const EXPONENT_SLACK = 0.25
/** Runs from which on the exponent of their mean is known to a good part of the slack. */
const LEAST_RUNS = 10
/** Errors counted, over all runs, from which on a mean is known to a quarter of itself. */
const LEAST_ERRORS = 16

/** Errors of one dimension, over sizes of the second sample. */
export interface BaumCurve {
  readonly n: number
  /** examples of step 1 */
  readonly first: number
  /** pairs of half-spaces */
  readonly runs: number
  /** fresh points on which each run is tested */
  readonly points: number
  /** draws for step 2, ascending */
  readonly sizes: readonly number[]
  /**
   * mean error of the runs that learnt, at each size; sizes where it is NaN (no run) or too few
   * errors were counted are left out of the law
   */
  readonly errors: readonly number[]
  /** what is guaranteed at each size (`guaranteedError`) */
  readonly guaranteed: readonly number[]
  /** runs without a hypothesis, over all sizes */
  readonly failed: number
}

/** The points of a curve on which the law is looked at. */
const long = ({
  n,
  runs,
  points,
  sizes,
  errors,
}: BaumCurve): { sizes: number[]; errors: number[] } => {
  const least = (EXAMPLES_EACH * n * (n + 1)) / 2
  const at = sizes.flatMap((size, i) =>
    size >= least && errors[i] * runs * points >= LEAST_ERRORS ? [i] : [],
  )
  return { sizes: at.map((i) => sizes[i]), errors: at.map((i) => errors[i]) }
}

/**
 * Whether the errors fall like 1/m₂: the exponent fitted to each curve is −1 ± 0.25 from twenty
 * examples for each number of the form on, every run learnt, and no mean error is above the
 * guarantee.
 *
 * The guarantee holds only with a first sample that no run has. Asserted is that it is kept from n
 * m₂/2 examples of step 1 on (`enoughForHalfSpace`), an observation; with fewer a run may fail by
 * bad luck, and the claim does not apply.
 *
 * @param symmetric - whether the inputs are
 * @param curves - one for each dimension; a dimension with less than three such sizes, or over less
 *   than a factor of eight, or with less than ten runs, leaves the claim undecided; so does a size
 *   at which fewer than 16 errors were counted if it is needed for that
 */
export const baumRate = claim(
  'gaussian/baum-sample-size',
  'The error of Baum’s algorithm falls like one over the number of examples of its second step',
  'statistical',
  {
    ours: 'a quadratic form that fits all examples: the sizes of the guarantee, ε ~ n²/m₂ but for a logarithm',
    paper: 'Baum (1990), A polynomial time algorithm that learns two hidden unit nets',
  },
  ({
    symmetric,
    curves,
  }: {
    readonly symmetric: boolean
    readonly curves: readonly BaumCurve[]
  }) => {
    const fits = curves.map((curve) => {
      const { sizes, errors } = long(curve)
      const enough = sizes.length >= 3 && sizes[sizes.length - 1] >= 8 * sizes[0]
      return { n: curve.n, enough, exponent: enough ? fitPowerLaw(sizes, errors, -1).exponent : -1 }
    })
    const above = curves.flatMap(({ n, sizes, errors, guaranteed }) =>
      errors.flatMap((error, i) => (error > guaranteed[i] ? [{ n, size: sizes[i], error }] : [])),
    )
    const failed = curves.reduce((sum, curve) => sum + curve.failed, 0)
    const worst = fits.reduce(
      (a, b) => (Math.abs(b.exponent + 1) > Math.abs(a.exponent + 1) ? b : a),
      {
        n: 0,
        enough: true,
        exponent: -1,
      },
    )
    const undecided =
      above.length > 0 || failed > 0
        ? undefined
        : curves.length === 0 || !fits.every((fit) => fit.enough)
          ? 'too few sizes'
          : curves.some(({ runs }) => runs < LEAST_RUNS)
            ? 'too few runs'
            : undefined
    const each = fits
      .map((fit) => `${fit.enough ? fit.exponent.toFixed(2) : 'unknown'} for n = ${fit.n}`)
      .join(', ')
    return {
      statement: `exponents of the error: ${each || 'none'}; −1 expected; ${readable(above.length)} errors above the guarantee, ${readable(failed)} runs without a hypothesis`,
      measured: worst.exponent,
      relation: '==',
      bound: -1,
      slack: EXPONENT_SLACK,
      confidence: 0.95,
      holds: above.length === 0 && failed === 0,
      hypotheses: [
        hypothesis('the distribution is symmetric, D(x) = D(−x)', symmetric),
        ...curves.map(({ n, first, sizes }) => enoughForHalfSpace(n, first, Math.max(...sizes))),
      ],
      ...(undecided !== undefined && { undecided }),
      ...(above.length > 0 && { witness: { ...above[0] } }),
    }
  },
)
