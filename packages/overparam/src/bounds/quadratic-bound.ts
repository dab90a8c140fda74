import { lineUnderRoot } from './quadratic.js'
import { checkSetting, type BoundSetting } from './setting.js'

/**
 * The bound on the number of updates by the published argument without splitting the square root,
 * with F_0 and S_0 of the run:
 *
 *     largest t with (F_0 + a t)² ≤ 2k‖w*‖² (S_0 + b t),   a = 2kηvαγ,   b = 2η + 2kη²v²R²
 *
 * @returns the largest number of updates; never more than `paperBound`
 * @throws RangeError for a number outside its range (alpha = 0 has no bound)
 *
 * Source: the published argument, Brutzkus, Globerson, Malach, Shalev-Shwartz (2018); not splitting
 * the root is ours.
 *
 * @example
 * import { quadraticBound } from '@nonconvex/overparam'
 * const start = { startF: 0, startS: 0, startRow: 0, excess: 0 }
 * const net = { alpha: 0.1, eta: 10, v: Math.SQRT1_2, k: 1 }
 * const bound = quadraticBound({ wStarNorm: 10, gamma: 1, radius: 1, ...net, ...start })
 * console.log(bound.toFixed(3)) // → 12000.000
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
