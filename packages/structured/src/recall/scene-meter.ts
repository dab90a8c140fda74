import { checkCount } from '@nonconvex/tensor/check'
import { oneOf } from '../layer/kinds.js'
import { boxOverlap } from './boxes.js'
import { checkSameBoxes, firstPredicates } from './true-pairs.js'
import { rankTriplets } from './rank-triplets.js'
import { checkScene, type ScenePrediction, type SceneTruth } from './scene.js'
import { firstHits } from './triplet-hits.js'

/** An image: ground truth and prediction. */
export interface Scene {
  readonly truth: SceneTruth
  readonly prediction: ScenePrediction
}

/** The rules of the evaluation. */
export interface EvaluateOptions {
  /** graph constraint: one predicate for each pair; never compare numbers with and without it */
  readonly constrained: boolean
  /** K, number of top candidates, integers ≥ 1; default 20, 50, 100 */
  readonly at?: readonly number[]
  /** whether the last pixel belongs to a box, as in Visual Genome; default no */
  readonly inclusive?: boolean
  /** recall of an image with relations but without candidates: 0, or excluded; default zero */
  readonly emptyPredictions?: 'zero' | 'skip'
  /** R, number of predicates, for the mean over them */
  readonly predicates: number
  /** recall of a predicate that never occurs, in that mean: 0, or excluded; default zero */
  readonly absent?: 'zero' | 'skip'
  /**
   * the task. triplets, the default: classes and both boxes, as for PredCls, SGCls and SGGen, which
   * differ in the input of the model. preddet: only the pairs with a relation are ranked, by their
   * predicates alone; boxes and classes are those of the truth. phrdet: as triplets, with the one
   * box around both objects in place of the two
   */
  readonly mode?: EvaluateMode
  /** whether (class, predicate, class) occurs in training; for zero-shot recall */
  readonly seen?: (subject: number, predicate: number, object: number) => boolean
}

export type EvaluateMode = 'triplets' | 'preddet' | 'phrdet'

const modes: readonly string[] = ['triplets', 'preddet', 'phrdet'] satisfies EvaluateMode[]

/** Recalls at one K; null without relations. */
export interface RecallAt {
  readonly k: number
  /** R@K */
  readonly recall: number | null
  /** mR@K */
  readonly meanRecall: number | null
  /** zR@K; null without `seen` */
  readonly zeroShot: number | null
}

/** The results of an evaluation. */
export interface SceneEvaluation {
  readonly at: readonly RecallAt[]
  /**
   * the largest R@K, K → ∞, of predictions with the boxes of the truth, where each pair matches
   * only relations of its own two boxes: below 1 if a pair has several predicates under the graph
   * constraint, or a box without area overlaps nothing, not even itself. If boxes of the same class
   * overlap by half, another pair can match a pair's second predicate, so that a recall can be
   * slightly above
   */
  readonly ceiling: number | null
  /** number of images in R@K */
  readonly images: number
}

/** A streaming evaluation; scenes are not kept. */
export interface SceneMeter {
  /** @throws ShapeError, RangeError as `evaluateScenes` */
  readonly add: (scene: Scene) => void
  /** the recalls of the scenes so far */
  readonly result: () => SceneEvaluation
}

/**
 * Streaming {@link evaluateScenes}, with the same numbers to the last bit.
 *
 * @param fn - the function name for messages
 * @throws RangeError for K or R that are not integers ≥ 1, and unknown kinds
 *
 * @example
 * import { sceneMeter } from '@nonconvex/structured/recall'
 * const things = { boxes: [[0, 0, 1, 1], [2, 0, 3, 1]], classes: [1, 2] }
 * const predicates = { rows: 4, cols: 2, data: Float64Array.of(0, 0, .3, .7, .5, .5, 0, 0) }
 * const meter = sceneMeter({ constrained: true, predicates: 1, at: [1] })
 * meter.add({ truth: { ...things, relations: [[0, 1, 1]] }, prediction: { ...things, predicates } })
 * console.log(meter.result().at[0].recall) // → 1
 */
export function sceneMeter(options: EvaluateOptions, fn = 'sceneMeter'): SceneMeter {
  const {
    constrained,
    at = [20, 50, 100],
    inclusive = false,
    predicates,
    absent = 'zero',
  } = options
  const { emptyPredictions = 'zero', mode = 'triplets', seen } = options
  oneOf(fn, 'mode', mode, modes)
  oneOf(fn, 'constrained', constrained, [true, false])
  oneOf(fn, 'inclusive', inclusive, [true, false])
  oneOf(fn, 'emptyPredictions', emptyPredictions, ['zero', 'skip'])
  oneOf(fn, 'absent', absent, ['zero', 'skip'])
  for (const [name, value] of [
    ...at.map((k) => ['K', k] as const),
    ['predicates', predicates] as const,
  ])
    checkCount(fn, name, value)
  const limit = Math.max(0, ...at)
  const tallies = at.map((k) => ({
    k,
    recall: new Mean(),
    zeroShot: new Mean(),
    each: Array.from({ length: predicates }, () => new Mean()),
  }))
  const ceiling = new Mean()
  const hits = (truth: SceneTruth, prediction: ScenePrediction): number[] => {
    if (mode === 'preddet') return firstPredicates(truth, prediction, constrained, limit)
    const ranked = rankTriplets(prediction, constrained, limit)
    return firstHits(truth, prediction, ranked, { inclusive, phrases: mode === 'phrdet' })
  }
  return {
    add: ({ truth, prediction }) => {
      checkScene(fn, truth, prediction, predicates)
      if (mode === 'preddet') checkSameBoxes(fn, truth, prediction)
      const { relations, classes } = truth
      if (relations.length === 0) return
      if (emptyPredictions === 'skip' && prediction.boxes.length < 2) return
      const first = hits(truth, prediction)
      const rowsOf = new Map<number, number[]>()
      relations.forEach(([, , p], row) => rowsOf.set(p, [...(rowsOf.get(p) ?? []), row]))
      const all = relations.map((_, row) => row)
      const unseen = all.filter((row) => {
        const [s, o, p] = relations[row]
        return seen !== undefined && !seen(classes[s], p, classes[o])
      })
      for (const { k, recall, zeroShot, each } of tallies) {
        const fraction = (rows: readonly number[]): number =>
          rows.filter((row) => first[row] < k).length / rows.length
        recall.add(fraction(all))
        if (unseen.length > 0) zeroShot.add(fraction(unseen))
        for (const [p, rows] of rowsOf) each[p - 1].add(fraction(rows))
      }
      ceiling.add(ceilingOf(truth, { constrained, inclusive, boxes: mode !== 'preddet' }))
    },
    result: () => ({
      at: tallies.map(({ k, recall, zeroShot, each }) => ({
        k,
        recall: recall.value,
        meanRecall:
          ceiling.count === 0
            ? null
            : meanOf(each.flatMap(({ value }) => value ?? (absent === 'zero' ? [0] : []))),
        zeroShot: zeroShot.value,
      })),
      ceiling: ceiling.value,
      images: ceiling.count,
    }),
  }
}

/** The mean of numbers that are given one after the other. */
class Mean {
  count = 0
  private sum = 0

  add(x: number): void {
    this.count++
    this.sum += x
  }

  get value(): number | null {
    return this.count === 0 ? null : this.sum / this.count
  }
}

function meanOf(x: readonly number[]): number | null {
  const mean = new Mean()
  x.forEach((each) => mean.add(each))
  return mean.value
}

/**
 * Fraction of the relations that are hit when each pair names its most frequent predicate, or all;
 * `boxes`: those without area miss.
 */
function ceilingOf(
  { relations, boxes }: SceneTruth,
  rules: { readonly constrained: boolean; readonly inclusive: boolean; readonly boxes: boolean },
): number {
  const { inclusive } = rules
  const met = boxes.map((box) => !rules.boxes || boxOverlap(box, box, inclusive) >= 0.5)
  const within = relations.filter(([s, o]) => met[s] && met[o])
  if (!rules.constrained) return within.length / relations.length
  const counts = new Map<string, Map<number, number>>()
  for (const [s, o, p] of within) {
    const pair = counts.get(`${s} ${o}`) ?? new Map<number, number>()
    counts.set(`${s} ${o}`, pair.set(p, (pair.get(p) ?? 0) + 1))
  }
  const best = [...counts.values()].map((pair) => Math.max(...pair.values()))
  return best.reduce((sum, count) => sum + count, 0) / relations.length
}
