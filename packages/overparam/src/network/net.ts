import { argumentError, checkCount, checkPositive, firstNotFinite } from '@nonconvex/tensor/check'
import type { Features } from '../data/sparse-rows.js'
import { checkFeatures } from '../data/dataset.js'

/**
 * A two-layer network with a fixed second layer: k units with weight +v, k units with weight −v.
 *
 *     N(x; W) = v ( Σ_{j<k} σ(w_j·x) − Σ_{j≥k} σ(w_j·x) ),   σ(z) = z if z > 0, αz otherwise
 */
export interface Net {
  /** units of each sign */
  readonly k: number
  /** input dimension */
  readonly d: number
  /** weight of the second layer, positive */
  readonly v: number
  /** leaky ReLU slope α, in [0, 1]; 0 is ReLU, 1 is linear */
  readonly alpha: number
  /** 2k × d, row-major: rows 0 … k−1 have weight +v, rows k … 2k−1 weight −v */
  readonly weights: Float64Array
}

/**
 * Checks a network.
 *
 * @throws ShapeError if weights has not 2k·d entries
 * @throws RangeError for k, d, v or alpha outside their ranges, or a weight that is not finite
 */
export function checkNet(fn: string, net: Net): void {
  const { k, d, v, alpha, weights } = net
  checkCount(fn, 'k', k)
  checkCount(fn, 'd', d)
  checkPositive(fn, 'v', v)
  if (!(alpha >= 0 && alpha <= 1))
    throw argumentError('out-of-range', fn, 'alpha', 'to be in [0, 1]', alpha)
  if (weights.length !== 2 * k * d)
    throw argumentError(
      'shape',
      fn,
      'weights',
      `to have 2k·d = ${2 * k * d} entries`,
      weights.length,
    )
  const at = firstNotFinite(weights)
  if (at >= 0)
    throw argumentError('not-finite', fn, 'weights', 'to be finite', `${weights[at]} at ${at}`)
}

/**
 * @throws ShapeError if x has not d columns; as `checkFeatures` otherwise
 */
export function checkInput(fn: string, net: Net, x: Features): void {
  checkColumns(fn, net, x)
  checkFeatures(fn, x)
}

/** @throws ShapeError if x has not d columns */
export function checkColumns(fn: string, net: Net, x: Features): void {
  if (x.cols !== net.d)
    throw argumentError('shape', fn, 'x', `to have d = ${net.d} columns`, x.cols)
}

/**
 * The transposed weights, with entry (f, j) at f·2k + j, so that the weights of one feature are
 * contiguous.
 */
export function byFeature(rows: Float64Array, units: number, d: number): Float64Array {
  const columns = new Float64Array(rows.length)
  // squares of 16 fit into the nearest cache, whichever way they are read
  for (let top = 0; top < units; top += 16)
    for (let left = 0; left < d; left += 16)
      for (let j = top; j < Math.min(top + 16, units); j++)
        for (let f = left; f < Math.min(left + 16, d); f++) columns[f * units + j] = rows[j * d + f]
  return columns
}

/** The inverse of `byFeature`. */
export function byUnit(columns: Float64Array, units: number, d: number): Float64Array {
  return byFeature(columns, d, units)
}
