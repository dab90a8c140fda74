import type { Vec } from '@nonconvex/tensor'
import { checkPair } from './pair-frame.js'
import { checkLength } from '@nonconvex/tensor/check'

/**
 * The angle φ = π − ∠(u, v) of two vectors of the plane, to full relative precision however close
 * to opposite they are.
 *
 *     φ = atan2(|u₁v₂ − u₂v₁|, −u·v)
 *
 * The two products of the determinant, which cancel, are formed exactly (Dekker), so that the
 * difference is exact, too.
 *
 * @param u - [2], not zero, entries between 1e-140 and 1e140 in size, or 0
 * @param v - [2], the same
 * @throws ShapeError for other lengths; RangeError for NaN and infinities
 * Accuracy: relative 4e-16. Cost: O(1).
 * Source: Dekker (1971), product of two numbers as a sum of two.
 *
 * @example
 * import { exactOppositeAngle } from '@nonconvex/gaussian-theory/integral'
 * console.log(exactOppositeAngle([1, 0], [-1, 1e-9])) // → 1e-9
 */
export function exactOppositeAngle(u: Vec, v: Vec): number {
  checkPair('exactOppositeAngle', 'u', u, 'v', v)
  checkLength('exactOppositeAngle', 'u', u, 2)
  const [high, low] = exactProduct(u[0], v[1])
  const [otherHigh, otherLow] = exactProduct(u[1], v[0])
  // the difference of the large parts is exact where they nearly cancel
  const determinant = high - otherHigh + (low - otherLow)
  return Math.atan2(Math.abs(determinant), -(u[0] * v[0] + u[1] * v[1]))
}

/** The exact product a·b = high + low. */
function exactProduct(a: number, b: number): readonly [number, number] {
  const high = a * b
  const [a1, a2] = halves(a)
  const [b1, b2] = halves(b)
  return [high, a2 * b2 - (high - a1 * b1 - a2 * b1 - a1 * b2)]
}

/** The constant of Veltkamp's splitting of 53 bits into 26 and 26. */
const SPLIT = 2 ** 27 + 1

function halves(a: number): readonly [number, number] {
  const large = SPLIT * a
  const first = large - (large - a)
  return [first, a - first]
}
