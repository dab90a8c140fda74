import type { Vec } from '@nonconvex/tensor'
import { checkFiniteVector } from '@nonconvex/tensor/check'
import { oneOf } from '../layer/kinds.js'
import type { Budget } from './budget.js'
import { laplaceMultiplier } from './laplace-multiplier.js'
import { logisticMultiplier } from './logistic-multiplier.js'

/** Options of `softBudget`. */
export interface SoftBudgetOptions {
  /**
   * ε, the temperature, from 1e-100 to 1e100; in the limit 0 the z highest scores get 1 and the
   * others 0. 1 by default
   */
  readonly eps?: number
  /**
   * Φ: the logistic function, or the distribution function of the Laplace distribution, whose τ has a closed
   * form. sigmoid by default
   */
  readonly kind?: 'sigmoid' | 'laplace'
}

/**
 * Labels with sum z that are smooth functions of their scores:
 *
 * y_i = Φ((v_i − τ)/ε),   τ with Σ y_i = z.
 *
 * With the logistic Φ they maximize ⟨v, y⟩ + ε Σ H(y_i) on the capped simplex, H the binary entropy
 * in nats. The gradient is positive where that of `projectBudget` is 0, but decays like e^{−gap/ε}
 * with the gap between scores: beyond 37 ε labels round to 0 or 1.
 *
 * @param v - scores, finite
 * @param z - the budget, 0 ≤ z ≤ L; for z = 0 and z = L all labels are equal, τ is infinite and all
 *   gradients are 0
 * @returns labels, τ, and the data for `budgetGradient`: slopes Φ'((v_i − τ)/ε)/ε. |Σ y_i − z| ≤
 *   1e-12 max(1, z)
 * @throws RangeError for scores that are not finite, z or ε out of range, an unknown kind
 * Cost: O(L log L), and for sigmoid O(L) for each of ten to sixty Newton steps, more for small ε.
 * Source: with the logistic Φ the layer of Amos, Koltun & Kolter (2019, arXiv 1906.08707); for
 * Laplace the closed form of LapSum (2025), in a form without cancellation.
 *
 * @example
 * import { softBudget } from '@nonconvex/structured/cardinality'
 * const { y } = softBudget([2, 0, -2], 1, { eps: 0.5 })
 * console.log(Array.from(y, (label) => label.toFixed(3)).join(' ')) // → 0.880 0.118 0.002
 */
export function softBudget(v: Vec, z: number, options: SoftBudgetOptions = {}): Budget {
  const { eps = 1, kind = 'sigmoid' } = options
  const L = v.length
  checkFiniteVector('softBudget', 'v', v)
  oneOf('softBudget', 'kind', kind, ['sigmoid', 'laplace'])
  if (!(eps >= 1e-100 && eps <= 1e100))
    throw new RangeError(`softBudget: eps must be in [1e-100, 1e100], got ${eps}`)
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
  // From the score with that rank on, labels that are neither 0 nor 1 have differences without
  // rounding that counts.
  const near = Float64Array.from(v).sort()[L - Math.ceil(z)]
  const x = Float64Array.from(v, (score) => Math.max(-FAR, Math.min(FAR, (score - near) / eps)))
  const tau = kind === 'sigmoid' ? logisticMultiplier(x, z) : laplaceMultiplier(x, z)
  const { value, slope } = kind === 'sigmoid' ? logistic : laplace
  return {
    y: x.map((score) => value(score - tau)),
    tau: near + eps * tau,
    binds: true,
    slopes: x.map((score) => slope(score - tau) / eps),
    weights,
  }
}

/** In units of ε: labels of scores so far away are 0 or 1 to the last bit. */
const FAR = 1e5

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
