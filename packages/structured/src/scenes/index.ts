export { PerObjectPredictor } from './per-object.js'
export {
  sceneGraphPredictor,
  SceneGraphPredictor,
  type PredictorOptions,
  type PredictorState,
  type SceneLoss,
  type SceneScores,
} from './predictor.js'
export type { LabelledScene, SceneInput } from './scene.js'
export { tinyScene, tinySizes, type TinyOptions, type TinyScene } from './tiny.js'
export { tinyAnswers, type TinyAnswers } from './tiny-bayes.js'
export {
  trainPredictor,
  type TrainCheckpoint,
  type TrainOptions,
  type TrainStatus,
} from './train.js'
