import { type Matrix, type Vec, norm2 } from '@nonconvex/tensor'
import { checkFiniteMatrix, argumentError } from '@nonconvex/tensor/check'
import { nearestPoint } from './nearest-point.js'

/**
 * A vanishing convex combination of signed rows, which proves that the rows are not linearly
 * separable (Gordan's alternative).
 */
export interface GordanWitness {
  /** at most cols + 1 rows */
  readonly rows: readonly number[]
  /** positive, of sum 1 */
  readonly weights: readonly number[]
  /** ‖Σ weights · label · row‖, at most 1e-9 times the largest of these rows */
  readonly residual: number
}

/**
 * The result of `separate`: a separator through the origin, a proof that there is none, or
 * undecided.
 */
export type Separation =
  | {
      readonly kind: 'separable'
      /** [cols], of length 1 */
      readonly w: Float64Array
      /** smallest label · w·row/‖row‖: positive */
      readonly margin: number
    }
  | { readonly kind: 'inseparable'; readonly witness: GordanWitness }
  /** the margin, if there is one, is below 1e-10 */
  | { readonly kind: 'undecided' }

/** The maximum number of rounds of the search; each round adds one row. */
const ROUNDS = 10_000

/**
 * Finds a vector w with label_i w·x_i > 0 for every row, or weights y that prove that there is
 * none:
 *
 *     y ≥ 0,  Σ y_i = 1,  Σ y_i label_i x_i = 0
 *
 * @param features - [n, cols], finite, n ≥ 1. A zero row is inseparable and its own witness
 * @param labels - [n], each 1 or −1
 * @throws ShapeError if sizes do not fit; RangeError for NaN, infinities, no rows, other labels
 *
 * Accuracy: `separable` is exact up to rounding of w·x; `inseparable` up to 1e-9. Cost: some tens
 * of passes over the rows. Source: Gordan (1873); the point of least norm by Wolfe (1976).
 *
 * @example
 * import { separate } from '@nonconvex/gaussian-theory/baum'
 * console.log(separate({ rows: 2, cols: 1, data: Float64Array.of(1, 2) }, [1, -1]).kind) // → inseparable
 */
export function separate(features: Matrix, labels: Vec): Separation {
  checkFiniteMatrix('separate', 'features', features)
  const { rows, cols, data } = features
  if (rows === 0) throw argumentError('empty', 'separate', 'features', 'not to be empty', '0 rows')
  if (labels.length !== rows)
    throw argumentError(
      'shape',
      'separate',
      'labels',
      `to have one for each of ${rows} rows`,
      labels.length,
    )
  const signed = new Float64Array(rows * cols)
  const norms = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const label = labels[i]
    if (label !== 1 && label !== -1)
      throw argumentError('not-listed', 'separate', `labels[${i}]`, 'to be 1 or −1', label)
    norms[i] = norm2(data.subarray(i * cols, (i + 1) * cols))
    if (norms[i] === 0)
      return { kind: 'inseparable', witness: { rows: [i], weights: [1], residual: 0 } }
    for (let t = 0; t < cols; t++) signed[i * cols + t] = (label * data[i * cols + t]) / norms[i]
  }
  const found = nearestPoint({ rows, cols, data: signed }, ROUNDS)
  if (found.end === 'separates') {
    const w = found.x.map((x) => x / found.norm)
    return { kind: 'separable', w, margin: found.least / found.norm }
  }
  if (found.end === 'stalled') return { kind: 'undecided' }
  // back to the rows as given: weights over norms
  const raw = found.weights.map((weight, j) => weight / norms[found.rows[j]])
  const total = raw.reduce((a, b) => a + b, 0)
  const weights = raw.map((weight) => weight / total)
  const witness = { rows: found.rows, weights }
  const residual = gordanResidual(features, labels, witness)
  return { kind: 'inseparable', witness: { ...witness, residual } }
}

/**
 * The residual ‖Σ weights · label · row‖, for an independent check of a witness.
 *
 * @throws RangeError for a row that is not there, or a weight that is not positive
 *
 * @example
 * import { gordanResidual } from '@nonconvex/gaussian-theory/baum'
 * const x = { rows: 2, cols: 1, data: Float64Array.of(1, 2) }
 * console.log(gordanResidual(x, [1, -1], { rows: [0, 1], weights: [2 / 3, 1 / 3] })) // → 0
 */
export function gordanResidual(
  features: Matrix,
  labels: Vec,
  witness: Pick<GordanWitness, 'rows' | 'weights'>,
): number {
  const sum = new Float64Array(features.cols)
  witness.rows.forEach((row, j) => {
    const weight = witness.weights[j]
    if (!(row >= 0 && row < features.rows && weight > 0))
      throw argumentError(
        'out-of-range',
        'gordanResidual',
        'witness',
        `to have rows in [0, ${features.rows - 1}] with positive weights`,
        `row ${row} with ${weight}`,
      )
    for (let t = 0; t < sum.length; t++)
      sum[t] += weight * labels[row] * features.data[row * features.cols + t]
  })
  return norm2(sum)
}
