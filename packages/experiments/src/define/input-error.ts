/**
 * The kind of bad input, the same in every version: programs and tests match the code, people read
 * the message.
 */
export type InputCode =
  | 'input'
  | 'experiment-unknown'
  | 'parameter-unknown'
  | 'parameter-value'
  | 'parameter-repeated'
  | 'parameters-inconsistent'
  | 'seed-range'
  | 'result-json'
  | 'result-version'
  | 'result-shape'
  | 'file-unreadable'
  | 'file-changed'
  | 'file-content'

/** One fault in a user's input: its place, what is expected, what is given, and the remedy. */
export interface InputIssue {
  /** the parameter, path or line: 'k', 'rows[3].key', 'line 12, column 4' */
  readonly where: string
  readonly message: string
  /** default: that of the error */
  readonly code?: InputCode
}

/**
 * Bad input from a user: a parameter, an id, a file, an address. The message names what is
 * expected, what is given, and the remedy; programs end with exit status 2, pages show it beside
 * the field.
 *
 * @example
 * import { findExperiment, InputError } from '@nonconvex/experiments'
 * try {
 *   findExperiment('gaussian/no-overlap').params.parse({ k: 'many' })
 * } catch (error) {
 *   if (error instanceof InputError) console.log(error.code, error.issues[0].where) // → parameter-value k
 * }
 */
export class InputError extends Error {
  override readonly name: string = 'InputError'
  /** every fault found, in the order of the input; never empty */
  readonly issues: readonly InputIssue[]
  /** the kind of the first fault */
  readonly code: InputCode

  constructor(message: string, issues?: readonly InputIssue[], code?: InputCode) {
    super(message)
    this.issues = issues ?? [{ where: '', message }]
    this.code = code ?? issues?.[0]?.code ?? 'input'
  }
}

/** A value as a message shows it: on one line and not too long. */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  // a long text is not escaped to its end
  const start = typeof value === 'string' ? value.slice(0, 100) : value
  const text = typeof start === 'function' ? 'a function' : (JSON.stringify(start) ?? String(start))
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
