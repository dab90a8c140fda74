import type { Interval } from './interval.js'

/** A vector of intervals, and a box: the points whose every coordinate lies in its interval. */
export type IntervalVector = readonly Interval[]

/** A matrix of intervals, row-major as `Matrix`: entry (i, j) is `data[i * cols + j]`. */
export interface IntervalMatrix {
  readonly rows: number
  readonly cols: number
  /** [rows · cols] */
  readonly data: readonly Interval[]
}
