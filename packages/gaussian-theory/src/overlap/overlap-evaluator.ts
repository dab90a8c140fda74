import { finiteVector, norm2, ShapeError } from '@nonconvex/tensor'
import type { Vec } from '@nonconvex/tensor'
import { direction } from '../pair-frame.js'
import { sMinusTCos } from '../s-minus-t-cos.js'
import { checkOverlap, lagsOf } from './lags.js'
import type { Lags, OverlapOptions } from './lags.js'
import { ShiftedPair } from './shifted-pair.js'

/**
 * The loss and gradient of one teacher, with all that depends on the teacher alone worked out and room
 * to work in: for runs of many steps. `overlapLoss` and `overlapGradient` are the plain functions.
 *
 * @example
 * import { OverlapEvaluator } from '@nonconvex/gaussian-theory'
 * const at = new OverlapEvaluator([-1, 1], { k: 2, stride: 1 })
 * console.log(at.lossAndGradientInto(new Float64Array(2), Float64Array.of(-1, 1))) // → 0
 */
export class OverlapEvaluator {
  readonly m: number
  /** ‖w*‖ */
  readonly R: number
  readonly lags: Lags
  private readonly k: number
  private readonly stride: number
  private readonly teacher: Float64Array
  private readonly vHat: Float64Array
  /** h of the teacher with itself, at lags 1 … near */
  private readonly teacherH: Float64Array
  private readonly uHat: Float64Array
  private readonly own = new ShiftedPair()
  private readonly ahead = new ShiftedPair()
  private readonly behind = new ShiftedPair()

  /** @throws RangeError for an empty or infinite teacher, or k or stride that are no integers ≥ 1 */
  constructor(wStar: Vec, options: OverlapOptions) {
    checkOverlap('OverlapEvaluator', options)
    if (wStar.length === 0)
      throw new RangeError('OverlapEvaluator: wStar must have length ≥ 1, got 0')
    finiteVector('OverlapEvaluator', 'wStar', wStar)
    this.m = wStar.length
    this.k = options.k
    this.stride = options.stride
    this.lags = lagsOf(this.m, options)
    this.teacher = Float64Array.from(wStar)
    this.R = norm2(wStar)
    this.vHat = direction(this.teacher, this.R)
    this.uHat = new Float64Array(this.m)
    this.teacherH = new Float64Array(this.lags.near + 1)
    for (let D = 1; this.R > 0 && D <= this.lags.near; D++) {
      this.own.set(this.vHat, this.vHat, D * this.stride)
      this.teacherH[D] = this.own.h
    }
  }

  /**
   * Writes ∇ℓ(w) to `out` and returns ℓ(w). At w = 0 there is no gradient (unless w* = 0): `out` is then
   * filled with NaN; the caller has to look at w.
   *
   * @param out - [m], overwritten
   * @param w - [m], finite, not checked
   * Cost: O(m² / stride) operations, at most O(k m); no allocation.
   */
  lossAndGradientInto(out: Float64Array, w: Float64Array): number {
    if (w.length !== this.m)
      throw new ShapeError(
        `lossAndGradientInto: w must have the length of wStar, ${this.m}, got ${w.length}`,
      )
    const { m, k, R, teacher, uHat, vHat } = this
    const r = norm2(w)
    if (r === 0) {
      out.fill(R === 0 ? 0 : NaN)
      return this.constant(R)
    }
    for (let t = 0; t < m; t++) uHat[t] = w[t] / r
    // lag 0, in the form that keeps relative accuracy towards w*
    let square = 0
    let excess = 0
    for (let t = 0; t < m; t++) {
      const d = w[t] - teacher[t]
      square += d * d
      excess += (d / (r + R)) * (w[t] + teacher[t])
    }
    let radial = this.lags.apart * excess
    let sum = (this.lags.apart / (2 * Math.PI)) * excess * excess
    let { sin, theta } = { sin: 0, theta: 0 }
    if (R > 0) {
      this.own.set(uHat, vHat, 0)
      sin = this.own.sin
      theta = this.own.theta
    }
    sum += k * (square / 2 - (r * R * sMinusTCos(theta)) / Math.PI)
    radial -= k * R * sin
    for (let t = 0; t < m; t++) out[t] = k * (Math.PI * (w[t] - teacher[t]) + theta * teacher[t])
    for (let D = 1; D <= this.lags.near; D++) {
      const terms = this.lag(out, r, D)
      sum += terms.loss
      radial += terms.radial
    }
    const scale = 1 / (Math.PI * k * k)
    for (let t = 0; t < m; t++) out[t] = scale * (out[t] + radial * uHat[t])
    return Math.max(0, sum / (k * k))
  }

  private readonly terms = { loss: 0, radial: 0 }

  /** Both directions of lag D: adds the shifted filters to `out`, returns loss and part along ŵ. */
  private lag(out: Float64Array, r: number, D: number): { loss: number; radial: number } {
    const { m, R, uHat, vHat, own, ahead, behind, terms } = this
    const count = this.k - D
    const shift = D * this.stride
    own.set(uHat, uHat, shift)
    if (R > 0) {
      ahead.set(uHat, vHat, shift)
      behind.set(uHat, vHat, -shift)
    }
    const ownPull = count * r * own.phi
    const aheadPull = count * R * ahead.phi
    const behindPull = count * R * behind.phi
    for (let t = shift; t < m; t++) {
      out[t] += ownPull * uHat[t - shift] - aheadPull * vHat[t - shift]
      out[t - shift] += ownPull * uHat[t] - behindPull * vHat[t]
    }
    const cross = R > 0 ? ahead.h + behind.h : 0
    terms.loss = (count / Math.PI) * (r * r * own.h - r * R * cross + R * R * this.teacherH[D])
    terms.radial = count * (2 * r * own.sin - (R > 0 ? R * (ahead.sin + behind.sin) : 0))
    return terms
  }

  /** ℓ(0) = E f(x; w*)² */
  private constant(R: number): number {
    const { k, lags } = this
    let sum = k / 2 + lags.apart / (2 * Math.PI)
    for (let D = 1; D <= lags.near; D++) sum += ((k - D) / Math.PI) * this.teacherH[D]
    return (R * R * sum) / (k * k)
  }
}
