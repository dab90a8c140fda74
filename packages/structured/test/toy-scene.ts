import { evaluateScenes } from '../src/recall/evaluate-scenes.js'
import type { Box } from '../src/recall/boxes.js'
import type { Relation } from '../src/recall/scene.js'
import type { EvaluateOptions, Scene } from '../src/recall/scene-meter.js'

// Three boxes whose recalls are worked by hand.

export const boxes: Box[] = [
  [0, 0, 10, 10],
  [20, 0, 30, 10],
  [0, 20, 10, 30],
]
const classes = [1, 2, 1]
export const A = 0
export const B = 1
export const C = 2
export const on = 1
export const near = 2
export const data = Float64Array.of(
  NaN,
  NaN,
  NaN,
  0.1,
  0.5,
  0.4,
  0.7,
  0.2,
  0.1,
  0.2,
  0.3,
  0.5,
  NaN,
  NaN,
  NaN,
  0,
  0.6,
  0.4,
  0.9,
  0.05,
  0.05,
  0.25,
  0.3,
  0.45,
  NaN,
  NaN,
  NaN,
)
export const predicates = { rows: 9, cols: 3, data }
const relations: Relation[] = [
  [A, B, on],
  [B, C, near],
  [A, C, on],
]
export const toy: Scene = {
  truth: { boxes, classes, relations },
  prediction: { boxes, classes, predicates },
}

export const recalls = (scenes: Scene[], options: Partial<EvaluateOptions>): (number | null)[] =>
  evaluateScenes(scenes, { constrained: true, predicates: 2, ...options }).at.map((at) => at.recall)
