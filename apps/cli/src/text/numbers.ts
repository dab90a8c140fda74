import { formatNumber as format, type NumberFormat } from '@nonconvex/optim/claims'

const terminal: NumberFormat = {
  minus: '−',
  integersBelow: 1e9,
  from: 1e-3,
  below: 1e6,
  exponent: 'ten',
  grouped: true,
}

/** A number to `digits` significant digits, powers of ten outside 10⁻³ … 10⁶; minus is U+2212. */
export const formatNumber = (x: number, digits = 4): string => format(x, { ...terminal, digits })

/** The same for a column of numbers: zeros at the end stay, so that the digits line up. */
export const formatCell = (x: number, digits = 4): string =>
  format(x, { ...terminal, digits, zeros: true })

/** Less of the work, or of the time, says little about the rest. */
const [leastDone, leastSeconds] = [0.02, 2]

/** How long the rest takes at the same speed: ', about 40 s left', or nothing where it is a guess. */
export function leftText(fraction: number, seconds: number): string {
  if (fraction >= 1 || fraction < leastDone || seconds < leastSeconds) return ''
  const left = (seconds * (1 - fraction)) / fraction
  return `, about ${formatSeconds(left < 60 ? Math.ceil(left) : 10 * Math.ceil(left / 10))} left`
}

/** Seconds for people: '0.4 s', '12 s', '2 min 41 s', '1 h 5 min'. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
