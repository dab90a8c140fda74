import { checkDataset, type Examples } from './dataset.js'
import { isSparse, rowIndex, rowValues } from './sparse-rows.js'

/**
 * One or two rows that no hyperplane through the origin separates: a zero row, or two rows with y_i
 * x_i = −y_j x_j (equal rows with opposite labels, or opposite rows with equal labels). They are
 * the shortest Gordan witness, a convex combination of the y_i x_i that is exactly zero.
 */
export interface Contradiction {
  readonly rows: readonly number[]
  readonly weights: readonly number[]
}

/**
 * The 32-bit FNV-1a hash of a row up to its sign, with −0 counted as 0, including its column
 * numbers if it is sparse.
 */
function hash(
  row: Float64Array,
  places: Int32Array | undefined,
  sign: number,
  bits: Uint32Array,
  cell: Float64Array,
): number {
  let h = 0x811c9dc5
  if (places) for (const place of places) h = Math.imul(h ^ place, 0x01000193)
  for (const value of row) {
    cell[0] = sign * value + 0
    h = Math.imul(h ^ bits[0], 0x01000193)
    h = Math.imul(h ^ bits[1], 0x01000193)
  }
  return h
}

/**
 * Compares two nonzero rows: 1 if they are equal, −1 if one is the negative of the other, otherwise
 * 0.
 */
function compare(a: Float64Array, b: Float64Array): -1 | 0 | 1 {
  const at = a.findIndex((value) => value !== 0)
  const sign = a[at] === b[at] ? 1 : -1
  return a.every((value, c) => value === sign * b[c]) ? sign : 0
}

/**
 * Searches for a zero row or two rows that contradict each other, by hashing in one pass over the
 * data.
 *
 * @returns the rows with their weights, or undefined if there are none (no proof of separability)
 * @throws ShapeError, RangeError for a malformed data set
 *
 * @example
 * import { findContradiction } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 1, data: Float64Array.of(2, 2) }
 * console.log(findContradiction({ x, y: Float64Array.of(1, -1) })?.rows) // → [ 0, 1 ]
 */
export function findContradiction(data: Examples): Contradiction | undefined {
  checkDataset('findContradiction', data)
  const { x, y } = data
  const cell = new Float64Array(1)
  const bits = new Uint32Array(cell.buffer)
  const seen = new Map<number, number[]>()
  const row = (i: number): Float64Array => rowValues(x, i)
  const places = (i: number) => (isSparse(x) ? rowIndex(x, i) : undefined)
  const samePlaces = (i: number, j: number): boolean => {
    const [a, b] = [places(i), places(j)]
    return !a || !b || (a.length === b.length && a.every((place, q) => place === b[q]))
  }
  for (let i = 0; i < x.rows; i++) {
    const first = row(i).find((value) => value !== 0)
    if (first === undefined) return { rows: [i], weights: [1] }
    const h = hash(row(i), places(i), Math.sign(first), bits, cell)
    const earlier = seen.get(h) ?? []
    let known = false
    for (const j of earlier) {
      const equal = samePlaces(i, j) ? compare(row(i), row(j)) : 0
      if (equal === -y[i] * y[j]) return { rows: [j, i], weights: [0.5, 0.5] }
      known ||= equal !== 0
    }
    // one of equal rows with equal labels is enough, or many of them would take quadratic time
    if (!known) seen.set(h, [...earlier, i])
  }
  return undefined
}

/** The contradiction that `findContradiction` finds, as [n] convex weights of all rows. */
export function contradictionWeights(data: Examples): Float64Array | undefined {
  const found = findContradiction(data)
  if (!found) return undefined
  const lambda = new Float64Array(data.x.rows)
  found.rows.forEach((row, at) => (lambda[row] = found.weights[at]))
  return lambda
}
