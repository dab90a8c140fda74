const minus = '\u2212'

/** 1234567 → '1,234,567'; the integer part only is grouped. */
function grouped(digits: string): string {
  const [whole, fraction] = digits.split('.')
  const head = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return fraction === undefined ? head : `${head}.${fraction}`
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
 * A number for people: integers in full with thousands separated, other numbers to `digits`
 * significant digits, and powers of ten outside 10⁻³ … 10⁶. Minus is U+2212.
 */
export const formatNumber = (x: number, digits = 4): string => format(x, digits, trimmed)

/** The same for a column of numbers: zeros at the end stay, so that the digits line up. */
export const formatCell = (x: number, digits = 4): string => format(x, digits, (text) => text)

function format(x: number, digits: number, end: (text: string) => string): string {
  if (!Number.isFinite(x)) return String(x)
  const sign = x < 0 ? minus : ''
  const size = Math.abs(x)
  if (Number.isInteger(x) && size < 1e9) return sign + grouped(String(size))
  if (size >= 1e-3 && size < 1e6) return sign + grouped(end(plain(size, digits)))
  const [mantissa, exponent] = size.toExponential(Math.max(0, digits - 1)).split('e')
  const factor = end(mantissa)
  const power = `10${superscript(Number(exponent))}`
  return sign + (factor === '1' ? power : `${factor}·${power}`)
}

function plain(size: number, digits: number): string {
  const text = size.toPrecision(digits)
  return text.includes('e') ? String(Number(text)) : text
}

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** Seconds for people: '0.4 s', '12 s', '2 min 41 s', '1 h 5 min'. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** '1 cell', '12 cells'. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${formatNumber(n)} ${n === 1 ? one : many}`
