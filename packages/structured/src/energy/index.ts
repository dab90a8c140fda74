// Labels inferred by projected gradient ascent on a score.
export {
  projections,
  unrolledInference,
  type InteractionGradient,
  type LabelScore,
  type ProjectionKind,
  type Unrolled,
  type UnrolledGradient,
  type UnrolledOptions,
} from './unrolled.js'

export {
  augmentedLagrangian,
  type AugmentedLagrangianEnd,
  type AugmentedLagrangianOptions,
  type Smooth,
} from './augmented-lagrangian.js'

// Scores and the number of labels, trained end to end.
export {
  predictAndConstrain,
  type ConstrainedPrediction,
  type EpochFacts,
  type PredictAndConstrain,
  type PredictAndConstrainOptions,
} from './predict-and-constrain.js'
export { unrolledErrors } from './gradient-errors.js'

// Claims about them.
export {
  publishedTrainingIgnoresBudget,
  trainedLabelsKeepBudget,
  unrolledGradients,
  type TrainedBudgetFacts,
} from './claims.js'
