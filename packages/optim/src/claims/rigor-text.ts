import type { Verdict } from './verdict.js'

/**
 * The largest number of decimals: a float64 number 1 − δ determines δ to two digits only for δ ≥
 * 10⁻¹².
 */
const mostDecimals = 10

/**
 * The rigor of a verdict, in a word or a number: 'proof', 'float64', '95 %', '99.9959 %'.
 *
 * A confidence c is rounded down, with as many decimals as show two digits of 1 − c, so that no
 * confidence below 1 is shown as '100 %'. Cost: a few operations.
 *
 * @param verdict - its `rigor`, and its `confidence` in (0, 1) where it is statistical
 *
 * @example
 * import { rigorText } from '@nonconvex/optim/claims'
 * console.log(rigorText({ rigor: 'float64' })) // → float64
 * console.log(rigorText({ rigor: 'statistical', confidence: 0.9999594 })) // → 99.9959 %
 */
export function rigorText({ rigor, confidence }: Pick<Verdict, 'rigor' | 'confidence'>): string {
  if (rigor !== 'statistical' || confidence === undefined) return rigor
  const rest = 100 * (1 - confidence)
  const wanted = rest > 0 ? 1 - Math.floor(Math.log10(rest)) : 0
  const decimals = Math.min(mostDecimals, Math.max(0, wanted))
  const unit = Number(`1e${decimals}`)
  // a hair more than the rounding of 1 − c, so that 0.95 is not 94.9 %
  const down = Math.floor(100 * confidence * unit + 1e-3)
  const percent = confidence < 1 ? Math.min(down, 100 * unit - 1) : down
  return `${Number((percent / unit).toFixed(decimals))} %`
}
