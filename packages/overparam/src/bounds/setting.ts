import { argumentError, checkCount, checkPositive } from '@nonconvex/tensor/check'

/**
 * The numbers that determine every bound on the number of updates.
 *
 *     wStarNorm — ‖w*‖ of any separator        gamma — min_i y_i w*·x_i > 0        radius — R = max ‖x_i‖
 *     startF — F_0 = ⟨W_0, W*⟩    startS — S_0 = ‖W_0‖²    startRow — largest row norm of W_0
 *     excess — e, bound on the margin lost by the initial network (see `initialExcess`)
 */
export interface BoundSetting {
  readonly wStarNorm: number
  readonly gamma: number
  readonly radius: number
  /** leaky ReLU slope α, in (0, 1] */
  readonly alpha: number
  /** step size */
  readonly eta: number
  /** weight of the second layer */
  readonly v: number
  /** units of each sign */
  readonly k: number
  readonly startF: number
  readonly startS: number
  readonly startRow: number
  readonly excess: number
  /**
   * Q* and q* of `initialPush`; where they are absent `displacementBound` charges the excess e in
   * every update
   */
  readonly pushSum?: number
  readonly pushMax?: number
}

const positive = ['wStarNorm', 'gamma', 'radius', 'eta', 'v'] as const
const nonNegative = ['startS', 'startRow', 'excess'] as const

/**
 * Checks the numbers in the inequalities of the proof, which hold for any vector w* and any α.
 *
 * @throws RangeError naming a number that is not finite, or k if it is not a positive integer
 */
export function checkFinite(fn: string, s: BoundSetting): void {
  for (const [name, value] of Object.entries(s))
    if (!Number.isFinite(value)) throw argumentError('not-finite', fn, name, 'to be finite', value)
  checkCount(fn, 'k', s.k)
}

/** Checks the numbers in the bounds.
 *
 * @throws RangeError naming the number that is outside its range
 */
export function checkSetting(fn: string, s: BoundSetting): void {
  for (const name of positive) checkPositive(fn, name, s[name])
  for (const name of nonNegative)
    if (!(s[name] >= 0 && Number.isFinite(s[name])))
      throw argumentError('out-of-range', fn, name, 'not to be negative', s[name])
  for (const name of ['pushSum', 'pushMax'] as const) {
    const value = s[name] ?? 0
    if (!(value >= 0 && Number.isFinite(value)))
      throw argumentError('out-of-range', fn, name, 'not to be negative', value)
  }
  if (!Number.isFinite(s.startF))
    throw argumentError('not-finite', fn, 'startF', 'to be finite', s.startF)
  if (!(s.alpha > 0 && s.alpha <= 1))
    throw argumentError('out-of-range', fn, 'alpha', 'to be in (0, 1]', s.alpha)
  checkCount(fn, 'k', s.k)
}
