import { checkPositive, checkProperFraction } from '@nonconvex/tensor/check'

/** The mean slope that maximizes the bound B_slope, and the value of the maximum. */
export interface WorstSlope {
  /** ā in [α, 1] */
  readonly slope: number
  /** φ(α, β) */
  readonly factor: number
}

/**
 * The factor φ(α, β) of the bound B_slope = φ(α, β) (‖w*‖/γ)² for R = 1 and W_0 = 0:
 *
 *     φ(α, β) = max over ā in [α, 1] of [ (1+α)/ā + (β−α)/ā² ],   β = 1/(kηv²)
 *             = 1 + β/α²                  if β ≥ α(1−α)/2, at ā = α
 *             = (1+α)²/(4(α−β))           otherwise, at ā = 2(α−β)/(1+α)
 *
 * So the worst case grows like 1/α² for small steps (large β), like 1/α for large ones.
 *
 * @param alpha - leak, in (0, 1]
 * @param beta - β > 0
 * @throws RangeError for a number outside its range
 *
 * Source: ours; `slopeBound` without its initial terms.
 *
 * @example
 * import { worstCaseFactor } from '@nonconvex/overparam/tightness'
 * console.log(worstCaseFactor(0.1, 0.2).factor.toFixed(6)) // → 21.000000
 * console.log(worstCaseFactor(0.1, 0.001).factor.toFixed(6)) // → 3.055556
 */
export function worstCaseFactor(alpha: number, beta: number): WorstSlope {
  if (alpha !== 1) checkProperFraction('worstCaseFactor', 'alpha', alpha)
  checkPositive('worstCaseFactor', 'beta', beta)
  if (beta >= (alpha * (1 - alpha)) / 2) return { slope: alpha, factor: 1 + beta / alpha ** 2 }
  return {
    slope: (2 * (alpha - beta)) / (1 + alpha),
    factor: (1 + alpha) ** 2 / (4 * (alpha - beta)),
  }
}
