import { argumentError, checkCount, checkVector } from '@nonconvex/tensor/check'
import type { Stream } from '@nonconvex/tensor'

/**
 * The initialization of the first layer.
 *
 * - `zero`: all units of a sign stay identical, so the network is equivalent to one with two units
 *   for every k
 * - `gauss`: independent normals, rows of norm about `row`
 * - `scaled`: `gauss` with rows of norm about row/√(2k), default row = 1: with v = 1/√(2k) every
 *   bound is then independent of k
 * - `adversarial`: −rho·W*, opposite to the solution (rows −rho·sign_j·w*)
 */
export type Initialization =
  | { readonly kind: 'zero' }
  | { readonly kind: 'gauss'; readonly row: number; readonly stream: Stream }
  | { readonly kind: 'scaled'; readonly row?: number; readonly stream: Stream }
  | { readonly kind: 'adversarial'; readonly rho: number; readonly wStar: Float64Array }

/**
 * Draws or constructs the initial weights W_0.
 *
 * @param start - kind and its size
 * @param k - units of each sign
 * @param d - input dimension
 * @returns [2k·d], row-major
 * @throws RangeError for k or d not positive integers, an unknown kind, a size that is not finite;
 *   ShapeError if wStar has not d entries
 *
 * @example
 * import { initialWeights } from '@nonconvex/overparam'
 * const wStar = Float64Array.of(1, 3)
 * const start = initialWeights({ kind: 'adversarial', rho: 2, wStar }, 1, 2)
 * console.log(start) // → Float64Array(4) [ -2, -6, 2, 6 ]
 */
export function initialWeights(start: Initialization, k: number, d: number): Float64Array {
  checkCount('initialWeights', 'k', k)
  checkCount('initialWeights', 'd', d)
  const weights = new Float64Array(2 * k * d)
  switch (start.kind) {
    case 'zero':
      return weights
    case 'gauss':
      return scaleInto(start.stream.normalInto(weights), start.row / Math.sqrt(d))
    case 'scaled':
      return scaleInto(start.stream.normalInto(weights), (start.row ?? 1) / Math.sqrt(2 * k * d))
    case 'adversarial': {
      checkVector('initialWeights', 'wStar', start.wStar, d, 'd')
      for (let j = 0; j < 2 * k; j++)
        for (let f = 0; f < d; f++) weights[j * d + f] = (j < k ? -1 : 1) * start.wStar[f]
      return scaleInto(weights, start.rho)
    }
    default:
      // from JavaScript anything may come
      throw argumentError(
        'out-of-range',
        'initialWeights',
        'start.kind',
        'to be zero, gauss, scaled or adversarial',
        (start as Initialization).kind,
      )
  }
}

function scaleInto(weights: Float64Array, factor: number): Float64Array {
  if (!Number.isFinite(factor))
    throw argumentError(
      'not-finite',
      'initialWeights',
      'the size of the start',
      'to be finite',
      factor,
    )
  for (let p = 0; p < weights.length; p++) weights[p] *= factor
  return weights
}
