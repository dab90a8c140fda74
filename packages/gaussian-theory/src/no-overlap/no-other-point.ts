import {
  add,
  div,
  hull,
  interval,
  mul,
  PI,
  sin,
  sub,
  type Interval,
} from '@nonconvex/tensor/interval'
import { checkCount } from '@nonconvex/tensor/check'

/**
 * The proof that the no-overlap loss has no fourth critical point; every number is an interval that
 * contains the true value.
 */
export interface NoOtherPoint {
  /**
   * holds τ/(aR θφ²) for all angles 0 < θ < π: positive, so there is no critical point off the
   * teacher's line
   */
  readonly across: Interval
  /**
   * holds c, with which ∂ℓ/∂r grows on every ray: positive, so that it has at most one zero on each
   * ray of that line
   */
  readonly along: Interval
  /** both are positive */
  readonly proved: boolean
}

/** The number of pieces of [0, π/2] on which the component across the ray is enclosed. */
const PIECES = 16

/**
 * Proves that the no-overlap loss has no critical point but 0, w* and −αw*, for every m ≥ 2 and w*
 * ≠ 0 at once. At w ≠ 0 the gradient lies in the plane of w and w*, with one component along w and
 * one orthogonal to it:
 *
 *     ∇ℓ(w) = c (r − ρ(θ)) ŵ − τ(θ) n,   ρ(θ) = R(b + a h(θ)/π)/c,   τ(θ) = aR (φ/π) sin θ = aR θφ² · sin θ/(π θφ)
 *
 * The quotient sin θ/(π θφ) is enclosed on pieces of [0, π/2], where sin θ/θ decreases from 1; it
 * is symmetric in θ and φ, so this covers all of (0, π). Where it is positive, τ vanishes at θ = 0
 * and θ = π only, w on the teacher's line; and on each of its two rays the other part has one zero,
 * as c > 0: r = ρ(0) = R, which is w*, and r = ρ(π) = bR/c, which is −αw*. The quotient is the same
 * for every k.
 *
 * @param k - number of patches, integer ≥ 1
 * @throws RangeError for another k
 *
 * Accuracy: `across` is [0.1011, 0.137], the true range is (1/π², 4/π³]. Cost: 32 interval sines.
 * Source: ours; tests check the gradient to 78 digits.
 *
 * @example
 * import { proveNoOther } from '@nonconvex/gaussian-theory'
 * const { across, proved } = proveNoOther(5)
 * console.log(proved, across.lo > 0.101, across.hi < 0.137) // → true true true
 */
export function proveNoOther(k: number): NoOtherPoint {
  checkCount('proveNoOther', 'k', k)
  const pieces = Array.from({ length: PIECES }, (_, i) => {
    const theta = mul(PI, interval(i / PIECES / 2, (i + 1) / PIECES / 2))
    return div(sineQuotient(theta), mul(PI, sub(PI, theta)))
  })
  const across = pieces.reduce((x, y) => hull(x, y))
  const along = add(div(1, k), div(k - 1, mul(PI, k)))
  return { across, along, proved: across.lo > 0 && along.lo > 0 }
}

/** An enclosure of sin θ/θ on [lo, hi] within [0, π], where it decreases. */
function sineQuotient({ lo, hi }: Interval): Interval {
  const at = (theta: number): Interval => (theta > 0 ? div(sin(theta), theta) : interval(1))
  return hull(at(lo), at(hi))
}
