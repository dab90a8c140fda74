import {
  claim,
  counted,
  hypothesis,
  readable,
  type Evidence,
  type Hypothesis,
} from '@nonconvex/optim/claims'
import {
  studentInterval,
  type MeanByStudent,
  type MeanWithError,
} from '@nonconvex/optim/statistics'
import { atLeast, interval, least, most, notAbove, type OverBayes } from '../by-interval.js'

const talk = 'Scene graphs are predicted better jointly than object by object'

/** The training of networks. */
export interface SceneTraining {
  /** number of distinct scenes */
  readonly scenes: number
  /** maximum number of Adam steps */
  readonly steps: number
}

/** The hypotheses on the amount of training. */
export const trained = (
  { scenes, steps }: SceneTraining,
  least: SceneTraining,
): readonly Hypothesis[] => [
  hypothesis(`at least ${readable(least.scenes)} training scenes`, scenes >= least.scenes, scenes),
  hypothesis(`at least ${readable(least.steps)} training steps`, steps >= least.steps, steps),
]

/**
 * The hypothesis, by construction, that test scenes are independent draws of the same distribution.
 */
export const independentTest = hypothesis(
  'training and test scenes are independent draws of one distribution',
  'by construction',
)

/** The hypotheses that networks on drawn scenes are trained enough. */
export const enoughTraining = (training: SceneTraining): readonly Hypothesis[] =>
  trained(training, LEAST)

/** Gain of the joint rule below which context is too weak to be measured. */
const ENOUGH = 0.06

/** Scenes and steps from which on a network must gain: with both it does, by about 0.05. */
const LEAST = { scenes: 1000, steps: 100 }

/**
 * Every trained network exceeds the best rule on single objects, by its 95 % interval.
 *
 * @param gains - network minus rule, one for each network
 * @param jointGain - the best joint rule minus the best rule on single objects: the possible gain
 * @param training - inapplicable below 1,000 scenes or 100 steps
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { contextHelps } from '@nonconvex/structured/scenes'
 * const training = { scenes: 8000, steps: 1500 }
 * console.log(verdictOn(contextHelps, { gains: [{ mean: 0.1, error: 0.01 }], jointGain: 0.14, training }).status) // → holds
 */
export const contextHelps = claim(
  'structured/context-helps',
  'The invariant network is more accurate than every rule that classifies single objects',
  'statistical',
  { talk, ours: 'scenes whose best rules are known by enumeration' },
  ({
    gains,
    jointGain,
    training,
  }: {
    readonly gains: readonly MeanWithError[]
    readonly jointGain: number
    readonly training: SceneTraining
  }) => ({
    statement: `${counted(gains.length, 'network')}; accuracy exceeds the best rule on single objects by at least ${interval(least(gains))} (possible: ${readable(jointGain, 3)})`,
    ...atLeast(gains, 0),
    hypotheses: [
      hypothesis(
        `the best joint rule gains at least ${ENOUGH} in accuracy`,
        jointGain >= ENOUGH,
        jointGain,
      ),
      ...enoughTraining(training),
      independentTest,
    ],
  }),
)

/**
 * No network exceeds the best joint rule: no 95 % interval lies above it, and none reaches 0.02
 * above it; with wider intervals the verdict is inconclusive.
 *
 * @param over - network minus joint rule, one for each network
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { belowJointBound } from '@nonconvex/structured/scenes'
 * console.log(verdictOn(belowJointBound, [{ mean: -0.04, error: 0.01, bayes: 0.9 }]).status) // → holds
 */
export const belowJointBound = claim(
  'structured/below-joint-bound',
  'No network is more accurate than the best joint rule',
  'statistical',
  { ours: 'the argmax of the exact marginal posterior' },
  (over: readonly OverBayes[]) => below(over, 'the best joint rule'),
)

/**
 * No network without context exceeds the best rule on single objects: no 95 % interval lies above
 * it, and none reaches 0.02 above it; with wider intervals the verdict is inconclusive.
 *
 * @param over - network minus rule, one for each network
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { singleBelowBound } from '@nonconvex/structured/scenes'
 * console.log(verdictOn(singleBelowBound, [{ mean: 0.002, error: 0.003, bayes: 0.8 }]).status) // → holds
 */
export const singleBelowBound = claim(
  'structured/single-below-bound',
  'No network without context is more accurate than the best rule that classifies single objects',
  'statistical',
  { ours: 'the argmax of the exact posterior given the scores of the object' },
  (over: readonly OverBayes[]) => below(over, 'the best rule on single objects'),
)

/** Test images below which the normal approximation of their mean is too coarse. */
const IMAGES = 30

/** Training epochs from which on a network must gain: on VRD three are inconclusive. */
const EPOCHS = 5

/**
 * The recall of a trained network exceeds that of the frequency baseline on the same test images,
 * by the lower end of the 95 % interval of every gain. Violated if a whole interval is below 0, and
 * inconclusive if one contains 0.
 *
 * @param gains - recall of the network minus that of the baseline, one for each kind of recall
 * @param images - test images with a relation, over which the gains are means
 * @param passes - training epochs, at most; inapplicable below 5
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { networkAboveCounts } from '@nonconvex/structured/scenes'
 * console.log(verdictOn(networkAboveCounts, { gains: [{ mean: 0.015, error: 0.003 }], images: 954, passes: 8 }).status) // → holds
 * console.log(verdictOn(networkAboveCounts, { gains: [{ mean: 0.001, error: 0.003 }], images: 954, passes: 8 }).status) // → inconclusive
 */
export const networkAboveCounts = claim(
  'structured/network-above-counts',
  'On annotated images the trained network has a higher recall than the frequency baseline',
  'statistical',
  { ours: 'the frequency baseline on the same test images' },
  ({
    gains,
    images,
    passes,
  }: {
    readonly gains: readonly MeanWithError[]
    readonly images: number
    readonly passes: number
  }) => {
    const { undecided, ...rest } = atLeast(gains, 0)
    // an interval from 0 to 0 is no gain
    const nothing = gains.some(({ mean }) => mean === 0)
    return {
      statement: `${readable(images)} test images; recall exceeds the frequency baseline by at least ${interval(least(gains))}`,
      ...rest,
      hypotheses: [
        hypothesis(`at least ${IMAGES} test images have relations`, images >= IMAGES, images),
        enoughEpochs(passes),
      ],
      ...(undecided !== undefined
        ? { undecided }
        : nothing
          ? { undecided: 'a gain is exactly 0' }
          : {}),
    }
  },
)

/** What two trained predictors are compared on. */
export interface JointFacts {
  /** recall of the joint network minus that of the per-object network, with its error */
  readonly difference: MeanByStudent
  /** test images with relations */
  readonly images: number
  /** random initializations of each network */
  readonly seeds: number
  /** that the networks are trained enough */
  readonly training: readonly Hypothesis[]
}

/** Joint minus per-object recall, on one kind of scenes. */
const jointClaim = (id: string, title: string) =>
  claim(
    id,
    title,
    'statistical',
    { talk, ours: 'initializations and test images are both random samples' },
    ({ difference, images, seeds, training }: JointFacts) => {
      const [middle, lower, upper] = studentInterval(difference)
      const bounded = Number.isFinite(lower)
      return {
        statement: `${readable(images)} test images, ${counted(seeds, 'initialization')} of each network; joint minus per-object: ${readable(middle, 3)}${bounded ? ` (${readable(lower, 3)} to ${readable(upper, 3)})` : ''}`,
        measured: bounded ? lower : middle,
        relation: '>=',
        bound: 0,
        confidence: 0.95,
        hypotheses: [
          hypothesis(`at least ${IMAGES} test images have relations`, images >= IMAGES, images),
          ...training,
        ],
        ...(!bounded
          ? { undecided: 'one initialization or image has no interval; set seeds to 2 or more' }
          : lower <= 0 && upper >= 0
            ? { undecided: 'the interval contains 0; measure more initializations or images' }
            : {}),
      }
    },
  )

/**
 * The joint network recalls more relations than a network that sees each pair alone. Initializations
 * and images are both random: the interval is that of `twoWayMean`. Violated if it is below 0;
 * inconclusive if it contains 0, as always with one initialization.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { jointAbovePerObject } from '@nonconvex/structured/scenes'
 * const facts = { images: 954, seeds: 5, training: [] }
 * const status = (mean: number) =>
 *   verdictOn(jointAbovePerObject, { ...facts, difference: { mean, error: 0.003, freedom: 9 } }).status
 * console.log([0.015, 0.003, -0.02].map(status).join()) // → holds,inconclusive,violated
 */
export const jointAbovePerObject = jointClaim(
  'structured/joint-above-per-object',
  'On scenes with context, a joint network has a higher recall than a network that predicts each pair of objects alone',
)

/** The same on annotated images, where no distribution of scenes is known. */
export const jointAboveOnImages = jointClaim(
  'structured/joint-above-on-images',
  'On annotated images, a joint network has a higher recall than a network that predicts each pair of objects alone',
)

/** The hypothesis that networks on annotated images are trained enough, in epochs. */
export const enoughEpochs = (passes: number): Hypothesis =>
  hypothesis(`at least ${EPOCHS} training epochs`, passes >= EPOCHS, passes)

/** How far the upper end of an interval may exceed a rule: a third of the gain that is required. */
const NOISE = ENOUGH / 3

function below(over: readonly OverBayes[], rule: string): Evidence {
  return {
    statement: `${counted(over.length, 'network')}; accuracy exceeds ${rule} by at most ${interval(most(over))}`,
    ...notAbove(over, NOISE, 'test on more scenes'),
    hypotheses: [independentTest],
    ...(over.length === 0 && { undecided: 'no network' }),
  }
}
