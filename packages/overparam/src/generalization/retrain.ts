import { argumentError } from '@nonconvex/tensor/check'
import type { Examples } from '../data/dataset.js'
import { isSparse, rowIndex, rowValues, type SparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { settle, type SgdOptions } from '../sgd/options.js'
import { visitor } from '../sgd/order.js'
import { SgdRun } from '../sgd/sgd-run.js'

/** The result of a run on a subset of the examples. */
export interface Retrained {
  readonly net: Net
  /** [U] the example of each update, numbered as in the whole set */
  readonly sequence: Int32Array
  /** [U] the step of each update in the order of the whole set, counted from 1 */
  readonly atStep: Int32Array
  /** whether every kept example was visited without an update since the last update */
  readonly converged: boolean
}

/**
 * Runs SGD on a subset of the examples in the order of visits of all examples: visits of the others
 * are skipped but counted. If the subset contains all updated examples, the result has the same
 * bits: so the subset of updated examples is a code for the network, on which `subsetBound` and
 * `blocksBound` are based.
 *
 * @param data - the whole set; rows that are not kept are replaced by zeros
 * @param options - those of the run on all; `trace`, `signal` and `watch` are ignored
 * @param kept - indices in [0, n), in any order
 * @throws ShapeError, RangeError for a malformed data set or option, or an index outside the set
 *
 * Cost: that of the run without the skipped visits.
 *
 * @example
 * import { initialWeights, trainSgd } from '@nonconvex/overparam'
 * import { retrain } from '@nonconvex/overparam/generalization'
 * const x = { rows: 3, cols: 2, data: Float64Array.of(1, 0, 0.9, 0.1, 0, 1) }
 * const data = { x, y: Float64Array.of(1, 1, -1) }
 * const options = { k: 1, start: initialWeights({ kind: 'zero' }, 1, 2), alpha: 1, order: { kind: 'cyclic' } }
 * const all = trainSgd(data, options)
 * const part = retrain(data, options, all.sequence)
 * console.log(all.distinct, part.net.weights.every((w, i) => w === all.net.weights[i])) // → 2 true
 */
export function retrain(data: Examples, options: SgdOptions, kept: Iterable<number>): Retrained {
  const { maxSteps } = settle('retrain', data, options)
  const n = data.x.rows
  const subset = new Set(kept)
  for (const i of subset)
    if (!(Number.isInteger(i) && i >= 0 && i < n))
      throw argumentError('out-of-range', 'retrain', 'kept', `to have indices in [0, n = ${n})`, i)
  const { k, start, order, v, alpha, eta, engine } = options
  const run = new SgdRun(only(data, subset), {
    k,
    start,
    order,
    maxSteps,
    ...(v !== undefined && { v }),
    ...(alpha !== undefined && { alpha }),
    ...(eta !== undefined && { eta }),
    ...(engine !== undefined && { engine }),
  })
  const visit = visitor(order, n)
  let clean = 0
  for (let step = 1; step <= maxSteps && clean < subset.size; step++) {
    if (!subset.has(visit(step))) {
      run.pass(1)
      continue
    }
    run.advance(1)
    if (run.status === 'not-finite') break
    clean = run.progress().clean
  }
  const { net, sequence, atStep } = run.outcome()
  return { net, sequence, atStep, converged: clean === subset.size }
}

/**
 * The data with all rows outside the subset set to zero, so that the result cannot depend on them.
 */
function only({ x, y }: Examples, subset: ReadonlySet<number>): Examples {
  if (isSparse(x)) return onlySparse(x, y, subset)
  const rows = new Float64Array(x.data.length)
  const labels = new Float64Array(x.rows).fill(1)
  for (const i of subset) {
    rows.set(x.data.subarray(i * x.cols, (i + 1) * x.cols), i * x.cols)
    labels[i] = y[i]
  }
  return { x: { ...x, data: rows }, y: labels }
}

function onlySparse(x: SparseRows, y: Float64Array, subset: ReadonlySet<number>): Examples {
  const kept = Array.from({ length: x.rows }, (_, i) => i).filter((i) => subset.has(i))
  const start = new Int32Array(x.rows + 1)
  for (let i = 0; i < x.rows; i++)
    start[i + 1] = start[i] + (subset.has(i) ? x.start[i + 1] - x.start[i] : 0)
  const index = new Int32Array(start[x.rows])
  const value = new Float64Array(start[x.rows])
  for (const i of kept) {
    index.set(rowIndex(x, i), start[i])
    value.set(rowValues(x, i), start[i])
  }
  return { x: { ...x, start, index, value }, y: y.map((label, i) => (subset.has(i) ? label : 1)) }
}

/**
 * The number of entries that differ in any bit, where 0 and −0 differ; all entries if the lengths
 * differ.
 *
 * @example
 * import { differingWeights } from '@nonconvex/overparam/generalization'
 * console.log(differingWeights(Float64Array.of(1, 0), Float64Array.of(1, -0))) // → 1
 */
export function differingWeights(weights: Float64Array, again: Float64Array): number {
  if (weights.length !== again.length) return Math.max(weights.length, again.length)
  return weights.reduce((sum, w, i) => sum + (Object.is(w, again[i]) ? 0 : 1), 0)
}
