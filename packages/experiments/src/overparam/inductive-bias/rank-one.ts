import { signedMargins, type Dataset } from '@nonconvex/overparam'
import { gemm } from '@nonconvex/tensor'

/** Halvings of the interval in which the length is: below rounding. */
const HALVINGS = 60

/**
 * Trace norm of the shortest change along one direction after which a network fits as well, from
 * the same start:
 *
 *     Δ'_j = sign_j c u,   least c ≥ 0 with min_i y_i N(x_i; W_0 + Δ') ≥ fit,   ‖Δ'‖_* = c √(2k) for a unit vector u
 *
 * Δ' is of rank 1. If u separates the data with margin γ, each y_i N grows with c by at least
 * 2kvαγ, so a least c exists; it is found by halving, and the upper end is taken, where the fit was
 * seen. For v = 1/√(2k).
 *
 * @returns null without a leak, or if u does not separate
 *
 * Cost: 2nkd products, and 120 nk to halve.
 */
export function rankOneNorm(
  data: Dataset,
  net: {
    readonly k: number
    readonly alpha: number
    readonly start: Float64Array
    readonly u: Float64Array
    readonly fit: number
  },
): number | null {
  const { k, alpha, start, u, fit } = net
  const length = Math.sqrt(u.reduce((sum, value) => sum + value * value, 0))
  const margins = signedMargins(data, u).map((value) => value / length)
  const gamma = margins.reduce((low, value) => Math.min(low, value), Infinity)
  if (!(alpha > 0 && gamma > 0)) return null
  const v = 1 / Math.sqrt(2 * k)
  const units = { rows: 2 * k, cols: data.x.cols, data: start }
  const before = gemm(data.x, units, { transposeB: true }).data
  const fitAt = (c: number): number => {
    let least = Infinity
    margins.forEach((margin, i) => {
      const move = data.y[i] * margin * c
      let sum = 0
      for (let j = 0; j < 2 * k; j++) {
        const z = before[2 * k * i + j] + (j < k ? move : -move)
        const value = z > 0 ? z : alpha * z
        sum += j < k ? value : -value
      }
      least = Math.min(least, data.y[i] * v * sum)
    })
    return least
  }
  const atStart = fitAt(0)
  if (atStart >= fit) return 0
  let [low, high] = [0, (fit - atStart) / (2 * k * v * alpha * gamma)]
  // rounding may leave the proven length a little short
  while (fitAt(high) < fit) high *= 2
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (fitAt(middle) >= fit) high = middle
    else low = middle
  }
  return high * Math.sqrt(2 * k)
}
