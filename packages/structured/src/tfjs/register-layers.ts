import type { Engine } from '@nonconvex/tensor/engine'
import { budgetLayer, type BudgetLayerArgs } from './budget-layer.js'
import { graphLayers, type GraphLayer, type GraphLayerArgs } from './graph-layer.js'
import { readoutLayer, type ReadoutArgs } from './readout-layer.js'
import type { Layer, Tf } from './types.js'

/** Layer factories, like those of `tf.layers`. */
export interface StructuredLayers {
  /**
   * The graph-permutation-invariant layer, y_k = ρ(z_k, s_k, g). Inputs: nodes [B, n, d], then, in
   * any order and each optional, pairs [B, n, n, e], a mask of nodes [B, n] and one of pairs
   * [B, n, n]. Output: nodes [B, n, C]; with `edgeOutputs` R a list of it and pairs [B, n, n, R].
   */
  readonly graphPermutationInvariant: (args: GraphLayerArgs) => GraphLayer
  /** The same with attention weights in place of the sums, for neighbors and nodes. */
  readonly graphAttention: (args: GraphLayerArgs) => GraphLayer
  /** Pools nodes [B, n, d], or [nodes, mask [B, n]], to [B, d], permutation invariant. */
  readonly readout: (args?: ReadoutArgs) => Layer
  /**
   * Projects scores onto the capped simplex {y : 0 ≤ y_i ≤ 1, Σ y_i = z} along an axis, by
   * `budgetOp`. Inputs: scores, or [scores, budgets] with budgets of the shape of the scores
   * without that axis (or with 1 there).
   */
  readonly budgetProjection: (args?: BudgetLayerArgs) => Layer
}

const made = new WeakMap<Tf, StructuredLayers>()

/**
 * Layers for `tf.model` and `model.fit`, registered with `tf.serialization`, so that models that
 * contain them are saved and loaded. Call it once before `tf.loadLayersModel`; later calls return
 * the same factories.
 *
 * The arguments are serialized, so that a loaded model has the same layers; predictions after
 * saving and loading are the same bits on the same backend. Initial weights come from the layer's
 * `seed`: give each layer its own. If tensors are in this thread's memory (wasm, cpu) graph layers
 * use the SIMD kernel, otherwise composed ops.
 *
 * @param engine - from startEngine
 * @throws the factories: RangeError for options out of range; applying a layer: ShapeError for
 *   inputs of other shapes. Second derivatives are not supported
 *
 * Accuracy: float32; outputs and gradients agree with the float64 reference to 1e-5. Source:
 * Herzig et al. (2018), Brukhim & Globerson (2018).
 *
 * @example
 * import { registerLayers } from '@nonconvex/structured/tfjs'
 * import { startEngine } from '@nonconvex/tensor/engine'
 * const { tf, dispose } = await startEngine()
 * const layers = registerLayers({ tf })
 * const nodes = tf.input({ shape: [null, 1] })
 * const pairs = tf.input({ shape: [null, null, 1] })
 * const labels = layers.graphPermutationInvariant({ hidden: 4, nodeOutputs: 2 })
 * const one = layers.readout({ pool: 'mean' }).apply(labels.apply([nodes, pairs]))
 * const model = tf.model({ inputs: [nodes, pairs], outputs: one })
 * console.log(model.predict([tf.ones([3, 5, 1]), tf.ones([3, 5, 5, 1])]).shape) // → [ 3, 2 ]
 * dispose()
 */
export function registerLayers({ tf }: Pick<Engine, 'tf'>): StructuredLayers {
  const known = made.get(tf)
  if (known) return known
  const graph = graphLayers(tf)
  const layers: StructuredLayers = {
    graphPermutationInvariant: graph.invariant,
    graphAttention: graph.attention,
    readout: readoutLayer(tf),
    budgetProjection: budgetLayer(tf),
  }
  made.set(tf, layers)
  return layers
}
