import type { Vec } from '@nonconvex/tensor'
import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import type { BaumResult, BaumStatus } from './baum.js'
import {
  enoughForForm,
  enoughForHalfSpace,
  guarantee,
  LIFTED_FIRST,
  LIFTED_SECOND,
} from './enough.js'
import { intersectionLabel, type LabelledPoints } from './half-space-sample.js'

const talk = "Baum's algorithm for an intersection of half-spaces works for symmetric distributions"
const paper = 'Baum (1990), A polynomial time algorithm that learns two hidden unit nets'

/** How a hypothesis does on fresh points. */
export interface BaumTest {
  readonly points: number
  readonly errors: number
  /** points with u·x < 0, v·x < 0 and w·x > 0 */
  readonly bad: number
}

/**
 * Counts errors of a hypothesis and points of the bad region on a fresh sample.
 *
 * @param result - a result with `predict`; without one every point counts as an error
 * @param sample - fresh points of the same distribution
 * @param u - [n]
 * @param v - [n]
 *
 * @example
 * import { baum, halfSpaceSample, testBaum } from '@nonconvex/gaussian-theory/baum'
 * import { stream } from '@nonconvex/tensor'
 * const at = { u: [1, 0, 0], v: [0, 1, 0], kind: 'gaussian' } as const
 * const [a, b, c] = [1, 2, 3].map((i) => halfSpaceSample({ ...at, count: 2000, stream: stream(i) }))
 * console.log(testBaum(baum(a, b), c, at.u, at.v).errors < 40) // → true
 */
export function testBaum(result: BaumResult, sample: LabelledPoints, u: Vec, v: Vec): BaumTest {
  const { predict, w } = result
  const { rows, cols, data } = sample.x
  const negative = [u, v].map((side) => Float64Array.from(side, (x) => -x))
  let [errors, bad] = [0, 0]
  for (let i = 0; i < rows; i++) {
    const x = data.subarray(i * cols, (i + 1) * cols)
    if (predict?.(x) !== sample.y[i]) errors++
    if (
      w &&
      intersectionLabel(x, negative[0], negative[1]) === 1 &&
      intersectionLabel(x, w, w) === 1
    )
      bad++
  }
  return { points: rows, errors, bad }
}

/** Sizes of the two samples of a run. */
export interface BaumDraws {
  /** examples of step 1 */
  readonly first: number
  /** examples of step 2, before half of them are left out */
  readonly second: number
}

/** Outcomes of several runs on one distribution. */
export interface BaumFound extends BaumDraws {
  readonly symmetric: boolean
  /** inputs */
  readonly n: number
  readonly statuses: readonly BaumStatus[]
  /** the worst run's test; undefined if no run learnt anything */
  readonly worst: BaumTest | undefined
  /** the error that is to be met */
  readonly eps: number
}

/**
 * Standard errors that the interval of a run reaches to either side, and how often a normal number
 * is farther off.
 */
const Z = 3.5
const BEYOND = 4.66e-4

const UNTOLD = 'the arithmetic could not tell in some run'

/**
 * Whether every run learnt, with an error of at most ε: by the upper end of the worst run's
 * interval it did, by the lower end it did not, and in between the fresh points are too few to
 * tell.
 *
 * What is asserted is an observation: from `enoughForHalfSpace` and `enoughForForm` examples on,
 * every run learns. The guarantee (`baumSampleSizes`) asks for so many more that no run has them;
 * this is entered as an assumption. With fewer examples than these two, a run may fail by bad luck,
 * and the claim does not apply.
 *
 * The interval reaches 3.5 standard errors (Wilson), so that the intervals of all runs hold with
 * the stated confidence.
 *
 * @throws RangeError for more than 2,000 runs, where no confidence would be left
 */
export const baumLearns = claim(
  'gaussian/baum-symmetric',
  'On symmetric inputs Baum’s algorithm learns an intersection of two half-spaces',
  'statistical',
  {
    talk,
    paper,
    ours: 'sizes of the two samples with which it did, far below the guarantee',
  },
  (found: BaumFound) => {
    const { symmetric, n, first, second, statuses, worst, eps } = found
    if (statuses.length > 2000)
      throw new RangeError(`baum: expected at most 2,000 runs, got ${statuses.length}`)
    const learnt = statuses.filter((s) => s === 'learnt' || s === 'always-negative').length
    const untold = statuses.filter((s) => s === 'undecided').length
    const { low, high } = worst
      ? wilsonInterval(worst.errors, worst.points, Z)
      : { low: 1, high: 1 }
    const failed = statuses.length - learnt - untold
    const undecided =
      statuses.length === 0
        ? 'no run'
        : failed > 0 || (worst && low > eps)
          ? undefined
          : untold > 0
            ? UNTOLD
            : high > eps
              ? 'too few fresh points'
              : undefined
    return {
      statement: `${readable(learnt)} of ${readable(statuses.length)} runs learnt; error of the worst in [${readable(low)}, ${readable(high)}], ${readable(eps)} allowed`,
      measured: low > eps ? low : high,
      relation: '<=',
      bound: eps,
      confidence: 1 - Math.max(1, statuses.length) * BEYOND,
      holds: failed === 0,
      hypotheses: [
        hypothesis('the distribution is symmetric, D(x) = D(−x)', symmetric),
        enoughForForm(n, second, eps),
        enoughForHalfSpace(n, first, second),
        guarantee(n, { first, second }, eps),
      ],
      ...(undecided !== undefined && { undecided }),
    }
  },
)

/**
 * Whether the second step was infeasible in every run, each with a witness.
 *
 * A small second sample may have a solution by luck: with 800 lifted examples 3 of 200 runs had
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
  'On inputs on one side of a plane its second step has no solution',
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
    const untold = statuses.filter((s) => s === 'undecided').length
    const largest = Math.max(0, ...residuals)
    const checked = residuals.length === infeasible && largest <= 1e-9
    const open = untold > 0 && infeasible + untold === statuses.length && checked
    return {
      statement: `step 2 infeasible in ${readable(infeasible)} of ${readable(statuses.length)} runs; witnesses vanish to ${readable(largest)}`,
      measured: infeasible,
      relation: '==',
      bound: statuses.length,
      holds: checked,
      hypotheses: [
        hypothesis('all inputs lie on one side of a plane', oneSided),
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
      ...(open && { undecided: UNTOLD }),
      ...(statuses.length === 0 && { undecided: 'no run' }),
    }
  },
)
