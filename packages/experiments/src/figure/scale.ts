import { power } from '@nonconvex/tensor'
import type { Axis } from './figure.js'

/** An axis with its domain. */
export interface Scale {
  readonly log: boolean
  readonly domain: readonly [number, number]
  /** it counts: its ticks are whole numbers */
  readonly whole: boolean
}

/**
 * The scale of an axis: its own domain if it names one, else one that holds the values with round
 * ends.
 *
 * Values that are missing, or not positive on a log axis, are ignored; without any value the domain
 * is [0, 1], or [1, 10] on a log axis.
 *
 * @param tight - keep the ends at the values: a map's edges
 * @param whole - it counts
 */
export function scaleOf(
  axis: Axis,
  values: Iterable<number | null>,
  { tight = false, whole = false }: { readonly tight?: boolean; readonly whole?: boolean } = {},
): Scale {
  const log = axis.scale === 'log'
  if (axis.domain) {
    const [a, b] = axis.domain
    if (!(a < b) || (log && a <= 0))
      throw new RangeError(
        `drawFigure: axis "${axis.label}": expected a domain [a, b] with a < b, and a > 0 on a log scale, got [${a}, ${b}]`,
      )
    return { log, domain: [a, b], whole }
  }
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value === null || (log && value <= 0)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return { log, domain: log ? [1, 10] : [0, 1], whole }
  if (tight && low < high) return { log, domain: [low, high], whole }
  return { log, domain: log ? roundLog(low, high) : roundLinear(low, high), whole }
}

/** Where a value lies on the axis: 0 at the start of the domain, 1 at its end, beyond outside. */
export function place({ log, domain: [a, b] }: Scale, value: number): number {
  if (!log) return (value - a) / (b - a)
  return Math.log(value / a) / Math.log(b / a)
}

/** The step 1, 2 or 5 times a power of ten that divides `span` into about `count` parts. */
export function roundStep(span: number, count: number): number {
  const rough = span / Math.max(1, count)
  const ten = power(10, Math.floor(Math.log10(rough)))
  const lead = rough / ten
  // the geometric means of neighbors: √2, √10, √50
  return ten * (lead < 1.4142 ? 1 : lead < 3.1623 ? 2 : lead < 7.0711 ? 5 : 10)
}

function roundLinear(low: number, high: number): [number, number] {
  // a span beyond what a step can divide counts as none
  if (!(high - low > 1e-290)) {
    const half = Math.abs(low) > 1e-290 ? Math.abs(low) / 2 : 1
    return [low - half, high + half]
  }
  const step = roundStep(high - low, 10)
  // a hair of tolerance, so that 0.30000000000000004 counts as 0.3
  return [
    multiple(Math.floor(low / step + 1e-6), step),
    multiple(Math.ceil(high / step - 1e-6), step),
  ]
}

function roundLog(low: number, high: number): [number, number] {
  const leads = high / low > 1e3 ? [1, 10] : [1, 2, 5, 10]
  const below = power(10, Math.floor(Math.log10(low) + 1e-9))
  const above = power(10, Math.floor(Math.log10(high) + 1e-9))
  const start = leads.filter((lead) => lead * below <= low * (1 + 1e-9)).at(-1) ?? 1
  const end = leads.find((lead) => lead * above >= high * (1 - 1e-9)) ?? 10
  const [a, b] = [exact(start * below), exact(end * above)]
  return a < b ? [a, b] : [exact(a / 2), exact(b * 2)]
}

const exact = (value: number): number => Number(value.toPrecision(12))

/** i times a round step without binary rounding noise: 0.30000000000000004 → 0.3. */
export function multiple(i: number, step: number): number {
  return i === 0 ? 0 : Number((i * step).toPrecision(14))
}
