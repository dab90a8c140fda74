import { checkCount, checkInteger, argumentError } from '@nonconvex/tensor/check'

/**
 * An instance of set splitting: can the elements be partitioned into k parts so that no subset lies
 * inside one part? The problem is NP-complete, for k = 2 even with subsets of three elements
 * (Lovász 1973; Garey & Johnson, SP4).
 */
export interface SetSystem {
  /** elements are 0 … n − 1 */
  readonly n: number
  /** subsets of the elements, each of at least two */
  readonly subsets: readonly (readonly number[])[]
  /** number of parts, integer ≥ 2 */
  readonly k: number
}

/**
 * Throws unless the argument is a set system: its numbers are integers in range, its subsets have
 * at least two different elements, and k ≥ 2.
 *
 * @param fn - what messages begin with
 * @throws RangeError that names the subset and the element that are wrong
 *
 * @example
 * import { checkSetSystem } from '@nonconvex/gaussian-theory/data'
 * try {
 *   checkSetSystem('mine', { n: 3, subsets: [[0, 1], [2, 3]], k: 2 })
 * } catch (error) {
 *   console.log(error.message) // → mine: expected subsets[1][1] to be an element in [0, n − 1 = 2], got 3
 * }
 */
export function checkSetSystem(fn: string, { n, subsets, k }: SetSystem): void {
  checkCount(fn, 'n', n)
  checkInteger(fn, 'k', k, 2)
  subsets.forEach((subset, c) => {
    if (subset.length < 2)
      throw argumentError(
        'shape',
        fn,
        `subsets[${c}]`,
        'to have at least two elements (one alone is inside any part)',
        subset.length,
      )
    subset.forEach((element, at) => {
      if (!Number.isInteger(element) || element < 0 || element >= n)
        throw argumentError(
          'out-of-range',
          fn,
          `subsets[${c}][${at}]`,
          `to be an element in [0, n − 1 = ${n - 1}]`,
          element,
        )
      if (subset.indexOf(element) !== at)
        throw argumentError(
          'duplicate',
          fn,
          `subsets[${c}]`,
          'not to repeat an element',
          `${element} twice`,
        )
    })
  })
}
