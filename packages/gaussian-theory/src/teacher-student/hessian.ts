import { matrix, type Matrix } from '@nonconvex/tensor'
import { argumentError } from '@nonconvex/tensor/check'
import { AT } from './kernels.js'
import { missingAtZero, residual } from './loss.js'
import { checkNetwork, type TeacherStudent } from './network.js'
import { pairsOf } from './pairs.js'

/**
 * The Hessian of `loss` in (W, a), or in W alone; parameters in the order w_0, w_1, …, a_0, a_1, …:
 *
 *     H_uu(u, v) = 2K_p I + 4K_pp uuᵀ + 2K_pr (uvᵀ + vuᵀ) + K_rr vvᵀ
 *     H_uv(u, v) = K_r I + 4K_pq uvᵀ + 2K_pr uuᵀ + 2K_qr vvᵀ + K_rr vuᵀ
 *     ∂²L/∂w_i∂w_i = a_i (Σ_j a_j H_uu(w_i, w_j) − Σ_j b_j H_uu(w_i, v_j)) + a_i² H_uv(w_i, w_i)
 *     ∂²L/∂w_i∂w_j = a_i a_j H_uv(w_i, w_j),   ∂²L/∂a_i∂a_m = K(w_i, w_m)
 *     ∂²L/∂w_i∂a_m = a_i (2K_p w_i + K_r w_m) + [m = i] R_i
 *
 * At parallel vectors the terms that grow cancel, and the limit is returned.
 *
 * @param options - `withA: false` for the block of W, default true
 * @returns [nd + n, nd + n] or [nd, nd], symmetric
 * @throws ArgumentError where there is no Hessian: a neuron 0 of ReLU, leaky ReLU, |z| or ReLU²;
 *   otherwise as `loss`
 *
 * Cost: n(n + k) kernels and n²d² numbers. Source: ours, by differentiation.
 *
 * @example
 * import { hessian, relu } from '@nonconvex/gaussian-theory/teacher-student'
 * const one = Float64Array.of(1)
 * const ts = { n: 1, k: 1, d: 1, W: Float64Array.of(3), a: one, V: one, b: one, kernel: relu }
 * console.log(hessian(ts).data.join()) // → 0.5,2.5,2.5,4.5
 */
export function hessian(ts: TeacherStudent, options: { readonly withA?: boolean } = {}): Matrix {
  checkNetwork('hessian', ts)
  const { n, k, d, W, a, V, b } = ts
  const { withA = true } = options
  const { own, cross } = pairsOf(ts)
  const missing = missingAtZero(ts)
  const size = n * d + (withA ? n : 0)
  const { data: H, ...shape } = matrix(size, size)
  const R = new Float64Array(d)

  /** Adds weight · H_uu(w_i, v_j) to the block (i, i), v being row j of `to`. */
  const addOwn = (
    K: Float64Array,
    weight: number,
    i: number,
    to: Float64Array,
    j: number,
  ): void => {
    for (let s = 0; s < d; s++) {
      const [us, vs] = [W[i * d + s], to[j * d + s]]
      const alongU = weight * (4 * K[AT.pp] * us + 2 * K[AT.pr] * vs)
      const alongV = weight * (2 * K[AT.pr] * us + K[AT.rr] * vs)
      const row = (i * d + s) * size + i * d
      for (let t = 0; t < d; t++) H[row + t] += alongU * W[i * d + t] + alongV * to[j * d + t]
      H[row + s] += weight * 2 * K[AT.p]
    }
  }
  /** Adds a_i a_j H_uv(w_i, w_j) to the block (i, j). */
  const addPair = (K: Float64Array, weight: number, i: number, j: number): void => {
    for (let s = 0; s < d; s++) {
      const [us, vs] = [W[i * d + s], W[j * d + s]]
      const alongU = weight * (2 * K[AT.pr] * us + K[AT.rr] * vs)
      const alongV = weight * (4 * K[AT.pq] * us + 2 * K[AT.qr] * vs)
      const row = (i * d + s) * size + j * d
      for (let t = 0; t < d; t++) H[row + t] += alongU * W[i * d + t] + alongV * W[j * d + t]
      H[row + s] += weight * K[AT.r]
    }
  }
  for (let i = 0; i < n; i++) {
    if (missing !== null && own.norm(i) === 0)
      throw argumentError(
        'zero-vector',
        'hessian',
        `row ${i} of W`,
        'not to be zero (not twice differentiable there)',
        'the zero vector',
      )
    for (let j = 0; j < n; j++) {
      const K = own.at(i, j)
      addOwn(K, a[i] * a[j], i, W, j)
      addPair(K, a[i] * a[j], i, j)
      if (!withA) continue
      H[(n * d + i) * size + n * d + j] = K[AT.K]
      for (let t = 0; t < d; t++) {
        const mixed = a[i] * (2 * K[AT.p] * W[i * d + t] + K[AT.r] * W[j * d + t])
        H[(i * d + t) * size + n * d + j] += mixed
        H[(n * d + j) * size + i * d + t] += mixed
      }
    }
    for (let j = 0; j < k; j++) addOwn(cross.at(i, j), -a[i] * b[j], i, V, j)
    if (!withA) continue
    residual(ts, own, cross, i, R)
    for (let t = 0; t < d; t++) {
      H[(i * d + t) * size + n * d + i] += R[t]
      H[(n * d + i) * size + i * d + t] += R[t]
    }
  }
  return { ...shape, data: H }
}
