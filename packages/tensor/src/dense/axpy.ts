import { checkSameLength } from '../check/arrays.js'
import type { Vec } from '../types.js'

/**
 * Adds a multiple of a vector in place: y ← y + a x.
 *
 * @param y - [n], changed and returned
 * @param a - the factor; NaN and infinities pass through
 * @param x - [n]
 * @throws ShapeError if the lengths differ
 *
 * Each entry is rounded twice (product, then sum). Cost: O(n).
 *
 * @example
 * import { axpyInto } from '@nonconvex/tensor'
 * console.log(axpyInto(new Float64Array([1, 2]), 10, [3, 4])) // → Float64Array(2) [ 31, 42 ]
 */
export function axpyInto(y: Float64Array, a: number, x: Vec): Float64Array {
  checkSameLength('axpyInto', 'y', y, 'x', x)
  for (let i = 0; i < y.length; i++) y[i] += a * x[i]
  return y
}
