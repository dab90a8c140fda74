import { ShapeError } from '@nonconvex/tensor'
import type { Matrix } from '@nonconvex/tensor'
import { graphBatch } from '../batch/graph-batch.js'
import type { GraphBatch } from '../batch/graph-batch.js'
import type { LabelledScene, SceneInput } from './scene.js'

/** How wide the arrays of a scene are. */
export interface SceneSizes {
  readonly classes: number
  readonly predicates: number
  readonly nodeFeatures: number
  readonly pairFeatures: number
}

/** Scenes side by side; scores and further features row by row, in the order of nodes and of pairs i ≠ j. */
export interface SceneBatch {
  readonly lists: GraphBatch
  /** [N · C], [P · R] */
  readonly objects: Float64Array
  readonly relations: Float64Array
  readonly nodeFeatures: Float64Array
  readonly pairFeatures: Float64Array
}

/** @throws ShapeError for scores or features of other widths; as graphBatch for numbers that are not finite */
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
        `SceneGraphPredictor: further features must be ${d} of objects and ${e} of pairs, got ${own.cols} and ${pairs.cols}`,
      )
  }
  const lists = graphBatch(
    scenes.map(({ objects, relations }) => ({ nodes: objects, edges: relations })),
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
    ...{ objects: lists.nodes, relations: lists.edges },
    ...{ nodeFeatures: more.nodes, pairFeatures: more.edges },
  }
}

const moreOf = (features: Matrix | undefined, rows: number): Matrix =>
  features ?? { rows, cols: 0, data: new Float64Array(0) }

/** How much an error counts: an object's, and that of a pair without relation. */
export interface SceneLoss {
  /** default 4, against 1 for a pair with a relation; 0 where classes are given */
  readonly objects?: number
  /** default `balanced`: a tenth of the pairs with a relation, all together */
  readonly none?: 'balanced' | number
}

/** Right answers with their weights. */
export interface SceneTruths {
  readonly classes: Int32Array
  readonly predicates: Int32Array
  readonly objectWeights: Float64Array
  readonly pairWeights: Float64Array
}

/** Truth in the order of the batch; weights so that the loss is a mean over what counts. */
export function truthsOf(
  scenes: readonly LabelledScene[],
  batch: GraphBatch,
  { objects = 4, none = 'balanced' }: SceneLoss,
): SceneTruths {
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
  const pairTotal = Math.max(1, positive + noneWeight * negative)
  return {
    classes,
    predicates,
    objectWeights: new Float64Array(classes.length).fill(objects / Math.max(1, classes.length)),
    pairWeights: Float64Array.from(predicates, (r) => (r === 0 ? noneWeight : 1) / pairTotal),
  }
}
