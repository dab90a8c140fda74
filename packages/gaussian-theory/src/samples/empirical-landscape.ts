import { type Matrix, type Vec, norm2 } from '@nonconvex/tensor'
import {
  checkCount,
  checkFiniteMatrix,
  argumentError,
  checkPositive,
} from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import { overlapGradient, overlapLoss } from '../overlap/overlap-loss.js'
import type { OverlapOptions } from '../overlap/lags.js'
import { checkInitialization, type NetworkOptions, type Sample } from './network.js'
import { addGradient, checkSample, sampleGradient, sampleLoss } from './sample-loss.js'

/**
 * The largest differences between the empirical and the population loss and gradient over given
 * points.
 */
export interface LandscapeGap {
  /** largest |ℓ̂ − ℓ| */
  readonly loss: number
  /** largest ‖∇ℓ̂ − ∇ℓ‖ */
  readonly gradient: number
}

/**
 * Compares the landscape of a sample with that of the population, for ReLU networks.
 *
 * @param sample - Gaussian inputs labeled by wStar (`teacherSample`)
 * @param wStar - [m], the teacher
 * @param points - one w a row, [n, m], none zero
 * @param options - k, stride
 * @throws as sampleLoss and overlapGradient
 * Cost: O(points · n k m).
 *
 * @example
 * import { landscapeGap, teacherSample } from '@nonconvex/gaussian-theory/samples'
 * import { stream } from '@nonconvex/tensor'
 * const at = { k: 2, stride: 2 }
 * const sample = teacherSample(1000, [1, 0], { ...at, stream: stream(1) })
 * const points = { rows: 1, cols: 2, data: Float64Array.of(0, 1) }
 * console.log(landscapeGap(sample, [1, 0], points, at).loss < 0.05) // → true
 */
export function landscapeGap(
  sample: Sample,
  wStar: Vec,
  points: Matrix,
  options: OverlapOptions,
): LandscapeGap {
  checkFiniteMatrix('landscapeGap', 'points', points)
  if (points.cols !== wStar.length)
    throw argumentError(
      'shape',
      'landscapeGap',
      'points',
      `to have as many columns as wStar, ${wStar.length}`,
      points.cols,
    )
  let [loss, gradient] = [0, 0]
  for (let i = 0; i < points.rows; i++) {
    const w = points.data.subarray(i * points.cols, (i + 1) * points.cols)
    loss = Math.max(loss, Math.abs(sampleLoss(sample, w, options) - overlapLoss(w, wStar, options)))
    const off = sampleGradient(sample, w, options)
    overlapGradient(w, wStar, options).forEach((x, t) => (off[t] -= x))
    gradient = Math.max(gradient, norm2(off))
  }
  return { loss, gradient }
}

/**
 * Runs gradient descent on the loss of a fixed sample for a given number of steps:
 *
 *     w ← w − η ∇ℓ̂(w)
 *
 * Descent stops at a w for which no patch of any example is active, since the gradient there is 0.
 *
 * @param sample - any inputs and labels
 * @param w0 - [m], not zero
 * @param options - network, eta > 0, steps ≥ 0
 * @returns [m], the last iterate
 * @throws RangeError at w0 = 0, for values out of range; otherwise as sampleLoss
 * Cost: O(steps · n k m).
 *
 * @example
 * import { descendSample, teacherSample } from '@nonconvex/gaussian-theory/samples'
 * import { stream } from '@nonconvex/tensor'
 * const sample = teacherSample(50, [1, 0], { k: 2, stride: 2, stream: stream(1) })
 * const w = descendSample(sample, [0.5, 0.5], { k: 2, stride: 2, eta: 0.5, steps: 500 })
 * console.log(Math.abs(w[0] - 1) + Math.abs(w[1]) < 1e-9) // → true
 */
export function descendSample(
  sample: Sample,
  w0: Vec,
  options: NetworkOptions & { readonly eta: number; readonly steps: number },
): Float64Array {
  const slope = checkSample('descendSample', sample, w0, options)
  checkPair('descendSample', 'w0', w0, 'w0', w0)
  checkInitialization('descendSample', w0)
  const { eta, steps, k, stride } = options
  checkPositive('descendSample', 'eta', eta)
  if (steps !== 0) checkCount('descendSample', 'steps', steps)
  const { x, y } = sample
  const w = Float64Array.from(w0)
  const g = new Float64Array(w.length)
  const at = { k, stride, slope }
  for (let step = 0; step < steps; step++) {
    g.fill(0)
    for (let j = 0; j < x.rows; j++) addGradient(g, x.data, j * x.cols, y[j], w, at)
    for (let t = 0; t < w.length; t++) w[t] -= (eta / x.rows) * g[t]
  }
  return w
}
