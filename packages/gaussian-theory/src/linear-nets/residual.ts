import type { Objective } from '@nonconvex/optim'
import { cholesky, gemm, identity, matrix, type Matrix, type Vec } from '@nonconvex/tensor'
import { argumentError, checkCount, checkFiniteMatrix, checkLength } from '@nonconvex/tensor/check'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { linearNetwork } from './chain.js'

/** A linear residual network and what it is to learn. */
export interface ResidualProblem {
  /** number of layers */
  readonly l: number
  /** [d, d]: the target */
  readonly R: Matrix
  /** [d, d]: E xxᵀ, positive definite */
  readonly S: Matrix
}

/**
 * The loss of a linear residual network, without the factor ½, as an objective in all A_i:
 *
 *     f(A_1, …, A_l) = E ‖(I + A_l) ⋯ (I + A_1) x − Rx‖²
 *
 * @throws ArgumentError unless R and S are d × d and S is positive definite
 *
 * Source: Hardt & Ma (2017).
 *
 * @example
 * import { residualNetwork } from '@nonconvex/gaussian-theory/linear-nets'
 * import { identity, matrix } from '@nonconvex/tensor'
 * const f = residualNetwork({ l: 2, R: matrix(1, 1, [4]), S: identity(1) })
 * console.log(f.value([0, 0]), f.value([1, 1])) // → 9 0
 */
export function residualNetwork({ l, R, S }: ResidualProblem): Objective {
  const fn = 'residualNetwork'
  checkCount(fn, 'l', l)
  checkFiniteMatrix(fn, 'R', R)
  const d = R.rows
  checkLength(fn, 'the columns of R', { length: R.cols }, d, 'its rows')
  checkLength(fn, 'the rows of S', { length: S.rows }, d, 'those of R')
  const factor = cholesky(S)
  if (!factor.definite)
    throw argumentError('invalid', fn, 'S', 'to be positive definite', `pivot ${factor.value}`)
  // S = XXᵀ
  const X = factor.l
  const hidden = new Array<number>(l - 1).fill(d)
  const network = linearNetwork(X, gemm(R, X), hidden)
  const one = identity(d).data
  const shifted = (A: Vec): Float64Array => Float64Array.from(A, (a, i) => a + one[i % one.length])
  const twice = (v: Float64Array | undefined): Float64Array =>
    (v ?? new Float64Array(0)).map((x) => 2 * x)
  return {
    d: network.d,
    value: (A) => 2 * network.value(shifted(A)),
    gradient: (A) => twice(network.gradient(shifted(A))),
    hessianTimes: (A, V) => twice(network.hessianTimes?.(shifted(A), V)),
  }
}

/** The two sides of the inequality of {@link residualGradientBound}. */
export interface ResidualGradient {
  readonly loss: number
  /** Σ_i ‖∇_{A_i} f‖_F² */
  readonly gradient: number
  /** what it is at least if τ < 1 */
  readonly bound: number
  /** τ = max_i ‖A_i‖, spectral */
  readonly tau: number
}

/**
 * The gradient of a linear residual network against its lower bound:
 *
 *     Σ_i ‖∇_{A_i} f‖_F² ≥ 4 l (1 − τ)^(2l−2) σ_min(S) f,   ‖A_i‖ ≤ τ < 1 for all i
 *
 * So no A with all ‖A_i‖ < 1 is critical but those of loss 0. Equality for A_i = −τI and S = I.
 *
 * @param A - [l · d · d], layer by layer
 * @throws as `residualNetwork`
 *
 * Source: Hardt & Ma (2017); the constant is ours: ∇_i = 2(…)ᵀ ES(…)ᵀ, and each of the l − 1
 * factors I + A_j has singular values of at least 1 − τ.
 *
 * @example
 * import { residualGradientBound } from '@nonconvex/gaussian-theory/linear-nets'
 * import { identity, matrix } from '@nonconvex/tensor'
 * const problem = { l: 2, R: matrix(1, 1, [4]), S: identity(1) }
 * const { gradient, bound } = residualGradientBound([-0.5, -0.5], problem)
 * console.log(gradient, bound) // → 28.125 28.125
 */
export function residualGradientBound(A: Vec, problem: ResidualProblem): ResidualGradient {
  const f = residualNetwork(problem)
  const { l, R, S } = problem
  const loss = f.value(A)
  let gradient = 0
  for (const g of f.gradient(A)) gradient += g * g
  const layers = Float64Array.from(A)
  const size = R.rows * R.rows
  let tau = 0
  for (let i = 0; i < l; i++)
    tau = Math.max(
      tau,
      spectralNorm(matrix(R.rows, R.rows, layers.slice(i * size, (i + 1) * size))),
    )
  let factor = 4 * l
  for (let i = 1; i < l; i++) factor *= (1 - tau) * (1 - tau)
  return { loss, gradient, bound: factor * eigenSymmetric(S).values[0] * loss, tau }
}

/** The largest singular value. */
function spectralNorm(A: Matrix): number {
  return Math.sqrt(eigenSymmetric(gemm(A, A, { transposeA: true })).values[A.cols - 1])
}

/**
 * A residual network with loss 0 for a symmetric positive definite target:
 *
 *     A_i = R^(1/l) − I,   ‖A_i‖ ≤ e^(γ/l) − 1,   γ = max |log σ(R)|
 *
 * @param R - [d, d]
 * @param l - number of layers
 * @returns [l · d · d], the same in each layer
 * @throws ArgumentError unless R is symmetric and positive definite
 *
 * Source: Hardt & Ma (2017), for such R.
 *
 * @example
 * import { residualSolution } from '@nonconvex/gaussian-theory/linear-nets'
 * import { matrix } from '@nonconvex/tensor'
 * console.log(residualSolution(matrix(1, 1, [4]), 2).join()) // → 1,1
 */
export function residualSolution(R: Matrix, l: number): Float64Array {
  const fn = 'residualSolution'
  checkCount(fn, 'l', l)
  const { values, vectors = R } = eigenSymmetric(R, { vectors: true })
  if (!(values[0] > 0))
    throw argumentError('invalid', fn, 'R', 'to be positive definite', `eigenvalue ${values[0]}`)
  const d = R.rows
  const scaled = matrix(d, d)
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      scaled.data[i * d + j] = vectors.data[i * d + j] * Math.expm1(Math.log(values[j]) / l)
  const layer = gemm(scaled, vectors, { transposeB: true }).data
  const out = new Float64Array(l * d * d)
  for (let i = 0; i < l; i++) out.set(layer, i * d * d)
  return out
}
