import { isSparse, type Features } from '../data/sparse-rows.js'
import { DataError } from '../tabular/data-error.js'

/** The size of a fit: its number of weights and its memory. */
export interface FitSize {
  /** 2k·d, the constant feature included */
  readonly weights: number
  /** the largest array, in bytes: the features or the weights */
  readonly largest: number
  /** an estimate of all arrays that are held at a time, in bytes */
  readonly bytes: number
}

/** The largest number of weights of a network, 0.5 GB; a larger fit is rejected. */
const MOST_WEIGHTS = 2 ** 26

/**
 * The number of copies of the features, as sparse rows, and of the weights that are held in memory
 * at a time.
 */
const COPIES = { features: 3, weights: 7 }

/**
 * Computes the size of a fit of width k before anything is allocated.
 *
 *     weights = 2k·d for each network, bytes ≈ 8·7·weights + 3·(12 ν + 4 n), where the n rows have
 *     ν nonzero entries
 *
 * @param x - the features
 * @param k - units of each sign
 * @param bias - as in `FitOptions`: one feature more, unless it is 0
 * @param networks - number of networks, one for each of several classes
 * @throws DataError for more than 2^26 weights, with the largest k that these features allow
 *
 * @example
 * import { fitSize } from '@nonconvex/overparam/fit'
 * const x = { rows: 2, cols: 3, data: new Float64Array(6) }
 * console.log(fitSize(x, 100, 1).weights) // → 800
 */
export function fitSize(x: Features, k: number, bias = 0, networks = 1): FitSize {
  const d = x.cols + (bias === 0 ? 0 : 1)
  const weights = networks * 2 * k * d
  const [factor, times] = networks === 1 ? ['', ''] : ['K·', `${networks} · `]
  if (weights > MOST_WEIGHTS)
    throw new DataError(
      'weights',
      {},
      `expected at most ${MOST_WEIGHTS} weights ${factor}2k·d, got ${times}2 · ${k} · ${d} = ${weights}; with ${d} features k can be ${Math.floor(MOST_WEIGHTS / (2 * d * networks))} at most`,
    )
  const numbers = isSparse(x) ? x.value.length : x.data.length
  const features = 12 * numbers + 4 * x.rows
  return {
    weights,
    largest: Math.max(8 * numbers, 8 * weights),
    bytes: COPIES.features * features + COPIES.weights * 8 * weights,
  }
}
