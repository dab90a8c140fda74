import { hypothesis, readable, type Hypothesis, claim } from '@nonconvex/optim/claims'
import { baumSampleSizes } from './sample-sizes.js'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import type { BaumStatus, BaumTest } from './baum.js'
import { fitPowerLaw } from '../power-law.js'
import { argumentError } from '@nonconvex/tensor/check'

/*
 * With exactly these many examples 3,300 runs on Gaussian and Laplace inputs, n = 2 to 8, ε = 0.05
 * to 0.5, all learned; the largest error of any was 0.65 ε. That is what the claims rest on; it is
 * no theorem.
 */

/**
 * Required examples of step 2 for each of the n(n+1)/2 coefficients of the quadratic form, in units
 * of 1/ε.
 */
const EACH = 4
/** Required examples of step 1 for each example of step 2 and each input dimension. */
const HALF = 1 / 2

/**
 * Sample sizes at which none of 200 runs on lifted inputs found a quadratic form, for each of five
 * sizes of the first sample.
 */
export const LIFTED_FIRST = 100
export const LIFTED_SECOND = 3000

/**
 * The hypothesis that step 2 has 4/ε examples for each coefficient of the quadratic form, of which
 * half are kept.
 */
export function enoughForForm(n: number, second: number, eps: number): Hypothesis {
  const least = Math.ceil((EACH * n * (n + 1)) / 2 / eps)
  return hypothesis(
    `at least 2n(n + 1)/ε = ${readable(least)} examples of step 2, sufficient by measurement`,
    second >= least,
    second,
  )
}

/**
 * The hypothesis that step 1 has enough examples for its half-space to misclassify few examples of
 * step 2.
 */
export function enoughForHalfSpace(n: number, first: number, second: number): Hypothesis {
  const least = Math.ceil(HALF * n * second)
  return hypothesis(
    `at least n m₂/2 = ${readable(least)} examples of step 1, sufficient by measurement`,
    first >= least,
    first,
  )
}

/**
 * The hypothesis that the given sample sizes suffice: true if they are at least those of the
 * guarantee, otherwise assumed.
 */
export function guarantee(
  n: number,
  { first, second }: { readonly first: number; readonly second: number },
  eps: number,
): Hypothesis {
  const { m1, m2 } = baumSampleSizes({ n, eps, delta: eps })
  const met = first >= m1 && second >= 2 * m2
  return hypothesis(
    `these sample sizes suffice, though the guarantee asks for ${readable(m1)} and ${readable(2 * m2)} examples`,
    met || 'assumed',
  )
}

const talk = "Baum's algorithm for an intersection of half-spaces works for symmetric distributions"
const paper = 'Baum (1990), A polynomial time algorithm that learns two hidden unit nets'

/** The sizes of the two samples of a run. */
export interface BaumDraws {
  /** examples of step 1 */
  readonly first: number
  /** examples of step 2, before half of them are dropped */
  readonly second: number
}

/** The outcomes of several runs on one distribution. */
export interface BaumFound extends BaumDraws {
  readonly symmetric: boolean
  /** inputs */
  readonly n: number
  readonly statuses: readonly BaumStatus[]
  /** the test of the worst run; undefined if no run learned a hypothesis */
  readonly worst: BaumTest | undefined
  /** the target error */
  readonly eps: number
}

/**
 * The half-width of the interval of a run in standard errors, and the probability that a standard
 * normal variable exceeds it in absolute value.
 */
const Z = 3.5
const BEYOND = 4.66e-4

const UNDECIDED = 'float64 arithmetic cannot decide some run'

/**
 * Whether every run learned a hypothesis with an error of at most ε. The claim holds if the upper
 * end of the worst run's interval is at most ε, is violated if the lower end exceeds ε, and is
 * inconclusive otherwise.
 *
 * The claim is an observation: from `enoughForHalfSpace` and `enoughForForm` examples on, every run
 * learns. The guarantee (`baumSampleSizes`) requires far more than any run has; that fewer examples
 * suffice is an assumed hypothesis. With fewer examples than these two a run may fail by chance,
 * and the claim is inapplicable.
 *
 * The interval reaches 3.5 standard errors (Wilson), so that the intervals of all runs hold with
 * the stated confidence.
 *
 * @throws RangeError for more than 2,000 runs, for which the confidence would be 0
 */
export const baumLearns = claim(
  'gaussian/baum-symmetric',
  'Baum’s algorithm learns an intersection of two half-spaces to error ε under a symmetric distribution',
  'statistical',
  {
    talk,
    paper,
    ours: 'sufficient sizes of the two samples by measurement, far below the guarantee',
  },
  (found: BaumFound) => {
    const { symmetric, n, first, second, statuses, worst, eps } = found
    if (statuses.length > 2000)
      throw argumentError(
        'out-of-range',
        'baumLearns',
        'statuses',
        'to be of at most 2,000 runs',
        statuses.length,
      )
    const learnt = statuses.filter((s) => s === 'learnt' || s === 'always-negative').length
    const unclear = statuses.filter((s) => s === 'undecided').length
    const { low, high } = worst
      ? wilsonInterval(worst.errors, worst.points, Z)
      : { low: 1, high: 1 }
    const failed = statuses.length - learnt - unclear
    const undecided =
      statuses.length === 0
        ? 'no run'
        : failed > 0 || (worst && low > eps)
          ? undefined
          : unclear > 0
            ? UNDECIDED
            : high > eps
              ? 'too few fresh points'
              : undefined
    return {
      statement: `${readable(learnt)} of ${readable(statuses.length)} runs learned; error of the worst in [${readable(low)}, ${readable(high)}] (limit ${readable(eps)})`,
      measured: low > eps ? low : high,
      relation: '<=',
      bound: eps,
      inequality: 'gaussian/baum-sizes',
      confidence: 1 - Math.max(1, statuses.length) * BEYOND,
      holds: failed === 0,
      hypotheses: [
        hypothesis('the distribution is symmetric, D(x) = D(−x)', symmetric && 'by construction'),
        enoughForForm(n, second, eps),
        enoughForHalfSpace(n, first, second),
        guarantee(n, { first, second }, eps),
      ],
      ...(undecided !== undefined && { undecided }),
    }
  },
)

/**
 * Whether step 2 was infeasible in every run, as proved by a witness in each of them.
 *
 * A small second sample may have a solution by chance: with 800 lifted examples 3 of 200 runs had
 * one, with 3,000 none. So the claim applies from 3,000 on, and from 100 examples of step 1, with
 * which none of 200 runs had a solution either.
 *
 * @param oneSided - whether all inputs lie on one side of a plane through the origin
 * @param draws - sizes of the two samples
 * @param residuals - of the witnesses, recomputed (`gordanResidual`), in units of the largest
 *   feature vector
 */
export const baumFails = claim(
  'gaussian/baum-asymmetric',
  'If all inputs lie on one side of a hyperplane, step 2 of Baum’s algorithm finds no quadratic form',
  'float64',
  { ours: 'Gaussian inputs lifted by a constant coordinate, with a Gordan witness' },
  ({
    oneSided,
    draws: { first, second },
    statuses,
    residuals,
  }: {
    readonly oneSided: boolean
    readonly draws: BaumDraws
    readonly statuses: readonly BaumStatus[]
    readonly residuals: readonly number[]
  }) => {
    const infeasible = statuses.filter((s) => s === 'step2-infeasible').length
    const unclear = statuses.filter((s) => s === 'undecided').length
    const largest = Math.max(0, ...residuals)
    const checked = residuals.length === infeasible && largest <= 1e-9
    const open = unclear > 0 && infeasible + unclear === statuses.length && checked
    return {
      statement: `step 2 infeasible in ${readable(infeasible)} of ${readable(statuses.length)} runs; residuals of the witnesses at most ${readable(largest)}`,
      measured: infeasible,
      relation: '==',
      bound: statuses.length,
      holds: checked,
      hypotheses: [
        hypothesis('all inputs lie on one side of a hyperplane', oneSided && 'by construction'),
        hypothesis(
          `at least ${readable(LIFTED_FIRST)} examples of step 1`,
          first >= LIFTED_FIRST,
          first,
        ),
        hypothesis(
          `at least ${readable(LIFTED_SECOND)} examples of step 2`,
          second >= LIFTED_SECOND,
          second,
        ),
      ],
      ...(open && { undecided: UNDECIDED }),
      ...(statuses.length === 0 && { undecided: 'no run' }),
    }
  },
)

/**
 * The number of examples of step 2 for each of the n(n+1)/2 coefficients of the quadratic form from
 * which on the power law is fitted.
 */
export const EXAMPLES_EACH = 20
const EXPONENT_SLACK = 0.25
/**
 * The number of runs from which on the exponent of the mean error is known well within the slack.
 */
const LEAST_RUNS = 10
/**
 * The number of counted errors, over all runs, from which on a mean error is known to a relative
 * accuracy of 1/4.
 */
const LEAST_ERRORS = 16

/** The learning curve of one dimension: errors by the size of the second sample. */
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
   * mean error of the runs that learned, at each size; sizes where it is NaN (no run) or too few
   * errors were counted are ignored by the fit
   */
  readonly errors: readonly number[]
  /** guaranteed error at each size (`guaranteedError`) */
  readonly guaranteed: readonly number[]
  /** runs without a hypothesis, over all sizes */
  readonly failed: number
}

/** The points of a learning curve to which the power law is fitted. */
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
 * examples for each coefficient of the form on, every run learned, and no mean error is above the
 * guarantee.
 *
 * The guarantee requires a first sample larger than any run has. The claim, an observation, is that
 * it holds from n m₂/2 examples of step 1 on (`enoughForHalfSpace`); with fewer a run may fail by
 * chance, and the claim is inapplicable.
 *
 * @param symmetric - whether the distribution of the inputs is symmetric
 * @param curves - one for each dimension; a dimension with less than three such sizes, or over less
 *   than a factor of eight, or with less than ten runs, leaves the claim inconclusive; so does a
 *   size with fewer than 16 errors if the fit needs it
 */
export const baumRate = claim(
  'gaussian/baum-sample-size',
  'The error of Baum’s algorithm decays like 1/m₂, where m₂ is the number of examples of step 2',
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
        hypothesis('the distribution is symmetric, D(x) = D(−x)', symmetric && 'by construction'),
        ...curves.map(({ n, first, sizes }) => enoughForHalfSpace(n, first, Math.max(...sizes))),
      ],
      ...(undecided !== undefined && { undecided }),
      ...(above.length > 0 && { witness: { ...above[0] } }),
    }
  },
)
