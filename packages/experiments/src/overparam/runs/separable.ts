import {
  certifyMargin,
  minMargin,
  radius,
  separability,
  type Examples,
  type Separable,
} from '@nonconvex/overparam'

/** The separability of a data set, with the array that proves it. */
export interface Known {
  readonly separable: Separable
  readonly wStar?: Float64Array
  readonly gordan?: Float64Array
}

/**
 * What was found about data sets that are still in use: the runs on one ask one after the other.
 */
const found = new WeakMap<Examples, Known>()

/** Finds a separator, or weights that prove that there is none, or neither. */
export function decideSeparable(data: Examples): Known {
  const known = found.get(data) ?? decide(data)
  found.set(data, known)
  return known
}

function decide(data: Examples): Known {
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
 *
 * @throws ShapeError, RangeError unless an array has a finite number for each feature or example
 */
export function provenSeparable(
  data: Examples,
  given: { readonly wStar?: Float64Array; readonly gordan?: Float64Array },
): Separable {
  if (given.wStar && minMargin(data, given.wStar) > 0) return 'yes'
  return given.gordan && certifyMargin(data, given.gordan).hi <= ZERO * radius(data)
    ? 'no'
    : 'unknown'
}
