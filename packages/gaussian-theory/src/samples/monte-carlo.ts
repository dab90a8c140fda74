import type { Stream, Vec } from '@nonconvex/tensor'
import { checkInteger } from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import { checkNetwork, inputSize, output, type NetworkOptions } from './network.js'
import { addGradient } from './sample-loss.js'

/** Monte Carlo estimates of the population loss and gradient, with their standard errors. */
export interface MonteCarlo {
  readonly n: number
  /** estimate of the population loss */
  readonly mean: number
  /** standard error of the mean */
  readonly se: number
  /** mean ± 1.96 se */
  readonly interval: { readonly low: number; readonly high: number }
  /** [m], estimate of the population gradient */
  readonly gradient: Float64Array
  /** [m] */
  readonly gradientSe: Float64Array
}

/** Number of inputs drawn at once. */
const CHUNK = 4096

/**
 * Estimates the population loss and gradient by simulation, as an independent check of every closed
 * form in this package.
 *
 * @param options - w [m], not zero if the gradient is needed, wStar [m], k, stride, slope, n ≥ 2
 *   draws, stream
 * @returns means, standard errors and the 95 % interval; `agreement` compares them with a
 *   closed form
 * @throws ShapeError if lengths differ; RangeError for NaN, infinities, values out of range
 * Accuracy: its standard errors. Cost: O(n k m); 1e5 draws at k = 4, m = 5 take 30 ms.
 *
 * @example
 * import { monteCarlo } from '@nonconvex/gaussian-theory/samples'
 * import { stream } from '@nonconvex/tensor'
 * const at = { w: [1, 0], wStar: [0, 1], k: 1, stride: 2, n: 100_000, stream: stream(1) }
 * // the loss is 1 − 1/π
 * const { mean, se } = monteCarlo(at)
 * console.log(Math.abs(mean - (1 - 1 / Math.PI)) < 4.5 * se) // → true
 */
export function monteCarlo(
  options: NetworkOptions & {
    readonly w: Vec
    readonly wStar: Vec
    readonly n: number
    readonly stream: Stream
  },
): MonteCarlo {
  const slope = checkNetwork('monteCarlo', options)
  const { w, wStar, n, k, stride, stream } = options
  checkPair('monteCarlo', 'w', w, 'wStar', wStar)
  checkInteger('monteCarlo', 'n', n, 2)
  const m = w.length
  const d = inputSize(m, options)
  const at = { k, stride, slope }
  const loss = new Moments()
  const slopes = Array.from({ length: m }, () => new Moments())
  const one = new Float64Array(m)
  const inputs = new Float64Array(Math.min(n, CHUNK) * d)
  for (let done = 0; done < n;) {
    const count = Math.min(CHUNK, n - done)
    const x = stream.normalInto(inputs.subarray(0, count * d))
    for (let j = 0; j < count; j++) {
      one.fill(0)
      const off = addGradient(one, x, j * d, output(x, j * d, wStar, k, stride, slope), w, at)
      loss.add(off * off)
      for (let t = 0; t < m; t++) slopes[t].add(one[t])
    }
    done += count
  }
  const { mean, se } = loss
  return {
    n,
    mean,
    se,
    interval: { low: mean - 1.96 * se, high: mean + 1.96 * se },
    gradient: Float64Array.from(slopes, (s) => s.mean),
    gradientSe: Float64Array.from(slopes, (s) => s.se),
  }
}

/** Running mean and variance (Welford), without the cancellation of a sum of squares. */
class Moments {
  mean = 0
  private n = 0
  private squares = 0

  add(x: number): void {
    this.n++
    const off = x - this.mean
    this.mean += off / this.n
    this.squares += off * (x - this.mean)
  }

  /** standard error of the mean */
  get se(): number {
    return Math.sqrt(this.squares / (this.n - 1) / this.n)
  }
}
