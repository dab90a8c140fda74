import { checkNonNegative } from '@nonconvex/tensor/check'
import { ShapeError, type Matrix } from '@nonconvex/tensor'
import { graphBatch, type GraphBatch } from '../batch/graph-batch.js'
import { oneOf } from '../layer/kinds.js'
import type { LabeledScene, SceneInput } from './scene.js'

/** The widths of the arrays of a scene. */
export interface SceneSizes {
  readonly classes: number
  readonly predicates: number
  readonly nodeFeatures: number
  readonly pairFeatures: number
}

/**
 * A batch of scenes; scores and further features row by row, in the order of nodes and of pairs i ≠
 * j.
 */
export interface SceneBatch {
  readonly lists: GraphBatch
  /** [N · C], [P · R] */
  readonly objects: Float64Array
  readonly relations: Float64Array
  readonly nodeFeatures: Float64Array
  readonly pairFeatures: Float64Array
}

/**
 * The largest score that is safe from float32 overflow, which ReLUs would hide.
 */
export const LARGEST_SCORE = 1e9

/**
 * @throws ShapeError for scores or features of other widths; as graphBatch for numbers that are not
 * finite; RangeError for scores above 1e9
 */
export function sceneBatch(scenes: readonly SceneInput[], sizes: SceneSizes): SceneBatch {
  const { classes, predicates, nodeFeatures: d, pairFeatures: e } = sizes
  for (const scene of scenes) {
    const { objects, relations } = scene
    const n = objects.rows
    if ((n > 0 && objects.cols !== classes) || (n > 1 && relations.cols !== predicates))
      throw new ShapeError(
        `SceneGraphPredictor: scores must be of ${classes} classes and ${predicates} predicates, got ${objects.cols} and ${relations.cols}`,
      )
    const [own, pairs] = [moreOf(scene.nodeFeatures, n), moreOf(scene.pairFeatures, n * n)]
    if ((n > 0 && own.cols !== d) || (n > 1 && pairs.cols !== e))
      throw new ShapeError(
        `SceneGraphPredictor: expected ${d} extra features per object and ${e} per pair, got ${own.cols} and ${pairs.cols}`,
      )
  }
  const lists = graphBatch(
    scenes.map(({ objects, relations }) => ({ nodes: objects, edges: relations })),
  )
  checkSizes('objects', lists.nodes, (row) => lists.graphOfNode[Math.floor(row / classes)])
  checkSizes(
    'relations',
    lists.edges,
    (row) => lists.graphOfNode[lists.i[Math.floor(row / predicates)]],
  )
  const more =
    d + e === 0
      ? { nodes: new Float64Array(0), edges: new Float64Array(0) }
      : graphBatch(
          scenes.map(({ objects, nodeFeatures, pairFeatures }) => ({
            nodes: moreOf(nodeFeatures, objects.rows),
            edges: moreOf(pairFeatures, objects.rows * objects.rows),
          })),
        )
  return {
    lists,
    objects: lists.nodes,
    relations: lists.edges,
    nodeFeatures: more.nodes,
    pairFeatures: more.edges,
  }
}

function checkSizes(name: string, scores: Float64Array, sceneOf: (at: number) => number): void {
  const large = scores.findIndex((x) => Math.abs(x) > LARGEST_SCORE)
  if (large >= 0)
    throw new RangeError(
      `SceneGraphPredictor: scenes[${sceneOf(large)}].${name} must have scores from −1e9 to 1e9, got ${scores[large]}`,
    )
}

const moreOf = (features: Matrix | undefined, rows: number): Matrix =>
  features ?? { rows, cols: 0, data: new Float64Array(0) }

/**
 * Weights of the loss of objects and of pairs without relation. The loss of a step is a sum of two
 * means,
 *
 *     objects · (1 / N) Σ_i −ln p(class of i)  +  Σ_p w_p (−ln p(predicate of p)) / max(1, Σ_p w_p)
 *
 * over all N objects and all pairs of the batch, w = 1 for a pair with a relation and `none` for
 * one without. With reduction `sum` it is the published loss, Σ_p w_p (…) + objects Σ_i (…), in
 * which objects have the relative weight 4 N / Σ_p w_p of ours: with means the balance of the two
 * tasks does not depend on the number of objects, with sums it shifts to the pairs in larger
 * scenes. The means are ours.
 */
export interface SceneLoss {
  /** weight of objects, finite, ≥ 0; default 4, relative to 1 for all pairs; 0 for given classes */
  readonly objects?: number
  /**
   * weight of a pair without relation, finite, ≥ 0; default `balanced`: in total a tenth of that of
   * the pairs with a relation
   */
  readonly none?: 'balanced' | number
  /** default mean */
  readonly reduction?: 'mean' | 'sum'
}

/** True labels with their weights. */
export interface SceneTruths {
  readonly classes: Int32Array
  readonly predicates: Int32Array
  readonly objectWeights: Float64Array
  readonly pairWeights: Float64Array
}

/**
 * True labels in the order of the batch, with weights such that the loss is a weighted mean.
 *
 * @throws ShapeError for lists of other lengths than the numbers of objects or ordered pairs;
 *   RangeError for an unknown class or predicate, or a negative or non-finite weight
 */
export function truthsOf(
  fn: string,
  scenes: readonly LabeledScene[],
  batch: GraphBatch,
  sizes: Pick<SceneSizes, 'classes' | 'predicates'>,
  { objects = 4, none = 'balanced', reduction = 'mean' }: SceneLoss,
): SceneTruths {
  for (const [name, weight] of Object.entries({ objects, ...(none !== 'balanced' && { none }) }))
    checkNonNegative(fn, `loss.${name}`, weight)
  oneOf(fn, 'loss.reduction', reduction, ['mean', 'sum'])
  scenes.forEach((scene, b) => {
    checkTruth(fn, `scenes[${b}]`, scene, sizes)
  })
  const classes = new Int32Array(batch.graphOfNode.length)
  scenes.forEach((scene, b) => {
    classes.set(scene.classes, batch.nodeStart[b])
  })
  const predicates = batch.i.map((i, p) => {
    const b = batch.graphOfNode[i]
    const first = batch.nodeStart[b]
    return scenes[b].predicates[(i - first) * scenes[b].classes.length + batch.j[p] - first]
  })
  const positive = predicates.reduce((count, r) => count + Number(r !== 0), 0)
  const negative = predicates.length - positive
  const noneWeight = none === 'balanced' ? positive / Math.max(1, negative) / 10 : none
  const mean = reduction === 'mean'
  const objectTotal = mean ? Math.max(1, classes.length) : 1
  const pairTotal = mean ? Math.max(1, positive + noneWeight * negative) : 1
  return {
    classes,
    predicates,
    objectWeights: new Float64Array(classes.length).fill(objects / objectTotal),
    pairWeights: Float64Array.from(predicates, (r) => (r === 0 ? noneWeight : 1) / pairTotal),
  }
}

function checkTruth(
  fn: string,
  where: string,
  scene: LabeledScene,
  sizes: Pick<SceneSizes, 'classes' | 'predicates'>,
): void {
  const n = scene.objects.rows
  for (const [name, length] of [
    ['classes', n],
    ['predicates', n * n],
  ] as const) {
    const list = scene[name]
    if (list.length !== length)
      throw new ShapeError(`${fn}: ${where}.${name} must have length ${length}, got ${list.length}`)
    list.forEach((label, at) => {
      // the pair of an object with itself is never read
      if (name === 'predicates' && at % (n + 1) === 0) return
      if (!Number.isInteger(label) || label < 0 || label >= sizes[name])
        throw new RangeError(
          `${fn}: ${where}.${name}[${at}] must be an integer from 0 to ${sizes[name] - 1}, got ${label}`,
        )
    })
  }
}
