import { power } from '@nonconvex/tensor'
import { checkSetting, type BoundSetting } from './setting.js'

/**
 * The published bound M_k on the number of updates, in the form that we recall, for data of any
 * scale:
 *
 *     M_k = ‖w*‖²/α² + ‖w*‖²/(kηv²α²) + √(R_0(8k²η²v² + 8kη)) ‖w*‖^1.5 / (2k(ηvα)^1.5) + 2R_0‖w*‖/(ηvα)
 *
 * for R = 1 and γ = 1; other data are rescaled: x → x/R, w* → w*·R/γ, η → ηR², R_0 → R_0·R.
 *
 * @returns the number of updates that the theorem allows, at least `quadraticBound`
 * @throws RangeError for a number outside its range (alpha = 0 has no bound)
 *
 * Source: Brutzkus, Globerson, Malach, Shalev-Shwartz (2018), the form as recalled, and derived
 * again here.
 *
 * @example
 * import { paperBound } from '@nonconvex/overparam'
 * const v = 1 / Math.sqrt(2)
 * const start = { startRow: v, startF: 0, startS: 0, excess: 0 }
 * const bound = paperBound({ wStarNorm: 5, gamma: 1, radius: 1, alpha: 0.1, eta: 1, v, k: 1, ...start })
 * console.log(bound.toFixed(8)) // → 8466.02540378
 */
export function paperBound(setting: BoundSetting): number {
  checkSetting('paperBound', setting)
  const { k, v, alpha, radius, gamma } = setting
  const norm = (setting.wStarNorm * radius) / gamma
  const eta = setting.eta * radius * radius
  const row = setting.startRow * radius
  const step = eta * v * alpha
  return (
    (norm / alpha) ** 2 +
    norm ** 2 / (k * eta * (v * alpha) ** 2) +
    (Math.sqrt(row * (8 * (k * eta * v) ** 2 + 8 * k * eta)) * power(norm, 1.5)) /
      (2 * k * power(step, 1.5)) +
    (2 * row * norm) / step
  )
}
