import { rankTriplets } from './rank-triplets.js'
import { checkScene } from './scene.js'
import type { SceneTruth, ScenePrediction } from './scene.js'
import { firstHits } from './triplet-hits.js'

/** An image: what is there, and what was predicted. */
export interface Scene {
  readonly truth: SceneTruth
  readonly prediction: ScenePrediction
}

/** The rules of the evaluation. */
export interface EvaluateOptions {
  /** whether each pair may name only its best predicate; never compare numbers with and without */
  readonly constrained: boolean
  /** K, candidates that count, integers ≥ 1; default 20, 50, 100 */
  readonly at?: readonly number[]
  /** whether the last pixel belongs to a box, as in Visual Genome; default no */
  readonly inclusive?: boolean
  /** an image with relations but without candidates counts 0, or is left out; default zero */
  readonly emptyPredictions?: 'zero' | 'skip'
  /** R, predicates, for the mean over them */
  readonly predicates: number
  /** in that mean, a predicate that never occurs counts 0, or is left out; default zero */
  readonly absent?: 'zero' | 'skip'
  /** whether (class, predicate, class) occurs in training; for zero-shot recall */
  readonly seen?: (subject: number, predicate: number, object: number) => boolean
}

/** Recalls at one K; null where no image has a relation that counts. */
export interface RecallAt {
  readonly k: number
  /** R@K */
  readonly recall: number | null
  /** mR@K */
  readonly meanRecall: number | null
  /** zR@K; null without `seen` */
  readonly zeroShot: number | null
}

/** What {@link evaluateScenes} measured. */
export interface SceneEvaluation {
  readonly at: readonly RecallAt[]
  /** the largest R@K, K → ∞, that the rules allow: below 1 where one pair has several predicates and may name one */
  readonly ceiling: number | null
  /** images that count in R@K */
  readonly images: number
}

/**
 * Recall of scene graphs: the share of true relations among the K best candidates of an image, averaged over images.
 *
 * A candidate hits a relation when the classes of subject, predicate and object agree and both boxes overlap by half or
 * more. R@K averages over the images with a relation; mR@K averages each predicate's recall over the images that have it,
 * then over predicates; zR@K counts only relations whose three classes never occur in training.
 *
 * @returns recalls in [0, 1], or null where there is nothing to average. With ties in the scores they depend on the order of
 *   the boxes
 * @throws RangeError for K or R that are no integers ≥ 1, or numbers that are not finite; ShapeError for lengths that do not
 *   fit
 * Cost: n² R a scene, and sorting K. Source: the rules of the neural-motifs and Scene-Graph-Benchmark evaluators.
 *
 * @example
 * import { evaluateScenes } from '@nonconvex/structured'
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
  const {
    constrained,
    at = [20, 50, 100],
    inclusive = false,
    predicates,
    absent = 'zero',
  } = options
  const { emptyPredictions = 'zero', seen } = options
  for (const [name, value] of [
    ...at.map((k) => ['K', k] as const),
    ['predicates', predicates] as const,
  ])
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`evaluateScenes: ${name} must be an integer ≥ 1, got ${value}`)
  scenes.forEach(({ truth, prediction }) => checkScene('evaluateScenes', truth, prediction))
  const counted = scenes.filter(
    ({ truth, prediction }) =>
      truth.relations.length > 0 && (emptyPredictions === 'zero' || prediction.boxes.length > 1),
  )
  const limit = Math.max(0, ...at)
  const found = counted.map(({ truth, prediction }) => ({
    truth,
    first: firstHits(truth, prediction, rankTriplets(prediction, constrained, limit), inclusive),
  }))
  /** Mean over images of the share that is hit, of the relations that count. */
  const averaged = (k: number, counts: RelationTest): number | null =>
    mean(
      found.flatMap(({ truth, first }) => {
        const rows = truth.relations.flatMap((_, row) => (counts(truth, row) ? [row] : []))
        return rows.length === 0 ? [] : [rows.filter((row) => first[row] < k).length / rows.length]
      }),
    )
  const unseen: RelationTest = ({ relations, classes }, row) => {
    const [s, o, p] = relations[row]
    return seen !== undefined && !seen(classes[s], p, classes[o])
  }
  const each = (k: number): (number | null)[] =>
    Array.from({ length: predicates }, (_, p) =>
      averaged(k, ({ relations }, row) => relations[row][2] === p + 1),
    )
  return {
    at: at.map((k) => ({
      k,
      recall: averaged(k, () => true),
      meanRecall:
        found.length === 0
          ? null
          : mean(each(k).flatMap((x) => (x === null ? (absent === 'zero' ? [0] : []) : [x]))),
      zeroShot: averaged(k, unseen),
    })),
    ceiling: mean(counted.map(({ truth }) => (constrained ? constrainedCeiling(truth) : 1))),
    images: counted.length,
  }
}

type RelationTest = (truth: SceneTruth, row: number) => boolean

const mean = (x: readonly number[]): number | null =>
  x.length === 0 ? null : x.reduce((sum, value) => sum + value, 0) / x.length

/** Share of the relations that are hit when each pair names its most frequent predicate. */
function constrainedCeiling({ relations }: SceneTruth): number {
  const counts = new Map<string, Map<number, number>>()
  for (const [s, o, p] of relations) {
    const pair = counts.get(`${s} ${o}`) ?? new Map<number, number>()
    counts.set(`${s} ${o}`, pair.set(p, (pair.get(p) ?? 0) + 1))
  }
  const best = [...counts.values()].map((pair) => Math.max(...pair.values()))
  return best.reduce((sum, count) => sum + count, 0) / relations.length
}
