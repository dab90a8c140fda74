import { checkCount, checkInteger } from '@nonconvex/tensor/check'
import type { Matrix, Stream } from '@nonconvex/tensor'
import type { Arithmetic, BatchedLayer } from '../batch/batched-layer.js'
import { batchedLayer } from '../batch/make-layer.js'
import { kindOf, oneOf, readouts } from '../layer/kinds.js'
import type { AdamOptions, NamedParameters } from '../batch/parameters.js'
import type { BatchedLayerOptions, PoolKind } from '../batch/options.js'
import { Features } from './features.js'
import { finiteScores } from './finite-scores.js'
import { addCrossEntropy, gate, gateBack } from './gates.js'
import type { LabeledScene, SceneInput } from './scene.js'
import {
  sceneBatch,
  truthsOf,
  type SceneBatch,
  type SceneLoss,
  type SceneSizes,
} from './scene-batch.js'
import type { PredictorState, SceneScores, TrainablePredictor } from './trainable.js'

/** Sizes and kinds of a predictor of scene graphs. */
export interface PredictorOptions {
  /** C, classes of objects */
  readonly classes: number
  /** R, predicates with the empty one */
  readonly predicates: number
  /** hidden units; default 128, 500 in the published network */
  readonly hidden?: number
  /** number of refinement steps, with shared weights; integer ≥ 1, default 2 */
  readonly steps?: number
  /** default `feature`; `none` pools by `pool`; `neighbour` is `neighbor` */
  readonly attention?: 'feature' | 'neighbor' | 'neighbour' | 'none'
  /** pooling without attention; default sum */
  readonly pool?: 'sum' | 'mean'
  readonly readout?: 'local' | 'literal'
  /**
   * further features of each object and of each ordered pair, such as boxFeatureCounts; integers ≥
   * 0, default 0
   */
  readonly nodeFeatures?: number
  readonly pairFeatures?: number
  /**
   * word vectors, C × any and R × any, whose expectations under the current scores are additional
   * features; or `learned`: the probabilities are additional features, so that the layer's first
   * weights are the vectors. Default: none
   */
  readonly embed?: 'learned' | { readonly classes: Matrix; readonly predicates: Matrix }
  /**
   * the shapes of the published network: φ and α linear, attention as above (feature attention in
   * theirs), three hidden layers in ρ and ρ_e, gates linear in their arguments, labels of pairs
   * from z_k, z_l, z_kl and g only, no raw scores among the features. Default false
   */
  readonly published?: boolean
  /** numerics of the layer; see batchedLayer */
  readonly arithmetic?: Arithmetic
}

/** Checks the sizes of a scene predictor. */
export function predictorSizes({
  classes,
  predicates,
  nodeFeatures = 0,
  pairFeatures = 0,
}: PredictorOptions): SceneSizes {
  for (const [name, size] of Object.entries({ classes, predicates }))
    checkInteger('sceneGraphPredictor', name, size, 2)
  return { classes, predicates, nodeFeatures, pairFeatures }
}

/** The inputs of the layer for objects, and for pairs. */
export function featuresOf(options: PredictorOptions): {
  readonly node: Features
  readonly pair: Features
} {
  const { classes, predicates, nodeFeatures = 0, pairFeatures = 0, embed } = options
  const { published = false } = options
  const vectors = embed === 'learned' ? { classes: embed, predicates: embed } : embed
  return {
    node: new Features(classes, nodeFeatures, vectors?.classes, 'node', published),
    pair: new Features(predicates, pairFeatures, vectors?.predicates, 'pair', published),
  }
}

/**
 * Herzig et al. (2018), their code: linear φ and α, ρ of three hidden layers, a relation's read-out
 * without s and the way back.
 */
const publishedShape = {
  terms: 'linear',
  depth: 3,
  edgeDepth: 3,
  edgeReadout: 'literal',
} as const satisfies Partial<BatchedLayerOptions>

/** What a step keeps for the way back. */
interface StepTape {
  readonly objects: Float64Array
  readonly relations: Float64Array
  readonly nodeOut: Float64Array
  readonly edgeOut: Float64Array
}

/** Refines a detector's scores jointly; made by {@link sceneGraphPredictor}. */
export class SceneGraphPredictor implements TrainablePredictor {
  readonly classes: number
  readonly predicates: number
  readonly steps: number
  readonly layer: BatchedLayer
  readonly #sizes: SceneSizes
  readonly #node: Features
  readonly #pair: Features

  constructor(options: PredictorOptions) {
    const { published = false, steps = 2 } = options
    const attention = kindOf(options.attention ?? 'feature')
    const { hidden = published ? 500 : 128 } = options
    const { pool = 'sum', readout = 'local', arithmetic } = options
    const fn = 'sceneGraphPredictor'
    checkCount(fn, 'steps', steps)
    oneOf(fn, 'attention', attention, ['feature', 'neighbor', 'none'])
    oneOf(fn, 'pool', pool, ['sum', 'mean'])
    oneOf(fn, 'readout', readout, readouts)
    this.#sizes = predictorSizes(options)
    const { classes: C, predicates: R } = this.#sizes
    const kind: PoolKind = attention === 'none' ? pool : attention
    this.classes = C
    this.predicates = R
    this.steps = steps
    const { node, pair } = featuresOf(options)
    this.#node = node
    this.#pair = pair
    // it answers new scores and gates for the old
    const labels: Partial<BatchedLayerOptions> & Pick<BatchedLayerOptions, 'nodeOutputs'> =
      published
        ? { nodeOutputs: C, nodeGates: C, edgeOutputs: R, edgeGates: 1, ...publishedShape }
        : { nodeOutputs: 2 * C, edgeOutputs: R + 1 }
    const sizes: BatchedLayerOptions = {
      nodeFeatures: node.width,
      edgeFeatures: pair.width,
      hidden,
      readout,
      pool: kind,
      globalPool: kind,
      ...labels,
    }
    this.layer = batchedLayer(sizes, undefined, arithmetic)
  }

  initialize(source: Stream): void {
    this.layer.initialize(source)
  }

  state(): PredictorState {
    return { parameters: this.layer.parameters(), optimizer: this.layer.optimizer() }
  }

  restore({ parameters, optimizer }: PredictorState): void {
    this.setParameters(parameters)
    this.layer.setOptimizer(optimizer)
  }

  setParameters(parameters: NamedParameters): void {
    this.layer.setParameters(parameters)
  }

  update(options: AdamOptions = {}): void {
    this.layer.step(options)
  }

  clearGradients(): void {
    this.layer.clearGradients()
  }

  predict(scenes: readonly SceneInput[]): SceneScores {
    const batch = sceneBatch(scenes, this.#sizes)
    const tapes = this.#forward(batch)
    return finiteScores('SceneGraphPredictor.predict', tapes[tapes.length - 1], this, batch.lists)
  }

  accumulate(scenes: readonly LabeledScene[], loss: SceneLoss = {}): number {
    const { classes: C, predicates: R } = this
    const batch = sceneBatch(scenes, this.#sizes)
    const truth = truthsOf('SceneGraphPredictor.accumulate', scenes, batch.lists, this.#sizes, loss)
    const tapes = this.#forward(batch)
    let total = 0
    let dObjects: Float64Array = new Float64Array(batch.objects.length)
    let dRelations: Float64Array = new Float64Array(batch.relations.length)
    for (let t = this.steps - 1; t >= 0; t--) {
      const { objects, relations, nodeOut, edgeOut } = tapes[t + 1]
      total += addCrossEntropy(dObjects, objects, truth.classes, truth.objectWeights, C)
      total += addCrossEntropy(dRelations, relations, truth.predicates, truth.pairWeights, R)
      const before = tapes[t]
      const node = gateBack(dObjects, before.objects, nodeOut, C, C)
      const edge = gateBack(dRelations, before.relations, edgeOut, R, 1)
      this.layer.setLabelGradients(node.dOut, edge.dOut, t)
      if (t === 0) {
        this.layer.backward(t)
        break
      }
      const features = this.layer.backwardToFeatures(t)
      dObjects = this.#node.back(features.nodes, before.objects)
      dRelations = this.#pair.back(features.edges, before.relations)
      node.dBefore.forEach((x, i) => (dObjects[i] += x))
      edge.dBefore.forEach((x, i) => (dRelations[i] += x))
    }
    return total
  }

  /** Scores before the first step, and after each step. */
  #forward(batch: SceneBatch): StepTape[] {
    const { classes: C, predicates: R } = this
    const none = new Float64Array(0)
    const { objects: first, relations: firstPairs } = batch
    const tapes: StepTape[] = [
      { objects: first, relations: firstPairs, nodeOut: none, edgeOut: none },
    ]
    for (let t = 0; t < this.steps; t++) {
      const { objects, relations } = tapes[t]
      const nodes = this.#node.rows(first, objects, batch.nodeFeatures)
      const edges = this.#pair.rows(firstPairs, relations, batch.pairFeatures)
      if (t === 0) {
        const widths = { nodeFeatures: this.#node.width, edgeFeatures: this.#pair.width }
        this.layer.load({ ...batch.lists, nodes, edges, ...widths }, this.steps)
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
}

/**
 * A predictor of scene graphs: a graph-permutation-invariant layer that refines all scores jointly,
 * in several steps.
 *
 *     (c, r) ← ρ(z) + σ(gate(z)) ⊙ (c, r),   z = (detector's scores, log softmax of the current scores, further features)
 *
 * @param options - sizes and kinds
 * @param source - draws the initialization; default: all parameters zero
 * @throws RangeError for sizes out of range, or an unknown kind; ShapeError unless there is one
 *   word vector for each label
 * Cost: steps × that of batchedLayer. Source: Herzig et al. (2018); raw scores as features,
 * expected word vectors in place of the most likely label's, and gates from the readout's hidden
 * layer are ours. `published` has the shapes of their network: 150 classes, 51 predicates, 14
 * features of boxes and word vectors of 300 numbers make its 5.19 million parameters, less the 233
 * 000 of scores of z_i and of biases that cancel in the softmax over neighbors. Its word vector of
 * the most likely label, dropout and order-dependent box features are not reproduced.
 *
 * @example
 * import { sceneGraphPredictor, tinyScene } from '@nonconvex/structured/scenes'
 * import { stream } from '@nonconvex/tensor'
 * const predictor = sceneGraphPredictor({ classes: 7, predicates: 4, hidden: 8 }, stream(1))
 * console.log(predictor.predict([tinyScene(stream(2))]).objects.length) // → 35
 */
export function sceneGraphPredictor(
  options: PredictorOptions,
  source?: Stream,
): SceneGraphPredictor {
  const predictor = new SceneGraphPredictor(options)
  if (source) predictor.initialize(source)
  return predictor
}
