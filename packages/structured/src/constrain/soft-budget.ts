import { finiteVector, type Vec } from '@nonconvex/tensor'
import type { Budget } from './budget.js'
import { laplaceMultiplier } from './laplace-multiplier.js'

/** What `softBudget` may be told. */
export interface SoftBudgetOptions {
  /** ε > 0: how soft; towards 0 the z highest scores get 1 and the others 0. 1 by default */
  readonly eps?: number
  /** Φ: the logistic function, or the distribution function of the Laplace law, whose τ has a closed form. sigmoid by default */
  readonly kind?: 'sigmoid' | 'laplace'
}

/**
 * Labels strictly between 0 and 1 that sum to z, and whose gradient never vanishes:
 *
 * y_i = Φ((v_i − τ)/ε),   τ with Σ y_i = z.
 *
 * With the logistic Φ they maximise ⟨v, y⟩ + ε Σ H(y_i) on the capped simplex, H the binary entropy in nats.
 *
 * @param v - scores, finite
 * @param z - the budget, 0 ≤ z ≤ L; at the ends all labels are 0 or 1, τ is infinite and all gradients are 0
 * @returns labels, τ, and what `budgetGradient` needs: slopes Φ'((v_i − τ)/ε)/ε. |Σ y_i − z| ≤ 1e-12 max(1, z)
 * @throws RangeError for scores that are not finite, z outside, ε ≤ 0
 * Cost: O(L) for each of about ten Newton steps; laplace O(L log L).
 * Source: for Laplace the closed form of LapSum (2025), written so that it does not cancel.
 *
 * @example
 * import { softBudget } from '@nonconvex/structured'
 * const { y } = softBudget([2, 0, -2], 1, { eps: 0.5 })
 * console.log(Array.from(y, (label) => label.toFixed(3)).join(' ')) // → 0.880 0.118 0.002
 */
export function softBudget(v: Vec, z: number, options: SoftBudgetOptions = {}): Budget {
  const { eps = 1, kind = 'sigmoid' } = options
  const L = v.length
  finiteVector('softBudget', 'v', v)
  if (!(eps > 0 && eps < Infinity))
    throw new RangeError(`softBudget: eps must be finite and > 0, got ${eps}`)
  if (!(z >= 0 && z <= L)) throw new RangeError(`softBudget: z must be in [0, ${L}], got ${z}`)
  const weights = new Float64Array(L).fill(1)
  if (z === 0 || z === L)
    return {
      y: new Float64Array(L).fill(z === 0 ? 0 : 1),
      tau: z === 0 ? Infinity : -Infinity,
      binds: true,
      slopes: new Float64Array(L),
      weights,
    }
  const shape = kind === 'sigmoid' ? logistic : laplace
  const tau = kind === 'sigmoid' ? logisticMultiplier(v, z, eps) : laplaceMultiplier(v, z, eps)
  const y = new Float64Array(L)
  const slopes = new Float64Array(L)
  for (let i = 0; i < L; i++) {
    const x = (v[i] - tau) / eps
    y[i] = shape.value(x)
    slopes[i] = shape.slope(x) / eps
  }
  return { y, tau, binds: true, slopes, weights }
}

interface Shape {
  readonly value: (x: number) => number
  readonly slope: (x: number) => number
}

const logistic: Shape = {
  value: (x) => 1 / (1 + Math.exp(-x)),
  slope: (x) => {
    const e = Math.exp(-Math.abs(x))
    return e / (1 + e) ** 2
  },
}

const laplace: Shape = {
  value: (x) => (x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2),
  slope: (x) => Math.exp(-Math.abs(x)) / 2,
}

/** Newton's method, halving where a step leaves the interval in which the root is known to lie. */
function logisticMultiplier(v: Vec, z: number, eps: number): number {
  const L = v.length
  // with all scores equal to the least, or to the largest, the root is known
  const shift = eps * (Math.log(z) - Math.log(L - z))
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < L; i++) {
    low = Math.min(low, v[i])
    high = Math.max(high, v[i])
  }
  low -= shift
  high -= shift
  let tau = (low + high) / 2
  for (let t = 0; t < 200; t++) {
    let [sum, slope] = [0, 0]
    for (let i = 0; i < L; i++) {
      const x = (v[i] - tau) / eps
      sum += logistic.value(x)
      slope += logistic.slope(x)
    }
    if (sum > z) low = tau
    else if (sum < z) high = tau
    else return tau
    const newton = tau + ((sum - z) / slope) * eps
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (next === tau || !(next > low && next < high)) return tau
    tau = next
  }
  return tau
}
