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

/** A sequence with its labels. */
export interface LabeledSequence {
  /** features, T × d */
  readonly x: Matrix
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
  data: readonly LabeledSequence[],
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
export function checkFeatures(fn: string, name: string, x: Matrix, features: number): void {
  checkMatrix(fn, name, x)
  if (x.rows > 0 && x.cols !== features)
    throw argumentError('shape', fn, name, `to have d = ${features} columns`, x.cols)
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

/** K d + K + K²: weights W row-major, then c, then A row-major. */
export const dimensionOf = ({ states: K, features: d }: ChainSizes): number => K * d + K + K * K

/** Scores U_t(a) = W_a·x_t + c_a, T × K. */
export function unaryScores(w: Float64Array, x: Matrix, sizes: ChainSizes): Matrix {
  const { states: K, features: d } = sizes
  const data = new Float64Array(x.rows * K)
  for (let t = 0, at = 0; t < x.rows; t++)
    for (let a = 0; a < K; a++, at++) {
      let sum = w[K * d + a]
      for (let f = 0; f < d; f++) sum += w[a * d + f] * x.data[t * d + f]
      data[at] = sum
    }
  return { rows: x.rows, cols: K, data }
}

/** The table A of neighboring labels, a view of w. */
export function transitionScores(w: Float64Array, { states: K, features: d }: ChainSizes): Matrix {
  return { rows: K, cols: K, data: w.subarray(K * d + K) }
}

/** Adds `scale` times the features of label a at position t. */
export function addUnary(
  into: Float64Array,
  scale: number,
  { data }: Matrix,
  t: number,
  a: number,
  { states: K, features: d }: ChainSizes,
): void {
  for (let f = 0; f < d; f++) into[a * d + f] += scale * data[t * d + f]
  into[K * d + a] += scale
}

/** Adds `scale` times φ(x, y). */
export function addFeatures(
  into: Float64Array,
  scale: number,
  x: Matrix,
  y: ArrayLike<number>,
  sizes: ChainSizes,
): void {
  const { states: K, features: d } = sizes
  for (let t = 0; t < x.rows; t++) {
    addUnary(into, scale, x, t, y[t], sizes)
    if (t > 0) into[K * d + K + y[t - 1] * K + y[t]] += scale
  }
}
