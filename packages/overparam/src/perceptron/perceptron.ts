import { checkCount, checkPositive } from '@nonconvex/tensor/check'
import { checkDataset, type Examples } from '../data/dataset.js'
import { addRowInto, signedDot, signedRows, type SignedRows } from '../margin/signed-rows.js'

export interface PerceptronOutcome {
  readonly status: 'converged' | 'max-steps'
  /** [d] */
  readonly w: Float64Array
  readonly updates: number
  /** visits, including the last pass without updates */
  readonly steps: number
  /** number of distinct examples ever updated */
  readonly distinct: number
}

/**
 * Visits rows in cyclic order from w = 0 and adds eta·a_i if `short` returns true, until a pass
 * makes no update.
 *
 * @param rule - `moved` is called at every update, with its step and its example
 */
function cyclic(
  a: SignedRows,
  rule: {
    readonly eta: number
    readonly maxSteps: number
    readonly short: (p: number) => boolean
    readonly moved?: (step: number, i: number) => void
  },
): PerceptronOutcome {
  const w = new Float64Array(a.cols)
  const touched = new Set<number>()
  let updates = 0
  let clean = 0
  let steps = 0
  while (clean < a.rows && steps < rule.maxSteps) {
    const i = steps++ % a.rows
    if (!rule.short(signedDot(a, i, w))) {
      clean++
      continue
    }
    addRowInto(w, rule.eta, a, i)
    rule.moved?.(steps, i)
    touched.add(i)
    updates++
    clean = 0
  }
  const status = clean >= a.rows ? 'converged' : 'max-steps'
  return { status, w, updates, steps, distinct: touched.size }
}

/**
 * Runs the perceptron in cyclic order from w = 0: if y w·x ≤ 0, w ← w + y x.
 *
 *     mistakes ≤ (R/γ)²,   γ the margin of any unit separator
 *
 * @param options - maxSteps, default 10,000 n
 * @returns `max-steps` if the budget is exhausted, as without a separator
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * Source: Novikoff (1962).
 *
 * @example
 * import { perceptron } from '@nonconvex/overparam/perceptron'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * console.log(perceptron({ x, y: Float64Array.of(1, -1) }).updates) // → 2
 */
export function perceptron(
  data: Examples,
  options: { readonly maxSteps?: number } = {},
): PerceptronOutcome {
  checkDataset('perceptron', data)
  const { maxSteps = 10_000 * data.x.rows } = options
  checkCount('perceptron', 'maxSteps', maxSteps)
  return cyclic(signedRows('perceptron', data), {
    eta: 1,
    maxSteps,
    short: (product) => product <= 0,
  })
}

/**
 * Runs the averaged perceptron, which makes the updates of `perceptron` but returns the mean of the
 * weights over all visits. On inseparable data the mean is more stable than the last weights, which
 * do not converge.
 *
 *     w̄ = (w_1 + … + w_T)/T,   w_t the weights after visit t
 *
 * @param options - maxSteps, default 10,000 n
 * @returns as `perceptron`, with w̄ for w; w̄ need not separate the data, even if the last weights
 *   do
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * Cost: as for the perceptron; each update is weighted by the number of visits after it, so that no
 * vectors are added at visits without update. Source: Freund & Schapire (1999).
 *
 * @example
 * import { averagedPerceptron } from '@nonconvex/overparam/perceptron'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * console.log(averagedPerceptron({ x, y: Float64Array.of(1, -1) }).w) // → Float64Array(2) [ 1, -0.75 ]
 */
export function averagedPerceptron(
  data: Examples,
  options: { readonly maxSteps?: number } = {},
): PerceptronOutcome {
  checkDataset('averagedPerceptron', data)
  const { maxSteps = 10_000 * data.x.rows } = options
  checkCount('averagedPerceptron', 'maxSteps', maxSteps)
  const a = signedRows('averagedPerceptron', data)
  /** Σ (t − 1) a_i over the updates: what the mean lacks of the last weights, times T */
  const late = new Float64Array(a.cols)
  const outcome = cyclic(a, {
    eta: 1,
    maxSteps,
    short: (product) => product <= 0,
    moved: (step, i) => addRowInto(late, step - 1, a, i),
  })
  return { ...outcome, w: outcome.w.map((value, c) => value - late[c] / outcome.steps) }
}

/**
 * Runs the perceptron with margin 1 in cyclic order from w = 0: if y w·x < 1, w ← w + η y x.
 *
 *     updates ≤ ‖w*‖²(R² + 2/η)/γ²,   γ = min y w*·x
 *
 * For α = 1 and W_0 = 0 the network of width k makes the updates of this rule with learning rate
 * 2kηv².
 *
 * @param options - eta, default 1; maxSteps, default 10,000 n
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * @example
 * import { marginPerceptron } from '@nonconvex/overparam/perceptron'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * console.log(marginPerceptron({ x, y: Float64Array.of(1, -1) }, { eta: 0.25 }).updates) // → 8
 */
export function marginPerceptron(
  data: Examples,
  options: { readonly eta?: number; readonly maxSteps?: number } = {},
): PerceptronOutcome {
  checkDataset('marginPerceptron', data)
  const { eta = 1, maxSteps = 10_000 * data.x.rows } = options
  checkPositive('marginPerceptron', 'eta', eta)
  checkCount('marginPerceptron', 'maxSteps', maxSteps)
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
 * Runs the batch perceptron from w = 0: w ← w + the mean of all y x with y w·x ≤ 0, until there are
 * none.
 *
 *     iterations ≤ (R/γ)²,   since ‖w‖² grows by at most R² and w·w* by at least γ
 *
 * @param options - maxIterations, default 100,000
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * Cost: two passes over the data an iteration.
 *
 * @example
 * import { batchPerceptron } from '@nonconvex/overparam/perceptron'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * console.log(batchPerceptron({ x, y: Float64Array.of(1, -1) }).iterations) // → 1
 */
export function batchPerceptron(
  data: Examples,
  options: { readonly maxIterations?: number } = {},
): BatchPerceptronOutcome {
  checkDataset('batchPerceptron', data)
  const { maxIterations = 100_000 } = options
  checkCount('batchPerceptron', 'maxIterations', maxIterations)
  const a = signedRows('batchPerceptron', data)
  const w = new Float64Array(a.cols)
  const all = Array.from({ length: a.rows }, (_, i) => i)
  for (let iterations = 0; ; iterations++) {
    const wrong = all.filter((i) => signedDot(a, i, w) <= 0)
    if (wrong.length === 0) return { status: 'converged', w, iterations }
    if (iterations === maxIterations) return { status: 'max-iterations', w, iterations }
    for (const i of wrong) addRowInto(w, 1 / wrong.length, a, i)
  }
}
