import type { Dataset } from '../data/dataset.js'
import { sparseRows } from '../data/sparse-rows.js'
import { accumulateSparseInto, output } from '../network/accumulate.js'
import { byFeature } from '../network/net.js'
import type { Net } from '../network/net.js'

/** An example as a network sees it. */
export interface Seen {
  readonly i: number
  /** [2k] pre-activations w_j·x_i, reused for the next example */
  readonly z: Float64Array
  /** y_i N(x_i) */
  readonly margin: number
}

/** Shows every example to `visit`, with the bits that training computes. */
export function eachExample(net: Net, data: Dataset, visit: (seen: Seen) => void): void {
  const units = 2 * net.k
  const w = byFeature(net.weights, units, net.d)
  const rows = sparseRows(data.x)
  const z = new Float64Array(units)
  for (let i = 0; i < data.x.rows; i++) {
    accumulateSparseInto(z, w, rows.index, rows.value, rows.start[i], rows.start[i + 1])
    visit({ i, z, margin: data.y[i] * output(z, net.alpha, net.v) })
  }
}
