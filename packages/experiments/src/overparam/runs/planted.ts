import type { Dataset } from '@nonconvex/overparam'
import { norm2, type Stream } from '@nonconvex/tensor'

export interface PlantedOptions {
  readonly n: number
  readonly d: number
  /** least distance from the hyperplane, in (0, 1) */
  readonly gamma: number
  /** flipped labels, default 0 */
  readonly flips?: number
}

/** A data set with a hyperplane that separates it, unless labels were flipped afterwards. */
export interface Planted {
  readonly data: Dataset
  /** [d] unit normal of the hyperplane that made the labels */
  readonly teacher: Float64Array
}

/**
 * Uniform directions, pushed away from a random hyperplane until every point has distance ≥ gamma
 * from it, norm 1, labeled by their side; then `flips` labels are flipped.
 */
export function plantedData(p: PlantedOptions, stream: Stream): Planted {
  const { n, d, gamma, flips = 0 } = p
  const teacher = stream.child('teacher').unitVector(d)
  const points = stream.child('points')
  const x = new Float64Array(n * d)
  const y = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const u = points.unitVector(d)
    const along = u.reduce((sum, value, c) => sum + value * teacher[c], 0)
    y[i] = along >= 0 ? 1 : -1
    const rest = u.map((value, c) => value - along * teacher[c])
    const length = norm2(rest) || 1
    const wanted = gamma + (1 - gamma) * Math.abs(along)
    const across = Math.sqrt(Math.max(0, 1 - wanted * wanted)) / length
    for (let c = 0; c < d; c++) x[i * d + c] = y[i] * wanted * teacher[c] + across * rest[c]
  }
  for (const i of stream.child('flips').sample(n, Math.min(n, flips))) y[i] = -y[i]
  return { data: { x: { rows: n, cols: d, data: x }, y }, teacher }
}

/** The examples of these indices. */
export function rowsOf({ x, y }: Dataset, indices: Int32Array): Dataset {
  const data = new Float64Array(indices.length * x.cols)
  indices.forEach((i, at) => data.set(x.data.subarray(i * x.cols, (i + 1) * x.cols), at * x.cols))
  return {
    x: { rows: indices.length, cols: x.cols, data },
    y: Float64Array.from(indices, (i) => y[i]),
  }
}
