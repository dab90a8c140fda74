import type { AnnotatedScene } from '../load/annotated-scene.js'
import type { ScenePrediction } from './scene.js'

/**
 * What a predictor is given besides the boxes: their true classes (PredCls), or a detector's logits
 * (SGCls).
 */
export type SceneTask = 'predcls' | 'sgcls'

/** Anything that predicts scene graphs from boxes, over fixed lists of classes and predicates. */
export interface ScenePredictor {
  /** entry 0 is no object */
  readonly classes: readonly string[]
  /** entry 0 is no relation */
  readonly predicates: readonly string[]
  /** the task that it was made for, if it is fit for one alone */
  readonly task?: SceneTask
  /**
   * @param scene - with `classes` for predcls, with `objectLogits` for sgcls
   * @throws SceneDataError where the scene lacks them
   */
  predict(scene: AnnotatedScene, task: SceneTask): ScenePrediction | Promise<ScenePrediction>
}
