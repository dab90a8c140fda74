import { argumentError } from '@nonconvex/tensor/check'
import { checkDataset, type Dataset } from '../data/dataset.js'
import { checkInput, checkNet, type Net } from '../network/net.js'
import { eachExample } from './each-example.js'

/** The dead units and examples of a ReLU network. */
export interface DeadUnits {
  /** units with w_j·x_i ≤ 0 on every example */
  readonly units: readonly number[]
  /** examples on which no unit is active: N = 0, loss 1, no gradient */
  readonly examples: readonly number[]
  /**
   * examples with a positive loss on which only units of the wrong sign are active: their own
   * updates make them dead
   */
  readonly halfDead: readonly number[]
  /** number of examples with y N(x) < 1 */
  readonly short: number
  /**
   * some examples have a positive loss, and all of these are dead: the weights never change again
   */
  readonly stuck: boolean
}

/**
 * Finds the dead units and dead examples, and whether the weights can never change again, which is
 * possible without a dead unit.
 *
 * @param net - a network with α = 0; RangeError for leaky ReLU, which has no dead units
 * @throws ShapeError, RangeError for a malformed network or data set
 *
 * Cost: O(2k · non-zero entries of x).
 *
 * @example
 * import { deadUnits } from '@nonconvex/overparam/relu'
 * const data = { x: { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }, y: Float64Array.of(1, 1) }
 * const net = { k: 1, d: 2, v: 1, alpha: 0, weights: Float64Array.of(2, -1, -1, -1) }
 * const { units, examples, stuck } = deadUnits(net, data)
 * console.log(units, examples, stuck) // → [ 1 ] [ 1 ] true
 */
export function deadUnits(net: Net, data: Dataset): DeadUnits {
  checkNet('deadUnits', net)
  if (net.alpha > 0)
    throw argumentError(
      'out-of-range',
      'deadUnits',
      'alpha',
      'to be 0',
      net.alpha,
      'a leak lets every unit learn',
    )
  checkDataset('deadUnits', data)
  checkInput('deadUnits', net, data.x)
  const { k } = net
  const alive = new Uint8Array(2 * k)
  const examples: number[] = []
  const halfDead: number[] = []
  let short = 0
  eachExample(net, data, ({ i, z, margin }) => {
    let right = 0
    let wrong = 0
    for (let j = 0; j < z.length; j++) {
      if (!(z[j] > 0)) continue
      alive[j] = 1
      if (j < k === data.y[i] > 0) right++
      else wrong++
    }
    if (margin < 1) short++
    if (right + wrong === 0) examples.push(i)
    else if (margin < 1 && right === 0) halfDead.push(i)
  })
  const units = Array.from(alive.keys()).filter((j) => alive[j] === 0)
  return { units, examples, halfDead, short, stuck: short > 0 && short === examples.length }
}
