import type { Matrix } from '@nonconvex/tensor'

/** The non-zero entries of a matrix, row after row (CSR): row i has the positions start[i] … start[i+1] − 1. */
export interface SparseRows {
  readonly rows: number
  readonly cols: number
  readonly start: Int32Array
  readonly index: Int32Array
  readonly value: Float64Array
}

/** The non-zero entries of a dense matrix; columns ascend within a row. */
export function sparseRows(x: Matrix): SparseRows {
  let count = 0
  for (let p = 0; p < x.data.length; p++) if (x.data[p] !== 0) count++
  const start = new Int32Array(x.rows + 1)
  const index = new Int32Array(count)
  const value = new Float64Array(count)
  let at = 0
  for (let i = 0; i < x.rows; i++) {
    for (let c = 0, p = i * x.cols; c < x.cols; c++, p++) {
      if (x.data[p] === 0) continue
      index[at] = c
      value[at++] = x.data[p]
    }
    start[i + 1] = at
  }
  return { rows: x.rows, cols: x.cols, start, index, value }
}

/** ‖x_i‖² of every row. */
export function sparseNorms2(rows: SparseRows): Float64Array {
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    let sum = 0
    for (let q = rows.start[i]; q < rows.start[i + 1]; q++) sum += rows.value[q] * rows.value[q]
    return sum
  })
}

/** Share of the entries that are not zero. */
export const density = (x: SparseRows): number => x.value.length / (x.rows * x.cols)
