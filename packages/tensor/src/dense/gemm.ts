import { checkMatrix } from '../check/arrays.js'
import { ShapeError } from '../check/errors.js'
import type { Matrix } from '../types.js'
import { plainProduct32, plainProduct64 } from './gemm-plain.js'
import {
  wasmProduct32,
  wasmProduct64,
  type Floats,
  type Operand,
  type Product,
} from './gemm-blocks.js'

/** Options of a matrix product. */
export interface GemmOptions {
  /** use Aᵀ in place of A; default false */
  readonly transposeA?: boolean
  /** use Bᵀ in place of B; default false */
  readonly transposeB?: boolean
}

/** A row-major matrix of float32 numbers: entry (i, j) is `data[i * cols + j]`. */
export interface MatrixF32 {
  readonly rows: number
  readonly cols: number
  /** [rows · cols] */
  readonly data: Float32Array
}

/** For fewer products than this, packing costs more than it saves. */
const SMALL = 256

/**
 * The product A B of float64 matrices; each factor may be taken transposed.
 *
 * @param a - [m, k] ([k, m] if `transposeA`)
 * @param b - [k, n] ([n, k] if `transposeB`)
 * @returns [m, n]; zeros if k = 0; NaN and infinities pass through
 * @throws ShapeError if the inner dimensions differ
 *
 * Order of summation, part of the result: over k in order within blocks of 256, then over the
 * blocks; the same bits with and without WebAssembly. Error ≤ (256 + k/256) 2^-53 |A||B|. Cost: 2 m
 * n k operations, at 256 × 256 × 256 about 8 times as fast as three plain loops. Memory: the
 * result, and 1 MiB that is kept for later calls.
 *
 * @example
 * import { gemm, matrix } from '@nonconvex/tensor'
 * const a = matrix(2, 2, [1, 2, 3, 4])
 * console.log(gemm(a, a, { transposeB: true }).data) // → Float64Array(4) [ 5, 11, 11, 25 ]
 */
export function gemm(a: Matrix, b: Matrix, options: GemmOptions = {}): Matrix {
  const rows = options.transposeA ? a.cols : a.rows
  const cols = options.transposeB ? b.rows : b.cols
  checkMatrix('gemm', 'a', a)
  checkMatrix('gemm', 'b', b)
  return gemmInto({ rows, cols, data: new Float64Array(rows * cols) }, a, b, options)
}

/**
 * Computes C ← A B without allocation; otherwise as `gemm`.
 *
 * @param c - [m, n], overwritten and returned; must not share memory with a or b
 * @throws ShapeError if a dimension does not fit
 */
export function gemmInto(c: Matrix, a: Matrix, b: Matrix, options: GemmOptions = {}): Matrix {
  multiply('gemm', c, a, b, options, wasmProduct64, plainProduct64)
  return c
}

/**
 * The product A B of float32 matrices, computed in float32; otherwise as `gemm`.
 *
 * Error ≤ (256 + k/256) 2^-24 |A||B|. About twice as fast as `gemm`.
 *
 * @example
 * import { gemmF32 } from '@nonconvex/tensor'
 * const a = { rows: 1, cols: 2, data: new Float32Array([1, 2]) }
 * console.log(gemmF32(a, a, { transposeB: true }).data) // → Float32Array(1) [ 5 ]
 */
export function gemmF32(a: MatrixF32, b: MatrixF32, options: GemmOptions = {}): MatrixF32 {
  const rows = options.transposeA ? a.cols : a.rows
  const cols = options.transposeB ? b.rows : b.cols
  checkMatrix('gemmF32', 'a', a)
  checkMatrix('gemmF32', 'b', b)
  return gemmF32Into({ rows, cols, data: new Float32Array(rows * cols) }, a, b, options)
}

/** Computes C ← A B in float32 without allocation; otherwise as `gemmInto`. */
export function gemmF32Into(
  c: MatrixF32,
  a: MatrixF32,
  b: MatrixF32,
  options: GemmOptions = {},
): MatrixF32 {
  multiply('gemmF32', c, a, b, options, wasmProduct32, plainProduct32)
  return c
}

interface Rows<T> {
  readonly rows: number
  readonly cols: number
  readonly data: T
}

function multiply<T extends Floats>(
  fn: string,
  c: Rows<T>,
  a: Rows<T>,
  b: Rows<T>,
  { transposeA = false, transposeB = false }: GemmOptions,
  fast: () => Product<T> | undefined,
  plain: Product<T>,
): void {
  checkMatrix(fn, 'a', a)
  checkMatrix(fn, 'b', b)
  checkMatrix(fn, 'c', c)
  const m = transposeA ? a.cols : a.rows
  const depth = transposeA ? a.rows : a.cols
  const depthB = transposeB ? b.cols : b.rows
  const n = transposeB ? b.rows : b.cols
  if (depth !== depthB) {
    throw new ShapeError(
      `${fn}: expected b to have inner dimension ${depth} to fit a, got ${depthB}`,
    )
  }
  if (c.rows !== m || c.cols !== n) {
    throw new ShapeError(`${fn}: expected c to be ${m} × ${n}, got ${c.rows} × ${c.cols}`)
  }
  const small = m * n * depth <= SMALL
  const product: Product<T> = (small ? undefined : fast()) ?? plain
  product(c.data, operand(a, transposeA), operand(b, transposeB), m, n, depth)
}

function operand<T extends Floats>(a: Rows<T>, transposed: boolean): Operand<T> {
  return transposed ? { data: a.data, row: 1, col: a.cols } : { data: a.data, row: a.cols, col: 1 }
}
