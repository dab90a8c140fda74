import type { Stream } from '@nonconvex/tensor/random'
import { batchStructure } from '../batch/graph-batch.js'
import type { Arithmetic, BatchedLayer } from '../batch/batched-layer.js'
import { batchedLayer } from '../batch/make-layer.js'
import type { PredictorOptions, SceneScores } from './predictor.js'
import { logSoftmax } from './gates.js'
import type { LabelledScene, SceneInput } from './scene.js'

/**
 * The baseline without context: one network on the scores of each object, one on those of each pair. Each object, and each pair, is
 * a graph of a single node to the same kind of layer.
 */
export class PerObjectPredictor {
  readonly classes: number
  readonly predicates: number
  readonly #objects: BatchedLayer
  readonly #pairs: BatchedLayer

  constructor({ classes, predicates, hidden = 128, arithmetic }: PredictorOptions) {
    this.classes = classes
    this.predicates = predicates
    const alone = (n: number, how?: Arithmetic): BatchedLayer =>
      batchedLayer({ nodeFeatures: n, edgeFeatures: 0, hidden, nodeOutputs: n }, undefined, how)
    this.#objects = alone(classes, arithmetic)
    this.#pairs = alone(predicates, arithmetic)
  }

  initialise(source: Stream): void {
    this.#objects.initialise(source.child('objects'))
    this.#pairs.initialise(source.child('pairs'))
  }

  predict(scenes: readonly SceneInput[]): SceneScores {
    load(this.#objects, objectRows(scenes), this.classes)
    load(this.#pairs, pairRows(scenes), this.predicates)
    this.#objects.forward()
    this.#pairs.forward()
    return {
      objects: logSoftmax(this.#objects.labels().nodes, this.classes),
      relations: logSoftmax(this.#pairs.labels().nodes, this.predicates),
    }
  }

  /** One step of Adam for each network, on the mean cross-entropy of objects and that of pairs; their sum. */
  train(scenes: readonly LabelledScene[], rate: number): number {
    const step = (layer: BatchedLayer, rows: Float64Array[], labels: number[]): number => {
      if (rows.length === 0) return 0
      load(layer, rows, rows[0].length)
      layer.forward()
      const loss = layer.crossEntropy({ nodes: Int32Array.from(labels) })
      layer.backward()
      layer.step({ rate })
      return loss
    }
    const classes = scenes.flatMap((scene) => Array.from(scene.classes))
    const predicates = scenes.flatMap(({ predicates: all, classes: own }) =>
      Array.from(all).filter((_, pair) => pair % (own.length + 1) !== 0),
    )
    return (
      step(this.#objects, objectRows(scenes), classes) +
      step(this.#pairs, pairRows(scenes), predicates)
    )
  }
}

function rowsOf({ cols, data, rows }: SceneInput['objects']): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => data.subarray(i * cols, (i + 1) * cols))
}

const objectRows = (scenes: readonly SceneInput[]): Float64Array[] =>
  scenes.flatMap(({ objects }) => rowsOf(objects))

/** Off the diagonal, in the order of a batch. */
const pairRows = (scenes: readonly SceneInput[]): Float64Array[] =>
  scenes.flatMap(({ objects, relations }) =>
    rowsOf(relations).filter((_, pair) => pair % (objects.rows + 1) !== 0),
  )

function load(layer: BatchedLayer, rows: readonly Float64Array[], cols: number): void {
  const sizes = rows.map(() => 1)
  const nodes = new Float64Array(rows.length * cols)
  rows.forEach((row, i) => {
    nodes.set(row, i * cols)
  })
  const lists = batchStructure({ sizes, exists: () => false })
  layer.load({ ...lists, nodeFeatures: cols, edgeFeatures: 0, nodes, edges: new Float64Array(0) })
}
