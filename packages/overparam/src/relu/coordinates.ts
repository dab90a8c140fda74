import {
  argumentError,
  checkCount,
  checkFiniteVector,
  checkPositive,
  checkProperFraction,
} from '@nonconvex/tensor/check'
import type { Dataset } from '../data/dataset.js'

// x uniform on {e_1, …, e_d}, y = +1: separable by (1, …, 1), and coordinates do not interact.

/**
 * The examples e_1 … e_d, all with label +1.
 *
 * @throws RangeError unless d is a positive integer
 *
 * @example
 * import { coordinateData } from '@nonconvex/overparam/relu'
 * console.log(coordinateData(2).x.data) // → Float64Array(4) [ 1, 0, 0, 1 ]
 */
export function coordinateData(d: number): Dataset {
  checkCount('coordinateData', 'd', d)
  const data = new Float64Array(d * d)
  for (let i = 0; i < d; i++) data[i * d + i] = 1
  return { x: { rows: d, cols: d, data }, y: new Float64Array(d).fill(1) }
}

/**
 * The probability 2^{−k} that a coordinate is dead: that the k weights of the positive units on it,
 * independent, symmetric and continuous, are all negative.
 *
 * @param k - units of each sign, integer ≥ 1
 * @throws RangeError for another k
 *
 * @example
 * import { deadProbability } from '@nonconvex/overparam/relu'
 * console.log(deadProbability(3)) // → 0.125
 */
export function deadProbability(k: number): number {
  checkCount('deadProbability', 'k', k)
  return 2 ** -k
}

/**
 * The probability that SGD on a ReLU network fails on e_1 … e_d with labels +1, from any
 * initialization with independent symmetric continuous entries, for any learning rate, second
 * layer, order and number of steps:
 *
 *     1 − (1 − 2^{−k})^d
 *
 * Coordinate i is dead if w_ji ≤ 0 for all k positive units; no update ever changes them. The mean
 * error is 2^{−k}. The transition is at k = log₂ d: with κ = k − log₂ d it tends to 1 −
 * exp(−2^{−κ}).
 *
 * @param d - input dimension, integer ≥ 1
 * @param k - units of each sign, integer ≥ 1; only the positive ones count
 * @throws RangeError for a number outside its range
 *
 * Accuracy: relative error about 1e-15, also for tiny probabilities.
 * Source: family of distributions as Brutzkus et al. (2018), as recalled; the statement is ours.
 *
 * @example
 * import { reluFailureProbability } from '@nonconvex/overparam/relu'
 * console.log(reluFailureProbability(16, 3).toFixed(6)) // → 0.881933
 */
export function reluFailureProbability(d: number, k: number): number {
  checkCount('reluFailureProbability', 'd', d)
  checkCount('reluFailureProbability', 'k', k)
  return -Math.expm1(d * Math.log1p(-deadProbability(k)))
}

/**
 * The widths at which SGD on e_1 … e_d fails or succeeds with probability at least 1 − δ: it fails
 * for k ≤ `fails` = ⌊log₂(d / ln(1/δ))⌋ (0 if there is no such width) and succeeds for k ≥
 * `succeeds` = ⌈log₂(d/δ)⌉.
 *
 * @throws RangeError for a number outside its range
 *
 * @example
 * import { reluWidths } from '@nonconvex/overparam/relu'
 * console.log(reluWidths(1024, 0.05)) // → { fails: 8, succeeds: 15 }
 */
export function reluWidths(
  d: number,
  delta: number,
): { readonly fails: number; readonly succeeds: number } {
  checkCount('reluWidths', 'd', d)
  checkProperFraction('reluWidths', 'delta', delta)
  return {
    fails: Math.max(0, Math.floor(Math.log2(d / -Math.log(delta)))),
    succeeds: Math.max(1, Math.ceil(Math.log2(d / delta))),
  }
}

/** An initialization of a network on e_1 … e_d. */
export interface CoordinateStart {
  readonly k: number
  readonly d: number
  readonly v: number
  readonly eta: number
  /** W_0, [2k·d] row-major */
  readonly start: Float64Array
}

/** The consequences of an initialization: its dead coordinates and a bound on the updates. */
export interface CoordinateFate {
  /** coordinates on which no positive unit is active: exactly those misclassified at the end */
  readonly dead: readonly number[]
  /** bound on the updates; Infinity with a dead coordinate */
  readonly updates: number
}

/**
 * The consequences of an initialization on e_1 … e_d with labels +1: the coordinates that are never
 * learned, or, if there are none, a bound on the number of updates.
 *
 *     U ≤ Σ_i max(0, ⌈(1 − N_0(e_i)) / (ηv²p_i)⌉),   p_i = positive units with w_ji > 0
 *
 * Each update on e_i raises N(e_i) by ηv² for each of the p_i units; active negative units only add
 * to it.
 *
 * @throws ShapeError, RangeError for malformed initial weights or a number outside its range
 *
 * Source: ours.
 *
 * @example
 * import { coordinateFate } from '@nonconvex/overparam/relu'
 * const start = Float64Array.of(0.25, -1, -1, -1)
 * console.log(coordinateFate({ k: 1, d: 2, v: 1, eta: 0.5, start }).dead) // → [ 1 ]
 */
export function coordinateFate(setting: CoordinateStart): CoordinateFate {
  const { k, d, v, eta, start } = setting
  checkCount('coordinateFate', 'k', k)
  checkCount('coordinateFate', 'd', d)
  checkPositive('coordinateFate', 'v', v)
  checkPositive('coordinateFate', 'eta', eta)
  if (start.length !== 2 * k * d)
    throw argumentError(
      'shape',
      'coordinateFate',
      'start',
      `to have 2k·d = ${2 * k * d} entries`,
      start.length,
    )
  checkFiniteVector('coordinateFate', 'start', start)
  const dead: number[] = []
  let updates = 0
  for (let i = 0; i < d; i++) {
    let active = 0
    let n0 = 0
    for (let j = 0; j < 2 * k; j++) {
      const w = start[j * d + i]
      if (!(w > 0)) continue
      n0 += j < k ? v * w : -v * w
      if (j < k) active++
    }
    if (active === 0) dead.push(i)
    else {
      const wanted = (1 - n0) / (eta * v ** 2 * active)
      // rounding of the run itself may cost one more where the quotient is an integer
      updates += Math.max(0, Math.ceil(wanted * (1 + 1e-12)))
    }
  }
  return { dead, updates: dead.length > 0 ? Infinity : updates }
}

/**
 * The limit of the failure probability, with an error bound:
 *
 *     1 − exp(−2^{−κ})  ≤  1 − (1 − 2^{−k})^d  ≤  1 − exp(−2^{−κ}) + 4e^{−2}/d,   κ = k − log₂ d
 *
 * since 1 − x lies between e^{−x}(1 − x²) and e^{−x}, and z²e^{−z} ≤ 4e^{−2} for z = 2^{−κ}.
 *
 * @param d - input dimension, integer ≥ 1
 * @param k - units of each sign, integer ≥ 1
 * @throws RangeError for a number outside its range
 *
 * Source: ours.
 *
 * @example
 * import { transitionLimit } from '@nonconvex/overparam/relu'
 * const { limit, most } = transitionLimit(64, 6)
 * console.log(limit.toFixed(4), most.toFixed(4)) // → 0.6321 0.6406
 */
export function transitionLimit(
  d: number,
  k: number,
): { readonly limit: number; readonly most: number } {
  checkCount('transitionLimit', 'd', d)
  checkCount('transitionLimit', 'k', k)
  const limit = -Math.expm1(-d * 2 ** -k)
  return { limit, most: Math.min(1, limit + (4 * Math.exp(-2)) / d) }
}
