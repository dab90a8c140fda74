export { boxOverlap, type Box } from './boxes.js'
export {
  evaluateScenes,
  type EvaluateOptions,
  type RecallAt,
  type Scene,
  type SceneEvaluation,
} from './evaluate-scenes.js'
export { rankTriplets, type Triplet } from './rank-triplets.js'
export type { Relation, ScenePrediction, SceneTruth } from './scene.js'
