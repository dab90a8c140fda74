import { gemm } from '@nonconvex/tensor'
import { argumentError, checkVector } from '@nonconvex/tensor/check'
import { checkDataset, signedMargins, type Dataset } from '../data/dataset.js'
import { checkNet } from '../network/net.js'

/** The number of halvings of the interval that contains c, enough to reach rounding. */
const HALVINGS = 60

/**
 * The trace norm of the smallest change of W₀ along one direction that reaches a given smallest
 * margin:
 *
 *     Δ'_j = sign_j c u,   least c ≥ 0 with min_i y_i N(x_i; W_0 + Δ') ≥ fit,   ‖Δ'‖_* = c √(2k) for a unit vector u
 *
 * Δ' is of rank 1. If u separates the data with margin γ, each y_i N grows with c by at least
 * 2kvαγ, so a smallest c exists; it is found by bisection, and the upper end is returned, at which
 * the fit is verified. For v = 1/√(2k).
 *
 * @param net - width, α, W_0 [2k·d], the direction u [d], and the margin to reach
 * @returns null for α = 0, or if u does not separate
 * @throws ShapeError, RangeError for malformed data, shapes that do not fit, or a number outside
 *   its range
 *
 * Cost: 2nkd products, and 120 nk for the bisection. Source: ours.
 *
 * @example
 * import { rankOneNorm } from '@nonconvex/overparam/inductive-bias'
 * const x = { rows: 2, cols: 1, data: Float64Array.of(1, 2) }
 * const data = { x, y: Float64Array.of(1, 1) }
 * const net = { k: 1, alpha: 0.5, start: new Float64Array(2), u: Float64Array.of(1), fit: 1.5 }
 * console.log(rankOneNorm(data, net)?.toFixed(6)) // → 2.000000
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
  const fn = 'rankOneNorm'
  const { k, alpha, start, u, fit } = net
  checkDataset(fn, data)
  checkNet(fn, { k, d: data.x.cols, v: 1, alpha, weights: start })
  checkVector(fn, 'u', u, data.x.cols, 'd')
  if (!Number.isFinite(fit)) throw argumentError('out-of-range', fn, 'fit', 'to be finite', fit)
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
