import { checkSetting, type BoundSetting } from './setting.js'

/**
 * A bound on the number of updates from the displacement W_t − W_0; it depends on the outputs of
 * the initial network on the data, not on the norm of W_0.
 *
 *     U ≤ (‖w*‖/γ)² max over ā in [α, 1] of [ (1+α)R²/ā + (β − αR²)/ā² ],   β = (1 + e)/(kηv²)
 *
 * The maximum is at ā = α if β ≥ αR²(1−α)/2; otherwise it is at an interior point and equals
 * (1+α)²R⁴/(4(αR² − β)).
 *
 * @returns the largest number of updates; for W_0 = 0 the same as `slopeBound`
 * @throws RangeError for a number outside its range (alpha = 0 has no bound)
 *
 * Source: ours; the argument of `slopeBound` for W_t − W_0.
 *
 * @example
 * import { displacementBound } from '@nonconvex/overparam'
 * const start = { startF: 0, startS: 0, startRow: 0, excess: 0 }
 * const net = { alpha: 0.1, eta: 10, v: Math.SQRT1_2, k: 1 }
 * const bound = displacementBound({ wStarNorm: 10, gamma: 1, radius: 1, ...net, ...start })
 * console.log(bound.toFixed(3)) // → 2100.000
 */
export function displacementBound(setting: BoundSetting): number {
  checkSetting('displacementBound', setting)
  const { k, v, alpha, eta, gamma, radius, wStarNorm, excess } = setting
  const beta = (1 + excess) / (k * eta * v * v)
  const r2 = radius * radius
  const most =
    beta >= (alpha * r2 * (1 - alpha)) / 2
      ? r2 + beta / alpha ** 2
      : ((1 + alpha) * r2) ** 2 / (4 * (alpha * r2 - beta))
  return (wStarNorm / gamma) ** 2 * most
}
