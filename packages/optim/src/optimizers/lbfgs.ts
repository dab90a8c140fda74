import { dot } from '@nonconvex/tensor'
import { checkCount } from '@nonconvex/tensor/check'
import type { Objective } from '../objective/objective.js'
import { moved, residualOf, startOf, type Optimizer, type OptimizerState } from './optimizer.js'

/** The last steps and changes of the gradient, oldest first. */
export interface LbfgsState extends OptimizerState {
  readonly value: number
  readonly gradient: Float64Array
  readonly steps: readonly Float64Array[]
  readonly changes: readonly Float64Array[]
  /** whether no step along the negative gradient lowers the value, because of rounding */
  readonly stalled: boolean
}

/** Sufficient decrease and curvature of the strong Wolfe conditions. */
const DECREASE = 1e-4
const CURVATURE = 0.9

/**
 * L-BFGS: a quasi-Newton direction −H∇f from the last `memory` steps by the two-loop recursion, and a
 * step length α with the strong Wolfe conditions
 *
 *     f(w + αp) ≤ f(w) + 10⁻⁴ α pᵀ∇f(w),   |pᵀ∇f(w + αp)| ≤ 0.9 |pᵀ∇f(w)|
 *
 * up to the rounding of f. If no such step is found, the memory is dropped; if then the gradient
 * itself gives none, the state is `stalled`.
 *
 * @param options - memory: number of steps kept, 10 by default
 * @throws ArgumentError unless memory is an integer ≥ 1
 *
 * Cost: usually one value and one gradient a step, and O(memory · d). Source: Nocedal, Wright (2006),
 * Numerical Optimization, algorithms 7.4, 3.5 and 3.6.
 *
 * @example
 * import { lbfgs, residualAtMost, run, type Objective } from '@nonconvex/optim'
 * const bowl: Objective = {
 *   d: 2,
 *   value: ([x, y]) => x ** 2 + 50 * y ** 2,
 *   gradient: ([x, y]) => Float64Array.of(2 * x, 100 * y),
 * }
 * const o = lbfgs(bowl)
 * const { status, step } = run({ start: o.init([1, 1]), step: o.step, stop: residualAtMost(1e-8), maxSteps: 100 }).finish()
 * console.log(status, step < 20) // → converged true
 */
export function lbfgs(
  objective: Objective,
  { memory = 10 }: { readonly memory?: number } = {},
): Optimizer<LbfgsState> {
  checkCount('lbfgs', 'memory', memory)
  const at = (w: Float64Array, rest: Pick<LbfgsState, 'steps' | 'changes'>): LbfgsState => {
    const gradient = objective.gradient(w)
    return {
      w,
      value: objective.value(w),
      gradient,
      residual: residualOf(gradient),
      ...rest,
      stalled: false,
    }
  }
  return {
    name: 'L-BFGS',
    init: (w0) => at(startOf('lbfgs', objective.d, w0), { steps: [], changes: [] }),
    step: (state) => {
      if (state.residual === 0) return state
      const found =
        search(objective, state, direction(state)) ??
        search(
          objective,
          { ...state, steps: [], changes: [] },
          moved(state.gradient, -2, state.gradient),
        )
      if (!found) return { ...state, stalled: true }
      const s = moved(found.w, -1, state.w)
      const y = moved(found.gradient, -1, state.gradient)
      const keep = dot(s, y) > 1e-14 * dot(y, y)
      const from = keep ? -memory : 0
      return {
        ...found,
        residual: residualOf(found.gradient),
        steps: keep ? [...state.steps, s].slice(from) : state.steps,
        changes: keep ? [...state.changes, y].slice(from) : state.changes,
        stalled: false,
      }
    },
  }
}

/** −H∇f by the two-loop recursion. */
function direction({ gradient, steps, changes }: LbfgsState): Float64Array {
  let q: Float64Array = gradient.map((x) => -x)
  const a = new Float64Array(steps.length)
  for (let k = steps.length - 1; k >= 0; k--) {
    a[k] = dot(steps[k], q) / dot(steps[k], changes[k])
    q = moved(q, -a[k], changes[k])
  }
  const last = steps.length - 1
  if (last >= 0) {
    const scale = dot(steps[last], changes[last]) / dot(changes[last], changes[last])
    q = q.map((x) => scale * x)
  }
  steps.forEach((s, k) => (q = moved(q, a[k] - dot(changes[k], q) / dot(s, changes[k]), s)))
  return q
}

interface Point {
  readonly w: Float64Array
  readonly value: number
  readonly gradient: Float64Array
}

/** A point on the ray with the strong Wolfe conditions, unless 40 evaluations find none. */
function search(objective: Objective, from: LbfgsState, p: Float64Array): Point | undefined {
  const slope = dot(p, from.gradient)
  if (!(slope < 0)) return undefined
  const rounding = 4 * Number.EPSILON * Math.max(1, Math.abs(from.value))
  let low = { alpha: 0, value: from.value, slope }
  let high: typeof low | undefined
  let alpha = from.steps.length === 0 ? Math.min(1, 1 / from.residual) : 1
  for (let t = 0; t < 40; t++) {
    const w = moved(from.w, alpha, p)
    const value = objective.value(w)
    const gradient = objective.gradient(w)
    const here = { alpha, value, slope: dot(p, gradient) }
    const enough = value <= from.value + DECREASE * alpha * slope + rounding
    if (enough && Math.abs(here.slope) <= -CURVATURE * slope) return { w, value, gradient }
    if (!enough || (t > 0 && value > low.value + rounding)) high = here
    else {
      if (here.slope * ((high?.alpha ?? Infinity) - low.alpha) >= 0) high = low
      low = here
    }
    alpha = high === undefined ? 4 * alpha : between(low, high)
  }
  return undefined
}

interface Trial {
  readonly alpha: number
  readonly value: number
  readonly slope: number
}

/** The minimum of the cubic through two points with slopes, kept away from both. */
function between(a: Trial, b: Trial): number {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.alpha - b.alpha)
  const root = Math.sqrt(Math.max(0, d1 * d1 - a.slope * b.slope))
  const d2 = b.alpha > a.alpha ? root : -root
  const cubic = b.alpha - (b.alpha - a.alpha) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
  const [left, right] = [Math.min(a.alpha, b.alpha), Math.max(a.alpha, b.alpha)]
  const margin = 0.1 * (right - left)
  return cubic >= left + margin && cubic <= right - margin ? cubic : (left + right) / 2
}
