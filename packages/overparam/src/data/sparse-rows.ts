import type { Matrix } from '@nonconvex/tensor'

/**
 * The non-zero entries of a matrix, row after row (CSR): row i has the positions start[i] …
 * start[i+1] − 1.
 */
export interface SparseRows {
  readonly rows: number
  readonly cols: number
  readonly start: Int32Array
  readonly index: Int32Array
  readonly value: Float64Array
}

/** The non-zero entries of a dense matrix; columns ascend within a row. */
export function sparseRows({ rows, cols, data }: Matrix): SparseRows {
  const start = new Int32Array(rows + 1)
  // enough for a row more, always
  let index = new Int32Array(Math.ceil(data.length / 4) + cols)
  let value = new Float64Array(index.length)
  let at = 0
  for (let i = 0; i < rows; i++) {
    if (at + cols > index.length) {
      index = grown(index, new Int32Array(2 * index.length))
      value = grown(value, new Float64Array(2 * value.length))
    }
    for (let c = 0, p = i * cols; c < cols; c++, p++) {
      const feature = data[p]
      // written in any case, kept if it is not zero
      index[at] = c
      value[at] = feature
      if (feature !== 0) at++
    }
    start[i + 1] = at
  }
  return {
    rows,
    cols,
    start,
    index: index.subarray(0, at),
    value: value.subarray(0, at),
  }
}

function grown<T extends Int32Array | Float64Array>(old: T, larger: T): T {
  larger.set(old)
  return larger
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
