import { mul } from './arithmetic.js'
import type { Interval } from './interval.js'

/** π, between two neighboring float64 numbers. */
export const PI: Interval = Object.freeze({ lo: 3.141592653589793, hi: 3.1415926535897936 })

/** π/2, between two neighboring float64 numbers. */
export const HALF_PI: Interval = Object.freeze(mul(PI, 0.5))

/** 2π, between two neighboring float64 numbers. */
export const TWO_PI: Interval = Object.freeze(mul(PI, 2))

/** π/2 = the sum of these + ε, |ε| < 2^-163. */
export const HALF_PI_PARTS: readonly [number, number, number] = [
  1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33,
]
