import { ShapeError } from '@nonconvex/tensor'
import type { Stream } from '@nonconvex/tensor/random'
import { graphBatch } from '../batch/graph-batch.js'
import type { GraphBatch } from '../batch/graph-batch.js'
import type { Arithmetic, BatchedLayer } from '../batch/batched-layer.js'
import { batchedLayer } from '../batch/make-layer.js'
import type { NamedParameters, OptimiserState } from '../batch/parameters.js'
import type { PoolKind } from '../batch/options.js'
import { gate, gateBack, logSoftmax, logSoftmaxBack } from './gates.js'
import type { LabelledScene, SceneInput } from './scene.js'

/** Sizes and kinds of a predictor of scene graphs. */
export interface PredictorOptions {
  /** C, classes of objects */
  readonly classes: number
  /** R, predicates with the empty one */
  readonly predicates: number
  /** default 128 */
  readonly hidden?: number
  /** how often scores are improved, with shared weights; integer ≥ 1, default 2 */
  readonly steps?: number
  /** default `feature`; `none` pools by `pool` */
  readonly attention?: 'feature' | 'neighbour' | 'none'
  /** where there is no attention; default sum */
  readonly pool?: 'sum' | 'mean'
  readonly readout?: 'local' | 'literal'
  /** numerics of the layer; see batchedLayer */
  readonly arithmetic?: Arithmetic
}

/** How much an error counts: an object's, and that of a pair without relation. */
export interface SceneLoss {
  /** default 4, against 1 for a pair with a relation */
  readonly objects?: number
  /** default `balanced`: a tenth of the pairs with a relation, all together */
  readonly none?: 'balanced' | number
}

/** Scores of a batch after the last step. */
export interface SceneScores {
  /** [N · C], log-probabilities */
  readonly objects: Float64Array
  /** [P · R], log-probabilities, pairs in the order of the batch: by scene, then i, then j ≠ i */
  readonly relations: Float64Array
}

/** What a predictor is made of, to be stored; plain arrays. */
export interface PredictorState {
  readonly parameters: NamedParameters
  readonly optimiser: OptimiserState
}

/** What a step keeps for the way back. */
interface StepTape {
  readonly objects: Float64Array
  readonly relations: Float64Array
  readonly nodeOut: Float64Array
  readonly edgeOut: Float64Array
}

/** Improves a detector's scores jointly; made by {@link sceneGraphPredictor}. */
export class SceneGraphPredictor {
  readonly classes: number
  readonly predicates: number
  readonly steps: number
  readonly layer: BatchedLayer

  constructor(options: PredictorOptions) {
    const { classes: C, predicates: R, hidden = 128, steps = 2, attention = 'feature' } = options
    const { pool = 'sum', readout = 'local', arithmetic } = options
    if (!Number.isSafeInteger(steps) || steps < 1)
      throw new RangeError(`sceneGraphPredictor: steps must be an integer ≥ 1, got ${steps}`)
    for (const [name, size] of Object.entries({ classes: C, predicates: R }))
      if (!Number.isSafeInteger(size) || size < 2)
        throw new RangeError(`sceneGraphPredictor: ${name} must be an integer ≥ 2, got ${size}`)
    const kind: PoolKind = attention === 'none' ? pool : attention
    this.classes = C
    this.predicates = R
    this.steps = steps
    // a node holds the detector's scores and the log-probabilities so far; it answers new scores and gates for the old
    const sizes = {
      nodeFeatures: 2 * C,
      edgeFeatures: 2 * R,
      hidden,
      nodeOutputs: 2 * C,
      edgeOutputs: R + 1,
      pool: kind,
      globalPool: kind,
      readout,
    }
    this.layer = batchedLayer(sizes, undefined, arithmetic)
  }

  initialise(source: Stream): void {
    this.layer.initialise(source)
  }

  state(): PredictorState {
    return { parameters: this.layer.parameters(), optimiser: this.layer.optimiser() }
  }

  restore({ parameters, optimiser }: PredictorState): void {
    this.layer.setParameters(parameters)
    this.layer.setOptimiser(optimiser)
  }

  /** Scores after the last step, for each object and pair of the scenes. */
  predict(scenes: readonly SceneInput[]): SceneScores {
    const tapes = this.#forward(this.#batch(scenes))
    const last = tapes[tapes.length - 1]
    return {
      objects: logSoftmax(last.objects, this.classes),
      relations: logSoftmax(last.relations, this.predicates),
    }
  }

  /**
   * Adds the gradients of the loss on these scenes, summed over steps, to those of the parameters.
   *
   * @returns the loss: a weighted mean of −ln p(truth) over objects and pairs, summed over steps
   */
  accumulate(scenes: readonly LabelledScene[], loss: SceneLoss = {}): number {
    const batch = this.#batch(scenes)
    const truth = truthOf(scenes, batch, loss)
    const tapes = this.#forward(batch)
    let total = 0
    let dObjects: Float64Array = new Float64Array(batch.graphOfNode.length * this.classes)
    let dRelations: Float64Array = new Float64Array(batch.i.length * this.predicates)
    for (let t = this.steps - 1; t >= 0; t--) {
      const { objects, relations, nodeOut, edgeOut } = tapes[t + 1]
      total += addCrossEntropy(dObjects, objects, truth.classes, truth.objectWeights, this.classes)
      total += addCrossEntropy(
        dRelations,
        relations,
        truth.predicates,
        truth.pairWeights,
        this.predicates,
      )
      const before = tapes[t]
      const node = gateBack(dObjects, before.objects, nodeOut, this.classes, this.classes)
      const edge = gateBack(dRelations, before.relations, edgeOut, this.predicates, 1)
      this.layer.setLabelGradients(node.dOut, edge.dOut, t)
      if (t === 0) {
        this.layer.backward(t)
        break
      }
      const features = this.layer.backwardToFeatures(t)
      dObjects = logSoftmaxBack(features.nodes, before.objects, this.classes)
      dRelations = logSoftmaxBack(features.edges, before.relations, this.predicates)
      node.dBefore.forEach((x, i) => (dObjects[i] += x))
      edge.dBefore.forEach((x, i) => (dRelations[i] += x))
    }
    return total
  }

  /** Scores before the first step, and after each. */
  #forward(batch: GraphBatch): StepTape[] {
    const { classes: C, predicates: R } = this
    const none = new Float64Array(0)
    const tapes: StepTape[] = [
      { objects: batch.nodes, relations: batch.edges, nodeOut: none, edgeOut: none },
    ]
    for (let t = 0; t < this.steps; t++) {
      const { objects, relations } = tapes[t]
      const nodes = sideBySide(batch.nodes, logSoftmax(objects, C), C)
      const edges = sideBySide(batch.edges, logSoftmax(relations, R), R)
      if (t === 0) {
        const features = { nodes, edges, nodeFeatures: 2 * C, edgeFeatures: 2 * R }
        this.layer.load({ ...batch, ...features }, this.steps)
      } else this.layer.setFeatures(nodes, edges, t)
      this.layer.forward(t)
      const { nodes: nodeOut, edges: edgeOut } = this.layer.labels(t)
      tapes.push({
        objects: gate(objects, nodeOut, C, C),
        relations: gate(relations, edgeOut, R, 1),
        nodeOut,
        edgeOut,
      })
    }
    return tapes
  }

  #batch(scenes: readonly SceneInput[]): GraphBatch {
    for (const { objects, relations } of scenes)
      if (
        (objects.rows > 0 && objects.cols !== this.classes) ||
        (objects.rows > 1 && relations.cols !== this.predicates)
      )
        throw new ShapeError(
          `SceneGraphPredictor: scores must be of ${this.classes} classes and ${this.predicates} predicates, got ${objects.cols} and ${relations.cols}`,
        )
    return graphBatch(
      scenes.map(({ objects, relations }) => ({ nodes: objects, edges: relations })),
    )
  }
}

/**
 * A predictor of scene graphs: one graph-permutation-invariant layer that improves all scores jointly, some steps long.
 *
 *     (c, r) ← ρ(z) + σ(gate(z)) ⊙ (c, r),   z = (detector's scores, log softmax of the scores so far)
 *
 * @throws RangeError for sizes out of their range
 * Cost: steps × that of batchedLayer. Source: Herzig et al. (2018); raw scores as features and gates from the read-out's hidden layer
 *   are ours.
 *
 * @example
 * import { sceneGraphPredictor, tinyScene } from '@nonconvex/structured'
 * import { stream } from '@nonconvex/tensor'
 * const predictor = sceneGraphPredictor({ classes: 7, predicates: 4, hidden: 8 }, stream(1))
 * console.log(predictor.predict([tinyScene(stream(2))]).objects.length) // → 35
 */
export function sceneGraphPredictor(
  options: PredictorOptions,
  source?: Stream,
): SceneGraphPredictor {
  const predictor = new SceneGraphPredictor(options)
  if (source) predictor.initialise(source)
  return predictor
}

interface Truth {
  readonly classes: Int32Array
  readonly predicates: Int32Array
  readonly objectWeights: Float64Array
  readonly pairWeights: Float64Array
}

/** Truth in the order of the batch; weights so that the loss is a mean over what counts. */
function truthOf(
  scenes: readonly LabelledScene[],
  batch: GraphBatch,
  { objects = 4, none = 'balanced' }: SceneLoss,
): Truth {
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

/** Adds weight · (softmax − 1[truth]) to d; the weighted loss. */
function addCrossEntropy(
  d: Float64Array,
  scores: Float64Array,
  truth: Int32Array,
  weights: Float64Array,
  n: number,
): number {
  const logs = logSoftmax(scores, n)
  let loss = 0
  truth.forEach((label, row) => {
    loss -= weights[row] * logs[row * n + label]
    for (let f = 0; f < n; f++) d[row * n + f] += weights[row] * Math.exp(logs[row * n + f])
    d[row * n + label] -= weights[row]
  })
  return loss
}

/** Rows of two arrays of `n` columns, one beside the other. */
function sideBySide(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(2 * a.length)
  for (let i = 0; i < a.length; i++) {
    const at = 2 * (i - (i % n)) + (i % n)
    out[at] = a[i]
    out[at + n] = b[i]
  }
  return out
}
