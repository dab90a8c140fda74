/**
 * A number for a sentence: integers with thousands separators, other numbers to `digits` significant
 * digits, very large and very small ones with an exponent. The same text on every machine and locale.
 *
 * @param x - any number
 * @param digits - significant digits of a non-integer, 1 to 17, default 4
 *
 * @example
 * readable(2410) // '2,410'
 * readable(0.123456) // '0.1235'
 * readable(1.5e-9) // '1.5e-9'
 */
export function readable(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return String(x)
  if (Number.isInteger(x) && Math.abs(x) < 1e15) return String(x).replace(/\B(?=(\d{3})+$)/g, ',')
  // Number(…) again drops trailing zeros: '1.500e-9' → '1.5e-9'
  return String(Number(x.toPrecision(digits)))
}
