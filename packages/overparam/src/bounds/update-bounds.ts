import { displacementBound } from './displacement-bound.js'
import { paperBound } from './paper-bound.js'
import { quadraticBound } from './quadratic-bound.js'
import { checkSetting, type BoundSetting } from './setting.js'
import { slopeBound } from './slope-bound.js'

/** The name of one of the four bounds. */
export type BoundName = 'paper' | 'quad' | 'slope' | 'disp'

/** Four bounds on the number of updates of SGD. */
export interface UpdateBounds {
  /** the published closed form M_k */
  readonly paper: number
  /** the same proof with the initialization of the run */
  readonly quad: number
  /** the bound with the sum of slopes in both potentials */
  readonly slope: number
  /** the bound on the displacement from W_0 */
  readonly disp: number
  readonly best: number
  readonly which: BoundName
}

/**
 * Computes the four bounds on the number of updates and the smallest of them.
 *
 * @param setting - separator, margin, radius, α, learning rate, width and initialization, from
 *   `boundSetting`
 * @throws RangeError for a number outside its range; alpha = 0 (ReLU) has no bound of this kind
 *
 * @example
 * import { updateBounds } from '@nonconvex/overparam'
 * // e_1 … e_5 with any labels: ‖w*‖² = 5, γ = R = 1
 * const net = { alpha: 1, eta: 1, v: 1, k: 1, startF: 0, startS: 0, startRow: 0, excess: 0 }
 * const { best, which } = updateBounds({ wStarNorm: Math.sqrt(5), gamma: 1, radius: 1, ...net })
 * console.log(best.toFixed(6), which) // → 10.000000 slope
 */
export function updateBounds(setting: BoundSetting): UpdateBounds {
  checkSetting('updateBounds', setting)
  const bounds = {
    paper: paperBound(setting),
    quad: quadraticBound(setting),
    slope: slopeBound(setting),
    disp: displacementBound(setting),
  }
  const names = ['slope', 'disp', 'quad', 'paper'] as const
  const which = names.reduce((best, name) => (bounds[name] < bounds[best] ? name : best))
  return { ...bounds, best: bounds[which], which }
}
