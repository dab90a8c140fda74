import type { Stream, Matrix } from '@nonconvex/tensor'

/**
 * Mean scores of each label, [labels][labels]; the label itself and those of its group are not 0.
 */
export type Means = readonly (readonly (readonly [column: number, mean: number])[])[]

/**
 * The mean scores of the detector for each label:
 *
 *     alone: s e_c;   in a group of g: Σ_{k in the group} s e_k / √(2g) + s_in e_c
 *
 * so that the distance between groups is independent of their size, and that between members is √2
 * s_in.
 */
export function meansOf(
  groups: readonly (readonly number[])[],
  apart: number,
  inner: number,
): Means {
  return groups.map((group, c) =>
    group.map((k): readonly [number, number] => {
      if (group.length === 1) return [k, apart]
      return [k, apart / Math.sqrt(2 * group.length) + (k === c ? inner : 0)]
    }),
  )
}

/**
 * Scores x ~ N(μ_c, I) for each label, as log-likelihoods up to a constant, rounded to a
 * thousandth:
 *
 *     ℓ_k = μ_k · x − |μ_k|² / 2
 */
export function logits(labels: readonly number[], means: Means, source: Stream): Matrix {
  const cols = means.length
  const data = new Float64Array(labels.length * cols)
  const half = means.map((mean) => mean.reduce((sum, [, m]) => sum + m ** 2, 0) / 2)
  const x = new Float64Array(cols)
  labels.forEach((label, row) => {
    source.normalInto(x)
    for (const [column, mean] of means[label]) x[column] += mean
    for (let k = 0; k < cols; k++) {
      let inner = -half[k]
      for (const [column, mean] of means[k]) inner += mean * x[column]
      // + 0: no −0, which a file does not keep
      data[row * cols + k] = Math.round(1000 * inner) / 1000 + 0
    }
  })
  return { rows: labels.length, cols, data }
}

/** The rows of a matrix as lists. */
export const rowsOf = ({ rows, cols, data }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)))
