import type { Matrix } from '@nonconvex/tensor'
import { SceneDataError } from '../load/scene-data-error.js'
import { bestClass } from '../load/scene-prediction.js'
import type { AnnotatedScene } from '../load/annotated-scene.js'
import type { ScenePrediction } from '../recall/scene.js'
import type { FrequencyTable } from './frequency-table.js'
import type { SceneTask } from '../recall/scene-predictor.js'

/** A predictor of scene graphs that returns its predictions synchronously. */
export interface FrequencyPredictor {
  readonly classes: readonly string[]
  readonly predicates: readonly string[]
  predict(scene: AnnotatedScene, task: SceneTask): ScenePrediction
}

/**
 * The frequency baseline: a predicate p of a pair whose classes are (a, b) has the score
 *
 * (pairs related a p b) / (Σ over predicates q of the pairs related a q b + pairs a, b without a
 * relation),
 *
 * and "no relation" the rest to 1; for pairs of classes that never occur all scores are 0.
 * Positions and appearance of boxes are ignored, except that in sgcls the classes are the
 * detector's.
 *
 * @param table - the counts
 * @param without - the counts of scenes among those of the table that are to be excluded
 * @throws RangeError for a table with invalid classes, predicates or counts Cost of a prediction:
 *   n² R. Source: Zellers et al. (2018), checked on VRD against two independent programs of ours.
 */
export function frequencyPredictor(
  table: FrequencyTable,
  without?: FrequencyTable,
): FrequencyPredictor {
  const { classes, predicates } = table
  const scoresOf = pairFrequencies(table, without)
  return {
    classes,
    predicates,
    predict: (scene, task) => {
      const best = task === 'sgcls' ? detectedClasses(scene) : undefined
      const labels = best?.map(({ label }) => label) ?? givenClasses(scene)
      return {
        boxes: scene.boxes,
        classes: labels,
        ...(best && { scores: best.map(({ score }) => score) }),
        predicates: scoresOf(labels),
      }
    },
  }
}

/**
 * Scores of all ordered pairs of objects as a function of their classes, n² × R, as
 * frequencyPredictor describes them; zeros on the diagonal.
 *
 * @param table - the counts
 * @param without - the counts of some of these scenes, which are subtracted, so that the inputs of
 *   a training scene have the distribution of those of new scenes. Excluding one scene at a time is
 *   not enough: the missing counts would reveal its predicates
 * @throws RangeError for tables with invalid classes, predicates or counts, or if more is
 *   subtracted than counted
 *
 * @example
 * import { frequencyCounter, pairFrequencies } from '@nonconvex/structured/baselines'
 * const names = { classes: ['none', 'dog', 'cat'], predicates: ['none', 'sees', 'chases'] }
 * const [all, few] = [frequencyCounter(names), frequencyCounter(names)]
 * const scene = { id: 1, width: 4, height: 4, boxes: [[0, 0, 2, 2], [2, 2, 4, 4]], classes: [1, 2] } as const
 * for (const p of [1, 2]) all.add({ ...scene, relations: [[0, 1, p]] })
 * few.add({ ...scene, relations: [[0, 1, 2]] })
 * console.log(Array.from(pairFrequencies(all.table())([1, 2]).data.subarray(3, 6))) // → [ 0, 0.5, 0.5 ]
 * console.log(Array.from(pairFrequencies(all.table(), few.table())([1, 2]).data.subarray(3, 6))) // → [ 0, 1, 0 ]
 */
export function pairFrequencies(
  table: FrequencyTable,
  without?: FrequencyTable,
): (labels: readonly number[]) => Matrix {
  const [C, P] = [table.classes.length, table.predicates.length]
  const counts = countsOf(table)
  if (without) takeOff(counts, countsOf(without))
  return (labels) => {
    const n = labels.length
    const data = new Float64Array(n * n * P)
    for (let s = 0; s < n; s++)
      for (let o = 0; o < n; o++) {
        if (s === o) continue
        const all = counts.get(labels[s] * C + labels[o])
        const at = (s * n + o) * P
        const total = all?.reduce((sum, x) => sum + x, 0) ?? 0
        if (all && total > 0) for (let p = 0; p < P; p++) data[at + p] = all[p] / total
        else data[at] = 1
      }
    return { rows: n * n, cols: P, data }
  }
}

function takeOff(
  counts: ReadonlyMap<number, Float64Array>,
  less: ReturnType<typeof countsOf>,
): void {
  for (const [pair, values] of less) {
    const all = counts.get(pair)
    values.forEach((x, p) => {
      const rest = (all?.[p] ?? 0) - x
      if (rest < 0)
        throw new RangeError(
          `pairFrequencies: subtracted counts must be at most the total counts, got ${x} of ${x + rest}`,
        )
      if (all) all[p] = rest
    })
  }
}

/** A classifier that returns the annotated classes. */
export function givenClasses({ id, classes }: AnnotatedScene): readonly number[] {
  if (classes !== undefined) return classes
  throw new SceneDataError(
    { image: id },
    'classes: expected those of all boxes, got none; predcls uses given classes, sgcls derives them from objectLogits',
  )
}

/** A classifier that returns the most likely classes by the detector's scores. */
export function detectedClasses({
  id,
  boxes,
  objectLogits = boxes.length === 0 ? [] : undefined,
}: AnnotatedScene): ReturnType<typeof bestClass>[] {
  if (objectLogits !== undefined) return objectLogits.map(bestClass)
  throw new SceneDataError(
    { image: id },
    'objectLogits: expected those of all boxes, got none; sgcls derives classes from them, predcls uses given classes',
  )
}

/** Of each pair of classes that occurs, the counts of all predicates with the empty one. */
function countsOf({
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
      throw new RangeError(
        `frequencyPredictor: ${what} must be ${below === Infinity ? '1 or more' : `from 1 to ${below - 1}`}, got ${x}`,
      )
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
  return counts
}
