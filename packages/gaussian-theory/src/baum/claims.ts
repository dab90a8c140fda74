import type { Vec } from '@nonconvex/tensor'
import { decide, hypothesis, readable } from '@nonconvex/optim/claims'
import type { Claim, Verdict } from '@nonconvex/optim/claims'
import { wilsonInterval } from '../restarts/wilson-interval.js'
import type { BaumResult, BaumStatus } from './baum.js'
import { intersectionLabel } from './half-space-sample.js'
import type { LabelledPoints } from './half-space-sample.js'
import { baumRateClaim } from './rate-claim.js'

const talk = "Baum's algorithm for an intersection of half-spaces works for symmetric distributions"
const paper = 'Baum (1990), A polynomial time algorithm that learns two hidden unit nets'

export const baumClaim: Claim = {
  id: 'gaussian/baum-symmetric',
  title: 'On symmetric inputs Baum’s algorithm learns an intersection of two half-spaces',
  rigor: 'statistical',
  source: { talk, paper },
}
export const baumFailsClaim: Claim = {
  id: 'gaussian/baum-asymmetric',
  title: 'On inputs on one side of a plane its second step has no solution',
  rigor: 'float64',
  source: { ours: 'Gaussian inputs lifted by a constant coordinate, with a Gordan witness' },
}

/** The claims about Baum's algorithm. */
export const baumClaims: readonly Claim[] = [baumClaim, baumFailsClaim, baumRateClaim]

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
 * import { baum, halfSpaceSample, testBaum } from '@nonconvex/gaussian-theory'
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

/** Outcomes of several runs on one distribution. */
export interface BaumFound {
  readonly symmetric: boolean
  readonly statuses: readonly BaumStatus[]
  /** the worst run's test; undefined if no run learnt anything */
  readonly worst: BaumTest | undefined
  /** the error that is to be met */
  readonly eps: number
}

/** Whether every run learnt, with an error below ε by the upper end of the worst run's 95 % interval. */
export function decideBaum({ symmetric, statuses, worst, eps }: BaumFound): Verdict {
  const learnt = statuses.filter((s) => s === 'learnt' || s === 'always-negative').length
  const error = worst === undefined ? 1 : wilsonInterval(worst.errors, worst.points).high
  return decide(baumClaim, {
    statement: `${readable(learnt)} of ${readable(statuses.length)} runs learnt; error of the worst at most ${readable(error)}, ${readable(eps)} allowed`,
    measured: error,
    relation: '<=',
    bound: eps,
    confidence: 0.95,
    holds: learnt === statuses.length,
    hypotheses: [hypothesis('the distribution is symmetric, D(x) = D(−x)', symmetric)],
    ...(statuses.length === 0 && { undecided: 'no run' }),
  })
}

/**
 * Whether the second step was infeasible in every run, each with a witness.
 *
 * A small second sample may have a solution by luck: with 800 lifted examples 3 of 200 runs had one, with 3,000 none.
 *
 * @param oneSided - whether all inputs lie on one side of a plane through the origin
 * @param residuals - of the witnesses, recomputed (`gordanResidual`), in units of the largest feature vector
 */
export function decideBaumFails(
  oneSided: boolean,
  statuses: readonly BaumStatus[],
  residuals: readonly number[],
): Verdict {
  const infeasible = statuses.filter((s) => s === 'step2-infeasible').length
  const largest = Math.max(0, ...residuals)
  return decide(baumFailsClaim, {
    statement: `step 2 infeasible in ${readable(infeasible)} of ${readable(statuses.length)} runs; witnesses vanish to ${readable(largest)}`,
    measured: infeasible,
    relation: '==',
    bound: statuses.length,
    holds: residuals.length === infeasible && largest <= 1e-9,
    hypotheses: [hypothesis('all inputs lie on one side of a plane', oneSided)],
    ...(statuses.length === 0 && { undecided: 'no run' }),
  })
}
