import type { Examples, SparseRows } from '@nonconvex/overparam'

type Features = Examples['x']

const isSparse = (x: Features): x is SparseRows => 'index' in x

/** Steps of the power iteration; fewer for large matrices. */
const STEPS = { small: 100, large: 20 }
const LARGE = 1e6

/** Rows on the two principal directions of the centered features. */
export interface Projection {
  /** [n] each */
  readonly x: Float64Array
  readonly y: Float64Array
  /** fraction of the variance along both */
  readonly explained: number
}

/** The two principal directions by power iteration from a fixed start, and the rows on them. */
export function projectionOf(features: Features): Projection {
  const { rows, cols } = features
  const numbers = isSparse(features) ? features.value.length : features.data.length
  const mean = transposed(features, new Float64Array(rows).fill(1 / rows))
  const steps = numbers > LARGE ? STEPS.large : STEPS.small
  const first = direction(features, mean, steps)
  const second = direction(features, mean, steps, first)
  const x = centered(features, mean, first)
  const y = centered(features, mean, second)
  const total = variance(features, mean)
  const along = squares(x) + squares(y)
  return { x, y, explained: total > 0 ? Math.min(1, along / total) : cols > 0 ? 1 : 0 }
}

function direction(
  features: Features,
  mean: Float64Array,
  steps: number,
  other?: Float64Array,
): Float64Array {
  // no symmetric vector: features may sum to a constant
  let v = Float64Array.from(mean, (_, c) => Math.cos(1 + 2 * c))
  for (let step = 0; step < steps; step++) {
    if (other) remove(v, other)
    const along = centered(features, mean, v)
    const next = transposed(features, along)
    const sum = along.reduce((total, value) => total + value, 0)
    next.forEach((value, c) => (next[c] = value - sum * mean[c]))
    if (other) remove(next, other)
    const length = Math.sqrt(squares(next))
    if (!(length > 0)) break
    v = next.map((value) => value / length)
  }
  const length = Math.sqrt(squares(v)) || 1
  return v.map((value) => value / length)
}

function remove(v: Float64Array, unit: Float64Array): void {
  const along = v.reduce((sum, value, c) => sum + value * unit[c], 0)
  v.forEach((value, c) => (v[c] = value - along * unit[c]))
}

const squares = (v: Float64Array): number => v.reduce((sum, value) => sum + value * value, 0)

/** (x_i − mean)·v for each row. */
function centered(features: Features, mean: Float64Array, v: Float64Array): Float64Array {
  const offset = mean.reduce((sum, value, c) => sum + value * v[c], 0)
  const out = new Float64Array(features.rows)
  each(features, (row, column, value) => (out[row] += value * v[column]))
  return out.map((value) => value - offset)
}

/** Σ_i u_i x_i. */
function transposed(features: Features, u: Float64Array): Float64Array {
  const out = new Float64Array(features.cols)
  each(features, (row, column, value) => (out[column] += u[row] * value))
  return out
}

function variance(features: Features, mean: Float64Array): number {
  let total = 0
  each(features, (_, __, value) => (total += value * value))
  return Math.max(0, total - features.rows * squares(mean))
}

function each(
  features: Features,
  visit: (row: number, column: number, value: number) => void,
): void {
  if (isSparse(features)) {
    const { start, index, value } = features
    for (let row = 0; row < features.rows; row++)
      for (let at = start[row]; at < start[row + 1]; at++) visit(row, index[at], value[at])
    return
  }
  const { cols, data } = features
  for (let at = 0; at < data.length; at++) visit(Math.floor(at / cols), at % cols, data[at])
}
