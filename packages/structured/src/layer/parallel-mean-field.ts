import { gpiLayer, type GPILayer } from './gpi-layer.js'
import { repeatGPI } from './repeat-gpi.js'
import { softmax } from './log-domain.js'
import {
  appendColumns,
  checkPairwiseModel,
  checkPairwiseOptions,
  firstColumns,
  type PairwiseOptions,
} from './pairwise-steps.js'

/**
 * Mean field with parallel updates, from uniform q, as a repeated layer.
 *
 *     q_i ← softmax(θ_i + Σ_{j≠i} θ_ij q_j)
 *
 * The graph is a pairwise model: features of a node are θ_i [K], those of a pair θ_ij [K × K,
 * row-major, rows the labels of i], with θ_ji its transpose. Sequential updates would depend on the
 * order of the nodes; parallel ones do not, but may oscillate (as for two nodes that repel each
 * other). Damping helps, but may converge to a saddle.
 *
 * @returns q, n × K, after the last round
 * @throws RangeError for options out of range, or θ_ji that is not the transpose of θ_ij (−∞ is not
 *   allowed); ShapeError for other numbers of scores
 * Cost: n² K² a round. Source: standard; as a layer, after Dai et al. (2016).
 *
 * @example
 * import { graphOf, parallelMeanField } from '@nonconvex/structured'
 * const repel = [-4, 0, 0, -4]
 * const two = graphOf([[0, 0.1], [0, 0.1]], [[repel, repel], [repel, repel]])
 * const q = parallelMeanField({ labels: 2, steps: 1 })(two).nodes.data
 * console.log(q[1].toFixed(9)) // → 0.524979187
 */
export function parallelMeanField(options: PairwiseOptions): GPILayer {
  checkPairwiseOptions('parallelMeanField', options)
  const { labels: K, steps, damping = 0 } = options
  // a node holds θ_i and q_i
  const layer = gpiLayer({
    phi: { width: K, map: (_, table, zj) => tableTimes(table, zj.subarray(K), K) },
    rho: {
      width: K,
      map: (zk, sk) =>
        softmax(sk.map((x, a) => zk[a] + x)).map((x, a) => damping * zk[K + a] + (1 - damping) * x),
    },
  })
  const repeated = repeatGPI(layer, {
    steps,
    feed: (before, { nodes }) => ({
      ...before,
      nodes: appendColumns(firstColumns(before.nodes, K), nodes, K),
    }),
  })
  return (graph) => {
    checkPairwiseModel('parallelMeanField', graph, K)
    return repeated({ ...graph, nodes: appendColumns(graph.nodes, 1 / K, K) })
  }
}

/** θ q, for a K × K table. */
function tableTimes(table: Float64Array, q: Float64Array, K: number): Float64Array {
  return new Float64Array(K).map((_, a) =>
    q.reduce((sum, value, b) => sum + table[a * K + b] * value, 0),
  )
}
