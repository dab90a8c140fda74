import {
  claim,
  counted,
  hypothesis,
  readable,
  type Evidence,
  type Hypothesis,
} from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { atLeast, interval, least, low, most, up } from '../by-interval.js'

const talk = 'Scene graphs are predicted better jointly than object by object'

/** What networks were trained on. */
export interface SceneTraining {
  /** different scenes */
  readonly scenes: number
  /** steps of Adam, at most */
  readonly steps: number
}

/** The hypotheses that networks had at least this much training. */
export const trained = (
  { scenes, steps }: SceneTraining,
  least: SceneTraining,
): readonly Hypothesis[] => [
  hypothesis(
    `at least ${readable(least.scenes)} scenes to learn from`,
    scenes >= least.scenes,
    scenes,
  ),
  hypothesis(`at least ${readable(least.steps)} steps of training`, steps >= least.steps, steps),
]

/** Gain of the joint rule below which context is too weak to be seen. */
const ENOUGH = 0.06

/**
 * Scenes and steps of training from which on a network is asked to have learnt: with both it does,
 * by some 0.05.
 */
const LEAST = { scenes: 1000, steps: 100 }

/**
 * Whether every trained network is above the best rule on single objects, by its 95 % interval.
 *
 * @param gains - network minus rule, one for each network
 * @param jointGain - the best joint rule minus the best rule on single objects: what there is to
 *   gain
 * @param training - fewer than 1,000 scenes or 100 steps, and nothing is claimed
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { contextHelps } from '@nonconvex/structured/scenes'
 * const training = { scenes: 8000, steps: 1500 }
 * console.log(verdictOn(contextHelps, { gains: [{ mean: 0.1, error: 0.01 }], jointGain: 0.14, training }).status) // → holds
 */
export const contextHelps = claim(
  'structured/context-helps',
  'The invariant network is right more often than any rule on single objects',
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
    statement: `${counted(gains.length, 'network')}; the least gain over the best rule on single objects is ${interval(least(gains))}, ${readable(jointGain, 3)} is possible`,
    ...atLeast(gains, 0),
    hypotheses: [
      hypothesis(`context is worth ${ENOUGH} of all objects`, jointGain >= ENOUGH, jointGain),
      ...trained(training, LEAST),
    ],
  }),
)

/**
 * Whether no network is above the best joint rule: no interval lies above it, and none
 * reaches 0.02 above it; noisier than that, nothing is decided.
 *
 * @param over - network minus joint rule, one for each network
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { belowJointBound } from '@nonconvex/structured/scenes'
 * console.log(verdictOn(belowJointBound, [{ mean: -0.04, error: 0.01 }]).status) // → holds
 */
export const belowJointBound = claim(
  'structured/below-joint-bound',
  'No network is right more often than the best joint rule',
  'statistical',
  { ours: 'the argmax of the exact marginal posterior' },
  (over: readonly MeanWithError[]) => below(over, 'the best joint rule'),
)

/**
 * Whether no network without context is above the best rule on single objects: no interval lies
 * above it, and none reaches 0.02 above it; noisier than that, nothing is decided.
 *
 * @param over - network minus rule, one for each network
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { singleBelowBound } from '@nonconvex/structured/scenes'
 * console.log(verdictOn(singleBelowBound, [{ mean: 0.002, error: 0.003 }]).status) // → holds
 */
export const singleBelowBound = claim(
  'structured/single-below-bound',
  'A network without context is not right more often than the best rule on single objects',
  'statistical',
  { ours: 'the argmax of the exact posterior given the own scores' },
  (over: readonly MeanWithError[]) => below(over, 'the best rule on single objects'),
)

/** Test images below which a mean over them is not normal enough. */
const IMAGES = 30

/**
 * Passes over the images from which on a network is asked to have learnt: on VRD three decide
 * nothing.
 */
const PASSES = 5

/**
 * Whether a trained network's recall is above that of the counts, on the same test images: by the
 * lower end of the 95 % interval of every gain. Violated where a whole interval is below 0, and
 * inconclusive where 0 lies in one.
 *
 * @param gains - recall of the network minus recall of the counts, one for each way to measure it
 * @param images - test images with a relation, the mean of whose differences the gains are
 * @param passes - over the images of training, at most; below 5 nothing is claimed
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { networkAboveCounts } from '@nonconvex/structured/scenes'
 * console.log(verdictOn(networkAboveCounts, { gains: [{ mean: 0.015, error: 0.003 }], images: 954, passes: 8 }).status) // → holds
 * console.log(verdictOn(networkAboveCounts, { gains: [{ mean: 0.001, error: 0.003 }], images: 954, passes: 8 }).status) // → inconclusive
 */
export const networkAboveCounts = claim(
  'structured/network-above-counts',
  'On annotated images, the trained network recalls more relations than the counts do',
  'statistical',
  { talk, ours: 'the frequency baseline on the same test images' },
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
      statement: `${readable(images)} test images; the least gain in recall over the counts is ${interval(least(gains))}`,
      ...rest,
      hypotheses: [
        hypothesis(`at least ${IMAGES} test images have relations`, images >= IMAGES, images),
        hypothesis(
          `at least ${PASSES} passes over the images of training`,
          passes >= PASSES,
          passes,
        ),
      ],
      ...(undecided !== undefined
        ? { undecided }
        : nothing
          ? { undecided: 'a gain is exactly 0' }
          : {}),
    }
  },
)

/**
 * What the upper end of an interval may be above a rule: a third of the context that is asked for.
 */
const NOISE = ENOUGH / 3

function below(over: readonly MeanWithError[], rule: string): Evidence {
  // a network may be as good as a rule, so that intervals have the bound inside; they must be
  // narrow to say something
  const [lower, upper] = [low, up].map((end) => Math.max(...over.map(end)))
  return {
    statement: `${counted(over.length, 'network')}; the most that one is above ${rule} is ${interval(most(over))}`,
    measured: over.length === 0 ? 0 : lower,
    relation: '<=',
    bound: 0,
    confidence: 0.95,
    ...(over.length === 0 && { undecided: 'no network' }),
    ...(lower <= 0 &&
      upper > NOISE && {
        undecided: `an interval reaches more than ${NOISE} above; more scenes would tell`,
      }),
  }
}
