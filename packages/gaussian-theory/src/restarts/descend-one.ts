import type { OverlapOptions } from '../overlap/lags.js'
import type { Matrix } from '@nonconvex/tensor'
import { ROUNDING } from '../overlap/block-layout.js'
import type { OverlapEvaluator } from '../overlap/overlap-evaluator.js'

/**
 * The kind of a run's end: `global` with ℓ < 1e-8 R²; `stuck` with a gradient below tolGradient at
 * a higher loss; `origin` at the origin, where there is no gradient (exactly antiparallel
 * initializations with one patch); or `unfinished` at the step limit.
 */
export type EndKind = 'global' | 'stuck' | 'origin' | 'unfinished'

/** The end point of one run. */
export interface EndPoint {
  readonly kind: EndKind
  readonly w: Float64Array
  readonly loss: number
  /** NaN at the origin */
  readonly gradientNorm: number
  readonly steps: number
}

export interface DescendOptions extends OverlapOptions {
  /** step size > 0; 1/L by default (`overlapSmoothness`) */
  readonly eta?: number
  /** integer ≥ 0, default 20,000 */
  readonly maxSteps?: number
  /** steps between checks of the stopping rules, integer ≥ 1, default 20 */
  readonly every?: number
  /** a run stops at ‖∇ℓ‖ < tolGradient · R, default 1e-9 */
  readonly tolGradient?: number
  /** a run stops at ℓ < tolLoss · R², default 1e-14 */
  readonly tolLoss?: number
}

/** A loss below this fraction of R² counts as the global minimum. */
export const GLOBAL_LOSS = 1e-8

/** The options of a descent with their defaults. */
export type DescentPlan = Required<Omit<DescendOptions, keyof OverlapOptions>>

/** A run, and the number of its steps that violated the descent inequality. */
export interface Run {
  readonly end: EndPoint
  readonly breaches: number
}

/** A copy of row i. */
export const rowOf = ({ cols, data }: Matrix, i: number): Float64Array =>
  data.slice(i * cols, (i + 1) * cols)

/** The kind of end that a run has at this step; `undefined` if it continues. */
export function endingAt(
  step: number,
  loss: number,
  square: number,
  R: number,
  plan: DescentPlan,
): EndKind | undefined {
  if (Number.isNaN(square)) return 'origin'
  const { every, maxSteps } = plan
  const R2 = R * R
  if (step % every !== 0 && step !== maxSteps) return undefined
  if (loss < plan.tolLoss * R2 || Math.sqrt(square) < plan.tolGradient * R)
    return loss < GLOBAL_LOSS * R2 ? 'global' : 'stuck'
  if (step < maxSteps) return undefined
  return loss < GLOBAL_LOSS * R2 ? 'global' : 'unfinished'
}

/** Runs gradient descent on the plain evaluator, for numbers of any size; w is overwritten. */
export function descendOne(w: Float64Array, at: OverlapEvaluator, plan: DescentPlan): Run {
  const { eta } = plan
  const R2 = at.R * at.R
  const g = new Float64Array(at.m)
  let loss = at.lossAndGradientInto(g, w)
  let breaches = 0
  for (let step = 0; ; step++) {
    const square = g.reduce((sum, x) => sum + x * x, 0)
    const kind = endingAt(step, loss, square, at.R, plan)
    if (kind)
      return { end: { kind, w, loss, gradientNorm: Math.sqrt(square), steps: step }, breaches }
    let size = R2
    for (let t = 0; t < w.length; t++) {
      w[t] -= eta * g[t]
      size += w[t] * w[t]
    }
    const next = at.lossAndGradientInto(g, w)
    if (!(next <= loss - (eta / 2) * square + ROUNDING * size)) breaches++
    loss = next
  }
}
