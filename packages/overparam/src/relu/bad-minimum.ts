import {
  argumentError,
  checkCount,
  checkFiniteVector,
  checkPositive,
} from '@nonconvex/tensor/check'
import { checkDataset, rowNorms2, type Dataset } from '../data/dataset.js'
import { checkInput, checkNet, type Net } from '../network/net.js'
import { eachExample } from './each-example.js'

export interface BadMinimumOptions {
  /** c₂ > 0, depth of the units on the dead class, default ½ */
  readonly depth?: number
  /** a > 1/(kv), added norm factor of the second group of units, default 2/(kv) */
  readonly lead?: number
  /** the class on which every unit is dead, default +1 */
  readonly dead?: 1 | -1
}

/**
 * Constructs the weights of a ReLU network at a spurious local minimum, for any separable data with
 * both classes:
 *
 *     w_j = −c₂w (j < k),   w_j = −(c₂ + a)w (j ≥ k),      y w·x ≥ 1 on all examples
 *
 * Every unit is dead on the positive examples: N = 0, loss 1. On the negative ones N = −kva|w·x| <
 * −1: loss 0. The mean loss is n₊/n, constant in a neighborhood (see `flatRadius`): the gradient is
 * 0, and SGD changes no weight. For `dead` −1 the roles of the classes are exchanged.
 *
 * @param w - [d], a separator with y w·x ≥ 1
 * @param k - units of each sign
 * @param v - weight of the second layer
 * @param options - c₂, a, and which class is dead
 * @returns [2k·d], row-major
 * @throws RangeError for a number outside its range, such as a ≤ 1/(kv)
 *
 * Source: the talk and Brutzkus et al. (2018) say that such minima exist; the construction is ours.
 *
 * @example
 * import { forward } from '@nonconvex/overparam'
 * import { reluBadMinimum } from '@nonconvex/overparam/relu'
 * const x = { rows: 2, cols: 1, data: Float64Array.of(1, -1) } // labels +1, −1
 * const weights = reluBadMinimum(Float64Array.of(1), 1, 1)
 * console.log(forward({ k: 1, d: 1, v: 1, alpha: 0, weights }, x)) // → Float64Array(2) [ 0, -2 ]
 */
export function reluBadMinimum(
  w: Float64Array,
  k: number,
  v: number,
  options: BadMinimumOptions = {},
): Float64Array {
  checkCount('reluBadMinimum', 'k', k)
  checkPositive('reluBadMinimum', 'v', v)
  checkFiniteVector('reluBadMinimum', 'w', w)
  const { depth = 0.5, lead = 2 / (k * v), dead = 1 } = options
  checkPositive('reluBadMinimum', 'depth', depth)
  if (!(lead > 1 / (k * v) && Number.isFinite(lead)))
    throw argumentError(
      'out-of-range',
      'reluBadMinimum',
      'lead',
      `to be greater than 1/(kv) = ${1 / (k * v)}`,
      lead,
    )
  const weights = new Float64Array(2 * k * w.length)
  for (let j = 0; j < 2 * k; j++) {
    // the units that count for the dead class are the ones that lie at −c₂w
    const size = j < k === (dead === 1) ? depth : depth + lead
    w.forEach((value, f) => (weights[j * w.length + f] = -dead * size * value))
  }
  return weights
}

/**
 * The largest change in norm of every unit's weights that provably leaves the loss of all examples
 * unchanged: those with loss 0 keep it, and the others stay dead.
 *
 *     min of  −z_ij/‖x_i‖ over the dead examples and all units,   (y_i N_i − 1)/(2kv‖x_i‖) over those with loss 0
 *
 * @returns 0 if an example with a positive loss is not strictly dead, or α > 0; Infinity if all
 *   rows are zero
 * @throws ShapeError, RangeError for a malformed network or data set
 *
 * Source: ours; σ is 1-Lipschitz.
 *
 * @example
 * import { flatRadius, reluBadMinimum } from '@nonconvex/overparam/relu'
 * const data = { x: { rows: 2, cols: 1, data: Float64Array.of(1, -1) }, y: Float64Array.of(1, -1) }
 * const weights = reluBadMinimum(Float64Array.of(1), 1, 1)
 * console.log(flatRadius({ k: 1, d: 1, v: 1, alpha: 0, weights }, data)) // → 0.5
 */
export function flatRadius(net: Net, data: Dataset): number {
  checkNet('flatRadius', net)
  checkDataset('flatRadius', data)
  checkInput('flatRadius', net, data.x)
  const norms = rowNorms2(data.x).map(Math.sqrt)
  let radius = Infinity
  eachExample(net, data, ({ i, z, margin }) => {
    if (norms[i] === 0) return
    if (margin >= 1) radius = Math.min(radius, (margin - 1) / (2 * net.k * net.v * norms[i]))
    else {
      const depth = net.alpha > 0 ? 0 : -Math.max(...z)
      radius = Math.min(radius, Math.max(0, depth / norms[i]))
    }
  })
  return radius
}
