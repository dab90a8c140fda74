import { dot, norm2, power, type Vec } from '@nonconvex/tensor'
import {
  checkBetween,
  checkFiniteVector,
  checkNotEmpty,
  checkNotZero,
  checkPositive,
  checkSameLength,
  checkVector,
} from '@nonconvex/tensor/check'
import { pairFrame } from '../integral/pair-frame.js'
import { sMinusTCos } from '../integral/s-minus-t-cos.js'

const TAU = 2 * Math.PI

/** The sums that the formulas need: Σa, Σa*, |a*|², a·a*. */
function sums(a: Vec, as: Vec) {
  let [s, S] = [0, 0]
  for (let j = 0; j < a.length; j++) {
    s += a[j]
    S += as[j]
  }
  return { s, S, A: dot(as, as), along: dot(a, as) }
}

function checkDu(fn: string, v: Vec, a: Vec, w: Vec, as: Vec): void {
  checkNotEmpty(fn, 'v', v)
  checkNotEmpty(fn, 'a', a)
  checkFiniteVector(fn, 'v', v)
  checkFiniteVector(fn, 'a', a)
  checkSameLength(fn, 'v', v, 'w', w)
  checkSameLength(fn, 'a', a, 'as', as)
  checkFiniteVector(fn, 'w', w)
  checkFiniteVector(fn, 'as', as)
  checkNotZero(fn, 'v', v, 'it has no direction')
  checkNotZero(fn, 'w', w, 'it has no direction')
}

/**
 * The loss of a filter with free output weights, on k disjoint patches and with weight
 * normalization:
 *
 *     L = (1/4π) [ (π−1)|a|² + s² + n²((π−1)A + S²) − 2n((g(φ)−1) a·a* + sS) ],   g(φ) = (π−φ) cos φ + sin φ
 *
 * for the network Σ_j a_j relu(v·x_j/‖v‖) and the teacher (w*, a*), φ = ∠(v, w*), n = ‖w*‖, s = Σa, S
 * = Σa*, A = |a*|².
 *
 * @param v - [m], not zero
 * @param a - [k]
 * @param w - [m], the filter w* of the teacher, not zero
 * @param as - [k], its output weights a*
 * @throws ArgumentError on other lengths, NaN, infinities and zero vectors
 *
 * Cost: O(m + k). Source: Du, Lee, Tian, Poczos & Singh (2018); equal to `loss` on disjoint patches.
 *
 * @example
 * import { duLoss } from '@nonconvex/gaussian-theory/teacher-student'
 * console.log(duLoss([1, 0], [1, 2], [1, 0], [1, 2]).toFixed(12)) // → 0.000000000000
 */
export function duLoss(v: Vec, a: Vec, w: Vec, as: Vec): number {
  checkDu('duLoss', v, a, w, as)
  const { vNorm: n, phi } = pairFrame(v, w)
  const { s, S, A, along } = sums(a, as)
  const rest = Math.PI - 1
  const cross = (sMinusTCos(phi) - 1) * along + s * S
  return (rest * dot(a, a) + s * s + n * n * (rest * A + S * S) - 2 * n * cross) / (2 * TAU)
}

/**
 * The gradient of `duLoss`:
 *
 *     ∂L/∂a = ((π−1)a + s1 − n((g(φ)−1)a* + S1))/2π,   ∂L/∂v = −(a·a*)(π−φ)/(2π‖v‖) (w* − (v̂·w*)v̂)
 *
 * ∂L/∂v is orthogonal to v, so gradient descent never shortens v.
 *
 * @returns v: [m], a: [k]
 * @throws as `duLoss`
 *
 * Source: ours, by differentiation. Cost: O(m + k).
 *
 * @example
 * import { duGrad } from '@nonconvex/gaussian-theory/teacher-student'
 * console.log(duGrad([1, 0], [1], [0, 1], [1]).v.join()) // → 0,-0.25
 */
export function duGrad(
  v: Vec,
  a: Vec,
  w: Vec,
  as: Vec,
): { readonly v: Float64Array; readonly a: Float64Array } {
  checkDu('duGrad', v, a, w, as)
  const { uNorm, vNorm: n, uHat, phi } = pairFrame(v, w)
  const { s, S, along } = sums(a, as)
  const turn = (-along * phi) / (TAU * uNorm)
  const inside = dot(uHat, w)
  const g = sMinusTCos(phi)
  return {
    v: uHat.map((x, t) => turn * (w[t] - inside * x)),
    a: Float64Array.from(a, (x, j) => ((Math.PI - 1) * x + s - n * ((g - 1) * as[j] + S)) / TAU),
  }
}

/**
 * The best output weights for an angle φ between the filters, those that minimize `duLoss`:
 *
 *     a(φ) = n [ (g−1)/(π−1) (a* − (S/k)1) + (k+g−1)/(k+π−1) (S/k)1 ]
 *
 * @param phi - the angle, in [0, π]
 * @param as - [k], a*
 * @param norm - ‖w*‖ > 0
 * @throws ArgumentError for other arguments
 * Source: ours. Cost: O(k).
 *
 * @example
 * import { duBestA } from '@nonconvex/gaussian-theory/teacher-student'
 * console.log(duBestA(0, [1, 2], 1).join()) // → 1,2
 */
export function duBestA(phi: number, as: Vec, norm: number): Float64Array {
  checkNotEmpty('duBestA', 'as', as)
  checkVector('duBestA', 'as', as, as.length)
  checkBetween('duBestA', 'phi', phi, 0, Math.PI, '[0, π]')
  checkPositive('duBestA', 'norm', norm)
  const k = as.length
  const g = sMinusTCos(Math.PI - phi)
  const mean = sums(as, as).S / k
  const common = ((k + g - 1) / (k + Math.PI - 1)) * mean
  return Float64Array.from(as, (x) => norm * (((g - 1) / (Math.PI - 1)) * (x - mean) + common))
}

/** The critical points of `duLoss` off the teacher. */
export interface DuCritical {
  /**
   * the threshold 1 + (k−1)/π of S²/A: below it the point opposite to the teacher is a spurious local
   * minimum, above it a saddle
   */
  readonly threshold: number
  readonly spurious: boolean
  /** the loss at φ = π with the best output weights */
  readonly loss: number
  /** if spurious, the ring of saddles: its angle, and its loss */
  readonly saddle?: { readonly angle: number; readonly loss: number }
}

/**
 * The critical points with φ > 0: the one opposite to the teacher, and, if that is a minimum, a ring
 * of saddles at the angle where the best output weights are orthogonal to a*.
 *
 *     spurious iff S² < (1 + (k−1)/π) A
 *
 * @param as - [k], a*, not zero
 * @param norm - ‖w*‖ > 0
 * @throws ArgumentError for other arguments
 * Accuracy: the saddle's angle to 1e-15 by bisection. Source: ours. Cost: O(k).
 *
 * @example
 * import { duCritical } from '@nonconvex/gaussian-theory/teacher-student'
 * const { spurious, loss } = duCritical([1, 0, 0, 0, 0, 0, 0, 0, 0], 1)
 * console.log(spurious, loss.toFixed(12)) // → true 0.166180348458
 */
export function duCritical(as: Vec, norm: number): DuCritical {
  checkNotEmpty('duCritical', 'as', as)
  checkFiniteVector('duCritical', 'as', as)
  checkNotZero('duCritical', 'as', as, 'the teacher is 0')
  checkPositive('duCritical', 'norm', norm)
  const k = as.length
  const { S, A } = sums(as, as)
  const common = (S * S) / k
  // A − S²/k without cancellation
  const spread = power(norm2(Float64Array.from(as, (x) => x - S / k)), 2)
  const pi = Math.PI
  const lossAt = (g: number): number => {
    const rest = spread * (pi - 1 - (g - 1) ** 2 / (pi - 1))
    const mean = common * (k + pi - 1 - (k + g - 1) ** 2 / (k + pi - 1))
    return ((rest + mean) * norm * norm) / (2 * TAU)
  }
  const threshold = 1 + (k - 1) / pi
  const spurious = S * S < threshold * A
  if (!spurious) return { threshold, spurious, loss: lossAt(0) }
  const [c1, c2] = [common / (k + pi - 1), spread / (pi - 1)]
  const g = (c1 * (1 - k) + c2) / (c1 + c2)
  let [low, high] = [0, pi]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (sMinusTCos(pi - middle) > g) low = middle
    else high = middle
  }
  return { threshold, spurious, loss: lossAt(0), saddle: { angle: low, loss: lossAt(g) } }
}
