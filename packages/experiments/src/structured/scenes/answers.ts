import { meanWithError, type MeanWithError } from '@nonconvex/optim/statistics'
import { tinySizes, type SceneScores, type TinyScene } from '@nonconvex/structured/scenes'
import { evaluateScenes, type Scene } from '@nonconvex/structured/recall'
import { pack, type Packed } from '../../result/packed.js'
import { argmax } from '../argmax.js'

const { objects: n, classes: C, predicates: R } = tinySizes

/** Accuracies on all objects, on ambiguous ones, on ordered pairs; null where a rule has none. */
export type Accuracies = {
  readonly objects: number | null
  readonly ambiguous: number | null
  readonly relations: number | null
}

/** Recall of relations with the graph constraint. */
export type Recall = {
  /** at recallAt */
  readonly recall: readonly (number | null)[]
  readonly ceiling: number | null
  /** recall@10 of each scene with relations */
  readonly each: Packed
}

/** K of recall@K; five objects have 20 candidates. */
export const recallAt: readonly number[] = [5, 10]

/** K of the comparison scene by scene. */
export const comparedAt = 10

/** Classes of objects and predicates of pairs, scene by scene. */
export interface Answers {
  readonly classes: readonly Int32Array[]
  readonly predicates: readonly Int32Array[]
}

/** The pairs off the diagonal, in order. */
const pairs = Array.from({ length: n * n }, (_, pair) => pair).filter(
  (pair) => pair % (n + 1) !== 0,
)

/** The most likely labels. */
export function answersOf(
  { objects, relations }: SceneScores,
  scenes: readonly TinyScene[],
): Answers {
  return {
    classes: scenes.map((_, b) =>
      new Int32Array(n).map((__, i) => argmax(objects, (b * n + i) * C, C)),
    ),
    predicates: scenes.map((_, b) => {
      const out = new Int32Array(n * n)
      pairs.forEach((pair, p) => (out[pair] = argmax(relations, (b * pairs.length + p) * R, R)))
      return out
    }),
  }
}

export function accuraciesOf(
  scenes: readonly TinyScene[],
  classes: readonly Int32Array[] | undefined,
  predicates: readonly Int32Array[] | undefined,
): Accuracies {
  const accuracy = (count: (scene: TinyScene, b: number) => readonly boolean[]): number => {
    const all = scenes.flatMap(count)
    return all.filter((right) => right).length / Math.max(1, all.length)
  }
  const objects = (counted: (c: number) => boolean): number | null =>
    classes
      ? accuracy((scene, b) =>
          Array.from(scene.classes.keys())
            .filter((i) => counted(scene.classes[i]))
            .map((i) => classes[b][i] === scene.classes[i]),
        )
      : null
  return {
    objects: objects(() => true),
    ambiguous: objects((c) => c < 4),
    relations: predicates
      ? accuracy((scene, b) => pairs.map((pair) => predicates[b][pair] === scene.predicates[pair]))
      : null,
  }
}

/** The number of correct objects of each scene, a digit each. */
export const rightObjects = (
  scenes: readonly TinyScene[],
  classes: readonly Int32Array[],
): string =>
  scenes
    .map((scene, b) => classes[b].reduce((sum, c, i) => sum + Number(c === scene.classes[i]), 0))
    .join('')

/** Recall of the relations with the classes of both ends: predicted ones, unless given. */
export function recallOf(
  scores: SceneScores,
  scenes: readonly TinyScene[],
  classes: readonly Int32Array[] | 'given',
): Recall {
  const graphs = asGraphs(scores, scenes, classes)
  const rules = { constrained: true, predicates: R - 1, at: recallAt }
  const { at, ceiling } = evaluateScenes(graphs, rules)
  const one = { ...rules, at: [comparedAt] }
  const each = graphs.flatMap((graph) => evaluateScenes([graph], one).at[0].recall ?? [])
  return {
    recall: at.map(({ recall }) => recall),
    ceiling,
    each: pack(Float64Array.from(each)),
  }
}

/** As graphs to be ranked: five boxes side by side, probabilities as scores. */
function asGraphs(
  { objects, relations }: SceneScores,
  scenes: readonly TinyScene[],
  classes: readonly Int32Array[] | 'given',
): Scene[] {
  const boxes = Array.from({ length: n }, (_, i) => [10 * i, 0, 10 * i + 9, 9] as const)
  return scenes.map((scene, b) => {
    const predicates = new Float64Array(n * n * R)
    pairs.forEach((pair, p) => {
      const from = (b * pairs.length + p) * R
      predicates.set(relations.subarray(from, from + R).map(Math.exp), pair * R)
    })
    const own = classes === 'given' ? scene.classes : classes[b]
    const scores = Float64Array.from(own, (c, i) => Math.exp(objects[(b * n + i) * C + c]))
    return {
      truth: {
        boxes,
        classes: Array.from(scene.classes),
        relations: pairs
          .filter((pair) => scene.predicates[pair] > 0)
          .map((pair) => [Math.floor(pair / n), pair % n, scene.predicates[pair]] as const),
      },
      prediction: {
        boxes,
        classes: Array.from(own),
        ...(classes !== 'given' && { scores }),
        predicates: { rows: n * n, cols: R, data: predicates },
      },
    }
  })
}

/**
 * Accuracy on objects minus that of a rule, with its standard error over scenes.
 *
 * @param right - correct objects of each scene, a digit each
 * @param rule - those of the rule on the same scenes
 */
export const digitsDifference = (right: string, rule: string): MeanWithError =>
  meanWithError(Array.from(right, (digit, b) => (Number(digit) - Number(rule[b])) / n))
