import type { Box, EvaluateMode, ScenePrediction, SceneTruth } from '@nonconvex/structured/recall'
import {
  SceneDataError,
  scenePrediction,
  type AnnotatedScene,
  type SceneHeader,
} from '@nonconvex/structured/load'
import type { MeasuredTask } from './tasks.js'

/** How hits are counted for a task. */
export const modeOf = (task: MeasuredTask | undefined): EvaluateMode =>
  task === 'preddet' || task === 'phrdet' ? task : 'triplets'

/**
 * A prediction as a task takes it: with the classes of the truth, which are certain (predcls), with
 * its own on the boxes of the truth (sgcls), for the pairs of the truth (preddet), or as it is.
 *
 * @throws SceneDataError where the task gives the boxes and the prediction has others
 */
export function taskPrediction(
  scene: AnnotatedScene,
  truth: SceneTruth,
  header: SceneHeader,
  task: MeasuredTask | undefined,
): ScenePrediction {
  const given = task === 'predcls' || task === 'preddet'
  if (given || task === 'sgcls') sameBoxes(scene, truth, task)
  if (!given) return scenePrediction(scene, header)
  // classes that are given need not be predicted, and are certain
  const { classes } = truth
  const { boxes, predicates } = scenePrediction({ ...scene, classes }, header)
  return { boxes, classes, predicates }
}

/**
 * Whether a box is another than that of the truth, whose file may have been written with more
 * digits.
 */
export const isOwnBox = (box: Box, there: Box): boolean =>
  box.some((x, side) => Math.abs(x - there[side]) > 1e-3 * (1 + Math.abs(there[side])))

function sameBoxes({ id, boxes }: AnnotatedScene, truth: SceneTruth, task: string): void {
  const fail = (what: string, expected: string, got: string): never => {
    throw new SceneDataError(
      { image: id },
      `${what}: ${task} uses given boxes, expected the annotated boxes in their order, ${expected}, got ${got}; for predicted boxes pass --task sggen or phrdet`,
    )
  }
  if (boxes.length !== truth.boxes.length)
    fail('boxes', `${truth.boxes.length} of them`, `${boxes.length}`)
  boxes.forEach((box, i) => {
    const there = truth.boxes[i]
    if (isOwnBox(box, there)) fail(`boxes[${i}]`, there.join(' '), box.join(' '))
  })
}
