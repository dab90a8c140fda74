import { checkFiniteSquare } from '../check/arrays.js'
import { argumentError, ShapeError } from '../check/errors.js'
import type { Matrix, Vec } from '../types.js'
import { dotRange } from './dot.js'

/** Options of a triangular solve. */
export interface SolveOptions {
  /** solve with the transposed matrix; default false */
  readonly transpose?: boolean
}

/**
 * Solves L x = b (or Lᵀ x = b) for lower triangular L.
 *
 * @param l - [n, n], finite, diagonal without zeros; entries above the diagonal are not read
 * @param b - [n]
 * @returns x, [n]
 * @throws ShapeError if dimensions do not fit; RangeError if a diagonal entry is 0, an entry NaN or
 *   infinite
 *
 * Accuracy: x solves (L + E) x = b with |E| ≤ n 2^-53 |L|. Cost: n² operations.
 *
 * @example
 * import { matrix, solveLower } from '@nonconvex/tensor'
 * console.log(solveLower(matrix(2, 2, [2, 0, 1, 4]), [2, 9])) // → Float64Array(2) [ 1, 2 ]
 */
export function solveLower(l: Matrix, b: Vec, options: SolveOptions = {}): Float64Array {
  const x = prepared('solveLower', 'l', l, b)
  return options.transpose ? backwardByRows(l, x) : forward(l, x)
}

/**
 * Solves U x = b (or Uᵀ x = b) for upper triangular U; otherwise as `solveLower`.
 *
 * @example
 * import { matrix, solveUpper } from '@nonconvex/tensor'
 * console.log(solveUpper(matrix(2, 2, [2, 1, 0, 4]), [4, 8])) // → Float64Array(2) [ 1, 2 ]
 */
export function solveUpper(u: Matrix, b: Vec, options: SolveOptions = {}): Float64Array {
  const x = prepared('solveUpper', 'u', u, b)
  return options.transpose ? forwardByRows(u, x) : backward(u, x)
}

/**
 * Solves A x = b from the factor `l` of `cholesky(A)`: L y = b, then Lᵀ x = y.
 *
 * @example
 * import { cholesky, matrix, solveCholesky } from '@nonconvex/tensor'
 * const factor = cholesky(matrix(2, 2, [4, 2, 2, 5]))
 * if (factor.definite) console.log(solveCholesky(factor.l, [8, 12])) // → Float64Array(2) [ 1, 2 ]
 */
export function solveCholesky(l: Matrix, b: Vec): Float64Array {
  return solveLower(l, solveLower(l, b), { transpose: true })
}

function prepared(fn: string, name: string, t: Matrix, b: Vec): Float64Array {
  checkFiniteSquare(fn, name, t)
  if (b.length !== t.rows) {
    throw new ShapeError(
      `${fn}: expected b to have length ${t.rows} to fit ${name}, got ${b.length}`,
    )
  }
  for (let i = 0; i < t.rows; i++) {
    if (t.data[i * t.cols + i] === 0) {
      throw argumentError('out-of-range', fn, `${name}[${i}, ${i}]`, 'not to be 0', 0)
    }
  }
  return Float64Array.from(b)
}

function forward({ rows: n, data }: Matrix, x: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    x[i] = (x[i] - dotRange(data, i * n, x, 0, i)) / data[i * n + i]
  }
  return x
}

function backward({ rows: n, data }: Matrix, x: Float64Array): Float64Array {
  for (let i = n - 1; i >= 0; i--) {
    const rest = dotRange(data, i * n + i + 1, x, i + 1, n - 1 - i)
    x[i] = (x[i] - rest) / data[i * n + i]
  }
  return x
}

/** Solves Lᵀ x = b by reading L row by row, in the order of memory. */
function backwardByRows({ rows: n, data }: Matrix, x: Float64Array): Float64Array {
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= data[i * n + i]
    for (let j = 0; j < i; j++) x[j] -= data[i * n + j] * x[i]
  }
  return x
}

function forwardByRows({ rows: n, data }: Matrix, x: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    x[i] /= data[i * n + i]
    for (let j = i + 1; j < n; j++) x[j] -= data[i * n + j] * x[i]
  }
  return x
}
