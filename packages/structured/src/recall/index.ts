export { boxOverlap, type Box } from './boxes.js'
export { evaluateScenes } from './evaluate-scenes.js'
export { rankTriplets, type Triplet } from './rank-triplets.js'
export type { Relation, ScenePrediction, SceneTruth } from './scene.js'
export {
  sceneMeter,
  type EvaluateMode,
  type EvaluateOptions,
  type RecallAt,
  type Scene,
  type SceneEvaluation,
  type SceneMeter,
} from './scene-meter.js'
export type { ScenePredictor, SceneTask } from './scene-predictor.js'
