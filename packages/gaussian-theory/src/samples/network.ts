import type { Stream, Vec } from '@nonconvex/tensor'
import {
  checkCount,
  checkFiniteVector,
  checkBetween,
  checkLength,
  checkNotZero,
} from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import { checkOverlap, type OverlapOptions } from '../overlap/lags.js'

/** A convolutional network with one shared filter and average pooling. */
export interface NetworkOptions extends OverlapOptions {
  /** slope of σ(z) = max(z, slope·z), in [−1, 1]; 0 by default: ReLU */
  readonly slope?: number
}

/** Number of inputs: (k − 1)·stride + m. */
export function inputSize(m: number, { k, stride }: OverlapOptions): number {
  return (k - 1) * stride + m
}

/** Throws unless k, stride and slope are in range; returns the slope. */
export function checkNetwork(fn: string, options: NetworkOptions): number {
  checkOverlap(fn, options)
  const { slope = 0 } = options
  checkBetween(fn, 'slope', slope, -1, 1)
  return slope
}

/**
 * The network's output on one input.
 *
 *     f(x; w) = (1/k) Σ_i σ(w·x[i]),   x[i] = (x_{i·stride}, …, x_{i·stride + m − 1}),   σ(z) = max(z, slope·z)
 *
 * @param x - [(k−1)·stride + m], finite
 * @param w - [m], finite; zero gives 0
 * @param options - k, stride ≥ 1; slope in [−1, 1]
 * @throws ShapeError for another length of x; RangeError for NaN, infinities, options out of range
 * Cost: O(k m). Source: the talk, "Gaussian Inputs".
 *
 * @example
 * import { network } from '@nonconvex/gaussian-theory/samples'
 * console.log(network([1, 2, -4], [1, 1], { k: 2, stride: 1 })) // → 1.5
 */
export function network(x: Vec, w: Vec, options: NetworkOptions): number {
  const slope = checkNetwork('network', options)
  checkPair('network', 'w', w, 'w', w)
  const d = inputSize(w.length, options)
  checkLength('network', 'x', x, d, '(k − 1)·stride + m')
  checkFiniteVector('network', 'x', x)
  return output(x, 0, w, options.k, options.stride, slope)
}

/** The output f on the input that begins at `from`, without checks. */
export function output(
  x: Vec,
  from: number,
  w: Vec,
  k: number,
  stride: number,
  slope: number,
): number {
  const m = w.length
  let sum = 0
  for (let i = 0; i < k; i++) {
    const at = from + i * stride
    let z = 0
    for (let t = 0; t < m; t++) z += w[t] * x[at + t]
    sum += z > 0 ? z : slope * z
  }
  return sum / k
}

/** A sample: inputs, one in each row, with their labels. */
export interface Sample {
  readonly x: { readonly rows: number; readonly cols: number; readonly data: Float64Array }
  /** [rows] */
  readonly y: Float64Array
}

/**
 * Draws standard normal inputs and labels them by a teacher.
 *
 * @param n - number of examples, integer ≥ 1
 * @param wStar - [m], the teacher, finite
 * @param options - k, stride, slope of the teacher; the stream that the inputs are drawn from
 * @returns x [n, (k−1)·stride + m] and y [n]
 * @throws RangeError for values out of range
 *
 * @example
 * import { teacherSample } from '@nonconvex/gaussian-theory/samples'
 * import { stream } from '@nonconvex/tensor'
 * console.log(teacherSample(100, [1, -1], { k: 3, stride: 2, stream: stream(1) }).x.cols) // → 6
 */
export function teacherSample(
  n: number,
  wStar: Vec,
  options: NetworkOptions & { readonly stream: Stream },
): Sample {
  const slope = checkNetwork('teacherSample', options)
  checkCount('teacherSample', 'n', n)
  checkPair('teacherSample', 'wStar', wStar, 'wStar', wStar)
  const { k, stride } = options
  const cols = inputSize(wStar.length, options)
  const data = options.stream.normalInto(new Float64Array(n * cols))
  const y = new Float64Array(n)
  for (let i = 0; i < n; i++) y[i] = output(data, i * cols, wStar, k, stride, slope)
  return { x: { rows: n, cols, data }, y }
}

/** Throws if the initialization is 0, where the gradient on every sample is 0. */
export function checkInitialization(fn: string, w0: Vec): void {
  checkNotZero(fn, 'w0', w0, 'descent never leaves it')
}
