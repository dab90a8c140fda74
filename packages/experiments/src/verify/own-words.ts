import { ArgumentError } from '@nonconvex/tensor'

/**
 * The message of an error that this code base threw on purpose; undefined for an error of the
 * language, such as "Cannot read properties of undefined".
 *
 * Errors of this code base have their own classes (`ArgumentError` and others), plain `Error`, and
 * `RangeError` with 'place: ' in front.
 */
export function ownWords(error: unknown): string | undefined {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof ArgumentError) return error.message
  if (error instanceof RangeError) return /^\S+: /.test(error.message) ? error.message : undefined
  const language = [TypeError, ReferenceError, SyntaxError, EvalError, URIError]
  return language.some((kind) => error instanceof kind) ? undefined : error.message
}
