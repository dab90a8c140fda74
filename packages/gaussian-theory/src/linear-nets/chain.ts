import { ShapeError, axpyInto, gemm, matrix, type Matrix, type Vec } from '@nonconvex/tensor'
import {
  checkCount,
  checkFiniteMatrix,
  checkFiniteVector,
  checkLength,
} from '@nonconvex/tensor/check'
import type { Objective } from '@nonconvex/optim'

/**
 * The squared loss of a linear network on given data, as an objective in all weights:
 *
 *     L(W_1, …, W_H) = ½‖W_H ⋯ W_1 X − Y‖_F²
 *
 * with value, gradient (backpropagation) and Hessian-vector products (its derivative). The weights
 * are the entries of W_1, row by row, then those of W_2, and so on.
 *
 * @param X - [d_0, N]: columns are inputs
 * @param Y - [d_H, N]: columns are targets
 * @param hidden - the widths d_1, …, d_{H−1}; one layer if empty
 * @throws ArgumentError unless both are finite, with as many columns, and the widths are ≥ 1
 *
 * Cost: 2 to 4 H products of a layer with N columns. Accuracy: rounding.
 *
 * @example
 * import { linearNetwork } from '@nonconvex/gaussian-theory/linear-nets'
 * import { matrix } from '@nonconvex/tensor'
 * const network = linearNetwork(matrix(1, 1, [1]), matrix(1, 1, [2]), [1])
 * console.log(network.d, network.value([1, 1]), network.gradient([1, 1]).join()) // → 2 0.5 -1,-1
 */
export function linearNetwork(X: Matrix, Y: Matrix, hidden: readonly number[]): Objective {
  const fn = 'linearNetwork'
  checkFiniteMatrix(fn, 'X', X)
  checkFiniteMatrix(fn, 'Y', Y)
  for (const width of hidden) checkCount(fn, 'a width', width)
  if (X.cols !== Y.cols)
    throw new ShapeError(`${fn}: expected Y to have ${X.cols} columns as X, got ${Y.cols}`)
  const sizes = [X.rows, ...hidden, Y.rows]
  const d = sizes.slice(1).reduce((total, size, i) => total + size * sizes[i], 0)
  const layersOf = (name: string, w: Vec): readonly Matrix[] => {
    checkLength(fn, name, w, d, 'd')
    checkFiniteVector(fn, name, w)
    return layers(w, sizes)
  }
  const at = (w: Vec) => {
    const W = layersOf('w', w)
    const Z = forward(W, X)
    return { W, Z, E: sum(Z[W.length], -1, Y) }
  }
  return {
    d,
    value: (w) => square(at(w).E) / 2,
    gradient: (w) => {
      const { W, Z, E } = at(w)
      const B = backward(W, E)
      return flat(W.map((_, i) => gemm(B[i], Z[i], { transposeB: true })))
    },
    hessianTimes: (w, v) => {
      const { W, Z, E } = at(w)
      const V = layersOf('v', v)
      const B = backward(W, E)
      // derivatives of Z and B in the direction V
      const zs = [matrix(X.rows, X.cols)]
      for (const [i, layer] of W.entries()) zs.push(sum(gemm(V[i], Z[i]), 1, gemm(layer, zs[i])))
      let bs = zs[W.length]
      const parts: Matrix[] = []
      for (let i = W.length - 1; i >= 0; i--) {
        parts.unshift(
          sum(gemm(bs, Z[i], { transposeB: true }), 1, gemm(B[i], zs[i], { transposeB: true })),
        )
        bs = sum(gemm(V[i], B[i], { transposeA: true }), 1, gemm(W[i], bs, { transposeA: true }))
      }
      return flat(parts)
    },
  }
}

/** The layers of a flat vector of weights. */
function layers(w: Vec, sizes: readonly number[]): readonly Matrix[] {
  const all = w instanceof Float64Array ? w : Float64Array.from(w)
  let at = 0
  return sizes.slice(1).map((rows, i) => {
    const cols = sizes[i]
    const from = at
    at += rows * cols
    return matrix(rows, cols, all.subarray(from, at))
  })
}

/** Z_i = W_i ⋯ W_1 X, i = 0, …, H. */
function forward(W: readonly Matrix[], X: Matrix): readonly Matrix[] {
  const Z = [X]
  for (const layer of W) Z.push(gemm(layer, Z[Z.length - 1]))
  return Z
}

/** (W_H ⋯ W_{i+1})ᵀ E, i = 1, …, H. */
function backward(W: readonly Matrix[], E: Matrix): readonly Matrix[] {
  const B = [E]
  for (let i = W.length - 1; i > 0; i--) B.unshift(gemm(W[i], B[0], { transposeA: true }))
  return B
}

/** The entries of matrices, one after the other. */
export function flat(parts: readonly Matrix[]): Float64Array {
  const out = new Float64Array(parts.reduce((total, { data }) => total + data.length, 0))
  let at = 0
  for (const { data } of parts) {
    out.set(data, at)
    at += data.length
  }
  return out
}

/** ‖A‖_F². */
export function square({ data }: Matrix): number {
  let total = 0
  for (const x of data) total += x * x
  return total
}

/** A + sB. */
export const sum = (A: Matrix, s: number, B: Matrix): Matrix =>
  matrix(A.rows, A.cols, axpyInto(A.data.slice(), s, B.data))
