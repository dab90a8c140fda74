import type { GraphBatch } from '../batch/graph-batch.js'
import { batchedLayer } from '../batch/make-layer.js'
import type { LayerSizes } from '../batch/options.js'
import type { NamedParameters } from '../batch/parameters.js'

/** Unit roundoff of float32 and of float64. */
const [FLOAT32, FLOAT64] = [2 ** -24, 2 ** -53]

/**
 * A bound on the difference of node labels in float32 and in float64 with the same weights, label
 * by label:
 *
 *     |ŷ − y| ≤ (γ₂₄(K) + γ₅₃(K)) Y,   γ_p(K) = K 2^-p / (1 − K 2^-p)
 *
 * Y: the labels of the network with |weights| and |features|; K: the roundings on the longest path
 * through the layer, one for each term of each sum. A ReLU does not increase a difference, so the
 * bound holds for every order of summation, by induction over the layers.
 *
 * @param sizes - with sums or means in both pools
 * @param parameters - exact in float32
 * @param batch - features exact in float32
 * @returns a bound for each number that `labels().nodes` has
 * @throws RangeError for attention, whose exponentials are not covered
 *
 * Underflow is not covered: products of weights are assumed above 2^-126. Cost: a prediction in
 * float64. Source: the standard model of rounding, Higham (2002), section 3.1.
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { batchedLayer, graphBatch } from '@nonconvex/structured/batch'
 * import { float32Bound } from '@nonconvex/structured/tfjs'
 * import { stream } from '@nonconvex/tensor'
 * const layer = batchedLayer({ nodeFeatures: 1, edgeFeatures: 0, hidden: 4, nodeOutputs: 1 }, stream(1))
 * const batch = graphBatch([graphOf([[1], [2]])])
 * console.log(float32Bound(layer.sizes, layer.parameters(), batch).every((b) => b < 1e-5)) // → true
 */
export function float32Bound(
  sizes: LayerSizes,
  parameters: NamedParameters,
  batch: GraphBatch,
): Float64Array {
  for (const pool of [sizes.pool, sizes.globalPool])
    if (pool !== 'sum' && pool !== 'mean')
      throw new RangeError(`float32Bound: expected pools sum or mean, got ${pool}`)
  const magnitudes = batchedLayer(sizes, undefined, 'float64')
  magnitudes.setParameters(
    Object.fromEntries(
      Object.entries(parameters).map(([name, { rows, cols, data }]) => [
        name,
        { rows, cols, data: data.map(Math.abs) },
      ]),
    ),
  )
  magnitudes.load({ ...batch, nodes: batch.nodes.map(Math.abs), edges: batch.edges.map(Math.abs) })
  magnitudes.forward()
  const K = longestPath(sizes, largestGraph(batch))
  const gamma = (unit: number): number => (K * unit) / (1 - K * unit)
  const factor = gamma(FLOAT32) + gamma(FLOAT64)
  return magnitudes.labels().nodes.map((y) => factor * y)
}

/** Terms of all sums from a feature to a label, each sum with its bias and one rounding more. */
function longestPath(
  { nodeFeatures: d, edgeFeatures: e, hidden: H, depth }: LayerSizes,
  n: number,
) {
  const phi = 2 * d + e + 2
  const alpha = d + H + 2
  const rho = d + 2 * H + 2
  // a mean divides once
  const pools = 2 * (n + 1)
  return phi + alpha + rho + pools + depth * (H + 2)
}

const largestGraph = ({ nodeStart }: GraphBatch): number =>
  nodeStart.reduce((most, at, b) => Math.max(most, b > 0 ? at - nodeStart[b - 1] : 0), 0)
