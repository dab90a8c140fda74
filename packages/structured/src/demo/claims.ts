import { claim, counted, hypothesis, readable } from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { atLeast, atMost, interval, least, most } from '../by-interval.js'
import { independentTest, trained, type SceneTraining } from '../scenes/claims.js'

const talk = 'Scene graphs are predicted better jointly than object by object'

/** Scenes and steps from which on networks must gain. */
const LEAST = { scenes: 500, steps: 200 }

/** Gain in R@20 that is claimed. */
const RECALL = 0.08

/**
 * Every joint network exceeds the R@20 of each predictor of single objects by 0.08, on the same
 * scenes.
 *
 * @param gains - network minus predictor of single objects, one for each pair
 * @param missing - distance of the best predictor of single objects from the ceiling
 * @param training - inapplicable below 500 scenes or 200 steps
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { demoRecall } from '@nonconvex/structured/demo'
 * const training = { scenes: 4000, steps: 2000 }
 * console.log(verdictOn(demoRecall, { gains: [{ mean: 0.3, error: 0.01 }], missing: 0.5, training }).status) // → holds
 */
export const demoRecall = claim(
  'structured/demo-recall',
  'Joint prediction with attention has a higher SGCls recall than object-by-object prediction',
  'statistical',
  { talk, ours: 'synthetic scenes; R@20 with the graph constraint' },
  ({
    gains,
    missing,
    training,
  }: {
    readonly gains: readonly MeanWithError[]
    readonly missing: number
    readonly training: SceneTraining
  }) => ({
    statement: `${counted(gains.length, 'comparison')}; R@20 is higher by at least ${interval(least(gains))} (claimed: more than ${RECALL})`,
    ...atLeast(gains, RECALL),
    hypotheses: [
      hypothesis(
        `single-object prediction is at least ${2 * RECALL} below the ceiling`,
        missing >= 2 * RECALL,
        missing,
      ),
      ...trained(training, LEAST),
      independentTest,
    ],
  }),
)

/** Gain on confusable objects that is claimed. */
const OBJECTS = 0.1

/**
 * The same for the accuracy on confusable objects: higher by 0.1.
 *
 * @param gains - network minus predictor of single objects, one for each pair
 * @param wrong - error rate of the best predictor of single objects
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
  'Joint prediction with attention classifies confusable objects better than object-by-object prediction',
  'statistical',
  { talk, ours: 'synthetic scenes' },
  ({
    gains,
    wrong,
    training,
  }: {
    readonly gains: readonly MeanWithError[]
    readonly wrong: number
    readonly training: SceneTraining
  }) => ({
    statement: `${counted(gains.length, 'comparison')}; accuracy on confusable objects is higher by at least ${interval(least(gains))} (claimed: more than ${OBJECTS})`,
    ...atLeast(gains, OBJECTS),
    hypotheses: [
      hypothesis(
        `single-object prediction has an error rate of at least ${2 * OBJECTS}`,
        wrong >= 2 * OBJECTS,
        wrong,
      ),
      ...trained(training, LEAST),
      independentTest,
    ],
  }),
)

/** Fraction of the gain that may remain, noise included. */
const LEFT = 0.1

/**
 * The gain on confusable objects vanishes when each object keeps its own scores but is placed among
 * objects of other scenes: by the upper ends of the 95 % intervals, at most a tenth of it remains.
 *
 * @param left - network minus predictor of single objects, in exchanged scenes, one for each pair
 * @param gain - the smallest gain in the original scenes
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { demoGainIsContext } from '@nonconvex/structured/demo'
 * console.log(verdictOn(demoGainIsContext, { left: [{ mean: 0.001, error: 0.01 }], gain: 0.3 }).status) // → holds
 */
export const demoGainIsContext = claim(
  'structured/demo-gain-is-context',
  'The gain on confusable objects comes from context: among objects of other scenes at most a tenth of it remains',
  'statistical',
  { ours: 'the same networks on the same objects in exchanged scenes' },
  ({ left, gain }: { readonly left: readonly MeanWithError[]; readonly gain: number }) => ({
    statement: `${counted(left.length, 'comparison')}; gain among objects of other scenes at most ${interval(most(left))} (limit ${readable(LEFT * gain, 3)}, a tenth of ${readable(gain, 3)})`,
    ...atMost(left, LEFT * gain),
    hypotheses: [
      hypothesis(`the gain in the original scenes is at least ${OBJECTS}`, gain >= OBJECTS, gain),
      independentTest,
    ],
  }),
)

/**
 * Networks with attention give the most informative neighbor of a confusable object more than the
 * uniform weight.
 *
 * @param over - attention weight, mean over its features, minus 1 / (n − 1); mean over confusable
 *   objects, for each network
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
  'Attention gives the most informative neighbor more than the uniform weight',
  'statistical',
  { talk, ours: 'synthetic scenes' },
  ({
    over,
    training,
  }: {
    readonly over: readonly MeanWithError[]
    readonly training: SceneTraining
  }) => ({
    statement: `${counted(over.length, 'network')}; the weight of the most informative neighbor exceeds uniform by at least ${interval(least(over))}`,
    ...atLeast(over, 0),
    hypotheses: [...trained(training, LEAST), independentTest],
  }),
)
