import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { agreement, type AgreementFacts } from '../sample-agreement.js'
import { fitPowerLaw } from '../power-law.js'

/** Means of sampled gradients agree with the population gradient (see `agreement`). */
export const sgdUnbiased = claim(
  'gaussian/sgd-unbiased',
  'The gradient on fresh samples is an unbiased estimate of the population gradient',
  'statistical',
  { ours: 'derivative and mean may be exchanged for w ≠ 0' },
  (facts: AgreementFacts) => agreement(facts),
)

const CONFIDENCE = 0.95
/** The fraction of converged runs that the lower end of the interval must reach. */
const ARRIVE = 0.9

/** The outcomes of several SGD runs. */
export interface SGDFacts {
  readonly m: number
  readonly runs: number
  readonly arrived: number
  /** step size in units of `sgdStep` */
  readonly etaRatio: number
  readonly medianSteps?: number
}

/**
 * SGD converges in at least 90 % of the runs, by the lower end of the 95 % interval.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { sgdConstantStep } from '@nonconvex/gaussian-theory/samples'
 * const facts = { m: 5, runs: 50, arrived: 50, etaRatio: 1 }
 * console.log(verdictOn(sgdConstantStep, facts).status) // → holds
 */
export const sgdConstantStep = claim(
  'gaussian/sgd-constant-step',
  'SGD with fresh samples converges to the teacher with a constant learning rate',
  'statistical',
  { ours: 'without label noise the noise of the gradient vanishes at w*' },
  ({ m, runs, arrived, etaRatio, medianSteps }: SGDFacts) => {
    const { low, high } = runs > 0 ? wilsonInterval(arrived, runs) : { low: 0, high: 1 }
    const steps =
      medianSteps === undefined ? '' : `, half of them within ${readable(medianSteps)} steps`
    return {
      statement: `${readable(arrived)} of ${readable(runs)} runs arrived${steps}; success rate at least ${readable(low, 3)} (limit ${ARRIVE})`,
      measured: low,
      relation: '>=',
      bound: ARRIVE,
      confidence: CONFIDENCE,
      hypotheses: [
        hypothesis('filter length m ≥ 2', m >= 2, m),
        hypothesis('learning rate η ≤ 0.8 min(1, B/2m)/c', etaRatio <= 1 + 1e-12, etaRatio),
      ],
      ...(high >= ARRIVE && low < ARRIVE && { undecided: 'too few runs' }),
    }
  },
)

/** The tolerated deviation of the exponent of the decay from −½. */
const EXPONENT_SLACK = 0.1

/**
 * The gap decays like n^(−½): the exponent fitted over the sample sizes is −0.5 ± 0.1. Facts:
 * `sizes`, numbers of examples, ascending, at least three, the largest at least 30 times the
 * smallest; `gaps`, the mean gap over independent samples of each size; `realizable`, whether the
 * labels are those of the teacher (true if not given).
 */
export const empiricalLandscape = claim(
  'gaussian/empirical-landscape',
  'The loss and its gradient on a sample of size n converge to their population values at the rate n^(−1/2)',
  'statistical',
  { ours: 'central limit theorem at each point' },
  ({
    sizes,
    gaps,
    realizable = true,
  }: {
    readonly sizes: readonly number[]
    readonly gaps: readonly number[]
    readonly realizable?: boolean
  }) => {
    const enough = sizes.length >= 3 && sizes[sizes.length - 1] >= 30 * sizes[0]
    const exponent = enough ? fitPowerLaw(sizes, gaps, -0.5).exponent : 0
    return {
      statement: `the largest gap falls like n^${exponent.toFixed(3)} over ${readable(sizes.length)} sizes; −0.5 expected`,
      measured: exponent,
      relation: '==',
      bound: -0.5,
      slack: EXPONENT_SLACK,
      confidence: CONFIDENCE,
      hypotheses: [hypothesis('labels are the teacher’s', realizable && 'by construction')],
      ...(!enough && { undecided: 'too few sizes' }),
    }
  },
)
