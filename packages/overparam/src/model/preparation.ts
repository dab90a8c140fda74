import { argumentError, checkPositive } from '@nonconvex/tensor/check'
import type { Matrix } from '@nonconvex/tensor'
import { checkFeatures } from '../data/dataset.js'
import { isSparse, type Features, type SparseRows } from '../data/sparse-rows.js'

/**
 * The preprocessing of features: standardize to (x − mean)/deviation, append a constant feature,
 * and scale all features.
 */
export interface Preparation {
  /** both [d] or both absent */
  readonly mean?: Float64Array
  readonly deviation?: Float64Array
  /** value of the constant feature that acts as a bias; 0 means none */
  readonly bias: number
  /** factor of all features, including the constant */
  readonly scale: number
}

/**
 * The mean and standard deviation of every feature; a constant feature has deviation 1, so that it
 * becomes 0.
 */
export interface Standardisation {
  readonly mean: Float64Array
  readonly deviation: Float64Array
}

/**
 * Computes the mean and the standard deviation (with divisor n, not n − 1) of every feature in two
 * passes.
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

/** For each feature, whether it has the same value in every row. */
export function constantFeatures(x: Features): readonly boolean[] {
  if (isSparse(x)) return constantColumns(x)
  const { rows, cols, data } = x
  const constant = new Array<boolean>(cols).fill(rows > 0)
  for (let p = 0; p < data.length; p++) if (data[p] !== data[p % cols]) constant[p % cols] = false
  return constant
}

function constantColumns({ rows, cols, index, value }: SparseRows): readonly boolean[] {
  const first = new Float64Array(cols)
  const count = new Int32Array(cols)
  const differs = new Set<number>()
  index.forEach((c, q) => {
    if (count[c]++ === 0) first[c] = value[q]
    else if (first[c] !== value[q]) differs.add(c)
  })
  return Array.from(count, (seen, c) => seen === 0 || (seen === rows && !differs.has(c)))
}

/**
 * Applies the preprocessing.
 *
 * @param x - n × d, as in the file; what is sparse stays so
 * @returns n × d, or n × (d + 1) with a bias
 * @throws ShapeError if mean or deviation have not d entries; RangeError for a scale that is not
 *   positive, features that are not finite, before or after, or sparse ones with a mean
 *
 * @example
 * import { prepare } from '@nonconvex/overparam/fit'
 * const x = { rows: 1, cols: 2, data: Float64Array.of(3, 4) }
 * console.log(prepare(x, { bias: 1, scale: 0.5 }).data) // → Float64Array(3) [ 1.5, 2, 0.5 ]
 */
export function prepare(x: Matrix, preparation: Preparation): Matrix
export function prepare(x: Features, preparation: Preparation): Features
export function prepare(x: Features, { mean, deviation, bias, scale }: Preparation): Features {
  checkFeatures('prepare', x)
  checkPositive('prepare', 'scale', scale)
  for (const [name, vector] of Object.entries({ mean, deviation }))
    if (vector && vector.length !== x.cols)
      throw argumentError('shape', 'prepare', name, `to have d = ${x.cols} entries`, vector.length)
  const cols = x.cols + (bias === 0 ? 0 : 1)
  if (isSparse(x)) {
    if (mean ?? deviation)
      throw argumentError(
        'out-of-range',
        'prepare',
        'x',
        'to be a matrix where a mean is subtracted',
        'sparse rows',
      )
    const prepared = scaled(bias === 0 ? x : withColumn(x, bias), scale, bias !== 0)
    checkFeatures('prepare', prepared)
    return prepared
  }
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
 * Multiplies all features by a number.
 *
 * @param own - whether the features may be overwritten, so that they are scaled in place
 */
export function scaled(x: Features, scale: number, own: boolean): Features {
  if (scale === 1) return x
  const times = (values: Float64Array): Float64Array => {
    if (!own) return values.map((value) => value * scale)
    for (let p = 0; p < values.length; p++) values[p] *= scale
    return values
  }
  return isSparse(x) ? { ...x, value: times(x.value) } : { ...x, data: times(x.data) }
}

/** Appends a constant feature to sparse rows. */
function withColumn(x: SparseRows, constant: number): SparseRows {
  const { rows, cols, start } = x
  const index = new Int32Array(x.index.length + rows)
  const value = new Float64Array(index.length)
  for (let i = 0; i < rows; i++) {
    index.set(x.index.subarray(start[i], start[i + 1]), start[i] + i)
    value.set(x.value.subarray(start[i], start[i + 1]), start[i] + i)
    index[start[i + 1] + i] = cols
    value[start[i + 1] + i] = constant
  }
  return { rows, cols: cols + 1, start: start.map((from, i) => from + i), index, value }
}

/**
 * The power of two that scales the longest row to a norm in (½, 1]; multiplication by it is exact.
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
