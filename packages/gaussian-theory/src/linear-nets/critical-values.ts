import {
  cholesky,
  gemm,
  matrix,
  solveLower,
  solveCholesky,
  transpose,
  type Matrix,
} from '@nonconvex/tensor'
import {
  argumentError,
  checkBetween,
  checkFiniteMatrix,
  checkInteger,
} from '@nonconvex/tensor/check'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { flat, square } from './chain.js'

/** The least loss of linear networks with a bottleneck, and what it is made of. */
export interface LinearMinimum {
  /** ½(‖Y‖² − Σ_{i≤p} e_i) */
  readonly loss: number
  /** e_1 ≥ e_2 ≥ …, the eigenvalues of Σ = YXᵀ(XXᵀ)⁻¹XYᵀ: [d_H] */
  readonly eigenvalues: Float64Array
  /** [d_H, d_H]: column i is a unit eigenvector of e_i */
  readonly vectors: Matrix
  /** YXᵀ(XXᵀ)⁻¹, the best linear map without a bottleneck: [d_H, d_0] */
  readonly regression: Matrix
  /** the smallest eigenvalue of XXᵀ */
  readonly smallestInput: number
}

/**
 * The least squared loss of a linear network of any depth whose smallest layer has width p:
 *
 *     L_min = ½(‖Y‖_F² − Σ_{i≤p} e_i),   e_i the eigenvalues of Σ = YXᵀ(XXᵀ)⁻¹XYᵀ
 *
 * @param X - [d_0, N] of full rank d_0
 * @param Y - [d_H, N]
 * @param p - integer in [0, d_H]
 * @throws ArgumentError if XXᵀ is not positive definite, or for other sizes
 *
 * Accuracy: about 1e-14 ‖Y‖² times the condition number of XXᵀ. Cost: d² N. Source: Baldi & Hornik
 * (1989); Kawaguchi (2016).
 *
 * @example
 * import { linearMinimum } from '@nonconvex/gaussian-theory/linear-nets'
 * import { identity, matrix } from '@nonconvex/tensor'
 * console.log(linearMinimum(identity(2), matrix(2, 2, [3, 0, 0, 1]), 1).loss) // → 0.5
 */
export function linearMinimum(X: Matrix, Y: Matrix, p: number): LinearMinimum {
  const fn = 'linearMinimum'
  checkFiniteMatrix(fn, 'X', X)
  checkFiniteMatrix(fn, 'Y', Y)
  const m = Y.rows
  checkInteger(fn, 'p', p, 0, m, `[0, d_H = ${m}]`)
  const gram = gemm(X, X, { transposeB: true })
  const factor = cholesky(gram)
  if (!factor.definite)
    throw argumentError('invalid', fn, 'XXᵀ', 'to be positive definite', `pivot ${factor.value}`)
  // rows YXᵀ
  const cross = gemm(Y, X, { transposeB: true })
  const regression = byRows(cross, (row) => solveCholesky(factor.l, row))
  const half = byRows(cross, (row) => solveLower(factor.l, row))
  const { values, vectors = matrix(m, m) } = eigenSymmetric(
    gemm(half, half, { transposeB: true }),
    { vectors: true },
  )
  // the eigenvalues descend, those of the solver ascend
  const descending = byRows(vectors, (row) => row.toReversed())
  const eigenvalues = values.toReversed()
  const first = Array.from({ length: p }, (_, i) => i)
  return {
    loss: lossOf(square(Y), eigenvalues, first),
    eigenvalues,
    vectors: descending,
    regression,
    smallestInput: eigenSymmetric(gram).values[0],
  }
}

const lossOf = (total: number, e: Float64Array, kept: readonly number[]): number =>
  kept.reduce((loss, i) => loss - e[i] / 2, total / 2)

function byRows(a: Matrix, of: (row: Float64Array) => Float64Array): Matrix {
  const out = matrix(a.rows, a.cols)
  for (let at = 0; at < a.data.length; at += a.cols)
    out.data.set(of(a.data.subarray(at, at + a.cols)), at)
  return out
}

/** A value that the loss of a two-layer linear network takes at critical points. */
export interface CriticalValue {
  /** the set J of eigenvectors that the network keeps: indices from 0, ascending */
  readonly kept: readonly number[]
  readonly loss: number
}

/**
 * All values of the loss of a two-layer linear network at its critical points, ascending:
 *
 *     ½(‖Y‖_F² − Σ_{i∈J} e_i),   |J| ≤ p
 *
 * @param total - ‖Y‖_F²
 * @param eigenvalues - those of `linearMinimum`, at most 16
 * @param p - the width of the hidden layer, integer ≥ 0
 * @throws ArgumentError for more eigenvalues, or another p
 *
 * Cost: 2^d_H sets. Source: Baldi & Hornik (1989).
 *
 * @example
 * import { criticalValues } from '@nonconvex/gaussian-theory/linear-nets'
 * console.log(criticalValues(10, [9, 1], 1).map(({ loss }) => loss).join()) // → 0.5,4.5,5
 */
export function criticalValues(
  total: number,
  eigenvalues: readonly number[] | Float64Array,
  p: number,
): readonly CriticalValue[] {
  const fn = 'criticalValues'
  const m = eigenvalues.length
  checkBetween(fn, 'the number of eigenvalues', m, 0, 16)
  checkInteger(fn, 'p', p, 0)
  const e = Float64Array.from(eigenvalues)
  const all = Array.from({ length: m }, (_, i) => i)
  const sets = Array.from({ length: 2 ** m }, (_, bits) =>
    all.filter((i) => Math.floor(bits / 2 ** i) % 2 === 1),
  )
  return sets
    .filter((kept) => kept.length <= p)
    .map((kept) => ({ kept, loss: lossOf(total, e, kept) }))
    .sort((a, b) => a.loss - b.loss)
}

/**
 * A critical point of the two-layer linear network of width p that keeps the eigenvectors J:
 *
 *     W_2 = U_J,   W_1 = U_Jᵀ YXᵀ(XXᵀ)⁻¹,   the other hidden units 0
 *
 * @param p - width of the hidden layer
 * @param kept - J: at most p indices of eigenvectors, from 0
 * @returns the weights as `linearNetwork(X, Y, [p])` takes them
 * @throws ArgumentError for more than p indices, or one that is out of range
 *
 * Source: Baldi & Hornik (1989).
 *
 * @example
 * import { criticalPoint, linearMinimum } from '@nonconvex/gaussian-theory/linear-nets'
 * import { identity, matrix } from '@nonconvex/tensor'
 * const minimum = linearMinimum(identity(2), matrix(2, 2, [3, 0, 0, 1]), 1)
 * console.log(criticalPoint(minimum, 1, [1]).map(Math.abs).join()) // → 0,1,0,1
 */
export function criticalPoint(
  { vectors, regression }: LinearMinimum,
  p: number,
  kept: readonly number[],
): Float64Array {
  const fn = 'criticalPoint'
  const m = vectors.rows
  checkBetween(fn, 'the number of indices', kept.length, 0, p, `[0, p = ${p}]`)
  for (const j of kept) checkInteger(fn, 'an index', j, 0, m - 1, `[0, d_H − 1 = ${m - 1}]`)
  const W2 = matrix(m, p)
  for (const [unit, j] of kept.entries())
    for (let i = 0; i < m; i++) W2.data[i * p + unit] = vectors.data[i * m + j]
  return flat([gemm(transpose(W2), regression), W2])
}
