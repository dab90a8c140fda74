import { argumentError } from '@nonconvex/tensor/check'
import { norm2 } from '@nonconvex/tensor'
import { LEAST_SQUARE, MOST_SQUARE, type Examples } from '../data/dataset.js'
import { isSparse, sparseNorms2, sparseRows, type SparseRows } from '../data/sparse-rows.js'

/** The rows a_i = y_i x_i and their squared norms: w separates if and only if all w·a_i > 0. */
export interface SignedRows extends SparseRows {
  readonly norms2: Float64Array
}

/**
 * @throws RangeError for a row whose squared norm is too large or too small for a float64; zero
 *   rows are allowed
 */
export function signedRows(fn: string, data: Examples): SignedRows {
  const rows = sparseRows(data.x)
  const norms2 = sparseNorms2(rows)
  const far = norms2.findIndex(
    (square, i) =>
      rows.start[i] < rows.start[i + 1] && !(square >= LEAST_SQUARE && square <= MOST_SQUARE),
  )
  if (far >= 0)
    throw argumentError(
      'out-of-range',
      fn,
      'x',
      'to have rows of norm in [1e-140, 1e140]',
      `${norm2(rows.value.subarray(rows.start[far], rows.start[far + 1]))} in row ${far}`,
      'scale the data',
    )
  // those of a matrix were made here
  const value = isSparse(data.x) ? rows.value.slice() : rows.value
  for (let i = 0; i < rows.rows; i++)
    for (let q = rows.start[i]; q < rows.start[i + 1]; q++) value[q] *= data.y[i]
  return { ...rows, value, norms2 }
}

/** w += factor · a_i */
export function addRowInto(w: Float64Array, factor: number, a: SignedRows, i: number): void {
  for (let q = a.start[i]; q < a.start[i + 1]; q++) w[a.index[q]] += factor * a.value[q]
}

/** Σ λ_i a_i, summed in the order of the rows. */
export function combination(a: SignedRows, lambda: Float64Array): Float64Array {
  const w = new Float64Array(a.cols)
  for (let i = 0; i < a.rows; i++) if (lambda[i] !== 0) addRowInto(w, lambda[i], a, i)
  return w
}

/** R, the norm of the longest row. */
export const radiusOf = (a: SignedRows): number =>
  Math.sqrt(a.norms2.reduce((most, square) => Math.max(most, square), 0))
