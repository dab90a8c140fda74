/** A vector of float64 numbers. */
export type Vec = Float64Array | readonly number[]

/**
 * A dense matrix, row-major: entry (i, j) is `data[i * cols + j]`.
 *
 * It is plain data: an object literal `{ rows, cols, data }` is equivalent to a result of `matrix`.
 */
export interface Matrix {
  readonly rows: number
  readonly cols: number
  /** [rows · cols] */
  readonly data: Float64Array
}
