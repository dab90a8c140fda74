import { ShapeError, type Stream } from '@nonconvex/tensor'
import type { Engine } from '@nonconvex/tensor/engine'
import { batchedLayer } from '../batch/make-layer.js'
import {
  labelWidths,
  layerSizes,
  type BatchedLayerOptions,
  type LayerSizes,
} from '../batch/options.js'
import type { NamedParameters } from '../batch/parameters.js'
import { composedLayer } from './composed.js'
import { customGrad, type Op } from './custom-grad.js'
import { putRows, runForward, takeRows, unpad, type Owner, type Unpadded } from './kernel.js'
import type { GraphTensors, LabelTensors, ParameterTensors, Tensor, Tf } from './types.js'

/** The layer as an op of tfjs. */
export interface GpiOp {
  readonly sizes: LayerSizes
  /** names and shapes of the parameters, [inputs, outputs] */
  readonly shapes: readonly (readonly [name: string, shape: readonly [number, number]])[]
  /**
   * `kernel` if tensors are in this thread's memory (wasm, cpu); `composed` on WebGL and WebGPU
   */
  readonly how: 'kernel' | 'composed'
  /**
   * initial values, equal to those of `batchedLayer` with the same stream; the caller disposes of
   * them
   */
  readonly initial: (source: Stream) => Record<string, Tensor>
  /** labels of a batch, differentiable by nodes, edges and parameters */
  readonly apply: (graphs: GraphTensors, parameters: ParameterTensors) => LabelTensors
}

/**
 * The batched layer as one op of tfjs, depending on the engine's backend: the fused kernel with a
 * custom gradient, or composed ops.
 *
 * @param engine - from startEngine
 * @param options - as batchedLayer
 * @param how - default by backend: `kernel` on wasm and cpu, `composed` elsewhere
 * @returns `apply` throws ShapeError for tensors of other shapes or a missing parameter. Entries of
 *   padded nodes, missing pairs and the diagonal are ignored. `kernel` rejects NaN and ±∞
 *   elsewhere; composed ops propagate them, as a check would have to read tensors back
 *
 * Accuracy: float32; both ways agree with float64 to 1e-5. Second derivatives are not supported.
 * Cost: as batchedLayer, and a copy of all tensors; composed: some 40 ops forwards and 100
 * backwards.
 *
 * @example
 * import { gpiOp } from '@nonconvex/structured/tfjs'
 * import { startEngine } from '@nonconvex/tensor/engine'
 * import { stream } from '@nonconvex/tensor'
 * const engine = await startEngine()
 * const op = gpiOp(engine, { nodeFeatures: 1, edgeFeatures: 1, hidden: 4, nodeOutputs: 2 })
 * const nodes = engine.tf.ones([3, 5, 1])
 * const edges = engine.tf.ones([3, 5, 5, 1])
 * console.log(op.how, op.apply({ nodes, edges }, op.initial(stream(1))).nodes.shape) // → kernel [ 3, 5, 2 ]
 * engine.dispose()
 */
export function gpiOp(
  { tf }: Pick<Engine, 'tf'>,
  options: BatchedLayerOptions,
  how: GpiOp['how'] = howOn(tf.getBackend()),
): GpiOp {
  const sizes = layerSizes('gpiOp', options)
  const layer = batchedLayer(options)
  const shapes = Object.entries(layer.parameters()).map(
    ([name, { rows, cols }]) => [name, [rows, cols]] as const,
  )
  const owner: Owner = { layer, last: undefined }
  const apply: GpiOp['apply'] = (given, parameters) => {
    checkShapes(sizes, given)
    for (const [name, [rows, cols]] of shapes) {
      const got = name in parameters ? parameters[name].shape : []
      if (got[0] !== rows || got[1] !== cols || got.length !== 2)
        throw new ShapeError(
          `gpiOp: ${name} must have shape [${rows}, ${cols}], got [${got.join(', ')}]`,
        )
    }
    return tf.tidy((): LabelTensors => {
      const graphs = withMasks(tf, given)
      // tfjs differentiates composed ops itself; inside a custom gradient it could not
      if (how === 'composed') return composedLayer(tf, sizes, graphs, parameters)
      const names = shapes.map(([name]) => name)
      const packed = kernelCall({ tf, sizes, names, graphs, owner })
      const inputs = [graphs.nodes, graphs.edges, ...names.map((name) => parameters[name])]
      const [B, n] = given.nodes.shape
      const { node: C, edge: R } = labelWidths(sizes)
      const flat = packed(...inputs)
      return {
        nodes: flat.slice([0], [B * n * C]).reshape([B, n, C]),
        edges: flat.slice([B * n * C], [B * n * n * R]).reshape([B, n, n, R]),
      }
    })
  }
  const initial = (source: Stream): Record<string, Tensor> => {
    const start = batchedLayer(options, source).parameters()
    return Object.fromEntries(
      Object.entries(start).map(([name, { rows, cols, data }]) => [
        name,
        tf.tensor(Float32Array.from(data), [rows, cols]),
      ]),
    )
  }
  return { sizes, shapes, how, initial, apply }
}

/** The kernel if tensors are in this thread's memory, composed ops otherwise. */
export function howOn(backend: string): GpiOp['how'] {
  return ['wasm', 'cpu'].includes(backend) ? 'kernel' : 'composed'
}

interface Call {
  readonly tf: Tf
  readonly sizes: LayerSizes
  readonly names: readonly string[]
  readonly graphs: Required<GraphTensors>
  readonly owner: Owner
}

/** All labels in one tensor, as an op of tfjs has one output. */
function kernelCall({ tf, sizes, names, graphs, owner }: Call): Op {
  const { nodeFeatures: d, edgeFeatures: e } = sizes
  const { node: C, edge: R } = labelWidths(sizes)
  const [B, n] = graphs.nodes.shape
  const call = {}
  return customGrad(tf, (inputs, save) => {
    save(inputs)
    const [nodeMask, pairMask] = [graphs.nodeMask.dataSync(), graphs.pairMask.dataSync()]
    const unpadded = (from: readonly Tensor[]): Unpadded =>
      unpad(
        {
          graphs: B,
          room: n,
          nodes: from[0].dataSync(),
          edges: from[1].dataSync(),
          nodeMask,
          pairMask,
        },
        d,
        e,
      )
    const batch = unpadded(inputs)
    runForward(owner, call, named(names, inputs), batch)
    const labels = owner.layer.labels()
    const value = new Float32Array(B * n * (C + n * R))
    putRows(value, 0, labels.nodes, batch.nodeRows, C)
    putRows(value, B * n * C, labels.edges, batch.pairRows, R)
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      // the memory may have been used for another batch since
      if (owner.last !== call) runForward(owner, call, named(names, saved), unpadded(saved))
      owner.last = undefined
      const gradient = dy.dataSync()
      owner.layer.setLabelGradients(
        takeRows(gradient, batch.nodeRows, C),
        takeRows(gradient.subarray(B * n * C), batch.pairRows, R),
      )
      owner.layer.clearGradients()
      const features = owner.layer.backwardToFeatures()
      const back = [new Float32Array(B * n * d), new Float32Array(B * n * n * e)]
      putRows(back[0], 0, features.nodes, batch.nodeRows, d)
      putRows(back[1], 0, features.edges, batch.pairRows, e)
      const weights = owner.layer.gradients()
      return [
        tf.tensor(back[0], [B, n, d]),
        tf.tensor(back[1], [B, n, n, e]),
        ...names.map((name) =>
          tf.tensor(new Float32Array(weights[name].data), [weights[name].rows, weights[name].cols]),
        ),
      ]
    }
    return { value: tf.tensor(value), gradFunc }
  })
}

function named(names: readonly string[], inputs: readonly Tensor[]): NamedParameters {
  return Object.fromEntries(
    names.map((name, i) => {
      const tensor = inputs[i + 2]
      const data = new Float64Array(tensor.dataSync())
      return [name, { rows: tensor.shape[0], cols: tensor.shape[1] ?? 0, data }]
    }),
  )
}

/**
 * Both masks in full: a pair exists between two nodes, not on the diagonal, and where its own mask
 * says so.
 */
function withMasks(
  tf: Tf,
  { nodes, edges, nodeMask, pairMask }: GraphTensors,
): Required<GraphTensors> {
  const [B, n] = nodes.shape
  const there = nodeMask ?? tf.ones([B, n])
  const off = tf.scalar(1).sub(tf.eye(n)).reshape([1, n, n])
  const both = there
    .reshape([B, n, 1])
    .mul(there.reshape([B, 1, n]))
    .mul(off)
  return { nodes, edges, nodeMask: there, pairMask: pairMask ? both.mul(pairMask) : both }
}

function checkShapes({ nodeFeatures: d, edgeFeatures: e }: LayerSizes, given: GraphTensors): void {
  const [B, n] = given.nodes.shape
  const expected = {
    nodes: [B, n, d],
    edges: [B, n, n, e],
    nodeMask: [B, n],
    pairMask: [B, n, n],
  }
  for (const name of ['nodes', 'edges', 'nodeMask', 'pairMask'] as const) {
    const shape = given[name]?.shape
    if (shape !== undefined && shape.join() !== expected[name].join())
      throw new ShapeError(
        `gpiOp: ${name} must have shape [${expected[name].join(', ')}], got [${shape.join(', ')}]`,
      )
  }
}
