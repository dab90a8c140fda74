/**
 * The power x^y, reproducible bit for bit: for integers y in every engine, otherwise in every
 * version of one engine.
 *
 * `**` and `Math.pow` changed in the last bit between Node 22 and 24: numbers computed with them
 * are not reproducible. Here an integer y multiplies (repeated squaring), any other y is exp(y ln
 * x).
 *
 * @param x - any number; positive if y is not an integer, else the result is NaN
 * @param y - any number
 * @returns x^y; 1 for y = 0
 *
 * Accuracy: exact for powers of two; about |y| ulp for integers, 1 + |y ln x| ulp else. A negative
 * integer y gives 0 where x^|y| overflows. Cost: log₂|y| products, or one exp and one log.
 *
 * @example
 * import { power } from '@nonconvex/tensor'
 * console.log(power(1.5, 3), power(10, -2)) // → 3.375 0.01
 */
export function power(x: number, y: number): number {
  if (!Number.isInteger(y)) return Math.exp(y * Math.log(x))
  let result = 1
  let square = x
  for (let n = Math.abs(y); n >= 1; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result *= square
    square *= square
  }
  return y < 0 ? 1 / result : result
}
