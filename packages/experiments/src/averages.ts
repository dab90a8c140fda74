/** The arithmetic mean; NaN for an empty list. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** A mean of independent samples with its standard error. */
export interface Estimate {
  readonly mean: number
  readonly error: number
}

/** The mean of n samples and its standard error, from their sum and the sum of their squares. */
export function estimateOf(sum: number, squares: number, n: number): Estimate {
  const mean = sum / n
  return { mean, error: Math.sqrt(Math.max(0, squares / n - mean * mean) / n) }
}

/** The lower median, so that it is one of the values; null for an empty list. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

/** Each number once, ascending. */
export const ascending = (values: Iterable<number>): number[] =>
  [...new Set(values)].sort((a, b) => a - b)

/** Rows with the same value of a number. */
export interface Group<R> {
  readonly at: number
  readonly rows: readonly R[]
}

/** Groups rows by a number, ascending; the rows of a group keep their order. */
export const groupsBy = <R>(rows: readonly R[], of: (row: R) => number): readonly Group<R>[] =>
  ascending(rows.map(of)).map((at) => ({ at, rows: rows.filter((row) => of(row) === at) }))

/** The mean of the values that are not null; null if all are. */
export function meanKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? mean(known) : null
}

/** The mean; null if a value is null. */
export const meanOfAll = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : meanKnown(values)

/** The largest; null for an empty list. */
export const largest = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.max(...values)

/** The smallest; null for an empty list. */
export const smallest = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.min(...values)

/** The number; null if it is not finite: tables hold finite numbers. */
export const finite = (x: number): number | null => (Number.isFinite(x) ? x : null)
