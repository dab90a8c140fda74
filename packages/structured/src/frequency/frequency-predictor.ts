import { SceneDataError } from '../load/scene-data-error.js'
import { bestClass } from '../load/scene-prediction.js'
import type { AnnotatedScene } from '../load/annotated-scene.js'
import type { ScenePrediction } from '../recall/scene.js'
import type { FrequencyTable } from './frequency-table.js'
import type { SceneTask } from './scene-predictor.js'

/** A predictor that answers at once. */
export interface FrequencyPredictor {
  readonly classes: readonly string[]
  readonly predicates: readonly string[]
  predict(scene: AnnotatedScene, task: SceneTask): ScenePrediction
}

/**
 * The frequency baseline: a predicate p of a pair whose classes are (a, b) has the score
 *
 * (pairs related a p b) / (Σ over predicates q of the pairs related a q b + pairs a, b without a relation),
 *
 * and "no relation" what then is missing to 1; for classes that never met all scores are 0. Where boxes are and what they
 * look like plays no part, but in sgcls the classes are the detector's.
 *
 * @throws RangeError for a table with numbers that are no classes, predicates or counts
 * Cost of a prediction: n² R. Source: Zellers et al. (2018), on VRD the figures of two programs of our own.
 */
export function frequencyPredictor(table: FrequencyTable): FrequencyPredictor {
  const { classes, predicates } = table
  const [C, P] = [classes.length, predicates.length]
  const scores = scoresOf(table)
  const none = new Float64Array(P)
  none[0] = 1
  return {
    classes,
    predicates,
    predict: (scene, task) => {
      const { boxes } = scene
      const best = task === 'sgcls' ? detected(scene) : undefined
      const labels = best?.map(({ label }) => label) ?? given(scene)
      const n = boxes.length
      const data = new Float64Array(n * n * P)
      for (let s = 0; s < n; s++)
        for (let o = 0; o < n; o++)
          if (s !== o) data.set(scores.get(labels[s] * C + labels[o]) ?? none, (s * n + o) * P)
      return {
        boxes,
        classes: labels,
        ...(best && { scores: best.map(({ score }) => score) }),
        predicates: { rows: n * n, cols: P, data },
      }
    },
  }
}

function given({ id, classes }: AnnotatedScene): readonly number[] {
  if (classes !== undefined) return classes
  throw new SceneDataError({ image: id }, 'classes: expected those of all boxes, got nothing')
}

function detected({ id, objectLogits }: AnnotatedScene): ReturnType<typeof bestClass>[] {
  if (objectLogits !== undefined) return objectLogits.map(bestClass)
  throw new SceneDataError({ image: id }, 'objectLogits: expected those of all boxes, got nothing')
}

/** Of each pair of classes that occurs, the scores of all predicates with the empty one. */
function scoresOf({
  classes,
  predicates,
  triplets,
  unrelated,
}: FrequencyTable): ReadonlyMap<number, Float64Array> {
  const [C, P] = [classes.length, predicates.length]
  const counts = new Map<number, Float64Array>()
  const row = (a: number, b: number): Float64Array => {
    const found = counts.get(a * C + b) ?? new Float64Array(P)
    counts.set(a * C + b, found)
    return found
  }
  const check = (what: string, x: number, below: number): void => {
    if (!(x >= 1 && x < below))
      throw new RangeError(`frequencyPredictor: ${what} must be from 1 to ${below - 1}, got ${x}`)
  }
  const classesOk = (a: number, b: number): void => {
    check('a class', a, C)
    check('a class', b, C)
  }
  for (let i = 0; i < triplets.length; i += 4) {
    const [a, p, b, count] = triplets.subarray(i, i + 4)
    classesOk(a, b)
    check('a predicate', p, P)
    check('a count', count, Infinity)
    row(a, b)[p] += count
  }
  for (let i = 0; i < unrelated.length; i += 3) {
    const [a, b, count] = unrelated.subarray(i, i + 3)
    classesOk(a, b)
    check('a count', count, Infinity)
    row(a, b)[0] += count
  }
  for (const values of counts.values()) {
    const total = values.reduce((sum, x) => sum + x, 0)
    values.forEach((x, p) => (values[p] = x / total))
  }
  return counts
}
