import type { SceneScores } from '@nonconvex/structured/scenes'
import { evaluateScenes, type ScenePrediction } from '@nonconvex/structured/recall'
import { C, confusable, R, type NamedScene } from './scenes.js'

/** K of recall@K. */
export const K = 20

/** Predictions for the objects and pairs of scenes. */
export interface Answers {
  /** class of each object of all scenes, in order, with its probability */
  readonly classes: Int32Array
  readonly scores: Float64Array
  /** [pairs off the diagonal][R], probabilities */
  readonly predicates: Float64Array
}

/** The best class other than the empty one, of each row of log-probabilities. */
export function answersOf({ objects, relations }: SceneScores): Answers {
  const rows = objects.length / C
  const classes = new Int32Array(rows)
  for (let i = 0; i < rows; i++) {
    let best = 1
    for (let c = 2; c < C; c++) if (objects[i * C + c] > objects[i * C + best]) best = c
    classes[i] = best
  }
  return {
    classes,
    scores: Float64Array.from(classes, (c, i) => Math.exp(objects[i * C + c])),
    predicates: relations.map(Math.exp),
  }
}

/** The number of correct confusable objects of each scene. */
export function rightOf(classes: Int32Array, scenes: readonly NamedScene[]): number[] {
  let at = 0
  return scenes.map((scene) =>
    scene.classes.reduce((sum, c) => sum + Number(classes[at++] === c && confusable(c)), 0),
  )
}

/** A prediction for each scene, with the true classes where `known`. */
export function predictionsOf(
  answers: Answers,
  scenes: readonly NamedScene[],
  known: boolean,
): ScenePrediction[] {
  let [object, pair] = [0, 0]
  return scenes.map(({ scene: { boxes, classes } }) => {
    const n = boxes.length
    const data = new Float64Array(n * n * R)
    for (let cell = 0; cell < n * n; cell++) {
      if (cell % (n + 1) === 0) continue
      data.set(answers.predicates.subarray(pair * R, (pair + 1) * R), cell * R)
      pair++
    }
    const own = known ? classes : Array.from(answers.classes.subarray(object, object + n))
    const scores = known ? new Float64Array(n).fill(1) : answers.scores.slice(object, object + n)
    object += n
    return { boxes, classes: own, scores, predicates: { rows: n * n, cols: R, data } }
  })
}

/** The number of true relations among the top 20 of each scene, with the graph constraint. */
export function hitsOf(answers: Answers, scenes: readonly NamedScene[], known: boolean): number[] {
  const predictions = predictionsOf(answers, scenes, known)
  return scenes.map(({ scene }, i) => {
    const rules = { constrained: true, predicates: R - 1, at: [K] }
    const recall = evaluateScenes([{ truth: scene, prediction: predictions[i] }], rules).at[0]
      .recall
    return recall === null ? 0 : Math.round(recall * scene.relations.length)
  })
}
