import { ShapeError } from '../check/errors.js'
import { checkInteger } from '../check/numbers.js'
import type { Matrix, Vec } from '../types.js'

/**
 * Creates a row-major matrix.
 *
 * @param rows - integer ≥ 0
 * @param cols - integer ≥ 0
 * @param data - [rows · cols]; a `Float64Array` is used without a copy; default: zeros
 * @throws ShapeError if a dimension is not an integer ≥ 0 or `data` has another length
 *
 * @example
 * import { matrix } from '@nonconvex/tensor'
 * const a = matrix(2, 3, [1, 2, 3, 4, 5, 6])
 * console.log(a.data[1 * a.cols + 0]) // → 4
 */
export function matrix(rows: number, cols: number, data?: Vec): Matrix {
  if (!Number.isSafeInteger(rows) || !Number.isSafeInteger(cols) || rows < 0 || cols < 0) {
    throw new ShapeError(
      `matrix: expected rows and cols to be integers ≥ 0, got ${String(rows)} and ${String(cols)}`,
    )
  }
  if (data !== undefined && data.length !== rows * cols) {
    throw new ShapeError(
      `matrix: expected data to have length ${rows} × ${cols} = ${rows * cols}, got ${data.length}`,
    )
  }
  if (data instanceof Float64Array) return { rows, cols, data }
  return { rows, cols, data: data ? Float64Array.from(data) : new Float64Array(rows * cols) }
}

/** The n × n identity matrix. Throws ShapeError as `matrix` does. */
export function identity(n: number): Matrix {
  const a = matrix(n, n)
  for (let i = 0; i < n; i++) a.data[i * n + i] = 1
  return a
}

/** Row i of `a` as a view: writing to it writes to `a`. Throws RangeError unless 0 ≤ i < rows. */
export function row(a: Matrix, i: number): Float64Array {
  checkInteger('row', 'i', i, 0, a.rows - 1, `[0, rows − 1 = ${a.rows - 1}]`)
  return a.data.subarray(i * a.cols, (i + 1) * a.cols)
}

/** The transpose, as a new matrix. Cost: O(rows · cols). */
export function transpose(a: Matrix): Matrix {
  const t = matrix(a.cols, a.rows)
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) t.data[j * a.rows + i] = a.data[i * a.cols + j]
  }
  return t
}
