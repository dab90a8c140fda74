import { checkFiniteMatrix } from '../check/arrays.js'
import { ShapeError } from '../check/errors.js'
import type { Matrix } from '../types.js'
import { identity, matrix } from './matrix.js'
import { norm2 } from './norm2.js'

/** A thin QR factorization A = Q R. */
export interface Qr {
  /** [m, n], orthonormal columns */
  readonly q: Matrix
  /** [n, n], upper triangular, diagonal ≥ 0 */
  readonly r: Matrix
}

/**
 * The thin QR factorization A = Q R by Householder reflections.
 *
 * @param a - [m, n] with m ≥ n, finite; of any rank
 * @returns Q with orthonormal columns, R upper triangular with diagonal ≥ 0 (unique if A has rank
 *   n)
 * @throws ShapeError if m < n; RangeError on NaN or infinity
 *
 * Accuracy: ‖A − QR‖ and ‖QᵀQ − I‖ of the order m n 2^-53 (times ‖A‖ for the first). Cost: 4 m n²
 * operations.
 *
 * @example
 * import { matrix, qr } from '@nonconvex/tensor'
 * console.log(qr(matrix(2, 1, [3, 4])).r.data[0]) // → 5
 */
export function qr(a: Matrix): Qr {
  checkFiniteMatrix('qr', 'a', a)
  const { rows: m, cols: n } = a
  if (m < n)
    throw new ShapeError(`qr: expected a to have at least as many rows as columns, got ${m} × ${n}`)
  const work = matrix(m, n, a.data.slice())
  const reflections: Float64Array[] = []
  for (let j = 0; j < n; j++) {
    const v = reflector(work, j)
    reflect(work, v, j, j)
    reflections.push(v)
  }
  const q = matrix(m, n)
  for (let j = 0; j < n; j++) q.data[j * n + j] = 1
  for (let j = n - 1; j >= 0; j--) reflect(q, reflections[j], j, j)
  const r = identity(n)
  for (let i = 0; i < n; i++) {
    const sign = work.data[i * n + i] < 0 ? -1 : 1
    for (let j = 0; j < n; j++) r.data[i * n + j] = j < i ? 0 : sign * work.data[i * n + j]
    for (let k = 0; k < m; k++) q.data[k * n + i] *= sign
  }
  return { q, r }
}

/**
 * The unit vector v, [m − j], for which I − 2vvᵀ maps column j from row j on to a multiple of e₁;
 * zero if that part of the column is zero.
 */
function reflector(a: Matrix, j: number): Float64Array {
  const v = Float64Array.from({ length: a.rows - j }, (_, i) => a.data[(j + i) * a.cols + j])
  const length = norm2(v)
  if (length === 0) return v
  for (let i = 0; i < v.length; i++) v[i] /= length
  // Away from 0, so that nothing cancels.
  v[0] += v[0] < 0 ? -1 : 1
  const size = norm2(v)
  for (let i = 0; i < v.length; i++) v[i] /= size
  return v
}

/**
 * Applies the reflection A ← (I − 2vvᵀ) A to the rows from `top` on and the columns from `left` on.
 */
function reflect(a: Matrix, v: Float64Array, top: number, left: number): void {
  const { cols, data } = a
  const products = new Float64Array(cols - left)
  for (let i = 0; i < v.length; i++) {
    const at = (top + i) * cols + left
    for (let k = 0; k < products.length; k++) products[k] += v[i] * data[at + k]
  }
  for (let i = 0; i < v.length; i++) {
    const at = (top + i) * cols + left
    const factor = 2 * v[i]
    for (let k = 0; k < products.length; k++) data[at + k] -= factor * products[k]
  }
}
