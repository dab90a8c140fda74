import type { Vec } from '@nonconvex/tensor'
import { checkCount, checkFinite, checkFiniteVector, checkPositive } from '@nonconvex/tensor/check'

/** A differentiable function of labels. */
export interface Smooth {
  readonly value: (y: Float64Array) => number
  /** as long as y */
  readonly gradient: (y: Float64Array) => Vec
}

/** Options of {@link augmentedLagrangian}. */
export interface AugmentedLagrangianOptions {
  /** |f(y) − c| at which the constraint is met, and the largest projected slope there; 1e-8 by default */
  readonly tol?: number
  /** updates of the multiplier; 60 by default */
  readonly rounds?: number
  /** steps of projected gradient ascent in a round; 2,000 by default */
  readonly steps?: number
}

/** The end of {@link augmentedLagrangian}. */
export interface AugmentedLagrangianEnd {
  /** `met`: the residual and the slope are at most `tol`; otherwise the rounds are used up */
  readonly status: 'met' | 'not-met'
  readonly y: Float64Array
  /** |f(y) − c| */
  readonly residual: number
  /** largest |Π(y + ∇) − y|, with the gradient ∇ of s − λ f: 0 at a stationary point */
  readonly slope: number
  /** λ */
  readonly multiplier: number
  /** ρ */
  readonly penalty: number
  readonly rounds: number
}

/** A round that does not reduce the residual to this part doubles the penalty. */
const REDUCED = 0.25
/** Values whose relative difference is below this do not decide on a step. */
const EQUAL = 1e-12

/**
 * Labels in [0, 1]^L of a high score s with f(y) = c, for a differentiable constraint that need not be
 * linear, by the augmented Lagrangian:
 *
 *     y ← argmax s(y) − λ (f(y) − c) − ½ρ (f(y) − c)²,   λ ← λ + ρ (f(y) − c)
 *
 * Each maximization is projected gradient ascent with a step that is halved until it gains a quarter
 * of what its slope promises. No
 * exactness is claimed: s and f may have several stationary points, and c may have no labels at all;
 * the end says what residual and slope are left. For linear constraints `projectBudget` and
 * `projectConstraints` are exact.
 *
 * @param problem - s, f and c; `start` is projected to the box
 * @throws RangeError for numbers that are not finite or options out of range
 * Cost: rounds × steps evaluations at most. Source: the augmented Lagrangian method (Hestenes 1969,
 *   Powell 1969, as recalled).
 *
 * @example
 * import { augmentedLagrangian } from '@nonconvex/structured/energy'
 * // −½‖y − v‖² with y₁² + y₂² = 1
 * const v = [2, 1]
 * const end = augmentedLagrangian({
 *   score: {
 *     value: (y) => -y.reduce((sum, x, i) => sum + (x - v[i]) ** 2, 0) / 2,
 *     gradient: (y) => y.map((x, i) => v[i] - x),
 *   },
 *   constraint: { value: ([a, b]) => a * a + b * b, gradient: (y) => y.map((x) => 2 * x) },
 *   c: 1,
 *   start: [0.5, 0.5],
 * })
 * console.log(end.status, [...end.y].map((x) => x.toFixed(4)).join(' ')) // → met 0.8944 0.4472
 */
export function augmentedLagrangian(
  problem: {
    readonly score: Smooth
    readonly constraint: Smooth
    readonly c: number
    readonly start: Vec
  },
  options: AugmentedLagrangianOptions = {},
): AugmentedLagrangianEnd {
  const fn = 'augmentedLagrangian'
  const { score, constraint, c, start } = problem
  const { tol = 1e-8, rounds = 60, steps = 2000 } = options
  checkFiniteVector(fn, 'start', start)
  checkFinite(fn, 'c', c)
  checkPositive(fn, 'tol', tol)
  checkCount(fn, 'rounds', rounds)
  checkCount(fn, 'steps', steps)
  const value = (of: Smooth, name: string, y: Float64Array): number => {
    const x = of.value(y)
    checkFinite(fn, `${name} at y`, x)
    return x
  }
  let [multiplier, penalty] = [0, 1]
  let y = boxed(start)
  let last = Infinity
  let eta = 1
  for (let round = 1; ; round++) {
    const lagrangian = (at: Float64Array): number => {
      const off = value(constraint, 'constraint', at) - c
      return value(score, 'score', at) - multiplier * off - (penalty / 2) * off * off
    }
    const slopeWith = (at: Float64Array, weight: number): Float64Array => {
      const [up, across] = [score.gradient(at), constraint.gradient(at)]
      return Float64Array.from(at, (_, i) => up[i] - weight * across[i])
    }
    const weightAt = (at: Float64Array): number => multiplier + penalty * (constraint.value(at) - c)
    let now = lagrangian(y)
    for (let step = 0; step < steps; step++) {
      const gradient = slopeWith(y, weightAt(y))
      if (largestMove(y, gradient, 1) <= tol / 2) break
      let next = moved(y, gradient, eta)
      let then = lagrangian(next)
      while (!isGain() && eta > 1e-18) {
        eta /= 2
        next = moved(y, gradient, eta)
        then = lagrangian(next)
      }
      y = next
      now = then
      eta *= 2

      function isGain(): boolean {
        const promised = along(y, next, gradient)
        if (then >= now + promised / 4) return true
        // near a maximum values have no digits left to compare, slopes have
        const equal = then >= now - EQUAL * (1 + Math.abs(now))
        return equal && along(y, next, slopeWith(next, weightAt(next))) >= -promised / 2
      }
    }
    const off = constraint.value(y) - c
    const residual = Math.abs(off)
    multiplier += penalty * off
    const slope = largestMove(y, slopeWith(y, multiplier), 1)
    const met = residual <= tol && slope <= tol
    if (met || round === rounds)
      return {
        status: met ? 'met' : 'not-met',
        y,
        residual,
        slope,
        multiplier,
        penalty,
        rounds: round,
      }
    if (residual > REDUCED * last) penalty *= 2
    last = residual
    eta = Math.max(eta, 1e-6)
  }
}

const boxed = (y: Vec): Float64Array => Float64Array.from(y, (x) => Math.min(1, Math.max(0, x)))

const moved = (y: Float64Array, g: Float64Array, eta: number): Float64Array =>
  boxed(Float64Array.from(y, (x, i) => x + eta * g[i]))

/** The largest move of a label by a projected step. */
const largestMove = (y: Float64Array, g: Float64Array, eta: number): number =>
  moved(y, g, eta).reduce((most, x, i) => Math.max(most, Math.abs(x - y[i])), 0)

/** The slope g along the step from y to next. */
const along = (y: Float64Array, next: Float64Array, g: Float64Array): number =>
  next.reduce((sum, x, i) => sum + g[i] * (x - y[i]), 0)
