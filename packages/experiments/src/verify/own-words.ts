import { ArgumentError } from '@nonconvex/tensor'

/**
 * The message of an error that our code threw on purpose; undefined for one of the language itself,
 * which speaks of code and not of the data ("Cannot read properties of undefined").
 *
 * Ours are errors of their own classes (`ArgumentError` and others), plain `Error`, and `RangeError`
 * with 'place: ' in front.
 */
export function ownWords(error: unknown): string | undefined {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof ArgumentError) return error.message
  if (error instanceof RangeError) return /^\S+: /.test(error.message) ? error.message : undefined
  const language = [TypeError, ReferenceError, SyntaxError, EvalError, URIError]
  return language.some((kind) => error instanceof kind) ? undefined : error.message
}
