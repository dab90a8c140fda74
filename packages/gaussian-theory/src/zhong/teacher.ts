import { gemm, matrix } from '@nonconvex/tensor'
import { checkCount, checkVector } from '@nonconvex/tensor/check'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { hessian } from '../teacher-student/hessian.js'
import type { Kernel } from '../teacher-student/kernels.js'

/** The curvature of the loss at a teacher, and what its lower bound is made of. */
export interface TeacherCurvature {
  /** the smallest eigenvalue of the Hessian in W at W = W* */
  readonly smallest: number
  /** σ_k, the smallest singular value of W* */
  readonly sigma: number
  /** κ²λ: κ = σ_1/σ_k, λ = Π σ_i/σ_k^k */
  readonly conditioning: number
}

/**
 * The smallest eigenvalue of the Hessian in W at the teacher, W = W* and a = 1, and the condition of
 * the teacher:
 *
 *     λ_min(∇²L(W*)) ≥ ρ(σ_k)/(κ²λ),   κ = σ_1/σ_k,   λ = Π_i σ_i/σ_k^k
 *
 * @param W - [k, k], the teacher's rows, linearly independent
 * @param k - neurons
 * @param kernel - of the activation
 * @throws ArgumentError for sizes that do not fit
 *
 * Accuracy: 1e-14 times the largest eigenvalue; κ²λ to 1e-15 κ² relatively. Cost: (k²)³. Source: Zhong et
 * al. (2017); the constant 1 is ours: the density of Wx is at least 1/λ times that of N(0, σ_k² I).
 *
 * @example
 * import { teacherCurvature } from '@nonconvex/gaussian-theory/zhong'
 * import { relu } from '@nonconvex/gaussian-theory/teacher-student'
 * import { identity } from '@nonconvex/tensor'
 * console.log(teacherCurvature(identity(3).data, 3, relu).smallest.toFixed(10)) // → 0.0908450569
 */
export function teacherCurvature(W: Float64Array, k: number, kernel: Kernel): TeacherCurvature {
  checkCount('teacherCurvature', 'k', k)
  checkVector('teacherCurvature', 'W', W, k * k, 'k²')
  const a = new Float64Array(k).fill(1)
  const H = hessian({ n: k, k, d: k, W, a, V: W, b: a, kernel }, { withA: false })
  const rows = matrix(k, k, W)
  const squares = eigenSymmetric(gemm(rows, rows, { transposeB: true })).values
  let lambda = 1
  for (const square of squares) lambda *= Math.sqrt(square / squares[0])
  return {
    smallest: eigenSymmetric(H).values[0],
    sigma: Math.sqrt(squares[0]),
    conditioning: (squares[k - 1] / squares[0]) * lambda,
  }
}
