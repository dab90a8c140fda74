import { ShapeError, type Matrix, type Vec } from '@nonconvex/tensor'
import { checkBox, type Box } from './boxes.js'

/** A relation: indices of subject and object in the list of boxes, and the predicate, from 1. */
export type Relation = readonly [subject: number, object: number, predicate: number]

/** The ground truth of an image. */
export interface SceneTruth {
  readonly boxes: readonly Box[]
  /** of each box */
  readonly classes: readonly number[]
  /** duplicate rows are separate relations */
  readonly relations: readonly Relation[]
}

/** The prediction of a model. */
export interface ScenePrediction {
  readonly boxes: readonly Box[]
  /** of each box */
  readonly classes: readonly number[]
  /** confidence of each box's class; default 1, for given classes */
  readonly scores?: Vec
  /**
   * probabilities, n² × (R + 1): row s·n + o holds those of the pair (s, o), column 0 that of no
   * relation
   */
  readonly predicates: Matrix
}

/**
 * Throws unless lengths match, classes are integers, relations have two boxes and a predicate from
 * 1 to `most`, boxes are finite, indices are valid, and probabilities of pairs s ≠ o and scores are
 * finite and ≥ 0.
 */
export function checkScene(
  fn: string,
  truth: SceneTruth,
  prediction: ScenePrediction,
  most: number,
): void {
  for (const [name, { boxes, classes }] of Object.entries({ truth, prediction })) {
    if (boxes.length !== classes.length)
      throw new ShapeError(
        `${fn}: ${name} must have a class for each of ${boxes.length} boxes, got ${classes.length}`,
      )
    classes.forEach((c, i) => {
      if (!Number.isSafeInteger(c))
        throw new RangeError(`${fn}: ${name}.classes[${i}] must be an integer, got ${String(c)}`)
    })
    boxes.forEach((box, i) => checkBox(fn, `${name}.boxes[${i}]`, box))
  }
  const { predicates, scores } = prediction
  const n = prediction.boxes.length
  if (scores !== undefined && scores.length !== n)
    throw new ShapeError(`${fn}: scores must have length ${n}, got ${scores.length}`)
  Array.from(scores ?? []).forEach((x, i) => {
    if (!(Number.isFinite(x) && x >= 0))
      throw new RangeError(`${fn}: scores[${i}] must be finite and ≥ 0, got ${x}`)
  })
  if (predicates.rows !== n * n || predicates.data.length !== n * n * predicates.cols)
    throw new ShapeError(`${fn}: predicates must have n² = ${n * n} rows, got ${predicates.rows}`)
  // another number would shift all predicates, as where the column of none was forgotten
  if (n > 1 && predicates.cols !== most + 1)
    throw new ShapeError(
      `${fn}: predicates must have ${most + 1} columns, none and ${most} predicates, got ${predicates.cols}`,
    )
  const { cols, data } = predicates
  for (let row = 0; row < n * n; row++) {
    // the pair of a box with itself is never read
    if (row % (n + 1) === 0) continue
    for (let at = row * cols; at < (row + 1) * cols; at++)
      // NaN and infinities: what is finite less itself is 0
      if (data[at] - data[at] !== 0 || data[at] < 0)
        throw new RangeError(
          `${fn}: predicates[${row}, ${at - row * cols}] must be finite and ≥ 0, got ${data[at]}`,
        )
  }
  const place = (i: number): boolean => Number.isInteger(i) && i >= 0 && i < truth.boxes.length
  truth.relations.forEach(([s, o, p], row) => {
    if (!place(s) || !place(o) || s === o || !Number.isInteger(p) || p < 1 || p > most)
      throw new RangeError(
        `${fn}: truth.relations[${row}] must be two different box indices and a predicate from 1 to ${most}, got ${s}, ${o}, ${p}`,
      )
  })
}
