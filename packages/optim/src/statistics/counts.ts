import {
  argumentError,
  checkCount,
  checkInteger,
  checkProperFraction,
} from '@nonconvex/tensor/check'

/**
 * The counts on which a compression bound depends: the sizes of the sample and of the compression
 * set, and δ.
 */
export interface SubsetCounts {
  /** number of training examples, drawn independently */
  readonly n: number
  /** c, the number of distinct examples ever updated */
  readonly distinct: number
  /** failure probability, in (0, 1) */
  readonly delta: number
}

/** The counts of a compression bound with U, the number of updates. */
export interface UpdateCounts extends SubsetCounts {
  readonly updates: number
}

/** @throws RangeError naming the count that is outside its range */
export function checkSubset(fn: string, { n, distinct, delta }: SubsetCounts): void {
  checkCount(fn, 'n', n)
  if (!(Number.isInteger(distinct) && distinct >= 0 && distinct <= n))
    throw argumentError(
      'out-of-range',
      fn,
      'distinct',
      `to be an integer in [0, n = ${n}]`,
      distinct,
    )
  checkProperFraction(fn, 'delta', delta)
}

/** @throws RangeError naming the count that is outside its range */
export function checkUpdates(fn: string, counts: UpdateCounts): void {
  checkSubset(fn, counts)
  const { updates, distinct } = counts
  checkInteger(fn, 'updates', updates, 0)
  if (updates < distinct || (distinct === 0 && updates > 0))
    throw argumentError(
      'out-of-range',
      fn,
      'updates',
      distinct === 0 ? 'to be 0 as distinct is' : `to be at least distinct = ${distinct}`,
      updates,
    )
}

/**
 * The error ε with codes · (1 − ε)^unused = δ: with probability at least 1 − δ no code among this
 * many yields a hypothesis with a larger error that makes no error on the examples outside its
 * code. It is 1 if there are no such examples.
 */
export const errorOfCodes = (logCodes: number, delta: number, unused: number): number =>
  unused > 0 ? -Math.expm1(-(logCodes - Math.log(delta)) / unused) : 1
