import { cholesky, dot, solveCholesky, type Stream } from '@nonconvex/tensor'
import { argumentError, checkCount } from '@nonconvex/tensor/check'
import { checkDataset, type Dataset } from '../data/dataset.js'
import { forward } from './forward.js'
import type { Net } from './net.js'

/** The y N(x) of every example of a network that `memorize` constructs. */
const MARGIN = 1.5
/** The largest deviation from it, which ill-conditioned examples exceed. */
const ACCURACY = 1e-6

/**
 * Constructs a network with y N(x) = 1.5 on every example, whatever the labels: no training. With
 * Gaussian vectors a_j and the slope s_ij of a_j·x_i the rows are t a_j ± D_j/2, and t is so large
 * that all units keep these slopes; then N is linear in D, and D is the solution of least norm.
 *
 *     N(x_i) = v Σ_j s_ij D_j·x_i = 1.5 y_i,   D_j = Σ_i μ_i s_ij x_i
 *
 * The n × kd matrix of the s_ij x_i must have rank n, so that kd ≥ n is needed, and α < 1: with one
 * slope its rank is at most d. With α in (0, 1) and kd = n, random examples have rank n for 99 % of
 * the a_j in 20 dimensions, for half of them in 4 and for none in the plane, where more than two
 * examples lie between the same lines (measured); ReLU needs more units.
 *
 * @param data - n × d, dense
 * @param options - `k`: units of each sign; `alpha`: leaky ReLU slope in [0, 1]; `stream`: for the a_j
 * @returns the network, with v = 1/√(2k); undefined if the examples have not rank n, or so nearly
 *   that y N(x) is not 1.5 within 10⁻⁶
 * @throws ShapeError, RangeError for a malformed data set, k or alpha
 *
 * Cost: n²(d + k) + n³/3 operations. Source: the talk, kd > n parameters fit any labels; the
 * construction is ours.
 *
 * @example
 * import { stream } from '@nonconvex/tensor'
 * import { forward, memorize } from '@nonconvex/overparam'
 * // exclusive or, which no line separates
 * const x = { rows: 4, cols: 2, data: Float64Array.of(1, 2, -1, -2, 2, -1, -2, 1) }
 * const net = memorize({ x, y: Float64Array.of(1, 1, -1, -1) }, { k: 8, alpha: 0.1, stream: stream(1) })
 * console.log(net && Array.from(forward(net, x), (out) => out.toFixed(4)).join(' '))
 * // → 1.5000 1.5000 -1.5000 -1.5000
 */
export function memorize(
  data: Dataset,
  options: { readonly k: number; readonly alpha: number; readonly stream: Stream },
): Net | undefined {
  const { k, alpha, stream } = options
  checkDataset('memorize', data)
  checkCount('memorize', 'k', k)
  if (!(alpha >= 0 && alpha <= 1))
    throw argumentError('out-of-range', 'memorize', 'alpha', 'to be in [0, 1]', alpha)
  const { x, y } = data
  const { rows: n, cols: d } = x
  if (k * d < n) return undefined
  const v = 1 / Math.sqrt(2 * k)
  const example = Array.from({ length: n }, (_, i) => x.data.subarray(i * d, (i + 1) * d))
  const unit = Array.from({ length: k }, () => stream.normalInto(new Float64Array(d)))
  const inputs = example.map((row) => Float64Array.from(unit, (a) => dot(a, row)))
  const slopes = inputs.map((z) => z.map((value) => (value > 0 ? 1 : alpha)))
  const gram = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let l = 0; l <= i; l++)
      gram[i * n + l] = gram[l * n + i] = dot(slopes[i], slopes[l]) * dot(example[i], example[l])
  const factor = cholesky({ rows: n, cols: n, data: gram })
  if (!factor.definite) return undefined
  const mu = solveCholesky(
    factor.l,
    y.map((label) => (MARGIN * label) / v),
  )
  const weights = new Float64Array(2 * k * d)
  const half = unit.map((_, j) => {
    const sum = new Float64Array(d)
    for (let i = 0; i < n; i++)
      for (let c = 0; c < d; c++) sum[c] += (mu[i] * slopes[i][j] * example[i][c]) / 2
    return sum
  })
  // twice the least factor with which no sign of a unit changes
  let t = 0
  for (let i = 0; i < n; i++)
    for (let j = 0; j < k; j++)
      t = Math.max(t, (2 * Math.abs(dot(half[j], example[i]))) / Math.abs(inputs[i][j]))
  for (let j = 0; j < k; j++)
    for (let c = 0; c < d; c++) {
      weights[j * d + c] = t * unit[j][c] + half[j][c]
      weights[(k + j) * d + c] = t * unit[j][c] - half[j][c]
    }
  if (!weights.every(Number.isFinite)) return undefined
  const net = { k, d, v, alpha, weights }
  const fits = forward(net, x).every((out, i) => Math.abs(y[i] * out - MARGIN) <= ACCURACY)
  return fits ? net : undefined
}
