import type { MultilabelData } from './data.js'

export type Rows = MultilabelData['x']

/** What is subtracted from each feature, and the divisor of the rest. */
export interface Scaling {
  readonly mean: Float32Array
  readonly scale: Float32Array
}

/** Features whose values are all 0 or 1 stay; others are divided by their deviation. */
export function scaling({ x, features, rows }: MultilabelData): Scaling {
  const d = features.length
  const [sum, squares, count] = [new Float64Array(d), new Float64Array(d), new Float64Array(d)]
  const binary = new Uint8Array(d).fill(1)
  // the rows may be some of a larger matrix
  const [from, to] = [x.start[0], x.start[rows]]
  for (let t = from; t < to; t++) {
    const [j, value] = [x.index[t], x.value[t]]
    sum[j] += value
    count[j]++
    if (value !== 1) binary[j] = 0
  }
  // rows that are mostly zeros stay so
  const centered = to - from > 0.3 * rows * d
  const mean = new Float32Array(d)
  for (let j = 0; j < d; j++) if (binary[j] === 0 && centered) mean[j] = sum[j] / rows
  for (let t = from; t < to; t++) {
    const j = x.index[t]
    squares[j] += (x.value[t] - mean[j]) ** 2
  }
  const scale = Float32Array.from(binary, (stays, j) => {
    const variance = (squares[j] + (rows - count[j]) * mean[j] ** 2) / rows
    return stays === 1 || variance === 0 ? 1 : Math.sqrt(variance)
  })
  return { mean, scale }
}

/** Rows as the network takes them. */
export function scaled({ x, features, rows }: MultilabelData, { mean, scale }: Scaling): Rows {
  const d = features.length
  if (mean.every((m) => m === 0))
    return { ...x, value: x.value.map((value, t) => value / scale[x.index[t]]) }
  const value = new Float64Array(rows * d)
  const index = Int32Array.from(value, (_, at) => at % d)
  for (let r = 0; r < rows; r++) {
    const row = value.subarray(r * d, (r + 1) * d)
    for (let j = 0; j < d; j++) row[j] = -mean[j] / scale[j]
    for (let t = x.start[r]; t < x.start[r + 1]; t++) {
      const j = x.index[t]
      row[j] = (x.value[t] - mean[j]) / scale[j]
    }
  }
  return { start: Int32Array.from({ length: rows + 1 }, (_, r) => r * d), index, value }
}

/** out ← bias + x W, a row of sparse features at a time. */
export function sparseProduct(
  out: Float32Array,
  x: Rows,
  rows: ArrayLike<number>,
  w: Float32Array,
  bias: Float32Array,
): void {
  const n = bias.length
  for (let b = 0; b < rows.length; b++) {
    const to = b * n
    out.set(bias, to)
    for (let t = x.start[rows[b]]; t < x.start[rows[b] + 1]; t++) {
      const value = x.value[t]
      const from = x.index[t] * n
      for (let h = 0; h < n; h++) out[to + h] += value * w[from + h]
    }
  }
}

/** g ← g + xᵀ d. */
export function sparseGradient(
  g: Float32Array,
  x: Rows,
  rows: ArrayLike<number>,
  d: Float32Array,
  n: number,
): void {
  for (let b = 0; b < rows.length; b++)
    for (let t = x.start[rows[b]]; t < x.start[rows[b] + 1]; t++) {
      const value = x.value[t]
      const to = x.index[t] * n
      for (let h = 0; h < n; h++) g[to + h] += value * d[b * n + h]
    }
}
