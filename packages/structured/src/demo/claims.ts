import { claim, counted, hypothesis, readable } from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { atLeast, atMost, interval, least, most } from '../by-interval.js'
import { trained, type SceneTraining } from '../scenes/claims.js'

const talk = 'Scene graphs are predicted better jointly than object by object'

/** Scenes and steps of training from which on networks are asked to have learnt. */
const LEAST = { scenes: 500, steps: 200 }

/** Gain in R@20 that is claimed, and how much must be missing for there to be a gain. */
const RECALL = 0.08

/**
 * Whether every joint network has an R@20 that is 0.08 larger than each way to look at single
 * objects, on the same scenes.
 *
 * @param gains - network minus single way, one for each pair
 * @param missing - what the best single way lacks to the ceiling
 * @param training - fewer than 500 scenes or 200 steps, and nothing is claimed
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { demoRecall } from '@nonconvex/structured/demo'
 * const training = { scenes: 4000, steps: 2000 }
 * console.log(verdictOn(demoRecall, { gains: [{ mean: 0.3, error: 0.01 }], missing: 0.5, training }).status) // → holds
 */
export const demoRecall = claim(
  'structured/demo-recall',
  'Joint prediction with attention finds more relations with their classes than object by object',
  'statistical',
  { talk, ours: 'synthetic scenes with names; R@20 of SGCls, one predicate a pair' },
  ({
    gains,
    missing,
    training,
  }: {
    readonly gains: readonly MeanWithError[]
    readonly missing: number
    readonly training: SceneTraining
  }) => ({
    statement: `${counted(gains.length, 'comparison')}; the least gain in R@20 is ${interval(least(gains))}, more than ${RECALL} is claimed`,
    ...atLeast(gains, RECALL),
    hypotheses: [
      hypothesis(`single objects leave twice that to the ceiling`, missing >= 2 * RECALL, missing),
      ...trained(training, LEAST),
    ],
  }),
)

/** Gain on confusable objects that is claimed. */
const OBJECTS = 0.1

/**
 * The same of the share of confusable objects whose class is right: 0.1 larger.
 *
 * @param gains - network minus single way, one for each pair
 * @param wrong - share that the best single way has wrong
 * @param training - as for `demoRecall`
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { demoAmbiguousObjects } from '@nonconvex/structured/demo'
 * const training = { scenes: 4000, steps: 2000 }
 * console.log(verdictOn(demoAmbiguousObjects, { gains: [{ mean: 0.05, error: 0.01 }], wrong: 0.5, training }).status) // → violated
 */
export const demoAmbiguousObjects = claim(
  'structured/demo-ambiguous-objects',
  'Joint prediction with attention tells confusable objects apart more often than object by object',
  'statistical',
  { talk, ours: 'synthetic scenes with names' },
  ({
    gains,
    wrong,
    training,
  }: {
    readonly gains: readonly MeanWithError[]
    readonly wrong: number
    readonly training: SceneTraining
  }) => ({
    statement: `${counted(gains.length, 'comparison')}; the least gain on confusable objects is ${interval(least(gains))}, more than ${OBJECTS} is claimed`,
    ...atLeast(gains, OBJECTS),
    hypotheses: [
      hypothesis('single objects leave twice that to get right', wrong >= 2 * OBJECTS, wrong),
      ...trained(training, LEAST),
    ],
  }),
)

/** Share of the gain that may be left, the noise of the measurement included. */
const LEFT = 0.1

/**
 * Whether the gain on confusable objects is gone when each object keeps its own scores and stands
 * among objects of other scenes: by the upper ends of their intervals, no network keeps more than a
 * tenth of the gain over a single way.
 *
 * @param left - network among other objects minus single way, one for each pair
 * @param gain - the least gain among the own objects, so that there is something to lose
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { demoGainIsContext } from '@nonconvex/structured/demo'
 * console.log(verdictOn(demoGainIsContext, { left: [{ mean: 0.001, error: 0.01 }], gain: 0.3 }).status) // → holds
 */
export const demoGainIsContext = claim(
  'structured/demo-gain-is-context',
  'Among objects of other scenes at most a tenth of the gain is left',
  'statistical',
  { ours: 'the same networks on the same objects, their surroundings exchanged' },
  ({ left, gain }: { readonly left: readonly MeanWithError[]; readonly gain: number }) => ({
    statement: `${counted(left.length, 'comparison')}; among objects of other scenes the largest gain on confusable objects is ${interval(most(left))}, ${readable(LEFT * gain, 3)} of ${readable(gain, 3)} may be left`,
    ...atMost(left, LEFT * gain),
    hypotheses: [hypothesis('there is a gain to lose', gain >= OBJECTS, gain)],
  }),
)

/**
 * Whether networks with attention give the neighbour that says most about a confusable object more
 * than an even share.
 *
 * @param over - share of the attention, mean over its features, minus 1 / (n − 1); mean over
 *   confusable objects, for each network
 * @param training - as for `demoRecall`
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { demoAttentionLooks } from '@nonconvex/structured/demo'
 * const training = { scenes: 4000, steps: 2000 }
 * console.log(verdictOn(demoAttentionLooks, { over: [{ mean: 0.1, error: 0.01 }], training }).status) // → holds
 */
export const demoAttentionLooks = claim(
  'structured/demo-attention-looks',
  'Attention looks more than evenly at the neighbour that says most',
  'statistical',
  { talk, ours: 'synthetic scenes with names' },
  ({
    over,
    training,
  }: {
    readonly over: readonly MeanWithError[]
    readonly training: SceneTraining
  }) => ({
    statement: `${counted(over.length, 'network')}; the neighbour that says most gets ${interval(least(over))} more than an even share, at least`,
    ...atLeast(over, 0),
    hypotheses: trained(training, LEAST),
  }),
)
