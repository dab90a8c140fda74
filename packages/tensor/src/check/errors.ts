/**
 * What is wrong with an argument: a number or entry is `not-finite`, `out-of-range` or
 * `not-integer`; lengths or dimensions do not match (`shape`); a vector is zero (`zero-vector`); a
 * list is `empty` or has a `duplicate`; a value is `not-listed` among the allowed ones; or anything
 * else (`invalid`).
 */
export type ArgumentCode =
  | 'not-finite'
  | 'out-of-range'
  | 'not-integer'
  | 'shape'
  | 'zero-vector'
  | 'empty'
  | 'duplicate'
  | 'not-listed'
  | 'invalid'

/** The details of an `ArgumentError` besides its message. */
export interface ArgumentDetails {
  /** default 'invalid', of a `ShapeError` 'shape' */
  readonly code?: ArgumentCode
  /** the argument's name: 'eta', 'w[3]' */
  readonly argument?: string
}

/**
 * The error for an invalid argument. The message reads `<function>: expected X, got Y; remedy`;
 * programs match `code` and `argument`, which are stable.
 *
 * @example
 * import { ArgumentError, stream } from '@nonconvex/tensor'
 * try {
 *   stream(-1)
 * } catch (error) {
 *   if (error instanceof ArgumentError) console.log(error.code, error.argument) // → out-of-range seed
 * }
 */
export class ArgumentError extends RangeError {
  override readonly name: string = 'ArgumentError'
  readonly code: ArgumentCode
  readonly argument: string | undefined

  constructor(message: string, { code = 'invalid', argument }: ArgumentDetails = {}) {
    super(message)
    this.code = code
    this.argument = argument
  }
}

/**
 * The error for lengths or dimensions that do not match.
 *
 * @example
 * import { dot, ShapeError } from '@nonconvex/tensor'
 * try {
 *   dot([1, 2], [1])
 * } catch (error) {
 *   console.log(error instanceof ShapeError, (error as Error).message)
 *   // → true dot: expected b to have the length of a, 2, got 1
 * }
 */
export class ShapeError extends ArgumentError {
  override readonly name = 'ShapeError'

  constructor(message: string, details: ArgumentDetails = {}) {
    super(message, { code: 'shape', ...details })
  }
}

/**
 * Makes the error `fn: expected <argument> <expected>, got <got>`, a `ShapeError` if the code is
 * 'shape'.
 *
 * @param fn - the function name for messages
 * @param argument - its name, with an index where helpful: 'w[3]'
 * @param expected - continues after the name: 'to be positive', 'in [0, 1]'
 * @param got - a value, or words for one
 * @param remedy - the remedy, after a semicolon
 *
 * @example
 * import { argumentError } from '@nonconvex/tensor/check'
 * const error = argumentError('out-of-range', 'leap', 'eta', 'below 1', 2, 'take smaller steps')
 * console.log(error.message) // → leap: expected eta below 1, got 2; take smaller steps
 */
export function argumentError(
  code: ArgumentCode,
  fn: string,
  argument: string,
  expected: string,
  got: unknown,
  remedy?: string,
): ArgumentError {
  const end = remedy === undefined ? '' : `; ${remedy}`
  const message = `${fn}: expected ${argument} ${expected}, got ${String(got)}${end}`
  const Kind = code === 'shape' ? ShapeError : ArgumentError
  return new Kind(message, { code, argument })
}
