import { lineUnderRoot } from './quadratic.js'
import { checkSetting, type BoundSetting } from './setting.js'

/**
 * The bound B_slope on the number of updates, sharper than the published one: small slopes slow
 * down the growth of both the alignment and the norm, so the same sum of slopes A enters both
 * inequalities.
 *
 *     U ≤ max t  over the wedge 2kαt ≤ A ≤ 2kt  with  (F_0 + gA)² ≤ L (S_0 + hA + c t)
 *     g = ηvγ,   L = 2k‖w*‖²,   h = η²v²R²(1+α),   c = 2η − 2kαη²v²R²
 *
 * The set is convex, so the maximum is on one of the two edges, or at the vertex of the parabola if
 * c < 0.
 *
 * @returns the largest number of updates; never more than `quadraticBound`
 * @throws RangeError for a number outside its range (alpha = 0 has no bound)
 *
 * Source: ours; s² = (1+α)s − α for the two slopes relates both potentials of Brutzkus et al.
 * (2018) to one sum.
 *
 * @example
 * import { slopeBound } from '@nonconvex/overparam'
 * const start = { startF: 0, startS: 0, startRow: 0, excess: 0 }
 * const net = { alpha: 0.1, eta: 10, v: Math.SQRT1_2, k: 1 }
 * const bound = slopeBound({ wStarNorm: 10, gamma: 1, radius: 1, ...net, ...start })
 * console.log(bound.toFixed(3)) // → 2100.000
 */
export function slopeBound(setting: BoundSetting): number {
  checkSetting('slopeBound', setting)
  const { k, v, alpha, eta, gamma, radius, wStarNorm, startF: f, startS: s } = setting
  const g = eta * v * gamma
  const l = 2 * k * wStarNorm ** 2
  const growth = (eta * v * radius) ** 2
  const h = growth * (1 + alpha)
  const c = 2 * eta - 2 * k * alpha * growth
  const edge = (mean: number): number => {
    const m = 2 * k * mean
    // at mean = alpha: h m + c = 2η + 2kα²η²v²R², written so that nothing cancels
    const b = 2 * eta + 2 * k * growth * ((1 + alpha) * mean - alpha)
    return lineUnderRoot({ f, a: g * m, l, s, b })
  }
  const edges = Math.max(edge(alpha), edge(1))
  if (c >= 0) return edges
  const a = ((l * h) / (2 * g) - f) / g
  const t = ((f + g * a) ** 2 / l - s - h * a) / c
  return a >= 2 * k * alpha * t && a <= 2 * k * t ? Math.max(edges, t) : edges
}
