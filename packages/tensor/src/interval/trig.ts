import {
  asInterval,
  EMPTY,
  hull,
  isBounded,
  isEmpty,
  type Interval,
  type Operand,
} from './interval.js'
import { HALF_PI_PARTS } from './pi.js'
import { above, below } from './rounding.js'
import {
  exactProduct,
  exactSum,
  polynomial,
  reciprocal,
  times,
  twofoldDown,
  twofoldUp,
  type Twofold,
} from './twofold.js'

/**
 * The reduced argument x = n π/2 + r with |r| ≤ π/4 (1 + 2^-19), where r is known up to `error`.
 */
interface Reduced {
  readonly n: number
  readonly r: Twofold
  readonly error: number
}

/**
 * Beyond this, sin and cos return [−1, 1]: the multiples of π/2 there need more digits of π than
 * three float64 numbers contain.
 */
const MOST = 2 ** 30
/**
 * Up to this |x|, sin x differs from x, and cos x from 1, by at most half a unit in the last place.
 */
const TINY = 2 ** -27
const RELATIVE_ERROR = 2 ** -75

/**
 * Subtracts from x the nearest multiple of π/2.
 *
 * x − n(p₁ + p₂ + p₃) as a sum of six float64 numbers, of which only the last product is rounded
 * (by ≤ n 2^-161 ≤ 2^-131) and which leaves out n·2^-163: 2^-130 covers both. Each pass turns the
 * six into six others of the same sum, the large one last; the rounding of the final sum of five is
 * bounded by their sizes.
 */
function reduced(x: number): Reduced {
  const n = Math.round(x * (2 / Math.PI))
  if (n === 0) return { n, r: { hi: x, lo: 0 }, error: 0 }
  const [p1, p2, p3] = HALF_PI_PARTS
  const first = exactProduct(-n, p1)
  const second = exactProduct(-n, p2)
  const parts = [-n * p3, second.lo, second.hi, first.lo, first.hi, x]
  for (let pass = 0; pass < 3; pass++) {
    for (let i = 1; i < parts.length; i++) {
      const s = exactSum(parts[i], parts[i - 1])
      parts[i] = s.hi
      parts[i - 1] = s.lo
    }
  }
  let rest = 0
  let size = 0
  for (let i = 0; i < 5; i++) {
    rest += parts[i]
    size += Math.abs(parts[i])
  }
  return { n, r: exactSum(parts[5], rest), error: 2 ** -130 + 2 ** -50 * size }
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))
const sign = (j: number): number => (j % 2 === 0 ? 1 : -1)

/**
 * The coefficients (−1)^j/(2j + 1)! of sin and (−1)^j/(2j)! of cos: seven in twofold arithmetic,
 * six more in float64.
 */
const SIN_LEADING = Array.from({ length: 7 }, (_, j) => reciprocal(sign(j) * factorial(2 * j + 1)))
const SIN_REST = Array.from({ length: 6 }, (_, j) => -sign(j) / factorial(2 * j + 15))
const COS_LEADING = Array.from({ length: 7 }, (_, j) => reciprocal(sign(j) * factorial(2 * j)))
const COS_REST = Array.from({ length: 6 }, (_, j) => -sign(j) / factorial(2 * j + 14))

/**
 * sin(r + quarter turns · π/2), with relative error below 2^-76 beside that of r, by the series of
 * sin or cos to r^26:
 *
 *     remainders < r^26/27! and r^26/26!, relative to sin r/r ≥ 0.9 and cos r ≥ 0.7: < 2^-97
 *     terms j ≥ 7 in float64: r^14/14! · 2^-47 < 2^-87;   some thirty twofold operations of 2^-102
 */
function sinOf(r: Twofold, turns: number): Twofold {
  const z = times(r, r)
  const odd = (turns & 1) === 1
  const s = odd
    ? polynomial(z, COS_LEADING, COS_REST)
    : times(r, polynomial(z, SIN_LEADING, SIN_REST))
  return (turns & 2) === 0 ? s : { hi: -s.hi, lo: -s.lo }
}

/**
 * Encloses sin(x + turns · π/2), |x| ≤ 2^30, within a few units in the last place, and inside [−1,
 * 1].
 */
function point(x: number, { n, r, error }: Reduced, turns: number): Interval {
  if (Math.abs(x) <= TINY) return tiny(x, turns)
  const s = sinOf(r, (n + turns) & 3)
  const e = RELATIVE_ERROR * Math.abs(s.hi) + error
  return { lo: Math.max(-1, twofoldDown(s, e)), hi: Math.min(1, twofoldUp(s, e)) }
}

/** sin(x + turns · π/2) for tiny |x|, where turns is 0 or 1. */
function tiny(x: number, turns: number): Interval {
  if (turns === 1) return { lo: x === 0 ? 1 : below(1), hi: 1 }
  return x > 0 ? { lo: below(x), hi: x } : { lo: x, hi: x === 0 ? 0 : above(x) }
}

/**
 * The largest k with π/2 + kπ ≤ x + turns · π/2; at π/2 + kπ the sine is (−1)^k. Undefined if x is
 * too near to such a point to decide, which no float64 number is; the proof does not rely on this.
 */
function extremesUpTo({ n, r, error }: Reduced, turns: number): number | undefined {
  const m = n + turns
  if ((m & 1) === 0) return m / 2 - 1
  if (Math.abs(r.hi) <= 4 * error) return r.hi === 0 && error === 0 ? (m - 1) / 2 : undefined
  return r.hi > 0 ? (m - 1) / 2 : (m - 3) / 2
}

const ALL: Interval = Object.freeze({ lo: -1, hi: 1 })

function sinShifted(x: Interval, turns: number): Interval {
  if (isEmpty(x)) return EMPTY
  if (!isBounded(x) || x.lo < -MOST || x.hi > MOST) return ALL
  const left = reduced(x.lo)
  const at = point(x.lo, left, turns)
  if (x.lo === x.hi) return at
  const right = reduced(x.hi)
  const from = extremesUpTo(left, turns)
  const to = extremesUpTo(right, turns)
  if (from === undefined || to === undefined || to - from >= 2) return ALL
  const ends = hull(at, point(x.hi, right, turns))
  if (to === from) return ends
  return (to & 1) === 0 ? { lo: ends.lo, hi: 1 } : { lo: -1, hi: ends.hi }
}

/**
 * The sine of x, in [−1, 1]. If x exceeds ±2^30, or is unbounded, the result is [−1, 1].
 *
 * Accuracy: at most 2 float64 steps wide for one number (`Math.sin` has no guaranteed accuracy and
 * is not used). Cost: about 0.4 µs for one number, 0.7 µs for an interval. Source: ours; Cody–Waite
 * reduction, series with remainder.
 *
 * @example
 * import { interval, sin } from '@nonconvex/tensor/interval'
 * console.log(sin(interval(0, 2))) // → { lo: 0, hi: 1 }
 */
export function sin(x: Operand): Interval {
  return sinShifted(asInterval(x), 0)
}

/**
 * The cosine of x; see `sin`.
 *
 * @example
 * import { cos } from '@nonconvex/tensor/interval'
 * console.log(cos(0)) // → { lo: 1, hi: 1 }
 */
export function cos(x: Operand): Interval {
  return sinShifted(asInterval(x), 1)
}
