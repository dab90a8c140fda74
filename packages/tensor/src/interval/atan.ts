import { asInterval, EMPTY, isEmpty, type Interval, type Operand } from './interval.js'
import { add, div, mul, sqrt, sub } from './arithmetic.js'
import { HALF_PI, HALF_PI_PARTS, PI } from './pi.js'
import { below } from './rounding.js'
import { over, plus, polynomial, reciprocal, times, twofoldDown, type Twofold } from './twofold.js'

/** The values atan(i/8) for i = 0 … 8, with a relative error of at most 2^-107. */
export const ATAN_EIGHTHS: readonly Twofold[] = [
  { hi: 0, lo: 0 },
  { hi: 0.12435499454676144, lo: -3.1253241424539383e-18 },
  { hi: 0.24497866312686414, lo: 1.0698755618734451e-17 },
  { hi: 0.35877067027057225, lo: -2.4623815582638635e-17 },
  { hi: 0.4636476090008061, lo: 2.2698777452961687e-17 },
  { hi: 0.5585993153435624, lo: -5.4556305485916264e-18 },
  { hi: 0.6435011087932844, lo: 1.5834785051444286e-17 },
  { hi: 0.7188299996216245, lo: -2.1478388444456983e-17 },
  { hi: 0.7853981633974483, lo: 3.061616997868383e-17 },
]

const ONE: Twofold = { hi: 1, lo: 0 }
const HALF_PI_TWOFOLD: Twofold = { hi: HALF_PI_PARTS[0], lo: HALF_PI_PARTS[1] }

/** (−1)^j / (2j + 1): the first five in twofold arithmetic, up to j = 11 in float64. */
const LEADING = Array.from({ length: 5 }, (_, j) =>
  reciprocal((j % 2 === 0 ? 1 : -1) * (2 * j + 1)),
)
const REST = Array.from({ length: 7 }, (_, j) => (j % 2 === 0 ? -1 : 1) / (2 * j + 11))

/** Up to here x − x³/3 is nearer to x than half a unit in the last place. */
const TINY = 2 ** -27

/**
 * atan of a finite number |x| > 2^-27 with relative error below 2^-76:
 *
 *     |x| > 1:  π/2 − atan(1/x);   else  atan(c) + atan(t),  c = i/8 next to x,  t = (x − c)/(1 + xc),  |t| ≤ 1/16
 *     atan(t) = t Σ_{j<12} (−t²)^j/(2j+1),   remainder < |t| t^24/25 ≤ 2^-100 |t|
 *
 * Budget, relative to atan(t)/t ≥ 0.998: remainder 2^-100; terms j ≥ 5 in float64, t^10/11 · 2^-47
 * < 2^-90; some forty twofold operations of 2^-102 each; the table 2^-107. The last sum at most
 * triples them where t < 0.
 */
function atanTwofold(x: number): Twofold {
  const size = Math.abs(x)
  const inner: Twofold = size > 1 ? over(ONE, { hi: size, lo: 0 }) : { hi: size, lo: 0 }
  const i = Math.round(8 * inner.hi)
  const c = i / 8
  const t = over(plus(inner, { hi: -c, lo: 0 }), plus(ONE, times(inner, { hi: c, lo: 0 })))
  const z = times(t, t)
  const small = plus(ATAN_EIGHTHS[i], times(t, polynomial(z, LEADING, REST)))
  const a = size > 1 ? plus(HALF_PI_TWOFOLD, { hi: -small.hi, lo: -small.lo }) : small
  return x < 0 ? { hi: -a.hi, lo: -a.lo } : a
}

const RELATIVE_ERROR = 2 ** -75

function atanDown(x: number): number {
  if (Math.abs(x) <= TINY) return x > 0 ? below(x) : x
  // π/2 − atan x < 2^-60 there, and HALF_PI.lo is 2^-54 below π/2
  if (x >= 2 ** 60) return HALF_PI.lo
  if (x <= -(2 ** 60)) return -HALF_PI.hi
  const a = atanTwofold(x)
  return twofoldDown(a, RELATIVE_ERROR * Math.abs(a.hi))
}

function atanUp(x: number): number {
  return 0 - atanDown(-x)
}

/**
 * The arctangent of x. Infinite ends are allowed: atan of ENTIRE is [−π/2, π/2].
 *
 * Accuracy: at most 2 float64 steps wide for one number (`Math.atan` has no guaranteed accuracy and
 * is not used). Cost: about 0.6 µs. Source: ours; series with remainder, table of nine values.
 *
 * @example
 * import { atan } from '@nonconvex/tensor/interval'
 * console.log(atan(1)) // → { lo: 0.7853981633974483, hi: 0.7853981633974484 }
 */
export function atan(x: Operand): Interval {
  const a = asInterval(x)
  return isEmpty(a) ? EMPTY : { lo: atanDown(a.lo), hi: atanUp(a.hi) }
}

/**
 * The arccosine, in [0, π], of the elements of x within [−1, 1]; EMPTY if there is none.
 *
 *     acos x = 2 atan √((1 − x)/(1 + x))(no digits are lost near x = ±1)
 *
 * Accuracy: 6 steps for one number. Cost: about 1.5 µs.
 *
 * @example
 * import { acos } from '@nonconvex/tensor/interval'
 * console.log(acos(1)) // → { lo: 0, hi: 0 }
 */
export function acos(x: Operand): Interval {
  const a = asInterval(x)
  if (!(a.lo <= 1 && a.hi >= -1)) return EMPTY
  return { lo: acosOf(Math.min(a.hi, 1)).lo, hi: acosOf(Math.max(a.lo, -1)).hi }
}

function acosOf(x: number): Interval {
  if (x === -1) return PI
  return mul(2, atan(sqrt(div(sub(1, x), add(1, x)))))
}

/**
 * The angle of the points (x, y) from the positive x-axis, in [−π, π].
 *
 * A box that crosses the negative x-axis, or contains the origin, gives all of [−π, π] ([0, π]
 * where y ≥ 0, [−π, 0] where y ≤ 0); on the negative x-axis itself, y = 0, the angle is π.
 *
 * Accuracy: 4 steps for one point. Cost: about 1.5 µs.
 *
 * @example
 * import { atan2 } from '@nonconvex/tensor/interval'
 * console.log(atan2(1, 0)) // → { lo: 1.5707963267948966, hi: 1.5707963267948968 }
 */
export function atan2(y: Operand, x: Operand): Interval {
  const b = asInterval(y)
  const a = asInterval(x)
  if (isEmpty(a) || isEmpty(b)) return EMPTY
  if (b.hi < 0) {
    const { lo, hi } = upper({ lo: 0 - b.hi, hi: 0 - b.lo }, a)
    return { lo: -hi, hi: 0 - lo }
  }
  if (b.lo >= 0) return upper(b, a)
  // both signs of y
  if (a.lo <= 0) return { lo: -PI.hi, hi: PI.hi }
  return { lo: atan(div(ends(b.lo), a.lo)).lo, hi: atan(div(ends(b.hi), a.lo)).hi }
}

/**
 * The angle for y ≥ 0: it increases with y where x ≥ 0, decreases with y where x ≤ 0, and decreases
 * with x.
 */
function upper(y: Interval, x: Interval): Interval {
  if (x.lo <= 0 && y.lo === 0) return { lo: x.hi < 0 ? angle(y.hi, x.hi).lo : 0, hi: PI.hi }
  return {
    lo: angle(x.hi >= 0 ? y.lo : y.hi, x.hi).lo,
    hi: angle(x.lo >= 0 ? y.hi : y.lo, x.lo).hi,
  }
}

/**
 * The angle of one point with y ≥ 0 other than the origin; an infinite coordinate means the limit
 * of the direction.
 */
function angle(y: number, x: number): Interval {
  const [p, q] = [ends(y), ends(x)]
  if (Math.abs(x) > y) {
    const a = atan(div(p, q))
    return x > 0 ? a : add(PI, a)
  }
  return sub(HALF_PI, atan(div(q, p)))
}

/** An infinite end represents all large numbers. */
function ends(x: number): Interval {
  if (x === Infinity) return { lo: Number.MAX_VALUE, hi: Infinity }
  return x === -Infinity ? { lo: -Infinity, hi: -Number.MAX_VALUE } : { lo: x, hi: x }
}
