import { formatNumber as format, type NumberFormat } from '@nonconvex/optim/claims'

const terminal: NumberFormat = {
  minus: '−',
  integersBelow: 1e9,
  from: 1e-3,
  below: 1e6,
  exponent: 'ten',
  grouped: true,
}

const raised: { readonly [character: string]: string } = {
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

/** An integer as superscripts: −5 → '⁻⁵'. */
export const superscript = (n: number): string =>
  [...String(n)].map((character) => raised[character]).join('')

/**
 * A number as text: integers in full with thousands separated, other numbers to `digits`
 * significant digits, and powers of ten outside 10⁻³ … 10⁶. Minus is U+2212.
 */
export const formatNumber = (x: number, digits = 4): string => format(x, digits, trimmed)

/** The same for a column of numbers: zeros at the end stay, so that the digits line up. */
export const formatCell = (x: number, digits = 4): string =>
  format(x, { ...terminal, digits, zeros: true })

/** A duration: '0.4 s', '12 s', '2 min 41 s', '1 h 5 min'. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
