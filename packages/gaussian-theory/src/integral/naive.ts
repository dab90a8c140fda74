import { dot, norm2, type Vec } from '@nonconvex/tensor'
import { checkPair } from './pair-frame.js'

/**
 * The integral of {@link reluPair} in its textbook form, with the arc cosine of a normalized dot
 * product. For comparison only; use reluPair.
 *
 *     θ = arccos(u·v / ‖u‖‖v‖),   g = ‖u‖‖v‖ (sin θ + (π − θ) cos θ) / 2π
 *
 * @param u - [m], finite; the zero vector gives 0
 * @param v - [m], the same m
 * @throws ShapeError if the lengths differ; RangeError for NaN, infinities and empty vectors
 *   Accuracy: absolute error 1e-16 ‖u‖‖v‖, which for nearly opposite vectors, where g ~ φ³/6π,
 *   exceeds g itself: no digit is correct at φ = 1e-5. Cost: O(m).
 *
 * @example
 * import { reluPair } from '@nonconvex/gaussian-theory'
 * import { reluPairNaive } from '@nonconvex/gaussian-theory/integral'
 * const [u, v] = [[3, 4], [-3, -4.0000001]]
 * console.log(reluPair(u, v) > 0, Math.abs(reluPairNaive(u, v) / reluPair(u, v) - 1) > 0.5) // → true true
 */
export function reluPairNaive(u: Vec, v: Vec): number {
  checkPair('reluPairNaive', 'u', u, 'v', v)
  const size = norm2(u) * norm2(v)
  if (size === 0) return 0
  const theta = Math.acos(Math.max(-1, Math.min(1, dot(u, v) / size)))
  return (size * (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta))) / (2 * Math.PI)
}
