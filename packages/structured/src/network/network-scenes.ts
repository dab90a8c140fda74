import { LARGEST_SCORE } from '../scenes/scene-batch.js'
import type { Matrix, Stream } from '@nonconvex/tensor'
import { detectedClasses, givenClasses, pairFrequencies } from '../baselines/frequency-predictor.js'
import type { FrequencyTable } from '../baselines/frequency-table.js'
import type { SceneTask } from '../recall/scene-predictor.js'
import type { AnnotatedScene } from '../load/annotated-scene.js'
import { SceneDataError } from '../load/scene-data-error.js'
import { boxFeatures } from '../scenes/box-features.js'
import type { LabeledScene, SceneInput } from '../scenes/scene.js'
import { checkRoom } from './fitting.js'

/** Annotated images as inputs of a trained predictor. */
export interface NetworkScenes {
  /** the predictor's input for an image */
  readonly input: (scene: AnnotatedScene) => SceneInput
  /** the input with the true labels; one of several predicates of a pair is drawn */
  readonly labeled: (scene: AnnotatedScene, source: Stream) => LabeledScene
}

/** Score of a class that is given, against 0 for the others. */
const GIVEN = 5

/**
 * The least probability that counts in a logarithm, whose zero it is: a predicate that was never
 * counted is not impossible.
 */
const LEAST = 1e-3

/**
 * The inputs of a network for annotated images: scores of objects: the given classes (predcls) or
 * the detector's logits (sgcls); scores of pairs: the detector's `relationLogits` if available,
 * otherwise the log-probabilities of the frequency baseline in thousandths, at least 0, which the
 * network refines; and box features.
 *
 * @param table - the counts of the training images
 * @param task - the task of the network
 * @param without - the counts of some of these, which are subtracted: training images must not be
 *   counted in their own inputs
 * @throws RangeError as pairFrequencies; the functions throw SceneDataError if an image lacks the
 *   input of the task, or has numbers beyond 1e9
 * Cost: n² R an image. Source: ours; initialization with frequencies after Zellers et al. (2018).
 */
export function networkScenes(
  table: FrequencyTable,
  task: SceneTask,
  without?: FrequencyTable,
): NetworkScenes {
  const frequencies = pairFrequencies(table, without)
  const [C, P] = [table.classes.length, table.predicates.length]
  const inputOf = (scene: AnnotatedScene): SceneInput => {
    const n = scene.boxes.length
    checkRoom(scene, P)
    const best = task === 'sgcls' ? detectedClasses(scene) : undefined
    const labels = best?.map(({ label }) => label) ?? givenClasses(scene)
    const objects = new Float64Array(n * C)
    labels.forEach((label, i) => {
      if (best) objects.set(scene.objectLogits?.[i] ?? [], i * C)
      else objects[i * C + label] = GIVEN
    })
    const confidence = best?.map(({ score }) => score)
    const { nodeFeatures, pairFeatures } = boxFeatures(scene, confidence)
    for (const { data } of [nodeFeatures, pairFeatures]) computable(scene, 'boxes', data)
    if (best) computable(scene, 'objectLogits', objects)
    const given = scene.relationLogits && pairLogits(scene, P)
    if (given) computable(scene, 'relationLogits', given.data)
    return {
      objects: { rows: n, cols: C, data: objects },
      relations: given ?? logarithms(frequencies(labels)),
      nodeFeatures,
      pairFeatures,
    }
  }
  return {
    input: inputOf,
    labeled: (scene, source) => ({
      ...inputOf(scene),
      classes: Int32Array.from(givenClasses(scene)),
      predicates: truthOf(scene, source),
    }),
  }
}

/**
 * Throws for numbers that a network in single precision cannot work with: boxes too far apart, or
 * such logits.
 */
function computable({ id }: AnnotatedScene, field: string, values: Float64Array): void {
  if (values.every((x) => Math.abs(x) <= LARGEST_SCORE)) return
  throw new SceneDataError(
    { image: id },
    `${field}: expected numbers of at most 1e9 in absolute value, got larger ones or differences that overflow`,
  )
}

function logarithms({ rows, cols, data }: Matrix): Matrix {
  return { rows, cols, data: data.map((p) => Math.log(Math.max(LEAST, p) / LEAST)) }
}

/** A pair that is not listed has no relation. */
function pairLogits({ boxes, relationLogits = [] }: AnnotatedScene, cols: number): Matrix {
  const n = boxes.length
  const data = new Float64Array(n * n * cols)
  for (let row = 0; row < n * n; row++) data[row * cols] = -Math.log(LEAST)
  for (const [s, o, logits] of relationLogits) data.set(logits, (s * n + o) * cols)
  return { rows: n * n, cols, data }
}

function truthOf({ boxes, relations = [] }: AnnotatedScene, source: Stream): Int32Array {
  const n = boxes.length
  const out = new Int32Array(n * n)
  const found = new Map<number, number[]>()
  for (const [s, o, p] of relations) found.set(s * n + o, [...(found.get(s * n + o) ?? []), p])
  for (const [pair, all] of found) out[pair] = all[all.length > 1 ? source.integer(all.length) : 0]
  return out
}
