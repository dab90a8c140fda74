import { marginInterval } from './interval.js'
import { addRowInto, combination, signedDot, type SignedRows } from './signed-rows.js'

/**
 * The number of sweeps after which all rows are visited; in between only rows that are, or may
 * become, support vectors are visited.
 */
const FULL = 10
/**
 * The number of sweeps after which w is recomputed from λ, which removes the rounding errors of its
 * updates.
 */
const RESUM = 50

/**
 * Runs dual coordinate ascent for the hard-margin problem: λ_i ← max(0, λ_i + (1 − w·a_i)/‖a_i‖²),
 * with w = Σ λ_i a_i maintained. Rows are visited in order, so the result is a function of the data
 * alone.
 *
 * Source: Hsieh, Chang, Lin, Keerthi, Sundararajan (2008).
 *
 * @returns λ ≥ 0 when the relative gap is at most `gap`, or after `sweeps` sweeps
 */
export function dualAscent(
  a: SignedRows,
  options: { readonly gap: number; readonly sweeps: number },
): { readonly lambda: Float64Array; readonly sweeps: number } {
  const lambda = new Float64Array(a.rows)
  let w: Float64Array = new Float64Array(a.cols)
  let active = Int32Array.from({ length: a.rows }, (_, i) => i)
  for (let sweep = 1; sweep <= options.sweeps; sweep++) {
    const full = sweep % FULL === 1
    if (full) active = Int32Array.from({ length: a.rows }, (_, i) => i)
    const kept: number[] = []
    for (const i of active) {
      const short = 1 - signedDot(a, i, w)
      const next = Math.max(0, lambda[i] + short / a.norms2[i])
      if (next !== lambda[i]) addRowInto(w, next - lambda[i], a, i)
      lambda[i] = next
      if (next > 0 || short > 0) kept.push(i)
    }
    active = Int32Array.from(kept)
    if (sweep % RESUM === 0) w = combination(a, lambda)
    if (full && sweep > 1) {
      const { lo, hi } = marginInterval(a, lambda)
      if (lo > 0 && hi - lo <= options.gap * hi) return { lambda, sweeps: sweep }
    }
  }
  return { lambda, sweeps: options.sweeps }
}
