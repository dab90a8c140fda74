import { argumentError, checkPositive, checkVector } from '@nonconvex/tensor/check'
import { checkDataset, largestNorm, leastMargin, type Examples } from '../data/dataset.js'
import { eachPreactivation } from '../network/first-layer.js'
import { checkColumns, checkNet, type Net } from '../network/net.js'
import type { BoundSetting } from './setting.js'

/**
 * The alignment ⟨W, W*⟩, where W* has the rows sign_j·w*, for weights W of shape 2k × d, row-major.
 *
 * @throws ShapeError if the weights are not an even number of rows of the length of w*
 *
 * @example
 * import { alignment } from '@nonconvex/overparam'
 * console.log(alignment(Float64Array.of(1, 2, 3, 4), Float64Array.of(10, 1))) // → -22
 */
export function alignment(weights: Float64Array, wStar: Float64Array): number {
  const d = wStar.length
  if (d === 0 || weights.length % (2 * d) !== 0)
    throw argumentError(
      'shape',
      'alignment',
      'weights',
      `to be a multiple of 2·d = ${2 * d} entries`,
      weights.length,
    )
  const k = weights.length / (2 * d)
  let sum = 0
  for (let j = 0; j < 2 * k; j++) {
    let row = 0
    for (let f = 0; f < d; f++) row += weights[j * d + f] * wStar[f]
    sum += j < k ? row : -row
  }
  return sum
}

/** The squared norm ‖w‖² of a vector or a matrix. */
export function sumOfSquares(w: Float64Array): number {
  let sum = 0
  for (const value of w) sum += value * value
  return sum
}

function largestRow(net: Net): number {
  let most = 0
  for (let j = 0; j < 2 * net.k; j++)
    most = Math.max(most, sumOfSquares(net.weights.subarray(j * net.d, (j + 1) * net.d)))
  return Math.sqrt(most)
}

/**
 * The initial excess e = max(0, max_i Σ_j max(q_ij, α q_ij)) with q_ij = −y_i v_j w_j·x_i: the
 * largest amount by which y N(x) of an example can be negative over all slopes in [α, 1].
 *
 * @throws ShapeError, RangeError if network and data do not fit
 *
 * @example
 * import { initialExcess } from '@nonconvex/overparam'
 * const data = { x: { rows: 1, cols: 1, data: Float64Array.of(1) }, y: Float64Array.of(1) }
 * const net = { k: 1, d: 1, v: 1, alpha: 0.5, weights: Float64Array.of(-1, 0) }
 * console.log(initialExcess(net, data)) // → 1
 */
export function initialExcess(net: Net, data: Examples): number {
  checkNet('initialExcess', net)
  checkDataset('initialExcess', data)
  checkColumns('initialExcess', net, data.x)
  return excessOf(net, data)
}

const excessOf = (net: Net, data: Examples): number => pushOf(net, data).excess

/** How the initial network pushes the outputs of the examples to the wrong side. */
export interface InitialPush {
  /** e, over all slopes in [α, 1] */
  readonly excess: number
  /** Q* = max(0, max_i Σ_j q_ij) */
  readonly pushSum: number
  /** q* = max(0, max_ij q_ij) */
  readonly pushMax: number
}

/**
 * The numbers q_ij = −y_i v_j w_j·x_i of the initial network in the three forms that
 * `displacementBound` uses: for slopes s_j with mean ā
 *
 *     Σ_j s_j q_ij = α Σ_j q_ij + Σ_j (s_j − α) q_ij ≤ min(e, αQ* + 2k(ā − α)q*)
 *
 * @throws ShapeError, RangeError if network and data do not fit
 *
 * @example
 * import { initialPush } from '@nonconvex/overparam'
 * const data = { x: { rows: 1, cols: 1, data: Float64Array.of(1) }, y: Float64Array.of(1) }
 * const net = { k: 1, d: 1, v: 1, alpha: 0.5, weights: Float64Array.of(-2, -1) }
 * console.log(initialPush(net, data)) // → { excess: 1.5, pushSum: 1, pushMax: 2 }
 */
export function initialPush(net: Net, data: Examples): InitialPush {
  checkNet('initialPush', net)
  checkDataset('initialPush', data)
  checkColumns('initialPush', net, data.x)
  return pushOf(net, data)
}

function pushOf(net: Net, data: Examples): InitialPush {
  let [excess, pushSum, pushMax] = [0, 0, 0]
  eachPreactivation(net, data.x, (i, z) => {
    let [slopes, sum] = [0, 0]
    for (let j = 0; j < z.length; j++) {
      const q = (j < net.k ? -data.y[i] : data.y[i]) * net.v * z[j]
      slopes += Math.max(q, net.alpha * q)
      sum += q
      pushMax = Math.max(pushMax, q)
    }
    excess = Math.max(excess, slopes)
    pushSum = Math.max(pushSum, sum)
  })
  return { excess, pushSum, pushMax }
}

/**
 * Computes the setting of the bounds from initial weights, a data set and a separator.
 *
 * @param net - the network before training; its alpha and v are those of the run
 * @param data - the training data
 * @param wStar - [d], any vector; gamma is negative or 0 if it does not separate the data
 * @param eta - step size
 * @throws ShapeError, RangeError if shapes do not match, or for a vector, weight or feature that is
 *   not finite
 *
 * Cost: O(2k · non-zero entries of x), one epoch.
 *
 * @example
 * import { boundSetting } from '@nonconvex/overparam'
 * const data = { x: { rows: 1, cols: 2, data: Float64Array.of(3, 4) }, y: Float64Array.of(1) }
 * const net = { k: 1, d: 2, v: 1, alpha: 0.5, weights: new Float64Array(4) }
 * const { gamma, radius } = boundSetting(net, data, Float64Array.of(1, 0), 10)
 * console.log(gamma, radius) // → 3 5
 */
export function boundSetting(
  net: Net,
  data: Examples,
  wStar: Float64Array,
  eta: number,
): BoundSetting {
  checkNet('boundSetting', net)
  checkDataset('boundSetting', data)
  checkColumns('boundSetting', net, data.x)
  checkVector('boundSetting', 'wStar', wStar, net.d, 'd')
  checkPositive('boundSetting', 'eta', eta)
  return {
    wStarNorm: Math.sqrt(sumOfSquares(wStar)),
    gamma: leastMargin(data, wStar),
    radius: largestNorm(data.x),
    alpha: net.alpha,
    eta,
    v: net.v,
    k: net.k,
    startF: alignment(net.weights, wStar),
    startS: sumOfSquares(net.weights),
    startRow: largestRow(net),
    excess: excessOf(net, data),
  }
}
