import type { Dataset } from '../data/dataset.js'
import { output } from '../network/accumulate.js'
import { eachPreactivation } from '../network/first-layer.js'
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
  eachPreactivation(net, data.x, (i, z) => {
    visit({ i, z, margin: data.y[i] * output(z, net.alpha, net.v) })
  })
}
