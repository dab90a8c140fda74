import { checkMatrix } from '../check/arrays.js'
import { ShapeError } from '../check/errors.js'
import type { Matrix, Vec } from '../types.js'
import { dotRange } from './dot.js'

/** Options of a matrix–vector product. */
export interface GemvOptions {
  /** use Aᵀ in place of A; default false */
  readonly transpose?: boolean
}

/**
 * The matrix–vector product A x, or Aᵀ x.
 *
 * @param a - [m, n]
 * @param x - [n] ([m] if transposed)
 * @returns [m] ([n] if transposed)
 * @throws ShapeError if the dimensions do not fit
 *
 * Order of summation: entries of A x are `dot`s of rows; of Aᵀ x, sums over the rows in order.
 * Cost: O(m n).
 *
 * @example
 * import { gemv, matrix } from '@nonconvex/tensor'
 * console.log(gemv(matrix(2, 2, [1, 2, 3, 4]), [1, 1])) // → Float64Array(2) [ 3, 7 ]
 */
export function gemv(a: Matrix, x: Vec, options: GemvOptions = {}): Float64Array {
  return gemvInto(new Float64Array(options.transpose ? a.cols : a.rows), a, x, options)
}

/**
 * Computes y ← A x, or Aᵀ x, without allocation; otherwise as `gemv`.
 *
 * @param y - [m] ([n] if transposed), overwritten and returned; must not share memory with x
 */
export function gemvInto(
  y: Float64Array,
  a: Matrix,
  x: Vec,
  options: GemvOptions = {},
): Float64Array {
  checkMatrix('gemv', 'a', a)
  const { rows, cols, data } = a
  const inner = options.transpose ? rows : cols
  const outer = options.transpose ? cols : rows
  if (x.length !== inner) {
    throw new ShapeError(`gemv: expected x to have length ${inner} to fit a, got ${x.length}`)
  }
  if (y.length !== outer) {
    throw new ShapeError(`gemv: expected y to have length ${outer} to fit a, got ${y.length}`)
  }
  if (!options.transpose) {
    for (let i = 0; i < rows; i++) y[i] = dotRange(data, i * cols, x, 0, cols)
    return y
  }
  y.fill(0)
  for (let i = 0; i < rows; i++) {
    const factor = x[i]
    const at = i * cols
    for (let j = 0; j < cols; j++) y[j] += factor * data[at + j]
  }
  return y
}
