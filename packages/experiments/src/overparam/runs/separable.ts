import { minMargin, radius, separability, type Dataset, type Separable } from '@nonconvex/overparam'

/** The separability of a data set, with the array that proves it. */
export interface Known {
  readonly separable: Separable
  readonly wStar?: Float64Array
  readonly gordan?: Float64Array
}

/**
 * What was found about data sets that are still in use: the runs on one ask one after the other.
 */
const found = new WeakMap<Dataset, Known>()

/** Finds a separator, or weights that prove that there is none, or neither. */
export function decideSeparable(data: Dataset): Known {
  const known = found.get(data) ?? decide(data)
  found.set(data, known)
  return known
}

function decide(data: Dataset): Known {
  const answer = separability(data)
  switch (answer.kind) {
    case 'separable':
      return { separable: 'yes', wStar: answer.w }
    case 'inseparable':
      return { separable: 'no', gordan: answer.lambda }
    case 'undecided':
      return { separable: 'unknown' }
  }
}

/** Norm of a convex combination, relative to R, that counts as zero. */
const ZERO = 1e-9

/**
 * The separability that the given arrays prove: a separator by its margin, Gordan weights by the
 * norm of their combination.
 */
export function provenSeparable(
  data: Dataset,
  given: { readonly wStar?: Float64Array; readonly gordan?: Float64Array },
): Separable {
  if (given.wStar && minMargin(data, given.wStar) > 0) return 'yes'
  return given.gordan && contradicts(data, given.gordan) ? 'no' : 'unknown'
}

function contradicts({ x, y }: Dataset, weights: Float64Array): boolean {
  if (weights.length !== x.rows || weights.some((weight) => !(weight >= 0))) return false
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const sum = new Float64Array(x.cols)
  weights.forEach((weight, i) => {
    for (let c = 0; c < x.cols; c++) sum[c] += weight * y[i] * x.data[i * x.cols + c]
  })
  const norm = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0))
  return total > 0 && norm <= ZERO * total * radius({ x, y })
}
