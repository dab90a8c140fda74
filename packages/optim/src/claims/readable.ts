/** The format in which `formatNumber` writes a number; all limits concern its absolute value. */
export interface NumberFormat {
  /** significant digits of a non-integer, 1 to 17, default 4 */
  readonly digits?: number
  /** the minus sign, default '-'; U+2212 for readers */
  readonly minus?: '-' | '−'
  /** integers below this are written in full, default 1e15 */
  readonly integersBelow?: number
  /** other numbers in [from, below) have no exponent, default 1e-4 and 1e21 */
  readonly from?: number
  readonly below?: number
  /** '1.5e-9' (default) or '1.5·10⁻⁹' */
  readonly exponent?: 'e' | 'ten'
  /** whether trailing zeros of a non-integer are kept, so that columns align; default no */
  readonly zeros?: boolean
  /** whether the integer part of a non-integer has thousands separators, too; default no */
  readonly grouped?: boolean
}

/**
 * Formats a number as text: integers with thousands separators, other numbers with a fixed number
 * of significant digits, very small and very large ones with an exponent. The same text on every
 * machine and locale.
 *
 * @param x - any number; NaN and ±Infinity keep their names
 *
 * @example
 * import { formatNumber } from '@nonconvex/optim/claims'
 * console.log(formatNumber(-1234.56, { minus: '−', digits: 5, grouped: true })) // → −1,234.6
 * console.log(formatNumber(1.5e-9, { exponent: 'ten' })) // → 1.5·10⁻⁹
 */
export function formatNumber(x: number, format: NumberFormat = {}): string {
  const { digits = 4, minus = '-', integersBelow = 1e15, from = 1e-4, below = 1e21 } = format
  const { exponent = 'e', zeros = false, grouped = false } = format
  const sign = x < 0 ? minus : ''
  const size = Math.abs(x)
  if (!Number.isFinite(x)) return sign + String(size)
  if (Number.isInteger(x) && size < integersBelow) return sign + thousands(String(size))
  const rounded = Number(size.toPrecision(digits))
  if (rounded >= from && rounded < below) {
    const padded = zeros ? size.toPrecision(digits) : ''
    const text = padded === '' || padded.includes('e') ? String(rounded) : padded
    return sign + (grouped ? thousands(text) : text)
  }
  const scientific = zeros ? size.toExponential(digits - 1) : rounded.toExponential()
  const [factor, power] = scientific.split('e')
  if (exponent === 'e') return `${sign}${factor}e${power.replace('-', minus)}`
  const ten = `10${superscript(Number(power))}`
  return sign + (factor === '1' ? ten : `${factor}·${ten}`)
}

/**
 * Formats a number for a sentence: `formatNumber` with a given number of significant digits, with
 * thousands separators from a million on and an exponent from 10¹⁵ on.
 *
 * @param digits - of a non-integer, 1 to 17, default 4
 *
 * @example
 * import { readable } from '@nonconvex/optim/claims'
 * console.log(readable(2410), readable(0.123456), readable(1.5e-9)) // → 2,410 0.1235 1.5e-9
 * console.log(readable(1520000000.5), readable(1.387e18)) // → 1,520,000,000 1.387e+18
 */
export const readable = (x: number, digits = 4): string =>
  formatNumber(x, { digits, below: 1e15, grouped: Math.abs(x) >= 1e6 })

/**
 * A count with its noun: '1 run', '1,200 runs'.
 *
 * @param many - the plural, by default with an s
 *
 * @example
 * import { counted } from '@nonconvex/optim/claims'
 * console.log(counted(1, 'run'), counted(1200, 'run')) // → 1 run 1,200 runs
 */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${readable(n)} ${n === 1 ? one : many}`

/** An integer in superscript digits: −5 → '⁻⁵'. */
export const superscript = (n: number): string =>
  [...String(n)].map((character) => RAISED[character]).join('')

const RAISED: { readonly [character: string]: string } = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
}

/** Inserts thousands separators: 1234567.25 → '1,234,567.25'. */
function thousands(digits: string): string {
  const [whole, fraction] = digits.split('.')
  const head = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return fraction === undefined ? head : `${head}.${fraction}`
}
