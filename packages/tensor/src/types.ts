/** A vector of float64 numbers: what every function of this package takes. */
export type Vec = Float64Array | readonly number[]

/**
 * A dense matrix, row-major: entry (i, j) is `data[i * cols + j]`.
 *
 * Plain data: `{ rows, cols, data }` made by hand is as good as one made by `matrix`.
 */
export interface Matrix {
  readonly rows: number
  readonly cols: number
  /** [rows · cols] */
  readonly data: Float64Array
}
