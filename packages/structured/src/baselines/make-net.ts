import type { Stream } from '@nonconvex/tensor'
import { RecurrentNet, type RecurrentNetOptions } from './recurrent-net.js'

/**
 * The layer with an LSTM in place of each of its two sums, trained by Adam: it reads neighbors one
 * after the other.
 *
 *     s_i = LSTM(φ(z_i, z_ij, z_j) for j ≠ i, in some order)      g = LSTM(α(z_i, s_i) for all i, in some order)
 *     y_k = ρ(z_k, s_k, g)
 *
 * Its labels depend on the order of reading, so it is *not* graph-permutation invariant. Graphs are
 * of one size, and all pairs exist.
 *
 * @param source - draws the weights; default: all are zero
 * @throws RangeError for sizes that are no integers in their range
 * Accuracy: float32, the same bits with kernels and without. Cost: O(graphs n² H²) a step. Source:
 * the baseline as described by Herzig et al. (2018); LSTM of Hochreiter & Schmidhuber (1997).
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { readingOrder, recurrentNet } from '@nonconvex/structured/baselines'
 * import { stream } from '@nonconvex/tensor'
 * const net = recurrentNet({ nodeFeatures: 1, edgeFeatures: 0, state: 4, nodeOutputs: 2 }, stream(1))
 * const graphs = [graphOf([[0], [1], [2]])]
 * const [a, b] = [1, 2].map((seed) => net.forward(graphs, readingOrder(1, 3, stream(seed))))
 * console.log(a.every((x, at) => x === b[at])) // → false
 */
export function recurrentNet(options: RecurrentNetOptions, source?: Stream): RecurrentNet {
  const net = new RecurrentNet(options)
  if (source) net.initialize(source)
  return net
}
