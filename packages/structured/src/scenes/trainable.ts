import type { AdamOptions, NamedParameters, OptimizerState } from '../batch/parameters.js'
import type { LabeledScene, SceneInput } from './scene.js'
import type { SceneLoss } from './scene-batch.js'

/** Scores of a batch after the last step. */
export interface SceneScores {
  /** [N · C], log-probabilities */
  readonly objects: Float64Array
  /** [P · R], log-probabilities, pairs in the order of the batch: by scene, then i, then j ≠ i */
  readonly relations: Float64Array
}

/** The state of a predictor as plain arrays. */
export interface PredictorState {
  readonly parameters: NamedParameters
  readonly optimizer: OptimizerState
}

/** A predictor that trainPredictor can train. */
export interface TrainablePredictor {
  readonly classes: number
  readonly predicates: number
  /**
   * Scores for each object and pair of the scenes. Throws RangeError, naming the scene, if they
   * overflow.
   */
  predict(scenes: readonly SceneInput[]): SceneScores
  /**
   * Adds the gradients of the loss on these scenes to those of the parameters.
   *
   * @returns the loss: a weighted mean of −ln p(truth) over objects plus one over pairs, summed
   *   over steps
   * @throws ShapeError unless there is a class for each object and a predicate for each ordered
   *   pair; RangeError for unknown labels, and negative or non-finite weights
   */
  accumulate(scenes: readonly LabeledScene[], loss?: SceneLoss): number
  /** A step of Adam with the accumulated gradients, which are reset to zero. */
  update(options?: AdamOptions): void
  clearGradients(): void
  state(): PredictorState
  restore(state: PredictorState): void
  /**
   * @throws ShapeError for a missing or unknown name, or another size; RangeError for NaN or ±∞
   */
  setParameters(parameters: NamedParameters): void
}
