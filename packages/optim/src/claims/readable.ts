/**
 * A number for a sentence: integers with thousands separators, other numbers to `digits`
 * significant digits, below 1e-4 and from 1e21 with an exponent. The same text on every machine and
 * locale.
 *
 * @param x - any number
 * @param digits - significant digits of a non-integer, 1 to 17, default 4
 *
 * @example
 * import { readable } from '@nonconvex/optim/claims'
 * console.log(readable(2410), readable(0.123456), readable(1.5e-9)) // → 2,410 0.1235 1.5e-9
 */
export function readable(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return String(x)
  if (Number.isInteger(x) && Math.abs(x) < 1e15) return String(x).replace(/\B(?=(\d{3})+$)/g, ',')
  // Number(…) again drops trailing zeros: '1.500e-9' → '1.5e-9'
  const short = Number(x.toPrecision(digits))
  return Math.abs(short) < 1e-4 ? short.toExponential() : String(short)
}
