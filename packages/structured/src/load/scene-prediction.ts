import type { ScenePrediction } from '../recall/scene.js'
import type { AnnotatedScene, RelationScore, SceneHeader } from './annotated-scene.js'
import { SceneDataError } from './scene-data-error.js'

/**
 * The most likely class of a box except the empty one, with its probability among all classes.
 */
export function bestClass(logits: readonly number[]): {
  readonly label: number
  readonly score: number
} {
  let label = 1
  for (let c = 2; c < logits.length; c++) if (logits[c] > logits[label]) label = c
  return { label, score: softmax(logits)[label] }
}

/** Probabilities of logits, computed without overflow. */
export function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits)
  const weights = logits.map((x) => Math.exp(x - top))
  const total = weights.reduce((sum, x) => sum + x, 0)
  return weights.map((x) => x / total)
}

/**
 * A line of a predictions file in the form of the evaluation. Classes are given, or the best of
 * `objectLogits`, with its probability as default score. Predicates are `relationScores`, or the
 * softmax of `relationLogits`; missing ones have score 0.
 *
 * @throws SceneDataError if classes or relations are missing, relations are given twice, a pair or
 *   a predicate of it is a duplicate, or a score is negative
 */
export function scenePrediction(
  scene: AnnotatedScene,
  { predicates }: Pick<SceneHeader, 'predicates'>,
): ScenePrediction {
  const { id, boxes, classes, objectLogits, relationLogits, relationScores } = scene
  const n = boxes.length
  const cols = predicates.length
  const best = objectLogits?.map(bestClass)
  const labels = classes ?? best?.map(({ label }) => label)
  if (labels === undefined)
    throw new SceneDataError({ image: id }, 'expected classes or objectLogits, got neither')
  if (relationScores === undefined && relationLogits === undefined)
    throw new SceneDataError(
      { image: id },
      'expected relationScores or relationLogits, got neither',
    )
  if (relationScores !== undefined && relationLogits !== undefined)
    throw new SceneDataError(
      { image: id },
      'expected relationScores or relationLogits, got both; drop one of them',
    )
  const scores =
    scene.scores ?? (classes === undefined ? best?.map(({ score }) => score) : undefined)
  const fail = (problem: string): never => {
    throw new SceneDataError({ image: id }, problem)
  }
  const notBelow = (field: string, score: number): number =>
    score >= 0
      ? score
      : fail(
          `${field}: expected a score of at least 0, since the score of what is not listed is 0, got ${score}; give probabilities, or logits as relationLogits`,
        )
  scores?.forEach((score, i) => notBelow(`scores[${i}]`, score))
  const data = new Float64Array(n * n * cols)
  const listed = new Uint8Array(data.length)
  const once = (at: number, field: string, what: string): number => {
    if (listed[at] === 1) return fail(`${field}: expected each ${what} once, got one twice`)
    listed[at] = 1
    return at
  }
  if (relationScores !== undefined)
    relationScores.forEach(([s, o, p, score], i) => {
      const field = `relationScores[${i}]`
      const at = once((s * n + o) * cols + p, field, 'predicate of a pair')
      data[at] = notBelow(`${field}[3]`, score)
    })
  else
    relationLogits?.forEach(([s, o, logits], i) => {
      data.set(softmax(logits), once((s * n + o) * cols, `relationLogits[${i}]`, 'pair'))
    })
  return {
    boxes,
    classes: labels,
    ...(scores && { scores }),
    predicates: { rows: n * n, cols, data },
  }
}

/**
 * A prediction as a line of a predictions file: non-zero scores, ordered by subject, object,
 * predicate.
 */
export function predictionLine(
  { id, width, height }: Pick<AnnotatedScene, 'id' | 'width' | 'height'>,
  { boxes, classes, scores, predicates }: ScenePrediction,
): AnnotatedScene {
  const n = boxes.length
  const { cols, data } = predicates
  const relationScores: RelationScore[] = []
  for (let s = 0; s < n; s++)
    for (let o = 0; o < n; o++)
      for (let p = 1; p < cols; p++) {
        const score = data[(s * n + o) * cols + p]
        if (s !== o && score !== 0) relationScores.push([s, o, p, score])
      }
  return {
    id,
    width,
    height,
    boxes,
    classes,
    ...(scores && { scores: Array.from(scores) }),
    relationScores,
  }
}
