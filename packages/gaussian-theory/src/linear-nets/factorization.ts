import type { Objective } from '@nonconvex/optim'
import { gemm, matrix, type Matrix, type Vec } from '@nonconvex/tensor'
import { checkCount, checkFiniteSquare, checkLength } from '@nonconvex/tensor/check'
import { square, sum } from './chain.js'

/**
 * Symmetric matrix factorization, as an objective in U, row by row:
 *
 *     f(U) = ¼‖UUᵀ − M‖_F²,   ∇f = (UUᵀ − M)U
 *
 * At √μ_j q_j with an eigenvector q_j of M and r = 1, the smallest eigenvalue of the Hessian is
 * μ_j − μ_1.
 *
 * @param M - [d, d], symmetric
 * @param r - number of columns of U
 * @throws ArgumentError unless M is finite and square
 *
 * @example
 * import { factorization } from '@nonconvex/gaussian-theory/linear-nets'
 * import { matrix } from '@nonconvex/tensor'
 * console.log(factorization(matrix(1, 1, [4]), 1).gradient([1]).join()) // → -3
 */
export function factorization(M: Matrix, r: number): Objective {
  const fn = 'factorization'
  checkFiniteSquare(fn, 'M', M)
  checkCount(fn, 'r', r)
  const d = M.rows
  const of = (name: string, w: Vec): Matrix => {
    checkLength(fn, name, w, d * r, 'd·r')
    return matrix(d, r, Float64Array.from(w))
  }
  const excess = (U: Matrix): Matrix => sum(gemm(U, U, { transposeB: true }), -1, M)
  return {
    d: d * r,
    value: (w) => square(excess(of('w', w))) / 4,
    gradient: (w) => {
      const U = of('w', w)
      return gemm(excess(U), U).data
    },
    hessianTimes: (w, v) => {
      const U = of('w', w)
      const V = of('v', v)
      const product = gemm(V, U, { transposeB: true }).data
      // VUᵀ + UVᵀ
      const turn = product.map((x, i) => x + product[(i % d) * d + Math.floor(i / d)])
      const own = gemm(excess(U), V).data
      return gemm(matrix(d, d, turn), U).data.map((x, i) => x + own[i])
    },
  }
}
