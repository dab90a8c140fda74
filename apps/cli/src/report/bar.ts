import type { Verdict } from '@nonconvex/optim/claims'
import { formatNumber } from '../text/numbers.js'
import { html, type Html } from './html.js'

/** Decades between the left end of the bar and its tick. */
const decades = 4
const tick = 100
const right = 126

/**
 * The position of a fraction on the bar: 0 at 10⁻⁴ and below, `tick` at 1, further right beyond it.
 */
export function barLength(fraction: number): number {
  if (fraction <= 0) return 0
  const length = tick * (1 + Math.log10(fraction) / decades)
  return Math.round(10 * Math.min(right, Math.max(1.5, length))) / 10
}

/** A percentage: '11 %', '0.6 %', 'less than 0.01 %'. */
export function percent(fraction: number): string {
  if (fraction > 0 && fraction < 1e-4) return 'less than 0.01 %'
  return `${formatNumber(100 * fraction, fraction < 0.1 || fraction > 0.99 ? 2 : 3)} %`
}

/**
 * How much of the bound was used, on a logarithmic scale of four decades; the tick is the bound.
 */
export function usedBar(verdict: Verdict): Html | undefined {
  const { tightness: fraction } = verdict
  if (fraction === undefined) return undefined
  const label = `${percent(fraction)} of what is allowed`
  return html`<svg
    class="bar"
    viewBox="0 0 ${right} 12"
    width="${right}"
    height="12"
    role="img"
    aria-label="${label}"
  >
    <title>${label}</title>
    <rect class="used" x="0" y="4.5" width="${barLength(fraction)}" height="3" />
    <rect class="allowed" x="${tick - 0.75}" y="1" width="1.5" height="10" />
  </svg>`
}
