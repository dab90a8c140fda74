import {
  sceneMeter,
  type EvaluateOptions,
  type Scene,
  type SceneEvaluation,
} from './scene-meter.js'

/**
 * Recall of scene graphs: the fraction of true relations among the K best candidates of an image,
 * averaged over images.
 *
 * A candidate matches a relation if the classes of subject, predicate and object agree and both
 * boxes overlap by half or more. R@K averages over the images with a relation; mR@K averages each
 * predicate's recall over the images that have it, then over predicates; zR@K uses only relations
 * whose (class, predicate, class) never occurs in training.
 *
 * With `mode` the same for two easier tasks: predicates of related pairs, and phrases.
 *
 * @returns recalls in [0, 1], or null without relations. With ties in the scores they depend on the
 *   order of the boxes
 * @throws RangeError for K or R that are not integers ≥ 1, numbers that are not finite, or invalid
 *   relations; ShapeError for mismatched lengths
 * Cost: n² R a scene, and sorting K. Source: the rules of the neural-motifs and
 * Scene-Graph-Benchmark evaluators.
 *
 * @example
 * import { evaluateScenes } from '@nonconvex/structured/recall'
 * const things = { boxes: [[0, 0, 1, 1], [2, 0, 3, 1]], classes: [1, 2] }
 * const predicates = { rows: 4, cols: 3, data: Float64Array.of(0, 0, 0, .1, .7, .2, .5, .4, .1, 0, 0, 0) }
 * const scene = { truth: { ...things, relations: [[0, 1, 1]] }, prediction: { ...things, predicates } }
 * const { at } = evaluateScenes([scene], { constrained: true, predicates: 2, at: [1] })
 * console.log(at[0].recall, at[0].meanRecall) // → 1 0.5
 */
export function evaluateScenes(
  scenes: readonly Scene[],
  options: EvaluateOptions,
): SceneEvaluation {
  const meter = sceneMeter(options, 'evaluateScenes')
  for (const scene of scenes) meter.add(scene)
  return meter.result()
}
