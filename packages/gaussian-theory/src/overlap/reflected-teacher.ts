import { type Vec, norm2 } from '@nonconvex/tensor'
import { checkNotZero, checkInteger, checkNonNegative } from '@nonconvex/tensor/check'
import { checkPair, direction } from '../integral/pair-frame.js'
import { checkOverlap, lagsOf, type OverlapOptions } from './lags.js'
import { overlapGradient } from './overlap-loss.js'
import { ShiftedPair } from './shifted-pair.js'

/**
 * The loss at the reflected teacher, for every m, k and stride: relu(z) − relu(−z) = z, so the two
 * networks differ by a linear function.
 *
 *     ℓ(−w*) = ‖ Σ_i P_iᵀ w* ‖² / k²
 *
 * Without overlap the loss there is R²/k. With overlap the sum can telescope: the teacher p(−1, 1)
 * at stride 1 gives 2p²/k².
 *
 * @param wStar - [m], the teacher, finite
 * @param options - k ≥ 1 patches, stride ≥ 1
 * @returns number ≥ 0
 * @throws RangeError for NaN, infinities, an empty vector, other k or stride
 * Accuracy: 1e-15 R². Cost: O(k m). Source: ours.
 *
 * @example
 * import { reflectedLoss } from '@nonconvex/gaussian-theory/overlap'
 * console.log(reflectedLoss([-1, 1], { k: 10, stride: 1 }).toFixed(6)) // → 0.020000
 */
export function reflectedLoss(wStar: Vec, options: OverlapOptions): number {
  checkPair('reflectedLoss', 'wStar', wStar, 'wStar', wStar)
  checkOverlap('reflectedLoss', options)
  const { k, stride } = options
  const m = wStar.length
  if (stride >= m) {
    const R = norm2(wStar)
    return (R * R) / k
  }
  const sum = new Float64Array((k - 1) * stride + m)
  for (let i = 0; i < k; i++) for (let t = 0; t < m; t++) sum[i * stride + t] += wStar[t]
  const size = norm2(sum)
  return (size * size) / (k * k)
}

/**
 * The loss at the reflected teacher relative to its value without overlap:
 *
 *     χ(w*) = ‖ Σ_i P_iᵀ w* ‖² / (k R²) = k ℓ(−w*)/R²,   1 without overlap;   m = 2, stride 1: 1 + ((k−1)/k) sin 2ω
 *
 * For teachers with small values of χ some random initializations fail; this is measured, not
 * proved.
 *
 * @param wStar - [m], not zero
 * @returns number ≥ 0
 * @throws RangeError at w* = 0; otherwise as reflectedLoss
 *
 * @example
 * import { telescopeIndex } from '@nonconvex/gaussian-theory/overlap'
 * console.log(telescopeIndex([-1, 1], { k: 10, stride: 1 }).toFixed(6)) // → 0.100000
 */
export function telescopeIndex(wStar: Vec, options: OverlapOptions): number {
  const R = norm2(wStar)
  checkNotZero('telescopeIndex', 'wStar', wStar)
  return options.k * reflectedLoss(direction(wStar, R), options)
}

/** The loss on the ray opposite to the teacher: ℓ(−t w*) = R² (A t² − 2B t + A)/(2πk²). */
export interface AntiparallelRay {
  readonly A: number
  readonly B: number
  /** B/A, the minimizer of the loss on the ray */
  readonly t0: number
  readonly loss: number
  /** ‖∇ℓ(−t₀w*)‖/R; 0 where t₀ = 0 */
  readonly gradient: number
  /** whether −t₀w* is a critical point of the whole loss: gradient ≤ 1e-13 */
  readonly critical: boolean
}

/**
 * The minimizer of the loss on the ray opposite to the teacher:
 *
 *     A = Σ_D μ_D η(x_D),   B = Σ_D μ_D η(−x_D),   η(x) = √(1−x²) + (π − arccos x) x,   x_D = (w*·S_Dw*)/R²
 *     t₀ = B/A,   ℓ(−t₀w*) = R² (A − B²/A)/(2πk²)
 *
 * Without overlap t₀ = α, and −t₀w* is the saddle. With overlap −t₀w* is a critical point of the
 * whole loss for m = 2 and w* ∝ (1, ±1), and for m = 3 and w* ∝ (−1, 0, 1); in general it is not.
 * For k = 1, t₀ = 0 (and not critical).
 *
 * @param wStar - [m], not zero
 * @throws RangeError at w* = 0; otherwise as reflectedLoss
 * Accuracy: 1e-15 relative to R². Cost: O(min(k, m/stride) m). Source: ours.
 *
 * @example
 * import { antiparallelRay } from '@nonconvex/gaussian-theory/overlap'
 * console.log(antiparallelRay([-1, 1], { k: 2, stride: 1 }).t0.toFixed(6)) // → 0.549142
 */
export function antiparallelRay(wStar: Vec, options: OverlapOptions): AntiparallelRay {
  checkPair('antiparallelRay', 'wStar', wStar, 'wStar', wStar)
  checkOverlap('antiparallelRay', options)
  const R = norm2(wStar)
  checkNotZero('antiparallelRay', 'wStar', wStar)
  const { k, stride } = options
  const unit = direction(wStar, R)
  const { near, apart } = lagsOf(unit.length, options)
  const pair = new ShiftedPair()
  let A = k * Math.PI + apart
  let B = apart
  for (let D = 1; D <= near; D++) {
    pair.set(unit, unit, D * stride)
    A += 2 * (k - D) * pair.h
    B += 2 * (k - D) * (pair.sin - pair.theta * pair.cos)
  }
  const t0 = B / A
  const loss = ((R * R) / (2 * Math.PI * k * k)) * ((A - B) * (1 + t0))
  const at = unit.map((x) => -t0 * x)
  const gradient = norm2(at) === 0 ? 0 : norm2(overlapGradient(at, unit, options))
  return { A, B, t0, loss, gradient, critical: t0 > 0 && gradient <= 1e-13 }
}

/**
 * The explicit spurious minimum of the loss for m = 2, stride 1 and a teacher p(−1, 1): it lies at
 * −t₀w*.
 *
 *     A = kπ + 2(k−1)(√3/2 − π/6) + (k−1)(k−2),   B = 2(k−1)(√3/2 + π/3) + (k−1)(k−2)
 *     t₀ = B/A,   ℓ/R² = (A − B²/A)/(2πk²);   for large k: t₀ → 1, ℓ/R² → 1/k²
 *
 * @param k - number of patches, integer ≥ 2 (one patch has no overlap)
 * @throws RangeError for another k
 * Accuracy: 1e-15. Cost: O(1). Source: ours. That it is a strict minimum was verified for each k
 * tested, not proved for all.
 *
 * @example
 * import { spuriousMinimum } from '@nonconvex/gaussian-theory/overlap'
 * console.log(spuriousMinimum(2).t0.toFixed(6)) // → 0.549142
 */
export function spuriousMinimum(k: number): { readonly t0: number; readonly lossOverR2: number } {
  checkInteger('spuriousMinimum', 'k', k, 2)
  const half = Math.sqrt(3) / 2
  const apart = (k - 1) * (k - 2)
  const A = k * Math.PI + 2 * (k - 1) * (half - Math.PI / 6) + apart
  const B = 2 * (k - 1) * (half + Math.PI / 3) + apart
  const t0 = B / A
  return { t0, lossOverR2: ((A - B) * (1 + t0)) / (2 * Math.PI * k * k) }
}

/**
 * The slopes on the boundary of the quadrant {w₁ > 0 > w₂} of the spurious minimum, for the teacher
 * p(−1, 1), m = 2, stride 1.
 *
 *     on (0, −q):  ∂ℓ/∂w₁ = −(2(k−1)q + (k−2)p)/4k² < 0   (into that quadrant)
 *     on (0, +q):  ∂ℓ/∂w₁ = +(2(k−1)q + (k+2)p)/4k² > 0   (into {w₁ < 0 < w₂})
 *
 * By the symmetry (w₁, w₂) → (−w₂, −w₁) the same holds on the other axis, so gradient flow does not
 * leave either quadrant.
 *
 * @param q - distance from the origin on the boundary, ≥ 0
 * @param p - size of the teacher, ≥ 0
 * @param k - number of patches, integer ≥ 2
 * @returns the slope ∂ℓ/∂w₁ at (0, −q) and at (0, q)
 * @throws RangeError for values out of range
 *
 * @example
 * import { quadrantWalls } from '@nonconvex/gaussian-theory/overlap'
 * console.log(quadrantWalls(1, 1, 2)) // → { spurious: -0.125, global: 0.375 }
 */
export function quadrantWalls(
  q: number,
  p: number,
  k: number,
): { readonly spurious: number; readonly global: number } {
  checkNonNegative('quadrantWalls', 'q', q)
  checkNonNegative('quadrantWalls', 'p', p)
  checkInteger('quadrantWalls', 'k', k, 2)
  const scale = 4 * k * k
  return {
    spurious: -(2 * (k - 1) * q + (k - 2) * p) / scale,
    global: (2 * (k - 1) * q + (k + 2) * p) / scale,
  }
}
