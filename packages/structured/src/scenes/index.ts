export { PerObjectPredictor } from './per-object.js'
export { boxFeatureCounts, boxFeatures, type BoxedImage, type BoxFeatures } from './box-features.js'
export { sceneGraphPredictor, SceneGraphPredictor, type PredictorOptions } from './predictor.js'
export type { SceneLoss } from './scene-batch.js'
export type { PredictorState, SceneScores, TrainablePredictor } from './trainable.js'
export type { LabeledScene, SceneInput } from './scene.js'
export { tinyScene, tinySizes, type TinyOptions, type TinyScene } from './tiny.js'
export { tinyAnswers, type TinyAnswers } from './tiny-bayes.js'
export {
  trainingSteps,
  trainPredictor,
  type SceneSet,
  type TrainCheckpoint,
  type TrainOptions,
  type TrainResult,
  type TrainStatus,
} from './train.js'
export { attentionMap } from './attention-map.js'

// Claims about predictors.
export {
  belowJointBound,
  contextHelps,
  enoughEpochs,
  enoughTraining,
  jointAboveOnImages,
  jointAbovePerObject,
  networkAboveCounts,
  singleBelowBound,
  type JointFacts,
  type SceneTraining,
} from './claims.js'
