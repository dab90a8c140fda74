import type { Stream } from '@nonconvex/tensor'
import { pairExists, type Graph } from '../graph/graph.js'
import type { LayerLabels } from '../layer/gpi-layer.js'
import { BatchedLayer, type Arithmetic } from './batched-layer.js'
import { graphBatch } from './graph-batch.js'
import { labelWidths, type BatchedLayerOptions } from './options.js'

/**
 * A trainable graph-permutation-invariant layer: gpiLayer with small ReLU networks for φ, α, ρ and
 * ρ_e, on batches of graphs, with backpropagation.
 *
 *     φ = relu(A z_i + B z_j + C z_ij + b)        s_i = Σ_{j≠i} φ        (or a mean, or a sum with attention)
 *     α = relu(D z_i + E s_i + b)                 g = Σ_i α
 *     y_k = ρ(z_k, s_k, g), y_kl = ρ_e(z_k, z_l, z_kl, z_lk, s_k, s_l, g): 1 to 3 hidden ReLU layers each
 *
 * φ and α end with the ReLU: a linear layer after them would be absorbed by the maps that read
 * their sums. In the published network they have none (terms `linear`): then only attention and ρ
 * are nonlinear. First layers are computed for each node and each pair and added, never on tiled
 * pairs. Attention scores are linear in (z_ij, z_j), and in (z_i, s_i) over the nodes; a linear
 * part in z_i would cancel in the softmax over j.
 *
 * @param options - sizes and kinds
 * @param source - draws the initialization; default: all parameters zero
 * @param arithmetic - `float64`: plain loops, the reference; `plain`: float32 with the bits of the
 *   kernel; default the kernel where WebAssembly with SIMD runs
 * @throws RangeError for a size or kind out of its range, or `kernel` where it does not run
 *
 * Accuracy: float32, sums in the order of nodes and pairs; about 1e-6 relative to float64 (tested
 * to 1e-5). Cost: O(P H (e + R) + N H (d + H + C)) for N nodes and P pairs; memory of the largest
 * batch, kept. Source: Herzig et al. (2018); sum without linear layer, factored first layer and
 * per-node readout are ours.
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { batchedLayer, graphBatch } from '@nonconvex/structured/batch'
 * import { stream } from '@nonconvex/tensor'
 * const sizes = { nodeFeatures: 1, edgeFeatures: 0, hidden: 8, nodeOutputs: 2 }
 * const layer = batchedLayer(sizes, stream(1))
 * layer.load(graphBatch([graphOf([[1], [2]]), graphOf([[3]])]))
 * const truth = { nodes: Int32Array.of(0, 1, 1) }
 * for (let t = 0; t < 300; t++) {
 *   layer.forward()
 *   layer.crossEntropy(truth)
 *   layer.backward()
 *   layer.step({ rate: 0.01 })
 * }
 * layer.forward()
 * console.log(layer.crossEntropy(truth) < 0.05) // → true
 */
export function batchedLayer(
  options: BatchedLayerOptions,
  source?: Stream,
  arithmetic?: Arithmetic,
): BatchedLayer {
  const layer = new BatchedLayer(options, arithmetic)
  if (source) layer.initialize(source)
  return layer
}

/**
 * A batched layer as a labeling of single graphs, for `checkGPI`.
 *
 * @returns labels of nodes, n × C; of pairs, n² × R, zeros where there is no pair; g
 * @throws as graphBatch and BatchedLayer.load
 *
 * @example
 * import { checkGPI } from '@nonconvex/structured/invariance'
 * import { batchedLayer, labelingOf } from '@nonconvex/structured/batch'
 * import { stream } from '@nonconvex/tensor'
 * const sizes = { nodeFeatures: 1, edgeFeatures: 1, hidden: 4, nodeOutputs: 2 }
 * const F = labelingOf(batchedLayer(sizes, stream(1)))
 * console.log(checkGPI(F, { tol: 1e-4 }).ok) // → true
 */
export function labelingOf(layer: BatchedLayer): (graph: Graph) => LayerLabels {
  return (graph) => {
    layer.load(graphBatch([graph]))
    layer.forward()
    const { nodes, edges } = layer.labels()
    const n = graph.nodes.rows
    const { node, edge: R } = labelWidths(layer.sizes)
    const labels = { rows: n, cols: node, data: nodes }
    const g = n === 0 ? new Float64Array(layer.sizes.hidden) : layer.graphs()
    if (R === 0) return { nodes: labels, graph: g }
    const all = new Float64Array(n * n * R)
    let p = 0
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        if (!pairExists(graph, i, j)) continue
        all.set(edges.subarray(p * R, (p + 1) * R), (i * n + j) * R)
        p++
      }
    return { nodes: labels, edges: { rows: n * n, cols: R, data: all }, graph: g }
  }
}
