import type { Matrix, Vec } from '../types.js'
import { argumentError } from './errors.js'

/** Anything with a length: a vector, a list or a typed array. */
interface List {
  readonly length: number
}

/**
 * The index of the first entry that is NaN or infinite; −1 if all entries are finite.
 *
 * Cost: O(length).
 *
 * @example
 * import { firstNotFinite } from '@nonconvex/tensor/check'
 * console.log(firstNotFinite([1, 2, NaN]), firstNotFinite([])) // → 2 -1
 */
export function firstNotFinite(values: Vec | Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i
  return -1
}

/** @throws ArgumentError, with the index, unless every entry is finite */
export function checkFiniteVector(fn: string, name: string, v: Vec): void {
  const at = firstNotFinite(v)
  if (at >= 0) throw argumentError('not-finite', fn, `${name}[${at}]`, 'to be finite', v[at])
}

/**
 * @param symbol - the name of the length, if any: 'd' gives 'length d = 3'
 * @throws ShapeError unless v has this length
 */
export function checkLength(
  fn: string,
  name: string,
  v: List,
  length: number,
  symbol?: string,
): void {
  if (v.length !== length) {
    const called = symbol === undefined ? String(length) : `${symbol} = ${length}`
    throw argumentError('shape', fn, name, `to have length ${called}`, v.length)
  }
}

/** @throws ShapeError unless a and b have the same length */
export function checkSameLength(fn: string, nameA: string, a: List, nameB: string, b: List): void {
  if (a.length !== b.length)
    throw argumentError('shape', fn, nameB, `to have the length of ${nameA}, ${a.length}`, b.length)
}

/** @throws ShapeError unless v has this length, ArgumentError unless every entry is finite */
export function checkVector(
  fn: string,
  name: string,
  v: Vec,
  length: number,
  symbol?: string,
): void {
  checkLength(fn, name, v, length, symbol)
  checkFiniteVector(fn, name, v)
}

/** @throws ArgumentError if there is no entry */
export function checkNotEmpty(fn: string, name: string, list: List): void {
  if (list.length === 0) throw argumentError('empty', fn, name, 'not to be empty', 'length 0')
}

/**
 * @param why - the reason, in parentheses: 'not differentiable there'
 * @throws ArgumentError if every entry is 0
 */
export function checkNotZero(fn: string, name: string, v: Vec, why?: string): void {
  for (let i = 0; i < v.length; i++) if (v[i] !== 0) return
  const reason = why === undefined ? '' : ` (${why})`
  throw argumentError('zero-vector', fn, name, `not to be zero${reason}`, 'the zero vector')
}

/** @throws ArgumentError if an entry occurs twice */
export function checkDistinct(
  fn: string,
  name: string,
  list: readonly (number | string)[] | Int32Array,
): void {
  const seen = new Set<number | string>()
  for (const entry of list) {
    if (seen.has(entry))
      throw argumentError('duplicate', fn, name, 'not to repeat an entry', `${entry} twice`)
    seen.add(entry)
  }
}

/** @throws ShapeError unless the data of a match its rows and cols */
export function checkMatrix(
  fn: string,
  name: string,
  { rows, cols, data }: { readonly rows: number; readonly cols: number; readonly data: List },
): void {
  if (!isSize(rows) || !isSize(cols))
    throw argumentError(
      'shape',
      fn,
      `${name}.rows and ${name}.cols`,
      'to be integers ≥ 0',
      `${rows} and ${cols}`,
    )
  checkLength(fn, `${name}.data`, data, rows * cols, `${rows} × ${cols}`)
}

/** @throws as `checkMatrix`; ArgumentError, with row and column, unless every entry is finite */
export function checkFiniteMatrix(fn: string, name: string, a: Matrix): void {
  checkMatrix(fn, name, a)
  const at = firstNotFinite(a.data)
  if (at < 0) return
  const place = `${name}[${Math.floor(at / a.cols)}, ${at % a.cols}]`
  throw argumentError('not-finite', fn, place, 'to be finite', a.data[at])
}

/** @throws ShapeError unless rows = cols; otherwise as `checkFiniteMatrix` */
export function checkFiniteSquare(fn: string, name: string, a: Matrix): void {
  checkMatrix(fn, name, a)
  if (a.rows !== a.cols)
    throw argumentError('shape', fn, name, 'to be square', `${a.rows} × ${a.cols}`)
  checkFiniteMatrix(fn, name, a)
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}
