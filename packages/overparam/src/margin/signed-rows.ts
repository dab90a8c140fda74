import { argumentError } from '@nonconvex/tensor/check'
import { norm2 } from '@nonconvex/tensor'
import { LEAST_SQUARE, MOST_SQUARE, squaredNorms, type Examples } from '../data/dataset.js'
import {
  isDense,
  isSparse,
  rowDot,
  rowValues,
  shapeOf,
  sparseRows,
  type Features,
} from '../data/sparse-rows.js'

/**
 * The rows a_i = y_i x_i and their squared norms: w separates if and only if all w·a_i > 0. The
 * features are those of the data, not copied, unless enough of a matrix is zero.
 */
export interface SignedRows {
  readonly rows: number
  readonly cols: number
  readonly x: Features
  /** [n] labels ±1 */
  readonly y: Float64Array
  readonly norms2: Float64Array
}

/**
 * @throws RangeError for a row whose squared norm is too large or too small for a float64; zero
 *   rows are allowed
 */
export function signedRows(fn: string, { x, y }: Examples): SignedRows {
  const norms2 = squaredNorms(x)
  const far = norms2.findIndex(
    (square, i) =>
      !(square >= LEAST_SQUARE && square <= MOST_SQUARE) &&
      rowValues(x, i).some((value) => value !== 0),
  )
  if (far >= 0)
    throw argumentError(
      'out-of-range',
      fn,
      'x',
      'to have rows of norm in [1e-140, 1e140]',
      `${norm2(rowValues(x, far))} in row ${far}`,
      'scale the data',
    )
  const { rows, cols } = x
  const kept = isSparse(x) || isDense(shapeOf(x)) ? x : sparseRows(x)
  return { rows, cols, x: kept, y, norms2 }
}

/** The product w·a_i, which is never −0. */
export const signedDot = (a: SignedRows, i: number, w: Float64Array): number =>
  a.y[i] * rowDot(a.x, i, w) + 0

/** Adds a multiple of a row: w ← w + factor · a_i. */
export function addRowInto(w: Float64Array, factor: number, a: SignedRows, i: number): void {
  const { x } = a
  const signed = factor * a.y[i]
  // plain variables, as in `fillRows`
  if (isSparse(x)) {
    const { index, value } = x
    for (let q = x.start[i], to = x.start[i + 1]; q < to; q++) w[index[q]] += signed * value[q]
  } else {
    const { cols, data } = x
    for (let c = 0, p = i * cols; c < cols; c++, p++) w[c] += signed * data[p]
  }
}

/** The combination Σ λ_i a_i, summed in the order of the rows. */
export function combination(a: SignedRows, lambda: Float64Array): Float64Array {
  const w = new Float64Array(a.cols)
  for (let i = 0; i < a.rows; i++) if (lambda[i] !== 0) addRowInto(w, lambda[i], a, i)
  return w
}

/** The radius R, the norm of the longest row. */
export const radiusOf = (a: SignedRows): number =>
  Math.sqrt(a.norms2.reduce((most, square) => Math.max(most, square), 0))
