import type { Features } from '../data/sparse-rows.js'
import { output } from './accumulate.js'
import { eachPreactivation } from './first-layer.js'
import { checkInput, checkNet, type Net } from './net.js'

/**
 * The outputs N(x_i; W) of a network for all rows of x.
 *
 * @param net - the network
 * @param x - n × d
 * @returns [n]
 * @throws ShapeError, RangeError if the shapes do not fit or a number is outside its range
 *
 * Cost: O(2k · non-zero entries of x). The same bits as the training engines compute.
 *
 * @example
 * import { forward } from '@nonconvex/overparam'
 * const net = { k: 1, d: 1, v: 1, alpha: 0.5, weights: Float64Array.of(1, -1) }
 * const x = { rows: 2, cols: 1, data: Float64Array.of(2, -2) }
 * console.log(forward(net, x)) // → Float64Array(2) [ 3, -3 ]
 */
export function forward(net: Net, x: Features): Float64Array {
  checkNet('forward', net)
  checkInput('forward', net, x)
  const out = new Float64Array(x.rows)
  eachPreactivation(net, x, (i, z) => {
    out[i] = output(z, net.alpha, net.v)
  })
  return out
}

/**
 * The activation patterns of all examples: 1 where w_j·x_i > 0, otherwise 0.
 *
 * @returns n × 2k, row-major
 * @throws ShapeError, RangeError as `forward`
 *
 * @example
 * import { activations } from '@nonconvex/overparam'
 * const net = { k: 1, d: 1, v: 1, alpha: 0.5, weights: Float64Array.of(1, -1) }
 * const x = { rows: 1, cols: 1, data: Float64Array.of(2) }
 * console.log(activations(net, x)) // → Uint8Array(2) [ 1, 0 ]
 */
export function activations(net: Net, x: Features): Uint8Array {
  checkNet('activations', net)
  checkInput('activations', net, x)
  const units = 2 * net.k
  const out = new Uint8Array(x.rows * units)
  eachPreactivation(net, x, (i, z) => {
    for (let j = 0; j < units; j++) out[i * units + j] = z[j] > 0 ? 1 : 0
  })
  return out
}
