import { lineUnderRoot } from './quadratic.js'
import { checkSetting } from './setting.js'
import type { BoundSetting } from './setting.js'

/**
 * The same argument as the published one, without splitting the root, with the run's own F_0 and S_0.
 *
 *     largest t with (F_0 + a t)² ≤ 2k‖w*‖² (S_0 + b t),   a = 2kηvαγ,   b = 2η + 2kη²v²R²
 *
 * @returns updates allowed; never more than `paperBound`
 * @throws RangeError for a number outside its range (alpha = 0 has no bound)
 */
export function quadraticBound(setting: BoundSetting): number {
  checkSetting('quadraticBound', setting)
  const { k, v, alpha, eta, gamma, radius, wStarNorm } = setting
  return lineUnderRoot({
    f: setting.startF,
    a: 2 * k * eta * v * alpha * gamma,
    l: 2 * k * wStarNorm ** 2,
    s: setting.startS,
    b: 2 * eta + 2 * k * (eta * v * radius) ** 2,
  })
}
