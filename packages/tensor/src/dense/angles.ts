import { argumentError } from '../check/errors.js'
import { checkFiniteVector, checkSameLength } from '../check/arrays.js'
import type { Vec } from '../types.js'
import { scaledNorm } from './norm2.js'

/** The angle between two vectors and its supplement, each accurate on its own. */
export interface Angles {
  /** ∠(u, v) in [0, π]; exactly 0 when u/‖u‖ and v/‖v‖ agree bit for bit */
  readonly theta: number
  /** π − θ, computed without subtraction: accurate for nearly opposite vectors */
  readonly phi: number
}

/**
 * The angle between u and v by Kahan's formula,
 *
 *     θ = 2 atan2(‖û − v̂‖, ‖û + v̂‖),   φ = π − θ = 2 atan2(‖û + v̂‖, ‖û − v̂‖),   û = u/‖u‖
 *
 * which, unlike the arc cosine of û·v̂, loses no accuracy near 0 and π.
 *
 * @param u - [d], finite, not zero; any size from 5e-324 to 1.8e308
 * @param v - [d], the same
 * @throws ShapeError if the lengths differ; RangeError on NaN, infinity or a zero vector
 *
 * Accuracy: absolute error ≤ 6e-16 for each (from normalizing u and v); atan2 is the engine's, so
 * the last bit may differ
 *   between engines. Cost: O(d), two divisions per entry.
 * Source: Kahan, "How futile are mindless assessments of roundoff" (2006), section 12.
 *
 * @example
 * import { angles } from '@nonconvex/tensor'
 * console.log(angles([1, 0], [1, 1e-12]).theta) // → 1e-12
 */
export function angles(u: Vec, v: Vec): Angles {
  checkSameLength('angles', 'u', u, 'v', v)
  const a = usable('u', u)
  const b = usable('v', v)
  let difference = 0
  let sum = 0
  for (let i = 0; i < u.length; i++) {
    const x = (u[i] * a.scale) / a.norm
    const y = (v[i] * b.scale) / b.norm
    difference += (x - y) * (x - y)
    sum += (x + y) * (x + y)
  }
  const half = Math.sqrt(difference)
  const other = Math.sqrt(sum)
  return { theta: 2 * Math.atan2(half, other), phi: 2 * Math.atan2(other, half) }
}

function usable(name: string, u: Vec): { scale: number; norm: number } {
  const size = scaledNorm(u)
  if (!Number.isFinite(size.norm)) checkFiniteVector('angles', name, u)
  if (size.norm === 0) {
    throw argumentError('zero-vector', 'angles', name, 'not to be the zero vector', 'norm 0')
  }
  return size
}
