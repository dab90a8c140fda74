import { argumentError, checkVector, firstNotFinite } from '@nonconvex/tensor/check'
import { norm2, type Matrix } from '@nonconvex/tensor'
import {
  isSparse,
  rowDot,
  rowValues,
  sparseNorms2,
  type Features,
  type SparseRows,
} from './sparse-rows.js'

/** Examples with labels: x is n × d, one example a row; y has n labels −1 or +1. */
export interface Examples {
  readonly x: Features
  readonly y: Float64Array
}

/** Examples whose features are a matrix. */
export interface Dataset extends Examples {
  readonly x: Matrix
}

/**
 * Checks a data set.
 *
 * @throws ShapeError if the numbers of rows and labels differ
 * @throws RangeError for no rows, a label other than ±1, or a feature that is not finite
 */
export function checkDataset(fn: string, data: Examples): void {
  const { x, y } = data
  if (!(x.rows >= 1 && x.cols >= 1))
    throw argumentError(
      'out-of-range',
      fn,
      'x',
      'to have at least one row and column',
      `${x.rows} × ${x.cols}`,
    )
  if (y.length !== x.rows)
    throw argumentError(
      'shape',
      fn,
      'y',
      `to have ${x.rows} labels, one for each row of x`,
      y.length,
    )
  checkLabels(fn, y)
  checkFeatures(fn, x)
}

/** @throws RangeError for a label other than ±1 */
export function checkLabels(fn: string, y: Float64Array): void {
  const at = y.findIndex((value) => value !== 1 && value !== -1)
  if (at >= 0) throw argumentError('out-of-range', fn, `y[${at}]`, 'to be 1 or -1', y[at])
}

/**
 * @throws ShapeError if x has not rows · cols entries, or a sparse x no n rows of ascending columns
 * @throws RangeError if one of them is not finite
 */
export function checkFeatures(fn: string, x: Features): void {
  if (isSparse(x)) {
    checkSparse(fn, x)
    return
  }
  if (x.data.length !== x.rows * x.cols)
    throw argumentError('shape', fn, 'x', `to have ${x.rows * x.cols} entries`, x.data.length)
  const at = firstNotFinite(x.data)
  if (at < 0) return
  throw argumentError(
    'not-finite',
    fn,
    'x',
    'to be finite',
    `${x.data[at]} in row ${Math.floor(at / x.cols)}, column ${at % x.cols}`,
  )
}

function checkSparse(fn: string, { rows, cols, start, index, value }: SparseRows): void {
  const last = start[rows]
  if (start.length !== rows + 1 || index.length !== value.length || last !== value.length)
    throw argumentError(
      'shape',
      fn,
      'x',
      `to have ${rows} rows and a place for each number`,
      `${start.length - 1} rows, ${index.length} places, ${value.length} numbers`,
    )
  for (let i = 0; i < rows; i++)
    for (let q = start[i]; q < start[i + 1]; q++) {
      const ascends = q === start[i] ? index[q] >= 0 : index[q] > index[q - 1]
      if (!(ascends && index[q] < cols))
        throw argumentError('shape', fn, 'x', `to have ascending columns below ${cols}`, index[q])
      if (!Number.isFinite(value[q]))
        throw argumentError('not-finite', fn, 'x', 'to be finite', `${value[q]} in row ${i}`)
    }
}

/**
 * The squared norm ‖x_i‖² of every row.
 *
 * @throws ShapeError, RangeError for malformed features
 */
export function rowNorms2(x: Features): Float64Array {
  checkFeatures('rowNorms2', x)
  return squaredNorms(x)
}

/** As `rowNorms2`, for a matrix that was checked before. */
export function squaredNorms(x: Features): Float64Array {
  if (isSparse(x)) return sparseNorms2(x)
  const norms = new Float64Array(x.rows)
  for (let i = 0; i < x.rows; i++) {
    let sum = 0
    for (let p = i * x.cols; p < (i + 1) * x.cols; p++) sum += x.data[p] * x.data[p]
    norms[i] = sum
  }
  return norms
}

/** Squared norms in this range have neither overflowed nor underflowed. */
export const LEAST_SQUARE = 1e-280
export const MOST_SQUARE = 1e280

/**
 * The radius of the data, R = max_i ‖x_i‖.
 *
 * @throws ShapeError, RangeError for a malformed data set
 *
 * @example
 * import { radius } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(3, 4, 0, 1) }
 * console.log(radius({ x, y: Float64Array.of(1, -1) })) // → 5
 */
export function radius(data: Examples): number {
  checkDataset('radius', data)
  return largestNorm(data.x)
}

/** As `radius`, for a matrix that was checked before. */
export function largestNorm(x: Features): number {
  const square = squaredNorms(x).reduce((most, norm) => Math.max(most, norm), 0)
  if (square >= LEAST_SQUARE && square <= MOST_SQUARE) return Math.sqrt(square)
  let most = 0
  for (let i = 0; i < x.rows; i++) most = Math.max(most, norm2(rowValues(x, i)))
  return most
}

/**
 * The signed margin y_i w·x_i of every example; all are positive if w separates the data.
 *
 * @throws ShapeError if w has not d entries; RangeError if one is not finite
 *
 * @example
 * import { signedMargins } from '@nonconvex/overparam'
 * const data = { x: { rows: 2, cols: 1, data: Float64Array.of(3, 4) }, y: Float64Array.of(1, -1) }
 * console.log(signedMargins(data, Float64Array.of(2))) // → Float64Array(2) [ 6, -8 ]
 */
export function signedMargins(data: Examples, w: Float64Array): Float64Array {
  checkDataset('signedMargins', data)
  checkVector('signedMargins', 'w', w, data.x.cols, 'd')
  return separationsOf(data, w)
}

/** As `signedMargins`, for data and a vector that were checked before. */
export function separationsOf({ x, y }: Examples, w: Float64Array): Float64Array {
  return y.map((label, i) => label * rowDot(x, i, w))
}

/**
 * The smallest signed margin γ = min_i y_i w·x_i.
 *
 * @throws ShapeError if w has not d entries; RangeError if one is not finite
 *
 * @example
 * import { minMargin } from '@nonconvex/overparam'
 * const x = { rows: 1, cols: 2, data: Float64Array.of(3, 4) }
 * console.log(minMargin({ x, y: Float64Array.of(-1) }, Float64Array.of(-1, 0))) // → 3
 */
export function minMargin(data: Examples, w: Float64Array): number {
  checkDataset('minMargin', data)
  checkVector('minMargin', 'w', w, data.x.cols, 'd')
  return leastMargin(data, w)
}

/** As `minMargin`, for data and a vector that were checked before. */
export function leastMargin(data: Examples, w: Float64Array): number {
  return separationsOf(data, w).reduce((least, margin) => Math.min(least, margin), Infinity)
}

/**
 * Appends a constant feature to the examples, which acts as a bias; R² increases by value².
 *
 * @throws ShapeError, RangeError for a malformed matrix, or a value that is not finite
 *
 * @example
 * import { withConstant } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 1, data: Float64Array.of(3, 4) }
 * console.log(withConstant(x, 1).data) // → Float64Array(4) [ 3, 1, 4, 1 ]
 */
export function withConstant(x: Matrix, value: number): Matrix {
  checkFeatures('withConstant', x)
  if (!Number.isFinite(value))
    throw argumentError('not-finite', 'withConstant', 'value', 'to be finite', value)
  const cols = x.cols + 1
  const data = new Float64Array(x.rows * cols)
  for (let i = 0; i < x.rows; i++) {
    data.set(x.data.subarray(i * x.cols, (i + 1) * x.cols), i * cols)
    data[(i + 1) * cols - 1] = value
  }
  return { rows: x.rows, cols, data }
}
