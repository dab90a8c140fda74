import { gpiLayer, type GPILayer, type VectorMap } from './gpi-layer.js'
import type { Pool } from './pool.js'
import { repeatGPI } from './repeat-gpi.js'

type Message = readonly [hi: Float64Array, hj: Float64Array, eij: Float64Array]
type Pair = readonly [zi: Float64Array, eij: Float64Array, zj: Float64Array]

/** The parts of {@link messagePassing}. */
export interface MessagePassingOptions {
  /** M, from a node, a neighbor and their pair */
  readonly message: VectorMap<Message>
  /** U, the new state of a node, as wide as the old one */
  readonly update: VectorMap<readonly [hi: Float64Array, si: Float64Array]>
  /** rounds, integer ≥ 1; default 1 */
  readonly steps?: number
  /** over the neighbors; default sum */
  readonly pool?: Pool<Pair>
}

/**
 * A message-passing network with shared weights and parallel updates.
 *
 *     s_i = Σ_{j≠i} M(h_i, h_j, e_ij)      h_i ← U(h_i, s_i)
 *
 * @returns the states after the last round
 * @throws RangeError for steps that are not an integer ≥ 1; otherwise as gpiLayer
 * Cost: n² calls of M and n of U a round. Source: Gilmer et al. (2017).
 *
 * @example
 * import { graphOf, messagePassing } from '@nonconvex/structured'
 * const walks = messagePassing({
 *   message: { width: 1, map: (hi, hj, eij) => [eij[0] * hj[0]] },
 *   update: { width: 1, map: (hi, si) => si },
 *   steps: 3,
 * })
 * const path = graphOf([[1], [1], [1]], [[[0], [1], [0]], [[1], [0], [1]], [[0], [1], [0]]])
 * console.log(walks(path).nodes.data) // → Float64Array(3) [ 2, 4, 2 ]
 */
export function messagePassing(options: MessagePassingOptions): GPILayer {
  const { message, update, steps = 1, pool = 'sum' } = options
  const layer = gpiLayer({
    phi: { width: message.width, map: (zi, eij, zj) => message.map(zi, zj, eij) },
    pool,
    rho: { width: update.width, map: (zk, sk) => update.map(zk, sk) },
  })
  return repeatGPI(layer, { steps })
}
