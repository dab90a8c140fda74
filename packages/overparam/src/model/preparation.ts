import { argumentError, checkPositive } from '@nonconvex/tensor/check'
import type { Matrix } from '@nonconvex/tensor'
import { checkFeatures } from '../data/dataset.js'

/**
 * What is done to features before a network sees them: (x − mean)/deviation, then a constant
 * appended, then everything scaled.
 */
export interface Preparation {
  /** both [d] or both absent */
  readonly mean?: Float64Array
  readonly deviation?: Float64Array
  /** value of a constant feature that stands for a bias; 0: there is none */
  readonly bias: number
  /** factor of all features, the constant included */
  readonly scale: number
}

/**
 * Mean and standard deviation of every feature; a constant feature has deviation 1, so that it
 * becomes 0.
 */
export interface Standardisation {
  readonly mean: Float64Array
  readonly deviation: Float64Array
}

/**
 * Mean and standard deviation (of the n values, not n − 1) of every feature, in two passes.
 *
 * @throws ShapeError, RangeError for a malformed matrix
 *
 * @example
 * import { standardisation } from '@nonconvex/overparam/fit'
 * const { mean, deviation } = standardisation({ rows: 2, cols: 2, data: Float64Array.of(1, 7, 5, 7) })
 * console.log(mean, deviation) // → Float64Array(2) [ 3, 7 ] Float64Array(2) [ 2, 1 ]
 */
export function standardisation(x: Matrix): Standardisation {
  checkFeatures('standardisation', x)
  const { rows, cols, data } = x
  const mean = new Float64Array(cols)
  for (let p = 0; p < data.length; p++) mean[p % cols] += data[p] / rows
  const squares = new Float64Array(cols)
  for (let p = 0; p < data.length; p++) squares[p % cols] += (data[p] - mean[p % cols]) ** 2 / rows
  const constant = constantFeatures(x)
  // a constant whose mean was rounded has a deviation of rounding size
  const deviation = squares.map((square, c) =>
    constant[c] || square === 0 ? 1 : Math.sqrt(square),
  )
  return { mean: mean.map((value, c) => (constant[c] ? data[c] : value)), deviation }
}

/** Which features are the same in every row. */
export function constantFeatures({ rows, cols, data }: Matrix): readonly boolean[] {
  const constant = new Array<boolean>(cols).fill(rows > 0)
  for (let p = 0; p < data.length; p++) if (data[p] !== data[p % cols]) constant[p % cols] = false
  return constant
}

/**
 * The features as the network sees them.
 *
 * @param x - n × d, as in the file
 * @returns n × d, or n × (d + 1) with a bias
 * @throws ShapeError if mean or deviation have not d entries; RangeError for a scale that is not
 *   positive, or features that are not finite, before or after
 *
 * @example
 * import { prepare } from '@nonconvex/overparam/fit'
 * const x = { rows: 1, cols: 2, data: Float64Array.of(3, 4) }
 * console.log(prepare(x, { bias: 1, scale: 0.5 }).data) // → Float64Array(3) [ 1.5, 2, 0.5 ]
 */
export function prepare(x: Matrix, { mean, deviation, bias, scale }: Preparation): Matrix {
  checkFeatures('prepare', x)
  checkPositive('prepare', 'scale', scale)
  for (const [name, vector] of Object.entries({ mean, deviation }))
    if (vector && vector.length !== x.cols)
      throw argumentError('shape', 'prepare', name, `to have d = ${x.cols} entries`, vector.length)
  const cols = x.cols + (bias === 0 ? 0 : 1)
  const data = new Float64Array(x.rows * cols)
  for (let i = 0; i < x.rows; i++) {
    for (let c = 0; c < x.cols; c++) {
      const value = x.data[i * x.cols + c]
      data[i * cols + c] = (mean && deviation ? (value - mean[c]) / deviation[c] : value) * scale
    }
    if (bias !== 0) data[(i + 1) * cols - 1] = bias * scale
  }
  const prepared = { rows: x.rows, cols, data }
  checkFeatures('prepare', prepared)
  return prepared
}

/**
 * The power of two that brings the longest row to a norm in (½, 1]: multiplying by it changes no
 * digit.
 *
 * @param radius - R > 0
 */
export function unitScale(radius: number): number {
  checkPositive('unitScale', 'radius', radius)
  let scale = 1
  while (radius * scale > 1) scale /= 2
  while (radius * scale <= 0.5) scale *= 2
  return scale
}
