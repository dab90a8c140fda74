import { checkSetting, type BoundSetting } from './setting.js'

/**
 * A bound on the number of updates from the displacement W_t − W_0; it depends on the outputs of
 * the initial network on the data, not on the norm of W_0.
 *
 *     U ≤ (‖w*‖/γ)² max over ā in [α, 1] of [ (1+α)R²/ā + (β(1 + E(ā)) − αR²)/ā² ],   β = 1/(kηv²)
 *
 * E(ā) bounds how much the initial network can take from y N(x) with slopes of mean ā:
 * min(e, αQ* + 2k(ā − α)q*), or e alone where the setting has no pushSum and pushMax. It is
 * concave, so that its mean over the updates is at most its value at the mean slope. The maximum
 * is at α, at 1, at the kink of E, or where a piece p/ā + q/ā² with q < 0 has its vertex −2q/p.
 *
 * @returns the largest number of updates; for W_0 = 0 the same as `slopeBound`. With pushSum and
 *   pushMax never more than without
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
  const { k, v, alpha, eta, gamma, radius, wStarNorm, excess, pushSum, pushMax } = setting
  if (pushSum !== undefined && pushMax !== undefined)
    return (wStarNorm / gamma) ** 2 * mostBySlope({ ...setting, pushSum, pushMax })
  const beta = (1 + excess) / (k * eta * v * v)
  const r2 = radius * radius
  const most =
    beta >= (alpha * r2 * (1 - alpha)) / 2
      ? r2 + beta / alpha ** 2
      : ((1 + alpha) * r2) ** 2 / (4 * (alpha * r2 - beta))
  return (wStarNorm / gamma) ** 2 * most
}

/** The maximum over the mean slope, where slopes near α push less. */
function mostBySlope(
  setting: BoundSetting & { readonly pushSum: number; readonly pushMax: number },
): number {
  const { k, v, alpha, eta, radius, excess, pushSum, pushMax } = setting
  const beta = 1 / (k * eta * v * v)
  const r2 = radius * radius
  const pushed = (mean: number): number =>
    Math.min(excess, alpha * pushSum + 2 * k * (mean - alpha) * pushMax)
  const at = (mean: number): number =>
    (r2 * ((1 + alpha) * mean - alpha) + beta * (1 + pushed(mean))) / mean ** 2
  // E(ā) = c₀ + c₁ā on two pieces
  const pieces = [
    { c0: alpha * (pushSum - 2 * k * pushMax), c1: 2 * k * pushMax },
    { c0: excess, c1: 0 },
  ]
  const vertices = pieces.map(
    ({ c0, c1 }) => (-2 * (beta * (1 + c0) - alpha * r2)) / ((1 + alpha) * r2 + beta * c1),
  )
  const kink = pushMax > 0 ? alpha + (excess - alpha * pushSum) / (2 * k * pushMax) : 1
  const inside = [kink, ...vertices].filter((mean) => mean > alpha && mean < 1)
  return Math.max(...[alpha, 1, ...inside].map(at))
}
