import { matrix, type Matrix } from '@nonconvex/tensor'
import { hessian } from './hessian.js'
import { AT } from './kernels.js'
import { checkNetwork, type TeacherStudent } from './network.js'
import { pairsOf } from './pairs.js'

/**
 * What decides whether splitting a neuron escapes from a critical point of a ReLU network: for each
 * neuron the matrix D_i, H_ii being its block of the Hessian in W.
 *
 *     D_i = H_ii/a_i² − ½I
 *
 * Two neurons t w_i and (1 − t) w_i in place of w_i give the same function, and a critical point. It
 * is a strict saddle iff D_i has a negative eigenvalue; at t = ½ the smallest eigenvalue of the new
 * Hessian is the smaller one of the old one and 2 λ_min(D_i).
 *
 * @returns n matrices [d, d]
 * @throws as `hessian`
 *
 * Cost: a Hessian. Source: ours.
 *
 * @example
 * import { orthonormalTeacher, solveFamily, splitBlocks } from '@nonconvex/gaussian-theory/teacher-student'
 * import { eigenSymmetric } from '@nonconvex/tensor/eigen'
 * const { W } = solveFamily('II', 6)
 * const blocks = splitBlocks(orthonormalTeacher(W, { n: 6, k: 6, d: 6 }))
 * console.log(eigenSymmetric(blocks[5]).values[0].toFixed(4)) // → -0.0904
 */
export function splitBlocks(ts: TeacherStudent): Matrix[] {
  const { data } = hessian(ts, { withA: false })
  const { n, d, a } = ts
  return Array.from({ length: n }, (_, i) =>
    matrix(
      d,
      d,
      Float64Array.from({ length: d * d }, (_entry, at) => {
        const [s, t] = [Math.floor(at / d), at % d]
        const own = data[(i * d + s) * n * d + i * d + t] / (a[i] * a[i])
        return own - (s === t ? 1 / 2 : 0)
      }),
    ),
  )
}

/**
 * The block by which the Hessian in W grows with each dimension of the inputs that no neuron of
 * student or teacher uses:
 *
 *     P_ij = a_i a_j K_r(w_i, w_j) + [i = j] a_i (2 Σ_l a_l K_p(w_i, w_l) − 2 Σ_l b_l K_p(w_i, v_l))
 *
 * A local minimum in d dimensions is one in more if P is positive definite.
 *
 * @returns [n, n], symmetric
 * @throws ArgumentError unless the sizes fit and every entry is finite
 *
 * Cost: n(n + k) kernels. Source: ours.
 *
 * @example
 * import { orthonormalTeacher, perpendicularBlock, solveFamily } from '@nonconvex/gaussian-theory/teacher-student'
 * import { eigenSymmetric } from '@nonconvex/tensor/eigen'
 * const { W } = solveFamily('II', 6)
 * const P = perpendicularBlock(orthonormalTeacher(W, { n: 6, k: 6, d: 6 }))
 * console.log(eigenSymmetric(P).values[0].toFixed(4)) // → 0.1998
 */
export function perpendicularBlock(ts: TeacherStudent): Matrix {
  checkNetwork('perpendicularBlock', ts)
  const { n, k, a, b } = ts
  const { own, cross } = pairsOf(ts)
  const P = matrix(n, n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const K = own.at(i, j)
      P.data[i * n + j] += a[i] * a[j] * K[AT.r]
      P.data[i * n + i] += 2 * a[i] * a[j] * K[AT.p]
    }
    for (let j = 0; j < k; j++) P.data[i * n + i] -= 2 * a[i] * b[j] * cross.at(i, j)[AT.p]
  }
  return P
}
