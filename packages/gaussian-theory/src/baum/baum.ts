import type { Matrix, Stream, Vec } from '@nonconvex/tensor'
import {
  checkFiniteMatrix,
  argumentError,
  checkLength,
  checkNotEmpty,
} from '@nonconvex/tensor/check'
import { type LabeledPoints, intersectionLabel } from './half-space-sample.js'
import { separate, type GordanWitness } from './separate.js'

/**
 * The status in which a run of Baum's algorithm ended.
 *
 * - `learnt`: both steps were feasible; there is a hypothesis
 * - `always-negative`: sample 1 has no positive, and the hypothesis is −1 everywhere
 * - `step1-infeasible`: no half-space contains all positives, so the labels are not those of an
 *   intersection
 * - `step2-infeasible`: no quadratic form fits: the inputs are not symmetric, or the sample is
 *   unfavorable
 * - `step2-empty`: no point of sample 2 lies in the half-space
 * - `undecided`: float64 cannot decide whether a step is feasible
 */
export type BaumStatus =
  | 'learnt'
  | 'always-negative'
  | 'step1-infeasible'
  | 'step2-infeasible'
  | 'step2-empty'
  | 'undecided'

/** The result of Baum's algorithm: the learned hypothesis, or the reason why there is none. */
export interface BaumResult {
  readonly status: BaumStatus
  /** [n], the half-space of step 1, of length 1 */
  readonly w?: Float64Array
  /** n × n, symmetric: the quadratic form of step 2 */
  readonly Q?: Matrix
  /** points of sample 2 that step 2 used */
  readonly kept: number
  /** 1 iff w·x > 0 and xᵀQx > 0; −1 everywhere for `always-negative`; absent otherwise */
  readonly predict?: (x: Vec) => 1 | -1
  /**
   * why a step is infeasible: rows of the positives of sample 1, or of the points kept of sample 2
   */
  readonly witness?: GordanWitness
}

/**
 * Membership queries, which return the labels of arbitrary points; with them the algorithm works
 * for every distribution.
 */
export interface Membership {
  readonly label: (x: Vec) => 1 | -1
  /** signs are drawn from it */
  readonly stream: Stream
}

/**
 * Baum's algorithm for an intersection of two half-spaces through the origin.
 *
 * 1. Find w with w·x > 0 on all positives of sample 1.
 * 2. Keep the points of sample 2 with w·x > 0, and find a quadratic form with the sign of their
 *    labels.
 * 3. Predict +1 if and only if w·x > 0 and xᵀQx > 0.
 *
 * Step 2 is feasible where no point kept lies in the bad region {u·x < 0, v·x < 0}: there the label
 * is not the sign of (u·x)(v·x). For symmetric inputs this region has the same probability as its
 * reflection, the positives with w·x < 0, which step 1 makes small. Without membership queries the
 * inputs cannot be made symmetric by reflection, since labels of reflected points are unknown. With
 * `membership` these labels are known; then x is replaced by ±x at random, and the algorithm works
 * for every distribution.
 *
 * @param sample1 - [m₁, n] with labels ±1, m₁ ≥ 1
 * @param sample2 - [m₂, n], drawn afresh
 * @param options - membership queries, if available
 * @throws ShapeError if sizes do not fit; RangeError for NaN, infinities, empty samples, other
 *   labels
 *
 * Cost: some tens of passes over the positives, and over the points kept with n(n+1)/2 features.
 * Source: Baum (1990); the talk, "works for symmetric distributions".
 *
 * @example
 * import { baum, halfSpaceSample } from '@nonconvex/gaussian-theory/baum'
 * import { stream } from '@nonconvex/tensor'
 * const at = { u: [1, 0, 0], v: [0, 1, 0], kind: 'gaussian' } as const
 * const [a, b] = [1, 2].map((i) => halfSpaceSample({ ...at, count: 2000, stream: stream(i) }))
 * console.log(baum(a, b).status) // → learnt
 */
export function baum(
  sample1: LabeledPoints,
  sample2: LabeledPoints,
  options: { readonly membership?: Membership } = {},
): BaumResult {
  checkPoints('sample1', sample1)
  checkPoints('sample2', sample2)
  if (sample1.x.cols !== sample2.x.cols)
    throw argumentError(
      'shape',
      'baum',
      'sample2',
      `to have the columns of sample1, ${sample1.x.cols}`,
      sample2.x.cols,
    )
  const { membership } = options
  const first = membership ? reflected(sample1, membership, 'sample1') : sample1
  const second = membership ? reflected(sample2, membership, 'sample2') : sample2

  const positives = rowsWhere(first, (i) => first.y[i] === 1)
  if (positives.x.rows === 0) return { status: 'always-negative', kept: 0, predict: () => -1 }
  const half = separate(positives.x, positives.y)
  if (half.kind === 'undecided') return { status: 'undecided', kept: 0 }
  if (half.kind === 'inseparable')
    return { status: 'step1-infeasible', kept: 0, witness: half.witness }

  const { w } = half
  const kept = rowsWhere(second, (i) => dotRow(second.x, i, w) > 0)
  const found = { w, kept: kept.x.rows }
  if (kept.x.rows === 0) return { ...found, status: 'step2-empty' }
  const form = separate(quadraticFeatures(kept.x), kept.y)
  if (form.kind === 'undecided') return { ...found, status: 'undecided' }
  if (form.kind === 'inseparable')
    return { ...found, status: 'step2-infeasible', witness: form.witness }
  const Q = symmetricForm(form.w, w.length)
  const predict = (x: Vec): 1 | -1 => {
    checkLength('predict', 'x', x, w.length)
    const row = { rows: 1, cols: w.length, data: Float64Array.from(x) }
    return dotRow(row, 0, w) > 0 && quadratic(Q, x) > 0 ? 1 : -1
  }
  return { ...found, status: 'learnt', Q, predict }
}

/**
 * The products x_i x_j with i ≤ j of each row, multiplied by √2 if i < j. A quadratic form is
 * linear in these features, and their norm is ‖x‖².
 *
 * @param x - [rows, n]
 * @returns [rows, n(n+1)/2]
 *
 * @example
 * import { quadraticFeatures } from '@nonconvex/gaussian-theory/baum'
 * console.log(quadraticFeatures({ rows: 1, cols: 2, data: Float64Array.of(1, 2) }).data) // → Float64Array(3) [ 1, 2.8284271247461903, 4 ]
 */
export function quadraticFeatures(x: Matrix): Matrix {
  const n = x.cols
  const cols = (n * (n + 1)) / 2
  const data = new Float64Array(x.rows * cols)
  let at = 0
  for (let row = 0; row < x.rows; row++)
    for (let i = 0; i < n; i++)
      for (let j = i; j < n; j++)
        data[at++] = x.data[row * n + i] * x.data[row * n + j] * (i === j ? 1 : Math.SQRT2)
  return { rows: x.rows, cols, data }
}

function symmetricForm(features: Float64Array, n: number): Matrix {
  const data = new Float64Array(n * n)
  let at = 0
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) {
      const value = features[at++] * (i === j ? 1 : Math.SQRT1_2)
      data[i * n + j] = value
      data[j * n + i] = value
    }
  return { rows: n, cols: n, data }
}

function quadratic(Q: Matrix, x: Vec): number {
  let sum = 0
  for (let i = 0; i < Q.rows; i++)
    for (let j = 0; j < Q.cols; j++) sum += x[i] * Q.data[i * Q.cols + j] * x[j]
  return sum
}

function dotRow(x: Matrix, row: number, w: Float64Array): number {
  let sum = 0
  for (let t = 0; t < w.length; t++) sum += x.data[row * x.cols + t] * w[t]
  return sum
}

function rowsWhere({ x, y }: LabeledPoints, keep: (row: number) => boolean): LabeledPoints {
  const rows = Array.from(y.keys()).filter(keep)
  const data = new Float64Array(rows.length * x.cols)
  rows.forEach((row, i) => data.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), i * x.cols))
  return {
    x: { rows: rows.length, cols: x.cols, data },
    y: Float64Array.from(rows, (row) => y[row]),
  }
}

/** Multiplies each point by a random sign and queries the label of the result. */
function reflected(
  { x }: LabeledPoints,
  { label, stream }: Membership,
  name: string,
): LabeledPoints {
  const draws = stream.child(name)
  const data = x.data.slice()
  const y = new Float64Array(x.rows)
  for (let row = 0; row < x.rows; row++) {
    const point = data.subarray(row * x.cols, (row + 1) * x.cols)
    if (draws.uniform() < 0.5) for (let t = 0; t < point.length; t++) point[t] = -point[t]
    y[row] = label(point)
  }
  return { x: { rows: x.rows, cols: x.cols, data }, y }
}

function checkPoints(name: string, { x, y }: LabeledPoints): void {
  checkFiniteMatrix('baum', `${name}.x`, x)
  checkNotEmpty('baum', name, y)
  if (y.length !== x.rows)
    throw argumentError(
      'shape',
      'baum',
      `${name}.y`,
      `to have a label for each of ${x.rows} rows`,
      y.length,
    )
  const wrong = y.find((label) => label !== 1 && label !== -1)
  if (wrong !== undefined)
    throw argumentError('not-listed', 'baum', `labels of ${name}`, 'to be 1 or −1', wrong)
}

/** The errors of a hypothesis on a fresh sample. */
export interface BaumTest {
  readonly points: number
  readonly errors: number
  /** points with u·x < 0, v·x < 0 and w·x > 0 */
  readonly bad: number
}

/**
 * Counts errors of a hypothesis and points of the bad region on a fresh sample.
 *
 * @param result - a result with `predict`; without one every point counts as an error
 * @param sample - fresh points of the same distribution
 * @param u - [n]
 * @param v - [n]
 *
 * @example
 * import { baum, halfSpaceSample, testBaum } from '@nonconvex/gaussian-theory/baum'
 * import { stream } from '@nonconvex/tensor'
 * const at = { u: [1, 0, 0], v: [0, 1, 0], kind: 'gaussian' } as const
 * const [a, b, c] = [1, 2, 3].map((i) => halfSpaceSample({ ...at, count: 2000, stream: stream(i) }))
 * console.log(testBaum(baum(a, b), c, at.u, at.v).errors < 40) // → true
 */
export function testBaum(result: BaumResult, sample: LabeledPoints, u: Vec, v: Vec): BaumTest {
  const { predict, w } = result
  const { rows, cols, data } = sample.x
  const negative = [u, v].map((side) => Float64Array.from(side, (x) => -x))
  let [errors, bad] = [0, 0]
  for (let i = 0; i < rows; i++) {
    const x = data.subarray(i * cols, (i + 1) * cols)
    if (predict?.(x) !== sample.y[i]) errors++
    if (
      w &&
      intersectionLabel(x, negative[0], negative[1]) === 1 &&
      intersectionLabel(x, w, w) === 1
    )
      bad++
  }
  return { points: rows, errors, bad }
}
