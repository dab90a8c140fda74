import {
  cholesky,
  gemm,
  gemv,
  norm2,
  solveCholesky,
  type Matrix,
  type Vec,
} from '@nonconvex/tensor'
import { moved, startOf, type Optimizer, type OptimizerState } from './optimizer.js'

/** A sum of squares ½‖r(w)‖² of w in R^d. */
export interface LeastSquares {
  readonly d: number
  /** r(w): [m] */
  residuals(w: Vec): Float64Array
  /** its derivative: [m, d] */
  jacobian(w: Vec): Matrix
}

export interface LevenbergMarquardtState extends OptimizerState {
  /** ½‖r‖² */
  readonly value: number
  /** r(w) and its derivative */
  readonly r: Float64Array
  readonly J: Matrix
  /** Jᵀr */
  readonly gradient: Float64Array
  /** μ > 0 */
  readonly damping: number
  /** whether no step lowers the value any more, because of rounding */
  readonly stalled: boolean
}

/** μ is divided by this after a step that lowers the value, and multiplied after another. */
const FACTOR = 4
/** Steps that are tried with growing μ before the state is stalled. */
const TRIES = 30

/**
 * The method of Levenberg and Marquardt for least squares:
 *
 *     w⁺ = w − (JᵀJ + μI)⁻¹ Jᵀr,   as long as that lowers ½‖r‖²
 *
 * with μ = 10⁻³‖J‖² at first. Near a zero of r where J has full rank it converges quadratically. With
 * r = ∇f and J the Hessian it finds critical points of f, be they minima or saddles.
 *
 * @returns an optimizer for `run`; a state is `stalled` if 30 larger and larger μ give no lower value
 *
 * Cost of a step: residuals, Jacobian, m d² + d³/3 operations. Source: Nocedal & Wright (2006),
 * Numerical Optimization, 10.3.
 *
 * @example
 * import { levenbergMarquardt, run } from '@nonconvex/optim'
 * import { matrix } from '@nonconvex/tensor'
 * const o = levenbergMarquardt({
 *   d: 1,
 *   residuals: ([x]) => Float64Array.of(x * x - 2),
 *   jacobian: ([x]) => matrix(1, 1, [2 * x]),
 * })
 * const { state } = run({ start: o.init([1]), step: o.step, maxSteps: 20 }).finish()
 * console.log(Math.abs(state.w[0] - Math.SQRT2) < 1e-15) // → true
 */
export function levenbergMarquardt(problem: LeastSquares): Optimizer<LevenbergMarquardtState> {
  const at = (w: Float64Array, r: Float64Array, damping?: number): LevenbergMarquardtState => {
    const J = problem.jacobian(w)
    const gradient = gemv(J, r, { transpose: true })
    const size = norm2(J.data)
    return {
      w,
      r,
      J,
      gradient,
      value: half(r),
      damping: damping ?? 1e-3 * size * size,
      residual: norm2(gradient),
      stalled: false,
    }
  }
  return {
    name: 'Levenberg–Marquardt',
    init: (w0) => {
      const w = startOf('levenbergMarquardt', problem.d, w0)
      return at(w, problem.residuals(w))
    },
    step: (state) => {
      const { w, J, gradient, value } = state
      const normal = gemm(J, J, { transposeA: true })
      let damping = Math.max(state.damping, Number.MIN_VALUE)
      for (let i = 0; i < TRIES; i++, damping *= FACTOR) {
        const factor = cholesky(damped(normal, damping))
        if (!factor.definite) continue
        const next = moved(w, -1, solveCholesky(factor.l, gradient))
        const r = problem.residuals(next)
        if (half(r) < value) return at(next, r, damping / FACTOR)
      }
      return { ...state, stalled: true }
    },
  }
}

function half(r: Float64Array): number {
  let sum = 0
  for (const x of r) sum += x * x
  return sum / 2
}

function damped({ rows, cols, data }: Matrix, damping: number): Matrix {
  const copy = data.slice()
  for (let i = 0; i < rows; i++) copy[i * cols + i] += damping
  return { rows, cols, data: copy }
}
