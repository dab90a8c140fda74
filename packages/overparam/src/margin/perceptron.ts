import { positiveInteger, positiveNumber } from '../border.js'
import { checkDataset } from '../data/dataset.js'
import type { Dataset } from '../data/dataset.js'
import { addRowInto, rowDot, signedRows } from './signed-rows.js'
import type { SignedRows } from './signed-rows.js'

export interface PerceptronOutcome {
  readonly status: 'converged' | 'max-steps'
  /** [d] */
  readonly w: Float64Array
  readonly updates: number
  /** visits, the last clean pass included */
  readonly steps: number
  /** number of distinct examples ever updated */
  readonly distinct: number
}

/** Visits rows in cyclic order from w = 0, adds eta·a_i where `short` says so, until a clean pass. */
function cyclic(
  a: SignedRows,
  rule: {
    readonly eta: number
    readonly maxSteps: number
    readonly short: (p: number) => boolean
  },
): PerceptronOutcome {
  const w = new Float64Array(a.cols)
  const touched = new Set<number>()
  let updates = 0
  let clean = 0
  let steps = 0
  while (clean < a.rows && steps < rule.maxSteps) {
    const i = steps++ % a.rows
    if (!rule.short(rowDot(a, i, w))) {
      clean++
      continue
    }
    addRowInto(w, rule.eta, a, i)
    touched.add(i)
    updates++
    clean = 0
  }
  const status = clean >= a.rows ? 'converged' : 'max-steps'
  return { status, w, updates, steps, distinct: touched.size }
}

/**
 * The perceptron in cyclic order from w = 0: if y w·x ≤ 0, w ← w + y x.
 *
 *     mistakes ≤ (R/γ)²,   γ the margin of any unit separator
 *
 * @param options - maxSteps, default 10,000 n
 * @returns `max-steps` if the budget ran out, as it does without a separator
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * Source: Novikoff (1962).
 *
 * @example
 * import { perceptron } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * console.log(perceptron({ x, y: Float64Array.of(1, -1) }).updates) // → 2
 */
export function perceptron(
  data: Dataset,
  options: { readonly maxSteps?: number } = {},
): PerceptronOutcome {
  checkDataset('perceptron', data)
  const { maxSteps = 10_000 * data.x.rows } = options
  positiveInteger('perceptron', 'maxSteps', maxSteps)
  return cyclic(signedRows('perceptron', data), {
    eta: 1,
    maxSteps,
    short: (product) => product <= 0,
  })
}

/**
 * The perceptron that asks for a margin of 1, in cyclic order from w = 0: if y w·x < 1, w ← w + η y x.
 *
 *     updates ≤ ‖w*‖²(R² + 2/η)/γ²,   γ = min y w*·x
 *
 * With α = 1 the network of width k is this rule with step 2kηv²: from W_0 = 0 it makes the same updates.
 *
 * @param options - eta, default 1; maxSteps, default 10,000 n
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * @example
 * import { marginPerceptron } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * console.log(marginPerceptron({ x, y: Float64Array.of(1, -1) }, { eta: 0.25 }).updates) // → 8
 */
export function marginPerceptron(
  data: Dataset,
  options: { readonly eta?: number; readonly maxSteps?: number } = {},
): PerceptronOutcome {
  checkDataset('marginPerceptron', data)
  const { eta = 1, maxSteps = 10_000 * data.x.rows } = options
  positiveNumber('marginPerceptron', 'eta', eta)
  positiveInteger('marginPerceptron', 'maxSteps', maxSteps)
  return cyclic(signedRows('marginPerceptron', data), {
    eta,
    maxSteps,
    short: (product) => product < 1,
  })
}

export interface BatchPerceptronOutcome {
  readonly status: 'converged' | 'max-iterations'
  /** [d] */
  readonly w: Float64Array
  readonly iterations: number
}

/**
 * The batch perceptron from w = 0: w ← w + mean of the y x with y w·x ≤ 0, until there are none.
 *
 *     iterations ≤ (R/γ)²,   since ‖w‖² grows by at most R² and w·w* by at least γ
 *
 * @param options - maxIterations, default 100,000
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * Cost: two passes over the data an iteration.
 *
 * @example
 * import { batchPerceptron } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * console.log(batchPerceptron({ x, y: Float64Array.of(1, -1) }).iterations) // → 1
 */
export function batchPerceptron(
  data: Dataset,
  options: { readonly maxIterations?: number } = {},
): BatchPerceptronOutcome {
  checkDataset('batchPerceptron', data)
  const { maxIterations = 100_000 } = options
  positiveInteger('batchPerceptron', 'maxIterations', maxIterations)
  const a = signedRows('batchPerceptron', data)
  const w = new Float64Array(a.cols)
  const all = Array.from({ length: a.rows }, (_, i) => i)
  for (let iterations = 0; ; iterations++) {
    const wrong = all.filter((i) => rowDot(a, i, w) <= 0)
    if (wrong.length === 0) return { status: 'converged', w, iterations }
    if (iterations === maxIterations) return { status: 'max-iterations', w, iterations }
    for (const i of wrong) addRowInto(w, 1 / wrong.length, a, i)
  }
}
