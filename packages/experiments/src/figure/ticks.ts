import { multiple, roundStep, type Scale } from './scale.js'

export interface Tick {
  readonly value: number
  /** empty for a tick without a label */
  readonly label: string
}

/**
 * Ticks of an axis, about `count` of them: round numbers, or powers of ten on a log axis (every
 * second or third where there are many; 1, 2 and 5 times where there are few). An axis that counts
 * has whole numbers only.
 */
export function ticksOf({ log, domain, whole }: Scale, count: number): Tick[] {
  const least = whole ? 1 : 0
  if (!log) return linearTicks(domain, count, least)
  return logTicks(domain, count, least).filter(({ value }) => value >= least)
}

/** @param least - step that is not gone below */
function linearTicks([a, b]: readonly [number, number], count: number, least: number): Tick[] {
  const step = Math.max(least, roundStep(b - a, count))
  const values: number[] = []
  for (let i = Math.ceil(a / step - 1e-6); i * step <= b + 1e-6 * step; i++)
    values.push(multiple(i, step))
  const largest = Math.max(...values.map(Math.abs))
  if (largest >= 1e5 || (largest > 0 && largest < 1e-3)) {
    const power = Math.floor(Math.log10(largest) + 1e-9)
    return values.map((value) => ({ value, label: scientific(value, power, step) }))
  }
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  return values.map((value) => ({ value, label: decimal(value, digits) }))
}

function scientific(value: number, power: number, step: number): string {
  if (value === 0) return '0'
  const digits = Math.max(0, power - Math.floor(Math.log10(step) + 1e-9))
  const lead = decimal(value / Number(`1e${power}`), digits)
  return lead === '1' ? powerOfTen(power) : `${lead}·${powerOfTen(power)}`
}

function logTicks([a, b]: readonly [number, number], count: number, least: number): Tick[] {
  const low = Math.ceil(Math.log10(a) - 1e-9)
  const high = Math.floor(Math.log10(b) + 1e-9)
  const powers = Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => low + i)
  if (powers.length <= 2) return fewDecades(a, b, count, least)
  const plain = low >= -2 && high <= 4
  const strides = [1, 2, 3, 5, 10, 20, 50, 100]
  const every = (stride: number): number[] => powers.filter((power) => power % stride === 0)
  const few = strides.findIndex((stride) => powers.length / stride <= count)
  // a single tick says nothing of the scale
  const shown = strides.slice(0, few + 1 || strides.length).map(every)
  const most = shown.filter(({ length }) => length >= 2).at(-1) ?? powers
  return most.map((power) => ({ value: Number(`1e${power}`), label: powerLabel(power, plain) }))
}

/**
 * Less than two decades: 1, 2, 5 times powers of ten; less than a factor of three: as on a linear
 * axis.
 */
function fewDecades(a: number, b: number, count: number, least: number): Tick[] {
  if (b / a < 3) return linearTicks([a, b], Math.min(count, 5), least)
  const first = Math.floor(Math.log10(a) - 1e-9)
  const last = Math.floor(Math.log10(b) + 1e-9)
  const leads = b / a > 30 && count < 6 ? [1, 3] : [1, 2, 5]
  const plain = first >= -2 && last <= 4
  const ticks: Tick[] = []
  for (let power = first; power <= last; power++) {
    for (const lead of leads) {
      const value = Number(`${lead}e${power}`)
      if (value < a * (1 - 1e-9) || value > b * (1 + 1e-9)) continue
      const tail = powerLabel(power, plain)
      const label = plain
        ? decimal(value, Math.max(0, -power))
        : lead === 1
          ? tail
          : `${lead}·${tail}`
      ticks.push({ value, label })
    }
  }
  return ticks
}

const powerLabel = (power: number, plain: boolean): string =>
  plain ? decimal(Number(`1e${power}`), Math.max(0, -power)) : powerOfTen(power)

/** A number with a true minus sign and commas between thousands. */
function decimal(value: number, digits: number): string {
  const [whole, fraction] = Math.abs(value).toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = value < 0 ? '−' : ''
  return `${sign}${grouped}${fraction ? `.${fraction}` : ''}`
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** '10⁻³', with Unicode superscripts, since a figure stands alone; '1' and '10' as they are. */
export function powerOfTen(power: number): string {
  if (power === 0 || power === 1) return power === 0 ? '1' : '10'
  const digits = [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)])
  return `10${power < 0 ? '⁻' : ''}${digits.join('')}`
}
