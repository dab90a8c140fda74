import { checkDataset, type Examples } from '../data/dataset.js'
import { entryOf, usedColumns } from '../data/sparse-rows.js'
import { commonIntegers, decimalOf } from './decimal.js'
import { cancels, SPAN } from './exact-witness.js'
import { gordan } from './gordan.js'
import { gcd } from './null-vector.js'

/**
 * The result of deciding the separability of small data exactly.
 *
 * - `separable`: w is the exact separator rounded to float64; `separatorProof` decides whether it
 *   still separates
 * - `inseparable`: Σ weights_i y_i x_i = 0 in integers
 * - `too-large`: too large for exact arithmetic
 */
export type ExactSeparability =
  | { readonly status: 'separable'; readonly w: Float64Array }
  | {
      readonly status: 'inseparable'
      readonly rows: readonly number[]
      /** positive integers without a common divisor, one for each row */
      readonly weights: readonly bigint[]
    }
  | { readonly status: 'too-large' }

/**
 * The largest (q + 1)³ · (n + q), for q features that are not zero everywhere and n rows; it takes
 * a few seconds.
 */
const MOST = 1.2e6
/** The budget of pivots for each feature. */
const PIVOTS = 40

/**
 * Decides by the simplex method in integers whether the examples are separable through the origin,
 * using the decimals that the numbers were read from, so that rounding of inputs does not affect
 * even a margin of 10^−12 R.
 *
 * @param data - read from decimals of at most 15 significant digits, as for `exactWitness`
 * @param among - examples to use, default all; a contradiction among some examples is one among
 *   all, but a separator of some need not separate all
 * @throws ShapeError, RangeError for a malformed data set
 *
 * Cost: limited by (features + 1)³ · (rows + features) ≤ 1.2 · 10^6; a few seconds at most.
 * Source: Gordan's alternative, see `gordan`.
 */
export function exactSeparability(data: Examples, among?: readonly number[]): ExactSeparability {
  checkDataset('exactSeparability', data)
  const { x, y } = data
  const rows = among ?? Array.from({ length: x.rows }, (_, i) => i)
  const used = usedColumns(x, rows)
  const q = used.length
  if ((q + 1) ** 2 * (q + 1) * (rows.length + q) > MOST) return { status: 'too-large' }
  const system: (readonly bigint[])[] = []
  const exponents: number[] = []
  for (const c of used) {
    const cells = rows.map((i) => decimalOf(y[i] * entryOf(x, i, c)))
    const common = commonIntegers(cells, SPAN)
    if (!common) return { status: 'too-large' }
    system.push(common.integers)
    exponents.push(common.exponent)
  }
  const found = gordan(system, rows.length, PIVOTS * (q + 1))
  switch (found.kind) {
    case 'too-long':
      return { status: 'too-large' }
    case 'weights': {
      const { lambda } = found
      if (!cancels(system, lambda)) throw new Error('exactSeparability: the weights do not cancel')
      const common = lambda.reduce(gcd, 0n)
      const kept = rows.map((row, p) => ({ row, weight: lambda[p] / common }))
      const positive = kept.filter(({ weight }) => weight > 0n)
      return {
        status: 'inseparable',
        rows: positive.map(({ row }) => row),
        weights: positive.map(({ weight }) => weight),
      }
    }
    case 'vector': {
      const w = new Float64Array(x.cols)
      const places = found.w.map((value, f) => String(value).length - exponents[f])
      const most = Math.max(...places)
      // reading the decimal rounds once, whatever the size
      used.forEach((c, f) => (w[c] = Number(`${found.w[f]}e${-exponents[f] - most}`)))
      return { status: 'separable', w }
    }
  }
}
