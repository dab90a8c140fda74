import { norm2, type Vec } from '@nonconvex/tensor'
import { checkFiniteVector, checkNotEmpty, checkSameLength } from '@nonconvex/tensor/check'
import { direction } from '../integral/pair-frame.js'
import { checkOverlap, lagsOf, type Lags, type OverlapOptions } from './lags.js'
import { UnitAngle } from './unit-angle.js'

export const INVERSE_PI: number = 1 / Math.PI

/** The range of a sum of squares in which no square has overflowed or underflowed. */
export const SAFE_LEAST: number = 2 ** -900
export const SAFE_MOST: number = 2 ** 1000

/** The norm ‖w‖, summed in order as in the kernel where this is safe. */
function norm(w: Float64Array): number {
  let square = 0
  for (const x of w) square += x * x
  return square >= SAFE_LEAST && square <= SAFE_MOST ? Math.sqrt(square) : norm2(w)
}

/**
 * Evaluates the loss and gradient for one teacher, with precomputed numbers and working memory, for
 * runs of many steps. `overlapLoss` and `overlapGradient` are the plain functions; `overlapBatch`
 * takes many points at once, several times faster, with the same bits.
 *
 * @example
 * import { OverlapEvaluator } from '@nonconvex/gaussian-theory/overlap'
 * const at = new OverlapEvaluator([-1, 1], { k: 2, stride: 1 })
 * console.log(at.lossAndGradientInto(new Float64Array(2), Float64Array.of(-1, 1))) // → 0
 */
export class OverlapEvaluator {
  readonly m: number
  /** ‖w*‖ */
  readonly R: number
  readonly lags: Lags
  readonly k: number
  readonly stride: number
  /** [m], w*; not to be written to */
  readonly teacher: Float64Array
  /** [m], the teacher's direction, or zeros; not to be written to */
  readonly vHat: Float64Array
  /** h of the teacher with itself, at lags 1 … near; not to be written to */
  readonly teacherH: Float64Array
  private readonly uHat: Float64Array
  private readonly own = new UnitAngle()
  private readonly ahead = new UnitAngle()
  private readonly behind = new UnitAngle()

  /**
   * @throws RangeError for an empty or infinite teacher, or k or stride that are no integers ≥ 1
   */
  constructor(wStar: Vec, options: OverlapOptions) {
    checkOverlap('OverlapEvaluator', options)
    checkNotEmpty('OverlapEvaluator', 'wStar', wStar)
    checkFiniteVector('OverlapEvaluator', 'wStar', wStar)
    this.m = wStar.length
    this.k = options.k
    this.stride = options.stride
    this.lags = lagsOf(this.m, options)
    this.teacher = Float64Array.from(wStar)
    this.R = norm(this.teacher)
    this.vHat = direction(this.teacher, this.R)
    this.uHat = new Float64Array(this.m)
    this.teacherH = new Float64Array(this.lags.near + 1)
    for (let D = 1; this.R > 0 && D <= this.lags.near; D++) {
      this.own.set(this.vHat, this.vHat, D * this.stride)
      this.teacherH[D] = this.own.h
    }
  }

  /**
   * Writes ∇ℓ(w) to `out` and returns ℓ(w). At w = 0 there is no gradient (unless w* = 0): `out` is
   * then filled with NaN; the caller checks w.
   *
   * @param out - [m], overwritten
   * @param w - [m], finite, not checked
   * Cost: O(m² / stride) operations, at most O(k m); no allocation.
   */
  lossAndGradientInto(out: Float64Array, w: Float64Array): number {
    checkSameLength('lossAndGradientInto', 'wStar', this.teacher, 'w', w)
    const { m, k, R, teacher, uHat, vHat, lags, own } = this
    const r = norm(w)
    if (r === 0) {
      out.fill(R === 0 ? 0 : NaN)
      return this.constant(R)
    }
    // lag 0, in the form that keeps relative accuracy towards w*
    let distance = 0
    let excess = 0
    for (let t = 0; t < m; t++) {
      const d = w[t] - teacher[t]
      uHat[t] = w[t] / r
      distance += d * d
      excess += (d / (r + R)) * (w[t] + teacher[t])
    }
    own.setClose(uHat, vHat, 0)
    const { sin, theta, curve } = own
    let radial = lags.apart * excess
    let sum = (lags.apart / (2 * Math.PI)) * excess * excess
    sum += k * (distance * 0.5 - r * R * curve * INVERSE_PI)
    radial -= k * R * sin
    for (let t = 0; t < m; t++) out[t] = k * (Math.PI * (w[t] - teacher[t]) + theta * teacher[t])
    for (let D = 1; D <= lags.near; D++) {
      const terms = this.lag(out, r, D)
      sum += terms.loss
      radial += terms.radial
    }
    const scale = 1 / (Math.PI * k * k)
    for (let t = 0; t < m; t++) out[t] = scale * (out[t] + radial * uHat[t])
    return Math.max(0, sum / (k * k))
  }

  private readonly terms = { loss: 0, radial: 0 }

  /**
   * Evaluates both directions of lag D: adds the shifted filters to `out` and returns the loss and
   * the component along ŵ.
   */
  private lag(out: Float64Array, r: number, D: number): { loss: number; radial: number } {
    const { m, R, uHat, vHat, own, ahead, behind, terms } = this
    const count = this.k - D
    const shift = D * this.stride
    own.set(uHat, uHat, shift)
    ahead.set(uHat, vHat, shift)
    behind.set(vHat, uHat, shift)
    const ownPull = count * r * own.phi
    const aheadPull = count * R * ahead.phi
    const behindPull = count * R * behind.phi
    for (let t = shift; t < m; t++) {
      out[t] += ownPull * uHat[t - shift] - aheadPull * vHat[t - shift]
      out[t - shift] += ownPull * uHat[t] - behindPull * vHat[t]
    }
    const cross = ahead.h + behind.h
    terms.loss = count * INVERSE_PI * (r * r * own.h - r * R * cross + R * R * this.teacherH[D])
    terms.radial = count * (r * (own.sin + own.sin) - R * (ahead.sin + behind.sin))
    return terms
  }

  /** The loss at the origin, ℓ(0) = E f(x; w*)². */
  private constant(R: number): number {
    const { k, lags } = this
    let sum = k / 2 + lags.apart / (2 * Math.PI)
    for (let D = 1; D <= lags.near; D++) sum += ((k - D) / Math.PI) * this.teacherH[D]
    return (R * R * sum) / (k * k)
  }
}
