import {
  boundSetting,
  radius,
  separability,
  updateBounds,
  type BoundSetting,
  type Dataset,
  type Separability,
  type UpdateBounds,
} from '@nonconvex/overparam'
import {
  budgetOf,
  prepare,
  unitScale,
  widthOptions,
  type WidthOptions,
} from '@nonconvex/overparam/fit'
import { stream } from '@nonconvex/tensor'
import type { LabeledPoint } from './points.js'

/** The constant feature of every example: lines need not go through the origin. */
export const BIAS = 1

/** Both activation functions. */
export type Activation = 'leaky ReLU' | 'ReLU'

/** The examples of the points, and what is known of them. */
export interface Examples {
  readonly data: Dataset
  /** factor of all features, so that the longest example has norm in (½, 1] */
  readonly scale: number
  readonly separable: Separability
  /** R, the largest norm of an example */
  readonly radius: number
}

/** A run of SGD that is to be made, and its bound. */
export interface Problem {
  readonly examples: Examples
  readonly options: WidthOptions & { readonly maxSteps: number }
  /** for leaky ReLU on separable examples */
  readonly bound?: { readonly setting: BoundSetting; readonly bounds: UpdateBounds }
}

/**
 * The examples as `nonconvex fit separable --bias 1` makes them of the same points; undefined unless
 * both classes have points.
 */
export function examplesOf(points: readonly LabeledPoint[]): Examples | undefined {
  if (new Set(points.map(({ label }) => label)).size < 2) return undefined
  const x = {
    rows: points.length,
    cols: 2,
    data: Float64Array.from(points.flatMap(({ x, y }) => [x, y])),
  }
  const y = Float64Array.from(points, ({ label }) => label)
  const scale = unitScale(radius({ x: prepare(x, { bias: BIAS, scale: 1 }), y }))
  const data = { x: prepare(x, { bias: BIAS, scale }), y }
  return { data, scale, separable: separability(data), radius: radius(data) }
}

/** Visits of each example by a ReLU network that neither converges nor is stuck. */
const RELU_PASSES = 1000

/**
 * The run of width k, as that command makes it from the same seed; the one with ReLU has the same
 * initial weights and the same order of visits.
 */
export function problemOf(
  examples: Examples,
  values: { readonly k: number; readonly alpha: number; readonly eta: number },
  seed: number,
  activation: Activation,
): Problem {
  const { data, separable } = examples
  const { k, eta } = values
  const alpha = activation === 'ReLU' ? 0 : values.alpha
  const drawn = { ...widthOptions(stream(seed).child('fit'), k, data.x.cols), alpha, eta }
  const n = data.y.length
  if (alpha === 0) return { examples, options: { ...drawn, maxSteps: RELU_PASSES * n } }
  if (separable.kind !== 'separable')
    return { examples, options: { ...drawn, maxSteps: budgetOf(n, undefined).maxSteps } }
  const net = { k, d: data.x.cols, v: drawn.v, alpha, weights: drawn.start }
  const setting = boundSetting(net, data, separable.w, eta)
  const bounds = updateBounds(setting)
  const { maxSteps } = budgetOf(n, bounds.best)
  return { examples, options: { ...drawn, maxSteps }, bound: { setting, bounds } }
}
