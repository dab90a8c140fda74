import { checkDataset } from '../data/dataset.js'
import type { Dataset } from '../data/dataset.js'
import { addRowInto, rowDot, signedRows } from './signed-rows.js'

export interface PerceptronOutcome {
  readonly status: 'converged' | 'max-steps'
  /** [d] */
  readonly w: Float64Array
  readonly updates: number
  readonly steps: number
  /** number of distinct examples ever updated */
  readonly distinct: number
}

/**
 * The linear rules that the network generalises, in cyclic order from w = 0:
 *
 *     perceptron (margin 0, eta 1):   update if y w·x ≤ 0;   mistakes ≤ (R/γ)²
 *     margin perceptron (margin 1):   update if y w·x < 1;   updates ≤ ‖w*‖²(R² + 2/η)/γ²
 *
 * γ and w* as in the theorem (for the first: unit w*). With α = 1 the network of width k is the margin
 * perceptron with step 2kηv².
 *
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * @example
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * perceptron({ x, y: Float64Array.of(1, -1) }).updates // 2
 */
export function perceptron(
  data: Dataset,
  options: { readonly margin?: 0 | 1; readonly eta?: number; readonly maxSteps?: number } = {},
): PerceptronOutcome {
  checkDataset('perceptron', data)
  const { margin = 0, eta = 1, maxSteps = 10_000 * data.x.rows } = options
  if (!(eta > 0 && Number.isFinite(eta)))
    throw new RangeError(`perceptron: eta must be positive, got ${eta}`)
  const a = signedRows(data)
  const w = new Float64Array(a.cols)
  const touched = new Set<number>()
  let updates = 0
  let clean = 0
  let steps = 0
  while (clean < a.rows && steps < maxSteps) {
    const i = steps++ % a.rows
    const product = rowDot(a, i, w)
    if (margin === 0 ? product > 0 : product >= 1) {
      clean++
      continue
    }
    addRowInto(w, eta, a, i)
    touched.add(i)
    updates++
    clean = 0
  }
  const status = clean >= a.rows ? 'converged' : 'max-steps'
  return { status, w, updates, steps, distinct: touched.size }
}
