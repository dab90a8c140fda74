import { argumentError } from '../check/errors.js'
/**
 * A closed set of real numbers, lo ≤ x ≤ hi. Ends may be infinite: then the set is unbounded on
 * that side.
 *
 * The empty set is `EMPTY`, whose ends are NaN: every operation on it gives the empty set. Plain
 * data, never changed in place.
 */
export interface Interval {
  readonly lo: number
  readonly hi: number
}

/** An operand: an interval, or a finite number, taken as exact. */
export type Operand = Interval | number

/** The empty set. */
export const EMPTY: Interval = Object.freeze({ lo: NaN, hi: NaN })

/** All real numbers. */
export const ENTIRE: Interval = Object.freeze({ lo: -Infinity, hi: Infinity })

/**
 * Creates the interval from `lo` to `hi`; with one argument, the interval of a single number.
 *
 * The decimal 0.1 is not the float64 0.1: `div(1, 10)` encloses it, `interval(0.1)` does not.
 *
 * @throws RangeError unless lo ≤ hi, lo < ∞ and hi > −∞ (so NaN is rejected)
 *
 * @example
 * import { add, interval } from '@nonconvex/tensor/interval'
 * console.log(add(interval(1, 2), interval(10))) // → { lo: 11, hi: 12 }
 */
export function interval(lo: number, hi: number = lo): Interval {
  if (!(lo <= hi && lo < Infinity && hi > -Infinity))
    throw argumentError(
      'out-of-range',
      'interval',
      'lo',
      'to be <= hi, lo < Infinity and hi > -Infinity',
      `${lo} and ${hi}`,
    )
  return { lo, hi }
}

/** The operand as an interval. @throws RangeError on a number that is not finite */
export function asInterval(x: Operand): Interval {
  if (typeof x !== 'number') return x
  if (x - x !== 0) throw argumentError('not-finite', 'interval', 'a number', 'to be finite', x)
  return { lo: x, hi: x }
}

/** Whether x is the empty set. */
export function isEmpty(x: Interval): boolean {
  return Number.isNaN(x.lo)
}

/** Whether x is not empty and both ends are finite. */
export function isBounded(x: Interval): boolean {
  return x.lo - x.lo === 0 && x.hi - x.hi === 0
}

/**
 * Whether x contains the number `inner`, or every element of the interval `inner`. Every interval
 * contains the empty set.
 */
export function contains(x: Interval, inner: Operand): boolean {
  if (typeof inner === 'number') return x.lo <= inner && inner <= x.hi
  return isEmpty(inner) || (x.lo <= inner.lo && inner.hi <= x.hi)
}

/** The smallest interval that contains both operands. */
export function hull(x: Operand, y: Operand): Interval {
  const [a, b] = [asInterval(x), asInterval(y)]
  if (isEmpty(a)) return b
  if (isEmpty(b)) return a
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }
}

/** The intersection of both operands; EMPTY if they have no number in common. */
export function intersect(x: Interval, y: Interval): Interval {
  const lo = Math.max(x.lo, y.lo)
  const hi = Math.min(x.hi, y.hi)
  return lo <= hi ? { lo, hi } : EMPTY
}

/**
 * A number in x near its midpoint: 0 for ENTIRE, NaN for EMPTY, and the finite float64 number of
 * largest magnitude if one end is infinite.
 */
export function mid(x: Interval): number {
  if (x.lo === -Infinity) return x.hi === Infinity ? 0 : -Number.MAX_VALUE
  if (x.hi === Infinity) return Number.MAX_VALUE
  // halves first where the sum would overflow; otherwise the sum first, exact for two subnormals
  const sum = x.lo + x.hi
  return Math.abs(sum) === Infinity ? x.lo / 2 + x.hi / 2 : sum / 2
}

/** The largest |x| in x: ∞ if unbounded, NaN for EMPTY. */
export function magnitude(x: Interval): number {
  return Math.max(Math.abs(x.lo), Math.abs(x.hi))
}

/** The smallest |x| in x: 0 if x contains 0, NaN for EMPTY. */
export function mignitude(x: Interval): number {
  if (x.lo > 0) return x.lo
  if (x.hi < 0) return -x.hi
  return isEmpty(x) ? NaN : 0
}
