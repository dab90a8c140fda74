import type { Stream } from '@nonconvex/tensor'
import { batchStructure } from '../batch/graph-batch.js'
import type { BatchedLayer } from '../batch/batched-layer.js'
import { batchedLayer } from '../batch/make-layer.js'
import type { AdamOptions, NamedParameters } from '../batch/parameters.js'
import type { Features } from './features.js'
import { finiteScores } from './finite-scores.js'
import { addCrossEntropy, gate, gateBack } from './gates.js'
import { featuresOf, predictorSizes, type PredictorOptions } from './predictor.js'
import type { LabeledScene, SceneInput } from './scene.js'
import {
  sceneBatch,
  truthsOf,
  type SceneBatch,
  type SceneLoss,
  type SceneSizes,
} from './scene-batch.js'
import type { PredictorState, SceneScores, TrainablePredictor } from './trainable.js'

/**
 * The baseline without context: one network for each object, one for each pair, with the same
 * features, the same update (c, r) ← ρ(z) + σ(gate(z)) ⊙ (c, r) and the same loss as the joint
 * predictor, in one step. Each object, and each pair, is a graph with a single node for the same
 * kind of layer.
 */
export class PerObjectPredictor implements TrainablePredictor {
  readonly classes: number
  readonly predicates: number
  readonly #sizes: SceneSizes
  readonly #objects: Alone
  readonly #pairs: Alone

  constructor(options: PredictorOptions) {
    const { hidden = 128, arithmetic } = options
    this.#sizes = predictorSizes(options)
    this.classes = this.#sizes.classes
    this.predicates = this.#sizes.predicates
    const { node, pair } = featuresOf(options)
    const alone = (features: Features, labels: number, gates: number): Alone => {
      const nodeOutputs = labels + gates
      const sizes = { nodeFeatures: features.width, edgeFeatures: 0, hidden, nodeOutputs }
      return new Alone(batchedLayer(sizes, undefined, arithmetic), features, labels, gates)
    }
    this.#objects = alone(node, this.classes, this.classes)
    this.#pairs = alone(pair, this.predicates, 1)
  }

  initialize(source: Stream): void {
    this.#objects.layer.initialize(source.child('objects'))
    this.#pairs.layer.initialize(source.child('pairs'))
  }

  /** Parameters of both networks, their names after `objects.` and `pairs.`. */
  state(): PredictorState {
    const [objects, pairs] = [this.#objects.layer, this.#pairs.layer]
    const [first, second] = [objects.optimizer(), pairs.optimizer()]
    return {
      parameters: together(objects.parameters(), pairs.parameters()),
      optimizer: {
        first: together(first.first, second.first),
        second: together(first.second, second.second),
        // both make every step
        decay: first.decay,
      },
    }
  }

  restore({ parameters, optimizer }: PredictorState): void {
    this.setParameters(parameters)
    for (const [{ layer }, prefix] of this.#named())
      layer.setOptimizer({
        first: only(optimizer.first, prefix),
        second: only(optimizer.second, prefix),
        decay: optimizer.decay,
      })
  }

  setParameters(parameters: NamedParameters): void {
    for (const [{ layer }, prefix] of this.#named()) layer.setParameters(only(parameters, prefix))
  }

  update(options: AdamOptions = {}): void {
    this.#objects.layer.step(options)
    this.#pairs.layer.step(options)
  }

  clearGradients(): void {
    this.#objects.layer.clearGradients()
    this.#pairs.layer.clearGradients()
  }

  predict(scenes: readonly SceneInput[]): SceneScores {
    const { objects, relations, lists } = this.#forward(scenes)
    const scores = {
      objects: this.#objects.scores(objects),
      relations: this.#pairs.scores(relations),
    }
    return finiteScores('PerObjectPredictor.predict', scores, this, lists)
  }

  accumulate(scenes: readonly LabeledScene[], loss: SceneLoss = {}): number {
    const batch = this.#forward(scenes)
    const truth = truthsOf('PerObjectPredictor.accumulate', scenes, batch.lists, this.#sizes, loss)
    return (
      this.#objects.accumulate(batch.objects, truth.classes, truth.objectWeights) +
      this.#pairs.accumulate(batch.relations, truth.predicates, truth.pairWeights)
    )
  }

  #named(): readonly (readonly [Alone, string])[] {
    return [
      [this.#objects, 'objects.'],
      [this.#pairs, 'pairs.'],
    ]
  }

  #forward(scenes: readonly SceneInput[]): SceneBatch {
    const batch = sceneBatch(scenes, this.#sizes)
    this.#objects.forward(batch.objects, batch.nodeFeatures)
    this.#pairs.forward(batch.relations, batch.pairFeatures)
    return batch
  }
}

/** A layer on graphs of one node. */
class Alone {
  readonly layer: BatchedLayer
  readonly #features: Features
  readonly #labels: number
  readonly #gates: number

  constructor(layer: BatchedLayer, features: Features, labels: number, gates: number) {
    this.layer = layer
    this.#features = features
    this.#labels = labels
    this.#gates = gates
  }

  forward(scores: Float64Array, more: Float64Array): void {
    const sizes = new Array<number>(scores.length / this.#labels).fill(1)
    this.layer.load({
      ...batchStructure({ sizes, exists: () => false }),
      nodeFeatures: this.#features.width,
      edgeFeatures: 0,
      nodes: this.#features.rows(scores, scores, more),
      edges: new Float64Array(0),
    })
    this.layer.forward()
  }

  /** New scores from the old, after `forward`. */
  scores(old: Float64Array): Float64Array {
    return gate(old, this.layer.labels().nodes, this.#labels, this.#gates)
  }

  /** The loss after `forward`; its gradients are added to those of the parameters. */
  accumulate(old: Float64Array, truth: Int32Array, weights: Float64Array): number {
    const out = this.layer.labels().nodes
    const d = new Float64Array(old.length)
    const scores = gate(old, out, this.#labels, this.#gates)
    const loss = addCrossEntropy(d, scores, truth, weights, this.#labels)
    const { dOut } = gateBack(d, old, out, this.#labels, this.#gates)
    this.layer.setLabelGradients(dOut, new Float64Array(0))
    this.layer.backward()
    return loss
  }
}

function together(objects: NamedParameters, pairs: NamedParameters): NamedParameters {
  const named = (of: NamedParameters, prefix: string) =>
    Object.entries(of).map(([name, each]) => [prefix + name, each] as const)
  return Object.fromEntries([...named(objects, 'objects.'), ...named(pairs, 'pairs.')])
}

const only = (of: NamedParameters, prefix: string): NamedParameters =>
  Object.fromEntries(
    Object.entries(of)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, each]) => [name.slice(prefix.length), each]),
  )
