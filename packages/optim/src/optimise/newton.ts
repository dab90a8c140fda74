import { norm2, power } from '@nonconvex/tensor'
import { readable } from '../claims/readable.js'
import { fraction, positive, type Objective } from '../objective/objective.js'
import { cgDirection, denseDirection, type Direction } from './newton-direction.js'
import { exactGradient, moved, startOf, type Optimiser, type OptimiserState } from './optimiser.js'

export interface NewtonState extends OptimiserState {
  readonly value: number
  /** ∇f(w) */
  readonly gradient: Float64Array
  /**
   * how the last step went: the kind of its direction (see `Direction`); `stationary`: ‖∇f‖ is
   * within the tolerance and there is nowhere to go; `stalled`: no step along the direction lowered
   * f, which at a small gradient means the limit of float64
   */
  readonly last: 'start' | Direction['kind'] | 'stationary' | 'stalled'
  /** factor of the last direction, 1 for a full Newton step, 0 for none */
  readonly alpha: number
}

export interface NewtonOptions {
  /**
   * 'cholesky' (default): the Hessian as a matrix from d products with `hessianTimes`; eigenvalues
   * where it is not definite; leaves saddles. 'cg': products only, for large d; a saddle is left
   * only if the gradient there is not within the tolerance
   */
  readonly solver?: 'cholesky' | 'cg'
  /** > 0, absolute, default 1e-8: a gradient norm that counts as 0 */
  readonly tolerance?: number
  /** in [0, 1), default 1e-4: the share of the predicted decrease that a step must bring */
  readonly armijo?: number
  /** in (0, 1), default 0.5: the factor of a step that is too long */
  readonly shrink?: number
}

/** 2^-60 of a direction is below the rounding of any w that matters */
const maxTrials = 60

/**
 * Newton's method with line search, for non-convex functions:
 *
 *     w⁺ = w + αp,   p = −H⁻¹∇f, or a direction that copes with an indefinite H (see `Direction`)
 *     α = 1, s, s², … the first with f(w + αp) <= f(w) + c α pᵀ∇f          (Armijo)
 *                     or, along negative curvature, f(w + αp) <= f(w) − c α³‖p‖³/6
 *
 * Where rounding hides the decrease (|f(w + p) − f(w)| <= 8ε|f(w)|) a full step that lowers ‖∇f‖ is
 * taken. Run it with `stop: newtonDone`.
 *
 * @throws RangeError if the objective has no `hessianTimes` or an option is out of range
 *
 * Cost: a step is one gradient, one value for each trial of α, and for 'cholesky' d Hessian
 * products and
 *   d³/3 operations (about 10 d³ more where H is not definite), for 'cg' at most 2d Hessian
 *   products.
 * Source: Nocedal & Wright (2006), 3.4 and algorithm 7.1; Dauphin et al. (2014) for |H|; Royer,
 * O'Neill & Wright
 *   (2020) for the negative curvature step.
 *
 * @example
 * import { newton, type Objective } from '@nonconvex/optim'
 * const square: Objective = {
 *   d: 1,
 *   value: (w) => 2 * w[0] ** 2,
 *   gradient: (w) => Float64Array.of(4 * w[0]),
 *   hessianTimes: (_, v) => Float64Array.of(4 * v[0]),
 * }
 * const optimiser = newton(square)
 * console.log(optimiser.step(optimiser.init([1])).w[0]) // → 0
 */
export function newton(objective: Objective, options: NewtonOptions = {}): Optimiser<NewtonState> {
  const { solver = 'cholesky' } = options
  if (!objective.hessianTimes)
    throw new RangeError('newton: the objective must have hessianTimes, got none')
  if (solver !== 'cholesky' && solver !== 'cg')
    throw new RangeError(`newton: solver must be 'cholesky' or 'cg', got ${String(solver)}`)
  const tolerance = positive('newton', 'tolerance', options.tolerance ?? 1e-8)
  const armijo = fraction('newton', 'armijo', options.armijo ?? 1e-4)
  const shrink = fraction('newton', 'shrink', positive('newton', 'shrink', options.shrink ?? 0.5))
  const gradientAt = exactGradient('newton', objective)
  const directionAt = solver === 'cg' ? cgDirection : denseDirection

  const at = (w: Float64Array, value: number, last: NewtonState['last'], alpha: number) => {
    const gradient = gradientAt(w, 1)
    return { w, value, gradient, residual: norm2(gradient), last, alpha }
  }
  const step = (state: NewtonState): NewtonState => {
    const direction = directionAt(objective, state.w, state.gradient, tolerance)
    if (!direction) return { ...state, last: 'stationary', alpha: 0 }
    const { kind, p, slope } = direction
    const cubic = kind === 'negative-curvature' ? power(norm2(p), 3) / 6 : 0
    let alpha = 1
    for (let trial = 0; trial < maxTrials; trial++, alpha *= shrink) {
      const w = moved(state.w, alpha, p)
      const value = objective.value(w)
      const least = cubic > 0 ? cubic * power(alpha, 3) : -alpha * slope
      if (value <= state.value - armijo * least && value < state.value)
        return at(w, value, kind, alpha)
      if (trial > 0 || !hidden(value, state.value)) continue
      const full = at(w, value, kind, alpha)
      if (full.residual < state.residual) return full
    }
    return { ...state, last: 'stalled', alpha: 0 }
  }
  return {
    name: solver === 'cg' ? 'newton-cg' : 'newton',
    init: (w0) => {
      const w = startOf('newton', objective.d, w0)
      return at(w, objective.value(w), 'start', 0)
    },
    step,
  }
}

/** Whether rounding hides the difference of two values. */
function hidden(a: number, b: number): boolean {
  return Math.abs(a - b) <= 8 * Number.EPSILON * Math.abs(b)
}

/**
 * The `stop` for a run of `newton`: when the last step found the point stationary, or could not
 * lower f.
 *
 * @example
 * import { newton, newtonDone, run, type Objective } from '@nonconvex/optim'
 * const square: Objective = {
 *   d: 1,
 *   value: (w) => 2 * w[0] ** 2,
 *   gradient: (w) => Float64Array.of(4 * w[0]),
 *   hessianTimes: (_, v) => Float64Array.of(4 * v[0]),
 * }
 * const { init, step } = newton(square)
 * console.log(run({ start: init([1]), step, stop: newtonDone, maxSteps: 9 }).finish().message)
 * // → converged at step 2: stationary, gradient norm 0
 */
export function newtonDone({ last, residual }: NewtonState): string | undefined {
  if (last !== 'stationary' && last !== 'stalled') return undefined
  return `${last}, gradient norm ${readable(residual)}`
}
