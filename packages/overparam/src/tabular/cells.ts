import { DataError, shown, type DataPlace } from './data-error.js'

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
/** The cells that denote a missing number. */
export const missing: RegExp = /^(?:|\?|na|n\/a|nan|null|none|-)$/i

/**
 * Parses the number in a cell: a decimal number with a point, which may be surrounded by blanks.
 * Hexadecimal numbers and infinities are rejected.
 *
 * @param what - what the number belongs to and may be dropped with it, as in 'drop the column'
 * @throws DataError for an empty cell (also `?`, `NA`, `NaN`, `null`), a text, or a number too
 *   large for a float64
 */
export function numberOf(cell: string, place: () => DataPlace, what?: string): number {
  const text = cell.trim()
  const value = decimal.test(text) ? Number(text) : NaN
  if (Number.isFinite(value)) return value
  if (missing.test(text))
    throw new DataError(
      'missing',
      place(),
      `expected a number, got ${text === '' ? 'an empty cell' : shown(text)}; fill in the missing value, or drop the row${what === undefined ? '' : ` or the ${what}`}`,
    )
  if (Number.isNaN(value))
    throw new DataError(
      'number',
      place(),
      `expected a number, got ${shown(text)}; ${/^[+-]?\d+,\d+$/.test(text) ? 'write decimals with a point' : `correct it, or drop the ${what ?? 'row'}`}`,
    )
  throw new DataError(
    'number',
    place(),
    `expected a number that a float64 can hold, got ${shown(text)}`,
  )
}

/** The number of significant digits of a decimal; float64 preserves up to 15 of them exactly. */
export function significantDigits(cell: string): number {
  const digits = cell
    .trim()
    .replace(/[eE].*$/, '')
    .replace(/[^\d]/g, '')
  return digits.replace(/^0+/, '').replace(/0+$/, '').length
}

/**
 * The canonical form of a label: trimmed, numbers in their shortest form, so that 1, +1 and 1.0 are
 * one label.
 *
 * @throws DataError for an empty one
 */
export function labelOf(cell: string, place: () => DataPlace): string {
  const text = cell.trim()
  if (text === '')
    throw new DataError(
      'missing',
      place(),
      'expected a label, got none; fill it in, or drop the row',
    )
  return decimal.test(text) ? String(Number(text) + 0) : text
}
