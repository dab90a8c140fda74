import type { Matrix, Vec } from './types.js'

/**
 * Lengths or dimensions that do not fit together.
 *
 * The message reads `<function>: <expected>, got <actual>`. Wrong *values* (NaN, out of range)
 * throw the built-in `RangeError` with a message of the same form.
 *
 * @example
 * import { dot, ShapeError } from '@nonconvex/tensor'
 * try {
 *   dot([1, 2], [1])
 * } catch (error) {
 *   console.log(error instanceof ShapeError, (error as Error).message)
 *   // → true dot: b must have the length of a, 2, got 1
 * }
 */
export class ShapeError extends Error {
  override readonly name = 'ShapeError'
}

/**
 * Throws unless every entry of `v` is a finite number.
 *
 * @param fn - the function on whose behalf this is checked; starts the message
 * @param name - the argument's name in the message
 * @throws RangeError `fn: name[3] must be finite, got NaN`. Cost: O(length).
 */
export function finiteVector(fn: string, name: string, v: Vec): void {
  for (let i = 0; i < v.length; i++) {
    if (!Number.isFinite(v[i])) {
      throw new RangeError(`${fn}: ${name}[${i}] must be finite, got ${String(v[i])}`)
    }
  }
}

/**
 * Throws unless `a` and `b` have the same length.
 *
 * @throws ShapeError `fn: b must have the length of a, 2, got 1`
 */
export function sameLength(
  fn: string,
  nameA: string,
  a: { readonly length: number },
  nameB: string,
  b: { readonly length: number },
): void {
  if (a.length !== b.length) {
    throw new ShapeError(
      `${fn}: ${nameB} must have the length of ${nameA}, ${a.length}, got ${b.length}`,
    )
  }
}

/**
 * Throws unless `a` holds as many numbers as its `rows` and `cols` say.
 *
 * @throws ShapeError `fn: a.data must have length 2 × 3 = 6, got 5`
 */
export function wellFormed(
  fn: string,
  name: string,
  a: { readonly rows: number; readonly cols: number; readonly data: ArrayLike<number> },
): void {
  if (!isSize(a.rows) || !isSize(a.cols)) {
    throw new ShapeError(
      `${fn}: ${name}.rows and ${name}.cols must be integers ≥ 0, got ${String(a.rows)} and ${String(a.cols)}`,
    )
  }
  if (a.data.length !== a.rows * a.cols) {
    throw new ShapeError(
      `${fn}: ${name}.data must have length ${a.rows} × ${a.cols} = ${a.rows * a.cols}, got ${a.data.length}`,
    )
  }
}

/**
 * Throws unless `a` is square and holds finite numbers only.
 *
 * @throws ShapeError if rows ≠ cols; RangeError, naming row and column, at the first NaN or
 *   infinity
 */
export function finiteSquare(fn: string, name: string, a: Matrix): void {
  wellFormed(fn, name, a)
  if (a.rows !== a.cols) {
    throw new ShapeError(`${fn}: ${name} must be square, got ${a.rows} × ${a.cols}`)
  }
  finiteMatrix(fn, name, a)
}

/**
 * Throws unless every entry of `a` is finite.
 *
 * @throws RangeError `fn: a[1, 2] must be finite, got NaN`
 */
export function finiteMatrix(fn: string, name: string, a: Matrix): void {
  wellFormed(fn, name, a)
  for (let i = 0; i < a.data.length; i++) {
    if (!Number.isFinite(a.data[i])) {
      const row = Math.floor(i / a.cols)
      throw new RangeError(
        `${fn}: ${name}[${row}, ${i % a.cols}] must be finite, got ${String(a.data[i])}`,
      )
    }
  }
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}
