import { type Matrix, type Stream, type Vec, norm2 } from '@nonconvex/tensor'
import { checkCount, argumentError } from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'

/**
 * The distribution of the inputs. `gaussian`, `laplace`, `lifted-symmetrised` are symmetric, D(x) =
 * D(−x); `exponential` (centered, log-concave) and `shift` are not; `lifted` has last coordinate 1,
 * so all inputs lie on one side of a hyperplane, and the algorithm fails on it.
 */
export type InputKind =
  | 'gaussian'
  | 'laplace'
  | 'exponential'
  | 'shift'
  | 'lifted'
  | 'lifted-symmetrised'

/** Whether the distribution is symmetric, D(x) = D(−x). */
export function isSymmetric(kind: InputKind): boolean {
  return kind === 'gaussian' || kind === 'laplace' || kind === 'lifted-symmetrised'
}

/** Inputs with labels 1 and −1. */
export interface LabeledPoints {
  readonly x: Matrix
  /** [rows], each 1 or −1 */
  readonly y: Float64Array
}

/**
 * The label of x by an intersection of two half-spaces: 1 if u·x > 0 and v·x > 0, otherwise −1. For
 * u = v the intersection is one half-space; for v = −u or a zero vector it is empty.
 *
 * @example
 * import { intersectionLabel } from '@nonconvex/gaussian-theory/baum'
 * console.log(intersectionLabel([1, 2], [1, 0], [0, 1])) // → 1
 */
export function intersectionLabel(x: Vec, u: Vec, v: Vec): 1 | -1 {
  let [along, across] = [0, 0]
  for (let t = 0; t < x.length; t++) {
    along += u[t] * x[t]
    across += v[t] * x[t]
  }
  return along > 0 && across > 0 ? 1 : -1
}

/**
 * Draws random inputs labeled by an intersection of two half-spaces through the origin.
 *
 * @param options - count ≥ 1; u, v [n], finite; kind of inputs (`lifted` needs n ≥ 2: its last
 *   coordinate is 1); stream. `shift` is Gaussian with mean −(u/‖u‖ + v/‖v‖) scaled to length 1,
 *   away from the positive cone
 * @throws ShapeError if u and v differ in length; RangeError for values out of range
 * Cost: O(count n).
 *
 * @example
 * import { halfSpaceSample } from '@nonconvex/gaussian-theory/baum'
 * import { stream } from '@nonconvex/tensor'
 * console.log(halfSpaceSample({ count: 10, u: [1, 0], v: [0, 1], kind: 'gaussian', stream: stream(1) }).x.rows) // → 10
 */
export function halfSpaceSample(options: {
  readonly count: number
  readonly u: Vec
  readonly v: Vec
  readonly kind: InputKind
  readonly stream: Stream
}): LabeledPoints {
  const { count, u, v, kind, stream } = options
  checkPair('halfSpaceSample', 'u', u, 'v', v)
  checkCount('halfSpaceSample', 'count', count)
  const n = u.length
  if (kind.startsWith('lifted') && n < 2)
    throw argumentError('shape', 'halfSpaceSample', 'u', `to have length ≥ 2 for ${kind} inputs`, n)
  const data = new Float64Array(count * n)
  drawInto(data, n, kind, stream)
  if (kind === 'shift') {
    const mean = Float64Array.from(u, (x, t) => -unit(x, u) - unit(v[t], v))
    const size = norm2(mean)
    if (size > 0) for (let i = 0; i < data.length; i++) data[i] += mean[i % n] / size
  }
  const y = new Float64Array(count)
  for (let i = 0; i < count; i++) y[i] = intersectionLabel(data.subarray(i * n, (i + 1) * n), u, v)
  return { x: { rows: count, cols: n, data }, y }
}

function unit(x: number, of: Vec): number {
  const size = norm2(of)
  return size === 0 ? 0 : x / size
}

function drawInto(data: Float64Array, n: number, kind: InputKind, stream: Stream): void {
  if (kind === 'laplace' || kind === 'exponential') {
    stream.uniformInto(data)
    for (let i = 0; i < data.length; i++) {
      const p = data[i]
      if (kind === 'exponential') data[i] = -Math.log(p) - 1
      else data[i] = p < 0.5 ? Math.log(2 * p) : -Math.log(2 * (1 - p))
    }
    return
  }
  stream.normalInto(data)
  if (!kind.startsWith('lifted')) return
  for (let i = n - 1; i < data.length; i += n) {
    data[i] = 1
    if (kind === 'lifted-symmetrised' && stream.uniform() < 0.5)
      for (let t = 0; t < n; t++) data[i - t] = -data[i - t]
  }
}
