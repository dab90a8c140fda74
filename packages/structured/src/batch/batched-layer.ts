import { ShapeError, type Stream } from '@nonconvex/tensor'
import { plainOps } from '../kernel/plain-ops.js'
import type { Ops } from '../kernel/ops.js'
import { wasmOps } from '../kernel/wasm-ops.js'
import { backwardPass } from './backward-pass.js'
import { reserveBuffers, writeLists, type Buffers, type Counts, type Slot } from './buffers.js'
import { chunksOf, couplesOf, type Chunk } from './chunks.js'
import { attends, forwardPass } from './forward-pass.js'
import { clearGates } from './gate-labels.js'
import type { Pass } from './pass.js'
import type { GraphBatch } from './graph-batch.js'
import { layoutOf, type Layout } from './layout.js'
import { readLabels, writeLabels, type BatchLabels } from './label-copies.js'
import { layerSizes, type BatchedLayerOptions, type LayerSizes } from './options.js'
import { entropy } from './entropy.js'
import {
  Parameters,
  type AdamOptions,
  type NamedParameters,
  type OptimizerState,
} from './parameters.js'
import { readRows, writeFiniteRows, writeRows } from './row-copies.js'

/**
 * The arithmetic of a layer; default `kernel` where WebAssembly with SIMD runs, `plain` elsewhere:
 * the same bits.
 */
export type Arithmetic = 'kernel' | 'plain' | 'float64'

/** The true classes of the nodes and pairs of a batch, with weights. */
export interface BatchTruth {
  /** [N], integers from 0 to C − 1 */
  readonly nodes: Int32Array
  /** [P], integers from 0 to R − 1; required if the layer labels pairs */
  readonly edges?: Int32Array
  /** [N] and [P], ≥ 0; default: a mean over nodes plus a mean over pairs */
  readonly nodeWeights?: Float64Array
  readonly edgeWeights?: Float64Array
}

/**
 * A layer on batches of graphs, made by {@link batchedLayer}. Labels are copies; everything else is
 * in its own memory.
 */
export class BatchedLayer {
  readonly sizes: LayerSizes
  readonly arithmetic: Arithmetic
  readonly #layout: Layout
  readonly #ops: Ops
  readonly #parameters: Parameters
  readonly #base: number
  #buffers: Buffers | undefined
  #counts: Counts = { graphs: 0, nodes: 0, pairs: 0, chunk: 0 }
  #chunks: readonly Chunk[] = []

  constructor(options: BatchedLayerOptions, arithmetic: Arithmetic | undefined) {
    this.sizes = layerSizes('batchedLayer', options)
    this.#layout = layoutOf(this.sizes)
    const kernels = arithmetic === undefined || arithmetic === 'kernel' ? wasmOps() : undefined
    if (arithmetic === 'kernel' && kernels === undefined)
      throw new RangeError(
        'batchedLayer: arithmetic "kernel" needs WebAssembly with SIMD, got a platform without it; use "plain"',
      )
    this.#ops = kernels ?? plainOps(arithmetic === 'float64' ? 'float64' : 'float32')
    this.arithmetic = kernels ? 'kernel' : arithmetic === 'float64' ? 'float64' : 'plain'
    this.#parameters = new Parameters(this.#ops, this.#layout)
    this.#base = this.#ops.space.used
  }

  /** Copies of the parameters by name; see `setParameters`. */
  parameters(): NamedParameters {
    return this.#parameters.read('weights')
  }

  /**
   * Gradients of the parameters, summed over all calls of `backward` since the last `step` or
   * `clearGradients`.
   */
  gradients(): NamedParameters {
    return this.#parameters.read('gradients')
  }

  /**
   * Throws ShapeError for a missing or unknown name, or another size; RangeError for NaN or ±∞.
   */
  setParameters(named: NamedParameters): void {
    this.#parameters.write(named)
  }

  /**
   * Parameters uniform on ±1/√(inputs of their layer), biases zero, each from its own child of the
   * stream.
   */
  initialize(source: Stream): void {
    this.#parameters.initialize(source)
  }

  clearGradients(): void {
    this.#parameters.clearGradients()
  }

  /** One step of Adam; resets the gradients to zero. */
  step(options: AdamOptions = {}): void {
    this.#parameters.step(options)
  }

  /** The state of Adam, to resume from later. */
  optimizer(): OptimizerState {
    return this.#parameters.optimizer()
  }

  setOptimizer(state: OptimizerState): void {
    this.#parameters.restore(state)
  }

  /**
   * Loads a batch, with its features for slot 0. Memory is reused for batches up to the largest so
   * far.
   *
   * @param slots - number of applications kept for the backward pass: the steps of a recurrence;
   *   default 1
   * @throws ShapeError if the numbers of features are not those of the layer
   */
  load(batch: GraphBatch, slots = 1): void {
    const { sizes } = this
    const couples = couplesOf(batch)
    const chunks = chunksOf(batch, couples)
    const counts = {
      graphs: batch.graphs,
      nodes: batch.graphOfNode.length,
      pairs: batch.i.length,
      chunk: Math.max(0, ...chunks.map(({ pairs }) => pairs.count)),
    }
    if (counts.nodes > 0 && batch.nodeFeatures !== sizes.nodeFeatures)
      throw new ShapeError(
        `BatchedLayer.load: nodes must have ${sizes.nodeFeatures} features, got ${batch.nodeFeatures}`,
      )
    if (counts.pairs > 0 && batch.edgeFeatures !== sizes.edgeFeatures)
      throw new ShapeError(
        `BatchedLayer.load: pairs must have ${sizes.edgeFeatures} features, got ${batch.edgeFeatures}`,
      )
    this.#counts = counts
    this.#chunks = chunks
    writeLists(this.#ops.space, this.#fit(counts, slots), batch, couples)
    this.setFeatures(batch.nodes, batch.edges)
  }

  /**
   * Features of a slot, if not those of the batch: [N · d], [P · e]. Throws RangeError in slot 0
   * for numbers that are not finite in float32.
   */
  setFeatures(nodes: ArrayLike<number>, edges: ArrayLike<number>, slot = 0): void {
    const ops = this.#ops
    const { floats } = ops.space
    const { nodes: N, pairs: P } = this.#counts
    const { nodeFeatures: d, edgeFeatures: e } = this.sizes
    const { z, ze } = this.#slot(slot)
    if (slot === 0) {
      writeFiniteRows('nodes', ops, z, nodes, N, d)
      writeFiniteRows('edges', ops, ze, edges, P, e)
    } else {
      // a training that diverged shows in its loss
      writeRows('nodes', floats, z, nodes, N, d)
      writeRows('edges', floats, ze, edges, P, e)
    }
    for (let i = 0; i < N; i++) floats[z.at + i * z.ld + d] = 1
  }

  /** Applies the layer to the features of a slot. */
  forward(slot = 0): void {
    forwardPass(this.#pass(), this.#slot(slot))
  }

  /** The labels of `forward` for a slot, or their gradients. */
  labels(slot = 0): BatchLabels {
    return readLabels(this.#pass(), this.#slot(slot))
  }

  /** g of each graph, [B · H]. */
  graphs(slot = 0): Float64Array {
    const { g } = this.#slot(slot)
    return readRows(this.#ops.space.floats, g, this.#counts.graphs, this.sizes.hidden)
  }

  /**
   * The attention weights of the pairs (i, j) in s_i at the last `forward` of a slot: ≥ 0 with sum
   * 1 over j, in the order of the batch's pairs. Pool `neighbor`: [P]; `feature`: [P · H], a
   * weight for each unit. A copy.
   *
   * @throws RangeError if the pool is a sum or a mean
   */
  attention(slot = 0): Float64Array {
    const { pool, hidden } = this.sizes
    if (!attends(pool))
      throw new RangeError(`BatchedLayer.attention: pool must be neighbor or feature, got ${pool}`)
    const { beta } = this.#slot(slot)
    const cols = pool === 'neighbor' ? 1 : hidden
    return readRows(this.#ops.space.floats, beta, this.#counts.pairs, cols)
  }

  /** Replaces the labels of a slot by gradients, for `backward`. */
  setLabelGradients(nodes: ArrayLike<number>, edges: ArrayLike<number>, slot = 0): void {
    writeLabels(this.#pass(), this.#slot(slot), nodes, edges)
  }

  /**
   * Replaces the labels of a slot, taken as scores of classes, by the gradients of the weighted
   * cross-entropy; gates are ignored.
   *
   * @returns Σ weight · (−ln p(truth))
   * @throws ShapeError for lists of other lengths; RangeError for a class out of range
   */
  crossEntropy(truth: BatchTruth, slot = 0): number {
    const { y, ye } = this.#slot(slot)
    const { nodes: N, pairs: P } = this.#counts
    const { nodeOutputs: C, edgeOutputs: R } = this.sizes
    clearGates(this.#pass(), this.#slot(slot))
    const nodes = this.#classes('nodes', y, truth.nodes, truth.nodeWeights, N, C, 0)
    if (R === 0) return nodes
    const edges = truth.edges ?? new Int32Array(0)
    return nodes + this.#classes('edges', ye, edges, truth.edgeWeights, P, R, N)
  }

  /**
   * Backpropagates the gradients of a slot's labels; adds to those of the parameters.
   */
  backward(slot = 0): void {
    backwardPass(this.#pass(), this.#slot(slot), false)
  }

  /** As `backward`; returns the gradients of the slot's features: [N · d], [P · e]. */
  backwardToFeatures(slot = 0): BatchLabels {
    backwardPass(this.#pass(), this.#slot(slot), true)
    const { z, ze } = this.#loaded().back
    const { floats } = this.#ops.space
    return {
      nodes: readRows(floats, z, this.#counts.nodes, this.sizes.nodeFeatures),
      edges: readRows(floats, ze, this.#counts.pairs, this.sizes.edgeFeatures),
    }
  }

  #classes(
    name: 'nodes' | 'edges',
    block: Slot['y'],
    classes: Int32Array,
    weights: Float64Array | undefined,
    rows: number,
    n: number,
    offset: number,
  ): number {
    checkClasses(name, classes, weights, rows, n)
    const { floats, ints } = this.#ops.space
    const buffers = this.#loaded()
    const at = {
      label: buffers.label + offset,
      weight: buffers.weight + offset,
      loss: buffers.loss + 2 * offset,
    }
    ints.set(classes, at.label)
    if (weights) floats.set(weights, at.weight)
    else floats.fill(1 / Math.max(1, rows), at.weight, at.weight + rows)
    this.#ops.crossEntropy(block, at, rows, n)
    return entropy(floats, at, rows)
  }

  #loaded(): Buffers {
    if (this.#buffers === undefined)
      throw new RangeError('BatchedLayer: expected a loaded batch, got none; call load first')
    return this.#buffers
  }

  #slot(slot: number): Slot {
    const { slots } = this.#loaded()
    if (slot in slots) return slots[slot]
    throw new RangeError(`BatchedLayer: slot must be from 0 to ${slots.length - 1}, got ${slot}`)
  }

  #pass(): Pass {
    return {
      ops: this.#ops,
      layout: this.#layout,
      buffers: this.#loaded(),
      counts: this.#counts,
      chunks: this.#chunks,
      ...this.#parameters.places,
    }
  }

  /** Buffers that are large enough: the existing ones, or new ones. */
  #fit(counts: Counts, slots: number): Buffers {
    const old = this.#buffers
    const names = ['graphs', 'nodes', 'pairs', 'chunk'] as const
    const fits =
      old !== undefined &&
      old.slots.length >= slots &&
      names.every((name) => counts[name] <= old.capacity[name])
    if (fits) return old
    const most = (name: keyof Counts): number => Math.max(counts[name], old?.capacity[name] ?? 0)
    const capacity = Object.fromEntries(names.map((name) => [name, most(name)])) as Record<
      keyof Counts,
      number
    >
    this.#ops.space.release(this.#base)
    const enough = Math.max(slots, old?.slots.length ?? 0)
    return (this.#buffers = reserveBuffers(this.#ops.space, this.#layout, capacity, enough))
  }
}

/**
 * Throws ShapeError unless classes and weights are as many as rows, RangeError for a class that is
 * not from 0 to n − 1.
 */
function checkClasses(
  name: 'nodes' | 'edges',
  classes: Int32Array,
  weights: Float64Array | undefined,
  rows: number,
  n: number,
): void {
  const lengths = { [name]: classes, ...(weights && { [`weights of ${name}`]: weights }) }
  for (const [what, list] of Object.entries(lengths))
    if (list.length !== rows)
      throw new ShapeError(
        `BatchedLayer.crossEntropy: ${what} must have length ${rows}, got ${list.length}`,
      )
  // a loop, as a call for each of thousands of pairs shows in the time of a step
  for (let r = 0; r < rows; r++)
    if (classes[r] < 0 || classes[r] >= n)
      throw new RangeError(
        `BatchedLayer.crossEntropy: classes of ${name} must be from 0 to ${n - 1}, got ${classes[r]}`,
      )
}
