import type { Matrix } from '@nonconvex/tensor'

/**
 * The nonzero entries of a matrix in compressed sparse row format: row i has the positions start[i]
 * … start[i+1] − 1.
 */
export interface SparseRows {
  readonly rows: number
  readonly cols: number
  readonly start: Int32Array
  readonly index: Int32Array
  readonly value: Float64Array
}

/** Features of n examples, n × d, as a matrix or as its nonzero entries. */
export type Features = Matrix | SparseRows

export const isSparse = (x: Features): x is SparseRows => 'index' in x

/** The values of a row: all of them, or the nonzero ones if it is sparse. */
export const rowValues = (x: Features, i: number): Float64Array =>
  isSparse(x)
    ? x.value.subarray(x.start[i], x.start[i + 1])
    : x.data.subarray(i * x.cols, (i + 1) * x.cols)

/** The column numbers of the values of a sparse row. */
export const rowIndex = (x: SparseRows, i: number): Int32Array =>
  x.index.subarray(x.start[i], x.start[i + 1])

/**
 * The product w·x_i, summed in ascending order of the features; zeros change nothing, so dense and
 * sparse rows give the same bits.
 */
export function rowDot(x: Features, i: number, w: Float64Array): number {
  let sum = 0
  if (isSparse(x))
    for (let q = x.start[i]; q < x.start[i + 1]; q++) sum += x.value[q] * w[x.index[q]]
  else for (let c = 0, p = i * x.cols; c < x.cols; c++, p++) sum += x.data[p] * w[c]
  return sum
}

/** The entry in row i and column c. */
export function entryOf(x: Features, i: number, c: number): number {
  if (!isSparse(x)) return x.data[i * x.cols + c]
  const at = rowIndex(x, i).indexOf(c)
  return at < 0 ? 0 : rowValues(x, i)[at]
}

/** The columns in which at least one of the rows is nonzero, in ascending order. */
export function usedColumns(x: Features, rows: readonly number[]): readonly number[] {
  const used = new Set<number>()
  for (const i of rows) {
    const index = isSparse(x) ? rowIndex(x, i) : undefined
    rowValues(x, i).forEach((value, q) => {
      if (value !== 0) used.add(index ? index[q] : q)
    })
  }
  return Array.from(used).sort((a, b) => a - b)
}

/** Whether two rows are equal; both tables must be dense or both sparse. */
export function sameRow(a: Features, i: number, b: Features, j: number): boolean {
  const [left, right] = [rowValues(a, i), rowValues(b, j)]
  if (left.length !== right.length) return false
  for (let q = 0; q < left.length; q++) if (left[q] !== right[q]) return false
  if (!isSparse(a) || !isSparse(b)) return true
  const [at, to] = [rowIndex(a, i), rowIndex(b, j)]
  return at.every((c, q) => c === to[q])
}

/** The given rows, in the given order. */
export function takeRows(x: Features, rows: readonly number[]): Features {
  if (!isSparse(x)) {
    const data = new Float64Array(rows.length * x.cols)
    rows.forEach((i, at) => data.set(rowValues(x, i), at * x.cols))
    return { rows: rows.length, cols: x.cols, data }
  }
  const start = new Int32Array(rows.length + 1)
  rows.forEach((i, at) => (start[at + 1] = start[at] + x.start[i + 1] - x.start[i]))
  const [index, value] = [new Int32Array(start[rows.length]), new Float64Array(start[rows.length])]
  rows.forEach((i, at) => {
    index.set(rowIndex(x, i), start[at])
    value.set(rowValues(x, i), start[at])
  })
  return { rows: rows.length, cols: x.cols, start, index, value }
}

/** The rows first … last − 1, without a copy of their values. */
export function rowRange(x: Features, first: number, last: number): Features {
  const { cols } = x
  const rows = last - first
  if (!isSparse(x)) return { rows, cols, data: x.data.subarray(first * cols, last * cols) }
  const [from, to] = [x.start[first], x.start[last]]
  const start = x.start.slice(first, last + 1).map((at) => at - from)
  return { rows, cols, start, index: x.index.subarray(from, to), value: x.value.subarray(from, to) }
}

/** The shape of a table: n × d and the number of nonzero entries (`index.length`). */
export interface Shape {
  readonly rows: number
  readonly cols: number
  readonly index: { readonly length: number }
}

export function shapeOf(x: Features): Shape {
  if (isSparse(x)) return x
  const { rows, cols, data } = x
  let length = 0
  for (let p = 0; p < data.length; p++) if (data[p] !== 0) length++
  return { rows, cols, index: { length } }
}

/**
 * The nonzero entries of a table, with ascending columns in each row; a sparse table is returned
 * unchanged. A function of this package that takes examples accepts both forms; training makes
 * the same updates from both, and sums differ by rounding only. Convert once what several functions
 * read.
 *
 * Cost: O(n d), and 12 bytes for each nonzero entry.
 *
 * @example
 * import { sparseRows } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 3, data: Float64Array.of(0, 5, 0, 7, 0, 8) }
 * const { start, index, value } = sparseRows(x)
 * console.log(start.join(), index.join(), value.join()) // → 0,1,3 1,0,2 5,7,8
 */
export function sparseRows(x: Features): SparseRows {
  if (isSparse(x)) return x
  const { length } = shapeOf(x).index
  const [start, index] = [new Int32Array(x.rows + 1), new Int32Array(length)]
  const value = new Float64Array(length)
  fillRows({ start, index, value }, x)
  return { rows: x.rows, cols: x.cols, start, index, value }
}

/** Writes the nonzero entries of a table into arrays of matching size. */
export function fillRows(
  { start, index, value }: Pick<SparseRows, 'start' | 'index' | 'value'>,
  x: Features,
): void {
  if (isSparse(x)) {
    start.set(x.start)
    index.set(x.index)
    value.set(x.value)
    return
  }
  // plain variables: the loop over fields of x takes three times as long
  const { rows, cols, data } = x
  let at = 0
  for (let i = 0; i < rows; i++) {
    for (let c = 0, p = i * cols; c < cols; c++, p++) {
      const feature = data[p]
      if (feature === 0) continue
      index[at] = c
      value[at++] = feature
    }
    start[i + 1] = at
  }
}

/** ‖x_i‖² of every row. */
export function sparseNorms2(rows: SparseRows): Float64Array {
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    let sum = 0
    for (let q = rows.start[i]; q < rows.start[i + 1]; q++) sum += rows.value[q] * rows.value[q]
    return sum
  })
}

/** The fraction of entries that are nonzero. */
export const density = (x: Shape): number => x.index.length / (x.rows * x.cols)

/**
 * Above this fraction of entries that are not zero plain loops over whole rows are faster, and take
 * no copy.
 */
const DENSE_FROM = 0.7

export const isDense = (x: Shape): boolean => density(x) > DENSE_FROM
