import { type Examples, rowNorms2, LEAST_SQUARE, MOST_SQUARE } from '../data/dataset.js'
import { rowValues, sameRow } from '../data/sparse-rows.js'
import { constantFeatures } from '../model/preparation.js'
import { DataError } from '../tabular/data-error.js'
import { exampleHash } from '../tabular/row-hash.js'
import type { Table } from '../tabular/table.js'

/** Facts about the examples of a table that are known before training. */
export interface TableFacts {
  readonly examples: number
  /** features in the file */
  readonly features: number
  readonly positives: number
  readonly negatives: number
  /** duplicates: rows equal to an earlier row with the same label */
  readonly repeated: number
  /** lines of the first pair of equal rows with equal labels */
  readonly repeatedLines: readonly [number, number] | undefined
  /** names of constant features */
  readonly constant: readonly string[]
}

/** Counts the examples, duplicate rows and constant features of a table. */
export function inspect(table: Table): TableFacts {
  const { x, y, lines, features } = table
  const positives = y.reduce((sum, label) => sum + (label > 0 ? 1 : 0), 0)
  const constant = constantFeatures(x)
  const { count, first } = repeats(table)
  return {
    examples: x.rows,
    features: x.cols,
    positives,
    negatives: x.rows - positives,
    repeated: count,
    repeatedLines: first && [lines[first[0]], lines[first[1]]],
    constant: features.filter((_, c) => constant[c]),
  }
}

/** Finds equal rows with equal labels by hashing. */
function repeats({ x, y }: Examples): {
  readonly count: number
  readonly first: readonly [number, number] | undefined
} {
  const equal = (i: number, j: number): boolean => y[i] === y[j] && sameRow(x, i, x, j)
  // -1 ends a chain of different rows with one hash
  const last = new Map<number, number>()
  const before = new Int32Array(x.rows).fill(-1)
  let count = 0
  let first: readonly [number, number] | undefined
  for (let i = 0; i < x.rows; i++) {
    const h = exampleHash(x, i, y[i])
    let j = last.get(h) ?? -1
    while (j >= 0 && !equal(i, j)) j = before[j]
    if (j >= 0) {
      count++
      first ??= [j, i]
      continue
    }
    before[i] = last.get(h) ?? -1
    last.set(h, i)
  }
  return { count, first }
}

/** The first row whose squared norm overflows or underflows in float64; −1 if there is none. */
const outside = ({ x }: Examples): number =>
  rowNorms2(x).findIndex(
    (square, i) =>
      !(square >= LEAST_SQUARE && square <= MOST_SQUARE) &&
      rowValues(x, i).some((value) => value !== 0),
  )

/** @throws DataError for a row whose squared norm is beyond a float64, naming its line */
export function checkNorms(data: Examples, lines: Int32Array): void {
  const at = outside(data)
  if (at >= 0)
    throw new DataError(
      'number',
      { line: lines[at] },
      'expected a row of norm in [1e-140, 1e140], got one outside; write the features in other units',
    )
}

/** @throws DataError if the scale has brought a row there */
export function checkScale(data: Examples, scale: number): void {
  if (outside(data) >= 0)
    throw new DataError(
      'scale',
      {},
      `expected a scale that leaves rows of norm in [1e-140, 1e140], got ${scale}; choose one that brings the longest row to about 1`,
    )
}
