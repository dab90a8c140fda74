import { ShapeError, wellFormed } from '../errors.js'
import type { Matrix } from '../types.js'

/** How the factors enter a product. */
export interface GemmOptions {
  /** use Aᵀ in place of A; default false */
  readonly transposeA?: boolean
  /** use Bᵀ in place of B; default false */
  readonly transposeB?: boolean
}

/** @internal naive, replaced below */
export function gemm(a: Matrix, b: Matrix, options: GemmOptions = {}): Matrix {
  const rows = options.transposeA ? a.cols : a.rows
  const cols = options.transposeB ? b.rows : b.cols
  return gemmInto({ rows, cols, data: new Float64Array(rows * cols) }, a, b, options)
}

export function gemmInto(c: Matrix, a: Matrix, b: Matrix, options: GemmOptions = {}): Matrix {
  wellFormed('gemm', 'a', a)
  wellFormed('gemm', 'b', b)
  const inner = options.transposeA ? a.rows : a.cols
  const innerB = options.transposeB ? b.cols : b.rows
  if (inner !== innerB)
    throw new ShapeError(`gemm: b must have ${inner} rows to fit a, got ${innerB}`)
  const [ai, ak] = options.transposeA ? [1, a.cols] : [a.cols, 1]
  const [bk, bj] = options.transposeB ? [1, b.cols] : [b.cols, 1]
  for (let i = 0; i < c.rows; i++) {
    for (let j = 0; j < c.cols; j++) {
      let sum = 0
      for (let k = 0; k < inner; k++) sum += a.data[i * ai + k * ak] * b.data[k * bk + j * bj]
      c.data[i * c.cols + j] = sum
    }
  }
  return c
}
