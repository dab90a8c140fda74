import { ShapeError } from '@nonconvex/tensor'
import { checkLabels } from '../data/dataset.js'

function checkPair(fn: string, outputs: Float64Array, y: Float64Array): void {
  if (outputs.length !== y.length)
    throw new ShapeError(
      `${fn}: expected ${y.length} outputs, one for each label, got ${outputs.length}`,
    )
  if (y.length === 0) throw new RangeError(`${fn}: expected at least one example, got none`)
  checkLabels(fn, y)
}

/**
 * The mean hinge loss (1/n) Σ max(0, 1 − y_i N_i). It is exactly 0 if and only if SGD has no
 * example to update, and NaN if an output is NaN.
 *
 * @throws ShapeError if the lengths differ; RangeError for no examples or a label other than ±1
 *
 * @example
 * import { hingeLoss } from '@nonconvex/overparam'
 * console.log(hingeLoss(Float64Array.of(2, 0.5), Float64Array.of(1, 1))) // → 0.25
 */
export function hingeLoss(outputs: Float64Array, y: Float64Array): number {
  checkPair('hingeLoss', outputs, y)
  return outputs.reduce((sum, value, i) => sum + Math.max(0, 1 - y[i] * value), 0) / y.length
}

/**
 * The fraction of examples with y_i N_i ≤ 0; an output of 0 or NaN counts as an error.
 *
 * @throws ShapeError if the lengths differ; RangeError for no examples or a label other than ±1
 *
 * @example
 * import { errorRate } from '@nonconvex/overparam'
 * console.log(errorRate(Float64Array.of(2, 0, -1, -1), Float64Array.of(1, 1, 1, -1))) // → 0.5
 */
export function errorRate(outputs: Float64Array, y: Float64Array): number {
  checkPair('errorRate', outputs, y)
  return outputs.reduce((sum, value, i) => sum + (y[i] * value > 0 ? 0 : 1), 0) / y.length
}

/**
 * The fraction of examples with y_i N_i < 1, which have a positive hinge loss; an output of NaN
 * counts as well.
 *
 * @throws ShapeError if the lengths differ; RangeError for no examples or a label other than ±1
 *
 * @example
 * import { hingeRate } from '@nonconvex/overparam'
 * console.log(hingeRate(Float64Array.of(2, 1, 0.9, -3), Float64Array.of(1, 1, 1, -1))) // → 0.25
 */
export function hingeRate(outputs: Float64Array, y: Float64Array): number {
  checkPair('hingeRate', outputs, y)
  return outputs.reduce((sum, value, i) => sum + (y[i] * value >= 1 ? 0 : 1), 0) / y.length
}
