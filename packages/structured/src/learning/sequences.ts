import type { Matrix } from '@nonconvex/tensor'
import {
  argumentError,
  checkCount,
  checkInteger,
  checkLength,
  checkMatrix,
  checkNotEmpty,
  firstNotFinite,
} from '@nonconvex/tensor/check'

/** Features that are 0 or 1: those of position t are index[start[t]], …, index[start[t + 1] − 1]. */
export interface IndicatorRows {
  /** T */
  readonly rows: number
  /** d */
  readonly cols: number
  /** T + 1 integers, not decreasing, from 0 */
  readonly start: Int32Array
  /** integers in [0, d), each once a position */
  readonly index: Int32Array
}

/** Features of a sequence: a dense matrix, or the features that are 1. */
export type SequenceFeatures = Matrix | IndicatorRows

/** A sequence with its labels. */
export interface LabeledSequence<X extends SequenceFeatures = Matrix> {
  /** features, T × d */
  readonly x: X
  /** labels, T integers in [0, states) */
  readonly y: ArrayLike<number>
}

/** Sizes of a linear model of sequences. */
export interface ChainSizes {
  /** K, number of labels */
  readonly states: number
  /** d, number of features of a position */
  readonly features: number
}

/** Throws unless sequences fit the sizes; names sequence and position. */
export function checkSequences(
  fn: string,
  data: readonly LabeledSequence<SequenceFeatures>[],
  { states, features }: ChainSizes,
): void {
  checkCount(fn, 'states', states)
  checkInteger(fn, 'features', features, 0)
  checkNotEmpty(fn, 'data', data)
  data.forEach(({ x, y }, n) => {
    checkFeatures(fn, `data[${n}].x`, x, features)
    checkLength(fn, `data[${n}].y`, y, x.rows, 'T')
    for (let t = 0; t < x.rows; t++) checkInteger(fn, `data[${n}].y[${t}]`, y[t], 0, states - 1)
  })
}

/** Throws unless x is T × d and finite. */
export function checkFeatures(
  fn: string,
  name: string,
  x: SequenceFeatures,
  features: number,
): void {
  if ('index' in x) checkIndicators(fn, name, x)
  else checkMatrix(fn, name, x)
  if (x.rows > 0 && x.cols !== features)
    throw argumentError('shape', fn, name, `to have d = ${features} columns`, x.cols)
  if ('index' in x) return
  const at = firstNotFinite(x.data)
  if (at >= 0)
    throw argumentError(
      'not-finite',
      fn,
      `${name}[${Math.floor(at / x.cols)}, ${at % x.cols}]`,
      'to be finite',
      x.data[at],
    )
}

/** Throws unless the rows lie one after the other, and columns exist. */
function checkIndicators(fn: string, name: string, x: IndicatorRows): void {
  const { rows, cols, start, index } = x
  checkInteger(fn, `${name}.rows`, rows, 0)
  checkLength(fn, `${name}.start`, start, rows + 1, 'T + 1')
  start.forEach((at, t) =>
    checkInteger(fn, `${name}.start[${t}]`, at, t === 0 ? 0 : start[t - 1], index.length),
  )
  index.forEach((f, k) => checkInteger(fn, `${name}.index[${k}]`, f, 0, cols - 1))
}

/** K d + K + K²: weights W row-major, then c, then A row-major. */
export const dimensionOf = ({ states: K, features: d }: ChainSizes): number => K * d + K + K * K

/** Scores U_t(a) = W_a·x_t + c_a, T × K. */
export function unaryScores(w: Float64Array, x: SequenceFeatures, sizes: ChainSizes): Matrix {
  const { states: K, features: d } = sizes
  const out = { rows: x.rows, cols: K, data: new Float64Array(x.rows * K) }
  const { data } = out
  if ('index' in x) {
    const { start, index } = x
    for (let t = 0; t < x.rows; t++)
      for (let a = 0; a < K; a++) {
        let sum = w[K * d + a]
        for (let k = start[t]; k < start[t + 1]; k++) sum += w[a * d + index[k]]
        data[t * K + a] = sum
      }
    return out
  }
  for (let t = 0, at = 0; t < x.rows; t++)
    for (let a = 0; a < K; a++, at++) {
      let sum = w[K * d + a]
      for (let f = 0; f < d; f++) sum += w[a * d + f] * x.data[t * d + f]
      data[at] = sum
    }
  return out
}

/** The table A of neighboring labels, a view of w. */
export function transitionScores(w: Float64Array, { states: K, features: d }: ChainSizes): Matrix {
  return { rows: K, cols: K, data: w.subarray(K * d + K) }
}

/** Adds `scale` times the features of label a at position t. */
export function addUnary(
  into: Float64Array,
  scale: number,
  x: SequenceFeatures,
  t: number,
  a: number,
  { states: K, features: d }: ChainSizes,
): void {
  if ('index' in x)
    for (let k = x.start[t]; k < x.start[t + 1]; k++) into[a * d + x.index[k]] += scale
  else for (let f = 0; f < d; f++) into[a * d + f] += scale * x.data[t * d + f]
  into[K * d + a] += scale
}

/** Adds `scale` times φ(x, y). */
export function addFeatures(
  into: Float64Array,
  scale: number,
  x: SequenceFeatures,
  y: ArrayLike<number>,
  sizes: ChainSizes,
): void {
  const { states: K, features: d } = sizes
  for (let t = 0; t < x.rows; t++) {
    addUnary(into, scale, x, t, y[t], sizes)
    if (t > 0) into[K * d + K + y[t - 1] * K + y[t]] += scale
  }
}

/** The coordinates of w that scores of a sequence can depend on, in increasing order. */
export function supportOf(x: SequenceFeatures, { states: K, features: d }: ChainSizes): Int32Array {
  const own =
    'index' in x
      ? [...new Set(x.index)].sort((a, b) => a - b)
      : Array.from({ length: d }, (_, f) => f)
  const support = new Int32Array(K * own.length + K + K * K)
  let at = 0
  for (let a = 0; a < K; a++) for (const f of own) support[at++] = a * d + f
  for (let k = K * d; at < support.length; k++) support[at++] = k
  return support
}
