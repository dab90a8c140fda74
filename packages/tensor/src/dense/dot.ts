import { checkSameLength } from '../check/arrays.js'
import type { Vec } from '../types.js'

/**
 * The inner product Σ aᵢ bᵢ.
 *
 * @param a - [n]; n = 0 gives 0
 * @param b - [n]
 * @returns NaN and infinities pass through
 * @throws ShapeError if the lengths differ
 *
 * Order of summation, part of the result: eight partial sums over i mod 8, added as
 * ((s₀+s₄)+(s₂+s₆)) + ((s₁+s₅)+(s₃+s₇)), then the last n mod 8 products one by one. The SIMD kernel
 * adds in this order too. Error ≤ (n/8 + 4) 2^-53 Σ |aᵢ bᵢ|. Cost: about 0.5 ns per entry.
 *
 * @example
 * import { dot } from '@nonconvex/tensor'
 * console.log(dot([1, 2, 3], [4, 5, 6])) // → 32
 */
export function dot(a: Vec, b: Vec): number {
  checkSameLength('dot', 'a', a, 'b', b)
  return dotRange(a, 0, b, 0, a.length)
}

/**
 * Σ a[aAt + i] b[bAt + i] over i < n, in the order of `dot`, without checks, for inner loops.
 */
export function dotRange(a: Vec, aAt: number, b: Vec, bAt: number, n: number): number {
  const whole = n - (n % 8)
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let s4 = 0
  let s5 = 0
  let s6 = 0
  let s7 = 0
  let p = aAt
  let q = bAt
  for (const end = aAt + whole; p < end; p += 8, q += 8) {
    s0 += a[p] * b[q]
    s1 += a[p + 1] * b[q + 1]
    s2 += a[p + 2] * b[q + 2]
    s3 += a[p + 3] * b[q + 3]
    s4 += a[p + 4] * b[q + 4]
    s5 += a[p + 5] * b[q + 5]
    s6 += a[p + 6] * b[q + 6]
    s7 += a[p + 7] * b[q + 7]
  }
  let sum = s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7))
  for (const end = aAt + n; p < end; p++, q++) sum += a[p] * b[q]
  return sum
}
