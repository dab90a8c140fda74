import { argumentError, checkVector } from '@nonconvex/tensor/check'
import type { Matrix } from '@nonconvex/tensor'
import { activations, forward } from '../network/forward.js'
import { checkInput, checkNet, type Net } from '../network/net.js'
import { ridgeFit } from './ridge.js'
import { spectrumOf, type Spectrum } from './spectrum.js'

export interface LinearityOptions {
  /** held-out points; without them `test` is absent */
  readonly test?: Matrix
  /** λ in units of tr(XᵀX)/d, default 1e-3; 0, ordinary least squares, interpolates where d ≈ n */
  readonly ridge?: number
}

/** The linearity of a network on given points. */
export type PointLinearity = {
  /**
   * 1 − ‖N − Xb‖²/‖N‖²: 1 for a linear function; not bounded from below; 1 where N is 0 everywhere
   */
  readonly r2: number
  /**
   * mean of p² + (1 − p)² over points and signs, p the fraction of active units of a sign: 1 if all
   * agree, ½ if random
   */
  readonly agree: number
  /** fraction of the points where N and b·x have different signs */
  readonly disagree: number
  /** numbers of different activation patterns of the units of each sign */
  readonly patterns: { readonly positive: number; readonly negative: number }
}

/** The linearity of a trained network and the spectrum of W_t − W_0. */
export interface Linearity {
  readonly train: PointLinearity
  readonly test?: PointLinearity
  /** b, [d]: the linear function nearest to the network on the training points */
  readonly rule: Float64Array
  /** of W_t − W_0 */
  readonly change: Spectrum
  /** of W_t, which a large initialization dominates */
  readonly weights: Spectrum
  /**
   * cosine between Σ_{j<k} Δ_j and −Σ_{j≥k} Δ_j: 1 if both signs learned opposite directions; 0
   * without a change
   */
  readonly opposed: number
}

function pointLinearity(
  net: Net,
  x: Matrix,
  outputs: Float64Array,
  b: Float64Array,
): PointLinearity {
  const { k } = net
  const active = activations(net, x)
  const patterns = [new Set<string>(), new Set<string>()]
  let agree = 0
  let residual = 0
  let total = 0
  let disagree = 0
  for (let i = 0; i < x.rows; i++) {
    let fit = 0
    for (let c = 0; c < x.cols; c++) fit += x.data[i * x.cols + c] * b[c]
    residual += (outputs[i] - fit) ** 2
    total += outputs[i] ** 2
    if (Math.sign(outputs[i]) !== Math.sign(fit)) disagree++
    for (const sign of [0, 1]) {
      const units = active.subarray((2 * i + sign) * k, (2 * i + sign + 1) * k)
      const fraction = units.reduce((sum, on) => sum + on, 0) / k
      agree += (fraction ** 2 + (1 - fraction) ** 2) / 2
      patterns[sign].add(units.join(''))
    }
  }
  return {
    r2: total > 0 ? 1 - residual / total : 1,
    agree: agree / x.rows,
    disagree: disagree / x.rows,
    patterns: { positive: patterns[0].size, negative: patterns[1].size },
  }
}

/** The sum of the rows from `from` to `to` − 1. */
function sumOfRows(rows: Float64Array, d: number, from: number, to: number): Float64Array {
  const sum = new Float64Array(d)
  for (let j = from; j < to; j++) for (let c = 0; c < d; c++) sum[c] += rows[j * d + c]
  return sum
}

function cosine(a: Float64Array, b: Float64Array): number {
  let [dot, aa, bb] = [0, 0, 0]
  a.forEach((value, c) => {
    dot += value * b[c]
    aa += value * value
    bb += b[c] * b[c]
  })
  return dot === 0 ? 0 : dot / Math.sqrt(aa * bb)
}

/**
 * Measures the linearity of a trained network and computes the spectrum of W_t − W_0.
 *
 *     b = (XᵀX + λI)⁻¹ XᵀN,   r2 = 1 − ‖N − Xb‖²/‖N‖²,   singular values of W_t − W_0
 *
 * @param net - the network at the end
 * @param start - W_0, [2k·d]
 * @param x - the training points, n × d
 * @param options - test points, ridge
 * @throws ShapeError, RangeError if the shapes do not fit or a number is outside its range;
 *   RangeError for ridge 0 and dependent columns
 *
 * Accuracy: 1e-9 relative for well-conditioned points. Cost: O(nk) and O(n · non-zero² ) for b,
 * d³/3 to solve, and the eigenvalues of the smaller of 2k × 2k and d × d (see `eigenSymmetric`).
 * Source: ours; effective rank after Roy & Vetterli (2007).
 *
 * @example
 * import { linearity } from '@nonconvex/overparam/inductive-bias'
 * const x = { rows: 3, cols: 1, data: Float64Array.of(1, 2, -2) }
 * const net = { k: 1, d: 1, v: 1, alpha: 0.5, weights: Float64Array.of(1, -1) }
 * const { train, change } = linearity(net, new Float64Array(2), x)
 * console.log(train.r2.toFixed(3), change.top, change.nuclear.toFixed(3)) // → 1.000 1 1.414
 */
export function linearity(
  net: Net,
  start: Float64Array,
  x: Matrix,
  options: LinearityOptions = {},
): Linearity {
  checkNet('linearity', net)
  checkInput('linearity', net, x)
  const { k, d, weights } = net
  if (start.length !== weights.length)
    throw argumentError(
      'shape',
      'linearity',
      'start',
      `to have 2k·d = ${weights.length} entries`,
      start.length,
    )
  checkVector('linearity', 'start', start, weights.length, 'd')
  const { test, ridge = 1e-3 } = options
  if (!(ridge >= 0 && Number.isFinite(ridge)))
    throw argumentError(
      'out-of-range',
      'linearity',
      'ridge',
      'to be finite and not negative',
      ridge,
    )
  if (x.rows < 1)
    throw argumentError('out-of-range', 'linearity', 'x', 'to have at least one row', 'none')
  if (test) checkInput('linearity', net, test)
  const outputs = forward(net, x)
  const rule = ridgeFit('linearity', x, outputs, ridge)
  const change = weights.map((value, at) => value - start[at])
  return {
    train: pointLinearity(net, x, outputs, rule),
    ...(test && test.rows > 0 && { test: pointLinearity(net, test, forward(net, test), rule) }),
    rule,
    change: spectrumOf({ rows: 2 * k, cols: d, data: change }),
    weights: spectrumOf({ rows: 2 * k, cols: d, data: weights }),
    opposed: cosine(
      sumOfRows(change, d, 0, k),
      sumOfRows(change, d, k, 2 * k).map((value) => -value),
    ),
  }
}
