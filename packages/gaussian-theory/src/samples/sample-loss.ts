import type { Vec } from '@nonconvex/tensor'
import {
  checkFiniteMatrix,
  checkFiniteVector,
  checkNotEmpty,
  argumentError,
} from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import { checkNetwork, inputSize, output, type NetworkOptions, type Sample } from './network.js'

/**
 * The mean squared error on a fixed sample:
 *
 *     ℓ̂(w) = (1/n) Σ_j (f(x_j; w) − y_j)²
 *
 * It is not halved, so that its expectation over Gaussian samples of a teacher is the population
 * loss.
 *
 * @param sample - x [n, (k−1)·stride + m], y [n]; any inputs and labels, n ≥ 1
 * @param w - [m], finite; zero is allowed
 * @param options - k, stride ≥ 1; slope in [−1, 1]
 * @throws ShapeError if sizes do not fit; RangeError for NaN, infinities, no example, options out
 *   of range
 * Cost: O(n k m).
 *
 * @example
 * import { sampleLoss, teacherSample } from '@nonconvex/gaussian-theory/samples'
 * import { stream } from '@nonconvex/tensor'
 * const sample = teacherSample(10, [1, 2], { k: 2, stride: 1, stream: stream(1) })
 * console.log(sampleLoss(sample, [1, 2], { k: 2, stride: 1 })) // → 0
 */
export function sampleLoss(sample: Sample, w: Vec, options: NetworkOptions): number {
  const slope = checkSample('sampleLoss', sample, w, options)
  const { x, y } = sample
  let sum = 0
  for (let j = 0; j < x.rows; j++) {
    const off = output(x.data, j * x.cols, w, options.k, options.stride, slope) - y[j]
    sum += off * off
  }
  return sum / x.rows
}

/**
 * The gradient of {@link sampleLoss}:
 *
 *     ∇ℓ̂(w) = (2/nk) Σ_j (f(x_j; w) − y_j) Σ_i σ'(w·x_j[i]) x_j[i],   σ'(z) = 1 for z > 0, else slope
 *
 * With the convention σ'(0) = slope it is defined everywhere; with ReLU it is 0 at w = 0, so that
 * descent stays at 0 (`runSGD` and `descendSample` reject that initialization). For w ≠ 0 its
 * expectation is the population gradient.
 *
 * @returns [m]
 * @throws as sampleLoss
 * Cost: O(n k m).
 *
 * @example
 * import { sampleGradient, teacherSample } from '@nonconvex/gaussian-theory/samples'
 * import { stream } from '@nonconvex/tensor'
 * const sample = teacherSample(10, [1, 2], { k: 2, stride: 1, stream: stream(1) })
 * console.log(sampleGradient(sample, [0, 0], { k: 2, stride: 1 })) // → Float64Array(2) [ 0, 0 ]
 */
export function sampleGradient(sample: Sample, w: Vec, options: NetworkOptions): Float64Array {
  const slope = checkSample('sampleGradient', sample, w, options)
  const { x, y } = sample
  const { k, stride } = options
  const at = { k, stride, slope }
  const out = new Float64Array(w.length)
  for (let j = 0; j < x.rows; j++) addGradient(out, x.data, j * x.cols, y[j], w, at)
  for (let t = 0; t < out.length; t++) out[t] /= x.rows
  return out
}

/**
 * Adds the gradient of one example's squared error to `out` and returns the residual; nothing is
 * checked.
 */
export function addGradient(
  out: Float64Array,
  x: Vec,
  from: number,
  y: number,
  w: Vec,
  { k, stride, slope }: Required<NetworkOptions>,
): number {
  const m = w.length
  const off = output(x, from, w, k, stride, slope) - y
  if (off === 0) return 0
  for (let i = 0; i < k; i++) {
    const at = from + i * stride
    let z = 0
    for (let t = 0; t < m; t++) z += w[t] * x[at + t]
    const pull = ((2 * off) / k) * (z > 0 ? 1 : slope)
    if (pull !== 0) for (let t = 0; t < m; t++) out[t] += pull * x[at + t]
  }
  return off
}

/** Throws as sampleLoss; returns the slope. */
export function checkSample(fn: string, sample: Sample, w: Vec, options: NetworkOptions): number {
  const slope = checkNetwork(fn, options)
  checkPair(fn, 'w', w, 'w', w)
  const { x, y } = sample
  checkFiniteMatrix(fn, 'x', x)
  checkNotEmpty(fn, 'x', x.data)
  const d = inputSize(w.length, options)
  if (x.cols !== d)
    throw argumentError('shape', fn, 'x', `to have (k − 1)·stride + m = ${d} columns`, x.cols)
  if (y.length !== x.rows)
    throw argumentError('shape', fn, 'y', `to have a label for each of ${x.rows} rows`, y.length)
  checkFiniteVector(fn, 'y', y)
  return slope
}
