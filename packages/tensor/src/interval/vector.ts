import { checkNonNegative } from '../check/numbers.js'
import { checkMatrix, checkSameLength } from '../check/arrays.js'
import { ShapeError } from '../check/errors.js'
import type { Vec } from '../types.js'
import { add, div, mul, neg, sqr, sqrt, sub } from './arithmetic.js'
import { atan2 } from './atan.js'
import { intersect, interval, type Interval } from './interval.js'
import { addDown, addUp } from './rounding.js'

/**
 * A vector of intervals; as a box it is the set of points each of whose coordinates lies in its
 * interval.
 */
export type IntervalVector = readonly Interval[]

/** A matrix of intervals, row-major as `Matrix`: entry (i, j) is `data[i * cols + j]`. */
export interface IntervalMatrix {
  readonly rows: number
  readonly cols: number
  /** [rows · cols] */
  readonly data: readonly Interval[]
}

/**
 * The cube of the points each of whose coordinates is within `radius` of that of `center`; it
 * contains the ball of that radius. Without `radius` it is the point itself, as intervals of width
 * 0.
 *
 * @throws RangeError unless `center` is finite, `radius` finite and ≥ 0
 *
 * @example
 * import { box } from '@nonconvex/tensor/interval'
 * console.log(box([1, 2], 0.5)[1]) // → { lo: 1.5, hi: 2.5 }
 */
export function box(center: Vec, radius = 0): IntervalVector {
  checkNonNegative('box', 'radius', radius)
  return Array.from(center, (x) => interval(addDown(x, -radius), addUp(x, radius)))
}

/**
 * Creates an interval matrix from a function that computes each entry.
 *
 * @param entry - called for i = 0 … rows − 1, j = 0 … cols − 1
 *
 * @example
 * import { interval, intervalMatrix } from '@nonconvex/tensor/interval'
 * console.log(intervalMatrix(1, 2, (i, j) => interval(i, i + j)).data[1]) // → { lo: 0, hi: 1 }
 */
export function intervalMatrix(
  rows: number,
  cols: number,
  entry: (i: number, j: number) => Interval,
): IntervalMatrix {
  const data = Array.from({ length: rows * cols }, (_, at) =>
    entry(Math.floor(at / cols), at % cols),
  )
  checkMatrix('intervalMatrix', 'a', { rows, cols, data: new Float64Array(data.length) })
  return { rows, cols, data }
}

/**
 * The inner product Σ xᵢyᵢ, summed from the first to the last term; 0 for empty vectors.
 *
 * @throws ShapeError if the lengths differ
 */
export function dot(x: IntervalVector, y: IntervalVector): Interval {
  checkSameLength('dot', 'x', x, 'y', y)
  let sum = interval(0)
  for (let i = 0; i < x.length; i++) sum = add(sum, mul(x[i], y[i]))
  return sum
}

/** The Euclidean norm √(Σ xᵢ²). The squares must not overflow: entries up to 1e150. */
export function norm2(x: IntervalVector): Interval {
  let sum = interval(0)
  for (const entry of x) sum = add(sum, sqr(entry))
  return sqrt(sum)
}

/** The angle between two vectors, with its sine and cosine. */
export interface IntervalAngles {
  /** in [0, π] */
  readonly theta: Interval
  /** π − theta, accurate for nearly antiparallel vectors */
  readonly phi: Interval
  /** sin theta, in [0, 1] */
  readonly sin: Interval
  /** cos theta, in [−1, 1] */
  readonly cos: Interval
}

/**
 * The angle between u and v, sharp for nearly parallel and nearly antiparallel vectors, too:
 *
 *     ‖u‖² ‖v‖² sin²θ = Σ_{i<j} (uᵢvⱼ − uⱼvᵢ)²  (Lagrange),   θ = atan2(‖u‖‖v‖ sin θ, u·v),   φ = atan2(‖u‖‖v‖ sin θ, −u·v)
 *
 * Boxes that contain the zero vector give the angle [0, π], with sine and cosine clipped to [0, 1]
 * and [−1, 1].
 *
 * @param u - [d]
 * @param v - [d]
 * @throws ShapeError if the lengths differ
 *
 * Accuracy: for single vectors an absolute error of about d² 2^-52. Cost: O(d²).
 *
 * @example
 * import { angles, box } from '@nonconvex/tensor/interval'
 * console.log(angles(box([3, 4]), box([-6, -8])).phi) // → { lo: 0, hi: 0 }
 */
export function angles(u: IntervalVector, v: IntervalVector): IntervalAngles {
  checkSameLength('angles', 'u', u, 'v', v)
  if (u.length === 0) throw new ShapeError('angles: expected u to have length >= 1, got 0')
  let squares = interval(0)
  for (let i = 0; i < u.length; i++)
    for (let j = 0; j < i; j++) squares = add(squares, sqr(sub(mul(u[i], v[j]), mul(u[j], v[i]))))
  const across = sqrt(squares)
  const along = dot(u, v)
  const size = mul(norm2(u), norm2(v))
  return {
    theta: atan2(across, along),
    phi: atan2(across, neg(along)),
    sin: intersect(div(across, size), interval(0, 1)),
    cos: intersect(div(along, size), interval(-1, 1)),
  }
}
