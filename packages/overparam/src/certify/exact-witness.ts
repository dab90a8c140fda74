import { argumentError } from '@nonconvex/tensor/check'
import { ShapeError } from '@nonconvex/tensor'
import { checkDataset, type Examples } from '../data/dataset.js'
import { entryOf, usedColumns } from '../data/sparse-rows.js'
import { commonIntegers, decimalOf } from './decimal.js'
import { nullVector } from './null-vector.js'

/**
 * The result of checking whether a witness of non-separability is exact.
 *
 * - `exact`: Σ weights_i y_i x_i = 0 in integers, a proof of non-separability
 * - `not-exact`: no combination of these rows with non-negative weights vanishes
 * - `too-large`: too large for exact arithmetic
 */
export type ExactWitness =
  | {
      readonly status: 'exact'
      readonly rows: readonly number[]
      /** positive integers without a common divisor, one for each row */
      readonly weights: readonly bigint[]
    }
  | { readonly status: 'not-exact' | 'too-large' }

/**
 * The largest p² · q, for p rows and q features that are not zero in all of them; it takes a few
 * seconds.
 */
export const EXACT_WORK = 1e6
/** The largest range of decimal exponents within a feature. */
export const SPAN = 60

/**
 * Checks a witness of non-separability (Gordan) in exact rational arithmetic, on the decimals that
 * the numbers were read from.
 *
 *     Σ_i λ_i y_i x_i = 0,  λ ≥ 0, not all 0   ⟹   no w has y_i w·x_i > 0 for all i
 *
 * The weights of the rows with λ_i > 0 are recomputed in integers.
 *
 * @param data - read from decimals of at most 15 significant digits, which the shortest decimal of
 *   a float64 gives back; otherwise the statement concerns those shortest decimals
 * @param lambda - [n] weights ≥ 0 as `separability` gives them; their accuracy does not matter
 * @throws ShapeError, RangeError for a malformed data set or weights
 *
 * Cost: limited by rows² · features ≤ 10^6, counting features that are not zero in all these rows;
 * a few seconds at most. Source: Gordan's alternative; Bareiss (1968).
 *
 * @example
 * import { exactWitness } from '@nonconvex/overparam/certify'
 * // 0.1 + 0.2 is 0.3 in decimals, though not in float64
 * const x = { rows: 3, cols: 1, data: Float64Array.of(0.1, 0.2, 0.3) }
 * const found = exactWitness({ x, y: Float64Array.of(1, 1, -1) }, Float64Array.of(0.25, 0, 0.75))
 * console.log(found.status === 'exact' && found.weights) // → [ 3n, 1n ]
 */
export function exactWitness(data: Examples, lambda: Float64Array): ExactWitness {
  checkDataset('exactWitness', data)
  const { x, y } = data
  if (lambda.length !== x.rows)
    throw new ShapeError(`exactWitness: expected n = ${x.rows} weights, got ${lambda.length}`)
  const wrong = lambda.findIndex((value) => !(value >= 0 && Number.isFinite(value)))
  if (wrong >= 0)
    throw argumentError(
      'out-of-range',
      'exactWitness',
      `lambda[${wrong}]`,
      'to be finite and not negative',
      lambda[wrong],
    )
  const rows = Array.from(lambda.keys()).filter((i) => lambda[i] > 0)
  const used = usedColumns(x, rows)
  if (rows.length ** 2 * used.length > EXACT_WORK) return { status: 'too-large' }
  const system: (readonly bigint[])[] = []
  for (const c of used) {
    const cells = rows.map((i) => decimalOf(y[i] * entryOf(x, i, c)))
    const integers = commonIntegers(cells, SPAN)
    if (!integers) return { status: 'too-large' }
    system.push(integers.integers)
  }
  const solved = nullVector(system, rows.length)
  if (solved.kind !== 'line') return { status: 'not-exact' }
  const weights = solved.z.some((weight) => weight < 0n)
    ? solved.z.map((weight) => -weight)
    : solved.z
  if (!weights.every((weight) => weight >= 0n)) return { status: 'not-exact' }
  const kept = rows.map((row, p) => ({ row, weight: weights[p] })).filter((e) => e.weight > 0n)
  return cancels(system, weights)
    ? { status: 'exact', rows: kept.map((e) => e.row), weights: kept.map((e) => e.weight) }
    : { status: 'not-exact' }
}

/** Checks that the combination vanishes, independently of the elimination. */
export const cancels = (
  system: readonly (readonly bigint[])[],
  weights: readonly bigint[],
): boolean =>
  weights.some((weight) => weight > 0n) &&
  system.every((row) => row.reduce((sum, value, p) => sum + value * weights[p], 0n) === 0n)
