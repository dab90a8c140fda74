import { mul } from './arithmetic.js'
import type { Interval } from './interval.js'

/** The interval between the two neighboring float64 numbers that enclose π. */
export const PI: Interval = Object.freeze({ lo: 3.141592653589793, hi: 3.1415926535897936 })

/** The interval between the two neighboring float64 numbers that enclose π/2. */
export const HALF_PI: Interval = Object.freeze(mul(PI, 0.5))

/** The interval between the two neighboring float64 numbers that enclose 2π. */
export const TWO_PI: Interval = Object.freeze(mul(PI, 2))

/** Three numbers whose sum is π/2 up to an error below 2^-163. */
export const HALF_PI_PARTS: readonly [number, number, number] = [
  1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33,
]
