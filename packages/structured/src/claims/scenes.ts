import {
  decide,
  hypothesis,
  readable,
  type Claim,
  type Verdict,
  counted,
} from '@nonconvex/optim/claims'
import { atLeast, interval, least, low, most, up } from './by-interval.js'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { learnt, type SceneTraining } from './training.js'

const talk = 'Scene graphs are predicted better jointly than object by object'

export const contextClaim: Claim = {
  id: 'structured/context-helps',
  title: 'The invariant network is right more often than any rule on single objects',
  rigor: 'statistical',
  source: { talk, ours: 'scenes whose best rules are known by enumeration' },
}
export const jointBoundClaim: Claim = {
  id: 'structured/below-joint-bound',
  title: 'No network is right more often than the best joint rule',
  rigor: 'statistical',
  source: { ours: 'the argmax of the exact marginal posterior' },
}
export const singleBoundClaim: Claim = {
  id: 'structured/single-below-bound',
  title: 'A network without context is not right more often than the best rule on single objects',
  rigor: 'statistical',
  source: { ours: 'the argmax of the exact posterior given the own scores' },
}

export const aboveCountsClaim: Claim = {
  id: 'structured/network-above-counts',
  title: 'On annotated images, the trained network recalls more relations than the counts do',
  rigor: 'statistical',
  source: { talk, ours: 'the frequency baseline on the same test images' },
}

/** The claims about scenes. */
export const sceneClaims: readonly Claim[] = [
  contextClaim,
  jointBoundClaim,
  singleBoundClaim,
  aboveCountsClaim,
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
 * import { decideContext } from '@nonconvex/structured'
 * const training = { scenes: 8000, steps: 1500 }
 * console.log(decideContext([{ mean: 0.1, error: 0.01 }], 0.14, training).status) // → holds
 */
export function decideContext(
  gains: readonly MeanWithError[],
  jointGain: number,
  training: SceneTraining,
): Verdict {
  return decide(contextClaim, {
    statement: `${counted(gains.length, 'network')}; the least gain over the best rule on single objects is ${interval(least(gains))}, ${readable(jointGain, 3)} is possible`,
    ...atLeast(gains, 0),
    hypotheses: [
      hypothesis(`context is worth ${ENOUGH} of all objects`, jointGain >= ENOUGH, jointGain),
      ...learnt(training, LEAST),
    ],
  })
}

/**
 * Whether no network is above the best joint rule: no interval lies above it, and none
 * reaches 0.02 above it; noisier than that, nothing is decided.
 *
 * @param over - network minus joint rule, one for each network
 *
 * @example
 * import { decideJointBound } from '@nonconvex/structured'
 * console.log(decideJointBound([{ mean: -0.04, error: 0.01 }]).status) // → holds
 */
export function decideJointBound(over: readonly MeanWithError[]): Verdict {
  return below(jointBoundClaim, over, 'the best joint rule')
}

/**
 * Whether no network without context is above the best rule on single objects: no interval lies
 * above it, and none reaches 0.02 above it; noisier than that, nothing is decided.
 *
 * @param over - network minus rule, one for each network
 *
 * @example
 * import { decideSingleBound } from '@nonconvex/structured'
 * console.log(decideSingleBound([{ mean: 0.002, error: 0.003 }]).status) // → holds
 */
export function decideSingleBound(over: readonly MeanWithError[]): Verdict {
  return below(singleBoundClaim, over, 'the best rule on single objects')
}

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
 * import { decideAboveCounts } from '@nonconvex/structured'
 * console.log(decideAboveCounts([{ mean: 0.015, error: 0.003 }], 954, 8).status) // → holds
 * console.log(decideAboveCounts([{ mean: 0.001, error: 0.003 }], 954, 8).status) // → inconclusive
 */
export function decideAboveCounts(
  gains: readonly MeanWithError[],
  images: number,
  passes: number,
): Verdict {
  const { undecided, ...rest } = atLeast(gains, 0)
  // an interval from 0 to 0 is no gain
  const nothing = gains.some(({ mean }) => mean === 0)
  return decide(aboveCountsClaim, {
    statement: `${readable(images)} test images; the least gain in recall over the counts is ${interval(least(gains))}`,
    ...rest,
    hypotheses: [
      hypothesis(`at least ${IMAGES} test images have relations`, images >= IMAGES, images),
      hypothesis(`at least ${PASSES} passes over the images of training`, passes >= PASSES, passes),
    ],
    ...(undecided !== undefined
      ? { undecided }
      : nothing
        ? { undecided: 'a gain is exactly 0' }
        : {}),
  })
}

/**
 * What the upper end of an interval may be above a rule: a third of the context that is asked for.
 */
const NOISE = ENOUGH / 3

function below(claim: Claim, over: readonly MeanWithError[], rule: string): Verdict {
  // a network may be as good as a rule, so that intervals have the bound inside; they must be
  // narrow to say something
  const [lower, upper] = [low, up].map((end) => Math.max(...over.map(end)))
  return decide(claim, {
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
  })
}
