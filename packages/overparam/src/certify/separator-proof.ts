import { checkVector } from '@nonconvex/tensor/check'
import { checkDataset, type Examples } from '../data/dataset.js'
import { isSparse, rowIndex, rowValues } from '../data/sparse-rows.js'

/** Half a unit in the last place of 1. */
const U = 2 ** -53
/** The smallest positive float64 number, which bounds the error of reading a tiny decimal. */
const TINY = 2 ** -1074

/** The result of `separatorProof`: whether a vector is proved to separate in spite of rounding. */
export interface SeparatorProof {
  /**
   * whether every y_i w·x_i is proved to be positive for the decimals that the numbers were read
   * from
   */
  readonly proven: boolean
  /** smallest y_i w·x_i − rounding error bound over all examples */
  readonly room: number
  /** the example that attains it */
  readonly row: number
}

/**
 * Proves that w separates: each computed y_i w·x_i exceeds the rounding error bound of products,
 * sum and decimal conversion of x.
 *
 *     |fl(w·x) − w·x̂| ≤ (d + 2)u/(1 − (d + 2)u) Σ |w_c x_c| + TINY Σ|w_c|,   x̂ the decimals, u = 2^−53
 *
 * If `proven` is false, the vector may or may not separate.
 *
 * @param data - n × d, each number the float64 nearest to its decimal
 * @param w - [d] any vector
 * @throws ShapeError, RangeError for a malformed data set or vector
 *
 * Source: the standard bound on the rounding of an inner product, Higham (2002), section 3.1.
 *
 * @example
 * import { separatorProof } from '@nonconvex/overparam/certify'
 * const data = { x: { rows: 1, cols: 2, data: Float64Array.of(1, 1) }, y: Float64Array.of(1) }
 * console.log(separatorProof(data, Float64Array.of(1, -1 + 2 ** -53)).proven) // → false
 */
export function separatorProof(data: Examples, w: Float64Array): SeparatorProof {
  checkDataset('separatorProof', data)
  const { x, y } = data
  checkVector('separatorProof', 'w', w, x.cols, 'd')
  const steps = (x.cols + 4) * U
  const factor = steps / (1 - steps)
  const reading = w.reduce((sum, value) => sum + Math.abs(value), 0) * TINY * (x.cols + 2)
  let room = Infinity
  let row = 0
  for (let i = 0; i < x.rows; i++) {
    let sum = 0
    let size = 0
    const values = rowValues(x, i)
    const index = isSparse(x) ? rowIndex(x, i) : undefined
    for (let q = 0; q < values.length; q++) {
      const product = w[index ? index[q] : q] * values[q]
      sum += product
      size += Math.abs(product)
    }
    // 1 + 2du covers the rounding of the sum of absolute values itself
    const left = y[i] * sum - (factor * size * (1 + 2 * steps) + reading)
    if (left < room) [room, row] = [left, i]
  }
  return { proven: room > 0, room, row }
}
