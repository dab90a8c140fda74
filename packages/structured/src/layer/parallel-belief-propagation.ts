import type { Matrix } from '@nonconvex/tensor'
import { gpiLayer, type GPILayer, type PairArguments, type VectorMap } from './gpi-layer.js'
import { repeatGPI } from './repeat-gpi.js'
import { logSumExp } from './log-domain.js'
import {
  appendColumns,
  checkPairwiseModel,
  checkPairwiseOptions,
  firstColumns,
  type PairwiseOptions,
} from './pairwise-steps.js'

/** Rounds, damping, and the kind of belief propagation. */
export interface BeliefPropagationOptions extends PairwiseOptions {
  /** sum-product for marginals, max-product for the best labeling */
  readonly mode: 'sum' | 'max'
}

/**
 * Belief propagation with parallel updates (flooding schedule), from zero messages, as a repeated
 * layer.
 *
 *     b_i = θ_i + Σ_{j≠i} m_ji      m_ij(b) ← lse_a(θ_ij(a, b) + b_i(a) − m_ji(a)), minus its lse     (max-product: max)
 *
 * The product over all neighbors but one is "total minus the reverse message", so that a plain sum
 * over neighbors suffices. The graph is a pairwise model as in {@link parallelMeanField}. On a
 * tree, beliefs are exact after as many rounds as its diameter; with cycles messages may not
 * converge, and converged beliefs may be wrong. A sequential schedule would depend on the order of
 * the nodes.
 *
 * @returns nodes: log beliefs after the last round, n × K, normalized: log Σ_a e^b = 0 for `sum`,
 *   max_a b = 0 for `max`; edges: in the row of (i, j), the message m_ji from j to i, K numbers
 * @throws as parallelMeanField
 * Cost: 2 n² K² a round. Source: standard (sum-product, flooding schedule).
 *
 * @example
 * import { graphOf, parallelBeliefPropagation } from '@nonconvex/structured'
 * // two nodes, equal ones twice as likely, the first three times as likely 1 as 0: p(y_1 = 1) = (1 + 6) / (2 + 1 + 3 + 6)
 * const equal = [Math.log(2), 0, 0, Math.log(2)]
 * const two = graphOf([[0, Math.log(3)], [0, 0]], [[equal, equal], [equal, equal]])
 * const sumProduct = parallelBeliefPropagation({ mode: 'sum', labels: 2, steps: 2 })
 * console.log(Math.exp(sumProduct(two).nodes.data[3]).toFixed(6)) // → 0.583333
 */
export function parallelBeliefPropagation(options: BeliefPropagationOptions): GPILayer {
  checkPairwiseOptions('parallelBeliefPropagation', options)
  const { labels: K, steps, damping = 0, mode } = options
  const total = mode === 'sum' ? logSumExp : (x: Float64Array) => Math.max(...x)
  const normalized = (x: Float64Array): Float64Array => {
    const shift = total(x)
    return x.map((value) => value - shift)
  }
  // the pair (i, j) holds θ_ij and m_ji, what i receives
  const phi: VectorMap<PairArguments> = { width: K, map: (_, zij) => zij.subarray(K * K) }
  const send = gpiLayer({
    phi,
    rho: { width: K, map: (zk) => zk },
    rhoEdge: {
      width: K,
      map: (_zk, zl, zkl, zlk, _sk, sl) => {
        const message = normalized(
          new Float64Array(K).map((_, a) =>
            total(sl.map((x, c) => zkl[a * K + c] + zl[c] + x - zlk[K * K + c])),
          ),
        )
        return normalized(message.map((x, a) => damping * zkl[K * K + a] + (1 - damping) * x))
      },
    },
  })
  const receive = gpiLayer({
    phi,
    rho: { width: K, map: (zk, sk) => normalized(sk.map((x, a) => zk[a] + x)) },
  })
  const withMessages = (edges: Matrix, messages: Matrix | undefined): Matrix =>
    appendColumns(firstColumns(edges, Math.min(edges.cols, K * K)), messages ?? 0, K)
  const sent = repeatGPI(send, {
    steps,
    feed: (before, { edges }) => ({ ...before, edges: withMessages(before.edges, edges) }),
  })
  return (graph) => {
    checkPairwiseModel('parallelBeliefPropagation', graph, K)
    const { edges } = sent({ ...graph, edges: withMessages(graph.edges, undefined) })
    const received = receive({ ...graph, edges: withMessages(graph.edges, edges) })
    return { ...received, ...(edges && { edges }) }
  }
}
