import type { AnnotatedScene } from '../load/annotated-scene.js'
import type { ScenePrediction } from './scene.js'

/**
 * The input of a predictor besides the boxes: their true classes (PredCls), or a detector's logits
 * (SGCls).
 */
export type SceneTask = 'predcls' | 'sgcls'

/** Anything that predicts scene graphs from boxes, over fixed lists of classes and predicates. */
export interface ScenePredictor {
  /** entry 0 is no object */
  readonly classes: readonly string[]
  /** entry 0 is no relation */
  readonly predicates: readonly string[]
  /** the only task that it supports, if any */
  readonly task?: SceneTask
  /**
   * @param scene - with `classes` for predcls, with `objectLogits` for sgcls
   * @throws SceneDataError if the scene lacks them
   */
  predict(scene: AnnotatedScene, task: SceneTask): ScenePrediction | Promise<ScenePrediction>
}
