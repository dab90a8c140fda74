import type { Dataset } from '../data/dataset.js'
import { output } from '../network/accumulate.js'
import { eachPreactivation } from '../network/first-layer.js'
import type { Net } from '../network/net.js'

/** The pre-activations and the margin of a network on an example. */
export interface Seen {
  readonly i: number
  /** [2k] pre-activations w_j·x_i, reused for the next example */
  readonly z: Float64Array
  /** y_i N(x_i) */
  readonly margin: number
}

/** Calls `visit` for every example, with the same bits as in training. */
export function eachExample(net: Net, data: Dataset, visit: (seen: Seen) => void): void {
  eachPreactivation(net, data.x, (i, z) => {
    visit({ i, z, margin: data.y[i] * output(z, net.alpha, net.v) })
  })
}
