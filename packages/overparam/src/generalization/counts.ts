import { naturalNumber, positiveInteger, properFraction } from '../border.js'

/** What a compression bound is made from: it needs no more than the size of the compression set. */
export interface SubsetCounts {
  /** number of training examples, drawn independently */
  readonly n: number
  /** c, the number of distinct examples ever updated */
  readonly distinct: number
  /** in (0, 1): the bound may fail with this probability */
  readonly delta: number
}

/** The same with U, the number of updates. */
export interface UpdateCounts extends SubsetCounts {
  readonly updates: number
}

/** @throws RangeError naming the count that is outside its range */
export function checkSubset(fn: string, { n, distinct, delta }: SubsetCounts): void {
  positiveInteger(fn, 'n', n)
  if (!(Number.isInteger(distinct) && distinct >= 0 && distinct <= n))
    throw new RangeError(`${fn}: distinct must be an integer in [0, n = ${n}], got ${distinct}`)
  properFraction(fn, 'delta', delta)
}

/** @throws RangeError naming the count that is outside its range */
export function checkUpdates(fn: string, counts: UpdateCounts): void {
  checkSubset(fn, counts)
  const { updates, distinct } = counts
  naturalNumber(fn, 'updates', updates)
  if (updates < distinct || (distinct === 0 && updates > 0))
    throw new RangeError(
      `${fn}: updates must be ${distinct === 0 ? '0 as distinct is' : `at least distinct = ${distinct}`}, got ${updates}`,
    )
}

/**
 * The error ε with codes · (1 − ε)^unused = δ: no hypothesis with one of so many codes has a larger
 * error and yet none on the examples outside its code, but for a probability of δ. 1 if there are
 * none outside.
 */
export const errorOfCodes = (logCodes: number, delta: number, unused: number): number =>
  unused > 0 ? -Math.expm1(-(logCodes - Math.log(delta)) / unused) : 1
