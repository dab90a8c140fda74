import { decide, hypothesis, readable, type Claim, type Verdict } from '@nonconvex/optim/claims'
import { fitPowerLaw } from '../critical-point-claims.js'
import { wilsonInterval } from '@nonconvex/optim/statistics'

export const unbiasedClaim: Claim = {
  id: 'gaussian/sgd-unbiased',
  title: 'The gradient on fresh samples has the population gradient as its mean',
  rigor: 'statistical',
  source: { ours: 'derivative and mean may be exchanged for w ≠ 0' },
}
export const sgdClaim: Claim = {
  id: 'gaussian/sgd-constant-step',
  title: 'SGD with fresh samples reaches the teacher at a constant step',
  rigor: 'statistical',
  source: { ours: 'without label noise the noise of the gradient vanishes at w*' },
}
export const landscapeGapClaim: Claim = {
  id: 'gaussian/empirical-landscape',
  title:
    'The landscape of a sample tends to that of the population like one over the root of its size',
  rigor: 'statistical',
  source: { ours: 'central limit theorem at each point' },
}

/** The claims about samples. Agreement of means is decided by `decideAgreement`. */
export const sampleClaims: readonly Claim[] = [unbiasedClaim, sgdClaim, landscapeGapClaim]

const CONFIDENCE = 0.95
/** The share of runs that must arrive, by the lower end of the interval. */
const ARRIVE = 0.9

/** What became of runs of SGD. */
export interface SGDFound {
  readonly m: number
  readonly runs: number
  readonly arrived: number
  /** step size in units of `sgdStep` */
  readonly etaRatio: number
  readonly medianSteps?: number
}

/**
 * Whether at least 90 % of runs arrive, by the lower end of the 95 % interval.
 *
 * @example
 * import { decideSGD } from '@nonconvex/gaussian-theory'
 * console.log(decideSGD({ m: 5, runs: 50, arrived: 50, etaRatio: 1 }).status) // → holds
 */
export function decideSGD({ m, runs, arrived, etaRatio, medianSteps }: SGDFound): Verdict {
  const { low, high } = runs > 0 ? wilsonInterval(arrived, runs) : { low: 0, high: 1 }
  const steps =
    medianSteps === undefined ? '' : `, half of them within ${readable(medianSteps)} steps`
  return decide(sgdClaim, {
    statement: `${readable(arrived)} of ${readable(runs)} runs arrived${steps}; share at least ${readable(low, 3)}, ${ARRIVE} needed`,
    measured: low,
    relation: '>=',
    bound: ARRIVE,
    confidence: CONFIDENCE,
    hypotheses: [
      hypothesis('filter length m ≥ 2', m >= 2, m),
      hypothesis('step size η ≤ 0.8 min(1, B/2m)/c', etaRatio <= 1 + 1e-12, etaRatio),
    ],
    ...(high >= ARRIVE && low < ARRIVE && { undecided: 'too few runs' }),
  })
}

/** Exponent of the decay of the gap, beside −½. */
const EXPONENT_SLACK = 0.1

/**
 * Whether gap ~ n^(−½): the exponent fitted over the sizes is −0.5 ± 0.1.
 *
 * @param sizes - numbers of examples, ascending, at least three; the largest at least 30 times the
 *   smallest
 * @param gaps - mean gap over independent samples of each size
 * @param realizable - whether the labels are those of the teacher
 */
export function decideLandscapeGap(
  sizes: readonly number[],
  gaps: readonly number[],
  realizable = true,
): Verdict {
  const enough = sizes.length >= 3 && sizes[sizes.length - 1] >= 30 * sizes[0]
  const exponent = enough ? fitPowerLaw(sizes, gaps, -0.5).exponent : 0
  return decide(landscapeGapClaim, {
    statement: `the largest gap falls like n^${exponent.toFixed(3)} over ${readable(sizes.length)} sizes; −0.5 expected`,
    measured: exponent,
    relation: '==',
    bound: -0.5,
    slack: EXPONENT_SLACK,
    confidence: CONFIDENCE,
    hypotheses: [hypothesis('labels are the teacher’s', realizable)],
    ...(!enough && { undecided: 'too few sizes' }),
  })
}
