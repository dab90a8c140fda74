import {
  argumentError,
  checkBetween,
  checkCount,
  checkNonNegative,
  checkPositive,
} from '@nonconvex/tensor/check'
import type { Dataset } from '../data/dataset.js'
import { worstCaseFactor } from './worst-case-factor.js'

/** The parameters of a worst case for `tightUpdateData`. */
export interface TightOptions {
  /** leak α, in (0, 1] */
  readonly alpha: number
  /** β = 1/(kηv²) > 0: the larger, the smaller the steps */
  readonly beta: number
  /** margin γ of the unit separator, in (0, 1/2] */
  readonly gamma: number
  /** hidden units of each sign, default 1 */
  readonly k?: number
  /** weight of the second layer, default 1/√(2k) */
  readonly v?: number
  /** the initial weights are −ρW* beside the switch, default 0 */
  readonly rho?: number
  /** the construction stops with an error beyond so many examples, default 500,000 */
  readonly maxExamples?: number
}

/**
 * A worst case: data, initial weights and a learning rate for which SGD makes nearly as many
 * updates as the bound allows.
 */
export interface TightInstance {
  /** n examples in R⁴ of norm 1: coordinates e_w (the separator), e_0 (the switch), e_2, e_3 */
  readonly data: Dataset
  /** [2k × d] W_0, all rows of a sign equal */
  readonly start: Float64Array
  readonly k: number
  readonly v: number
  readonly eta: number
  readonly alpha: number
  /** e_w: the unit separator, of margin γ on every example */
  readonly separator: Float64Array
  /** how many examples find all units active, and come first; all others find all inactive */
  readonly fast: number
  /** φ(α, β)/γ²: the bound with slopes without its initial terms */
  readonly predicted: number
}

/**
 * The coordinate h of every example along e_0, up to its sign, which determines whether all units
 * are active or all are inactive.
 */
const SWITCH = 0.5

/**
 * The distance to 1 of the margin y N(x) = 1 − SLACK at which the construction places each example,
 * so that it causes an update.
 */
const SLACK = 1e-6

/** Throws for options out of range; gives v and the worst case of the slopes. */
function checked(fn: string, { alpha, beta, gamma, k = 1, rho = 0, v }: TightOptions) {
  const worst = worstCaseFactor(alpha, beta)
  checkBetween(fn, 'gamma', gamma, 1e-3, 0.5)
  checkCount(fn, 'k', k)
  checkNonNegative(fn, 'rho', rho)
  return { ...worst, v: checkPositive(fn, 'v', v ?? 1 / Math.sqrt(2 * k)) }
}

interface SwitchOptions {
  readonly alpha: number
  readonly gamma: number
  readonly k: number
  readonly v: number
  readonly rho: number
}

/** M: all units keep their side of the switch while y N(x) < 1, and at the start. */
const switchSizeOf = ({ alpha, gamma, k, v, rho }: SwitchOptions): number =>
  Math.max(1.05 / (k * v * alpha * SWITCH), (2.1 * rho * gamma) / SWITCH)

/**
 * The part of the displacement bound that an instance of `tightUpdateData` reaches at least. The bound
 * sees how large the initial inputs of the units are, not that all units of the instance keep one
 * slope; so for a mean slope ā it allows for kvhM(ā − α) of y N(x) from the switch, which cancels:
 *
 *     (1 − 2γ²) max g₀ / max g₁,   g_i(ā) = ((1 + α)ā − α + β(1 + 2kvργā + i kvhM(ā − α)))/ā²
 *
 * with the maxima over [α, 1]. At ā = α nothing is lost. Checked for ραv ≤ 1; beyond, examples are
 * not in the best proportion.
 *
 * @throws RangeError for a number outside its range
 * Source: ours, from the terms of `displacementBound`; U ≥ (1 − 2γ²) B_slope is measured.
 *
 * @example
 * import { displacementFloor } from '@nonconvex/overparam/tightness'
 * const at = (alpha: number) => displacementFloor({ alpha, beta: 0.001, gamma: 0.1 }).toFixed(3)
 * console.log(at(0.1), at(0.01)) // → 0.972 0.898
 */
export function displacementFloor(options: Omit<TightOptions, 'maxExamples'>): number {
  const { alpha, beta, gamma, k = 1, rho = 0 } = options
  const { v } = checked('displacementFloor', options)
  const push = k * v * SWITCH * switchSizeOf({ alpha, gamma, k, v, rho })
  const most = (pushed: number): number => {
    const rise = 1 + alpha + beta * (2 * k * v * rho * gamma + pushed)
    const rest = beta - alpha - beta * pushed * alpha
    const at = (mean: number): number => (rise * mean + rest) / mean ** 2
    const vertex = Math.min(1, Math.max(alpha, (-2 * rest) / rise))
    return Math.max(at(alpha), at(1), at(vertex))
  }
  return (1 - 2 * gamma ** 2) * (most(0) / most(push))
}

/**
 * Constructs data on which the bound B_slope is attained: cyclic SGD makes one update on every
 * example, and
 *
 *     U = n ≥ (1 − 2γ²) B_slope   for ρ = 0
 *
 * Units of a sign are equal, so P = w₊ − w₋ and C = w₊ + w₋ describe the network. All rows begin at
 * −(M/2)e_0. An example with coordinate +h along e_0 finds all units inactive (slope α, slow), one
 * with −h all active (slope 1, fast); an update changes P by 2ηvs·yx and leaves C as it is, so the
 * switch keeps working. Each next example has margin γ for e_w and, in the plane of e_2 and e_3, the
 * direction for which y N(x) = 1 − 10⁻⁶: a violation that adds as little to the progress and as much
 * to the norm as the lines of the proof allow. Fast examples come first, in the proportion that
 * maximizes the bound (`worstCaseFactor`). The construction ends where no direction violates.
 *
 * @returns the instance; with ρ > 0 the initial weights point away from the separator, which attains
 *   the initial terms of the bound as well
 * @throws RangeError for a number outside its range, or if more than `maxExamples` are needed
 *
 * Cost: O(n), n about φ(α, β)/γ².
 *
 * Source: ours.
 *
 * @example
 * import { trainSgd } from '@nonconvex/overparam'
 * import { tightUpdateData } from '@nonconvex/overparam/tightness'
 * const { data, predicted, ...options } = tightUpdateData({ alpha: 0.1, beta: 0.001, gamma: 0.1 })
 * const { updates } = trainSgd(data, { ...options, order: { kind: 'cyclic' } })
 * console.log(data.x.rows, updates, predicted.toFixed(2)) // → 302 302 305.56
 */
export function tightUpdateData(options: TightOptions): TightInstance {
  const fn = 'tightUpdateData'
  const { alpha, beta, gamma, k = 1, rho = 0, maxExamples = 500_000 } = options
  const { v, slope, factor } = checked(fn, options)
  const eta = 1 / (k * beta * v * v)
  // enough for both kinds of example: |P·x| < M h holds as long as y N(x) < 1, and at the start
  const switchSize = switchSizeOf({ alpha, gamma, k, v, rho })
  const fast = alpha === 1 ? 0 : Math.floor((((slope - alpha) / (1 - alpha)) * factor) / gamma ** 2)
  const across = Math.sqrt(1 - gamma ** 2 - SWITCH ** 2)

  const x: number[] = []
  const y: number[] = []
  // P, of which only these four coordinates ever change
  const p = [-2 * rho, 0, 0, 0]
  for (;;) {
    const s = y.length < fast ? 1 : alpha
    const h = s === 1 && alpha !== 1 ? -SWITCH : SWITCH
    const sign = h * p[1] > 0 ? -1 : 1
    const rest = Math.hypot(p[2], p[3])
    const missing = (1 - SLACK) / (k * v * s) - gamma * p[0] - sign * h * p[1]
    // direction cosine of u and the rest of P with which P·a is what is missing
    const cosine = rest === 0 ? 1 : missing / (across * rest)
    if (cosine < -1 || (rest === 0 && missing < 0)) break
    const along = Math.min(1, cosine)
    const aside = Math.sqrt(1 - along ** 2)
    const [p2, p3] = rest === 0 ? [1, 0] : [p[2] / rest, p[3] / rest]
    const a = [
      gamma,
      sign * h,
      across * (along * p2 - aside * p3),
      across * (along * p3 + aside * p2),
    ]
    for (let c = 0; c < 4; c++) {
      x.push(sign * a[c])
      p[c] += 2 * eta * v * s * a[c]
    }
    y.push(sign)
    if (y.length > maxExamples)
      throw argumentError(
        'out-of-range',
        fn,
        'gamma',
        `to need at most ${maxExamples} examples; about ${Math.ceil(factor / gamma ** 2)} are needed`,
        gamma,
      )
  }
  const start = new Float64Array(8 * k)
  for (let j = 0; j < 2 * k; j++) start.set([j < k ? -rho : rho, -switchSize / 2], 4 * j)
  return {
    data: { x: { rows: y.length, cols: 4, data: Float64Array.from(x) }, y: Float64Array.from(y) },
    start,
    k,
    v,
    eta,
    alpha,
    separator: Float64Array.of(1, 0, 0, 0),
    fast: Math.min(fast, y.length),
    predicted: factor / gamma ** 2,
  }
}
