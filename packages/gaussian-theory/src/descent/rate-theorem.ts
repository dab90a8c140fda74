import { coefficients } from '../no-overlap/coefficients.js'
import { plRatio } from '../no-overlap/ray.js'
import { stationaritySteps, totalSteps, type Bound } from './bounds.js'
import { antiparallelAngle } from '../initialization/probability.js'

/**
 * The published convergence rate and ours, for the same initialization, confidence and accuracy.
 */
export interface RateTheorem {
  /** the theorem as recalled; its explicit constants could not be checked */
  readonly published: string
  /** with probability 1 − δ the initialization's angle to −w* exceeds this */
  readonly phi: number
  /** with that angle, a gradient at most ε forces the loss down to ε²/(2Q) */
  readonly loss: number
  /** O(ε⁻²) bound with our constants: steps to a gradient at most ε, hence to that loss */
  readonly stationarity: Bound
  /** O(log 1/ε): steps to the same loss by escape and linear rate */
  readonly total: Bound
}

/**
 * Evaluates the convergence theorem: the number of steps that suffice with probability at least 1 −
 * δ over a uniform initialization.
 *
 * An initialization on the sphere of radius r₀ has φ₀ ≥ φ_δ with probability 1 − δ, and ℓ₀ ≤
 * (c/2)(r₀² + R²) − b r₀R. From there, with step 1/c, `stationarity` follows from smoothness alone
 * and grows like ε⁻²; `total` uses the certified angle and grows like log(1/ε).
 *
 * @param options - delta in (0, 1), eps > 0, r0 > 0, R > 0, m ≥ 2, k ≥ 1
 * @throws RangeError for values out of range
 * Source: the talk and Brutzkus & Globerson (2017) for the form; all constants are ours.
 *
 * @example
 * import { rateTheorem } from '@nonconvex/gaussian-theory/descent'
 * const theorem = rateTheorem({ k: 5, m: 10, r0: 1, R: 1, delta: 0.05, eps: 1e-3 })
 * console.log(theorem.stationarity.value, theorem.total.value) // → 181860 90
 */
export function rateTheorem(options: {
  readonly k: number
  readonly m: number
  readonly r0: number
  readonly R: number
  readonly delta: number
  readonly eps: number
}): RateTheorem {
  const { k, m, r0, R, delta, eps } = options
  const { b, c } = coefficients(k)
  const phi0 = antiparallelAngle(delta, m)
  const loss0 = (c / 2) * (r0 * r0 + R * R) - b * r0 * R
  const loss = (eps * eps) / (2 * plRatio(Math.PI - phi0, k, phi0))
  return {
    published:
      'as published (recalled): with probability at least 1 − δ over the initialization, loss O(ε) within O(ε⁻²) steps',
    phi: phi0,
    loss,
    stationarity: stationaritySteps({ loss0, eps, k }),
    total: totalSteps({ loss0, phi0, r0, R, k, eps: loss }),
  }
}
