/** One fault in what a user gave: where it is, and what is expected, got, and to be done. */
export interface InputIssue {
  /** the parameter, path or line: 'k', 'rows[3].key', 'line 12, column 4' */
  readonly where: string
  readonly message: string
}

/**
 * Bad input from a user: a parameter, an id, a file, an address. The message says what was
 * expected, what was got, and what to do; programs end with exit status 2, pages show it beside the
 * field.
 *
 * @example
 * import { findExperiment, InputError } from '@nonconvex/experiments'
 * try {
 *   findExperiment('gaussian/no-overlap').params.parse({ k: 'many' })
 * } catch (error) {
 *   console.log(error instanceof InputError && error.issues[0].where) // → k
 * }
 */
export class InputError extends Error {
  override readonly name: string = 'InputError'
  /** every fault found, in the order of the input; never empty */
  readonly issues: readonly InputIssue[]

  constructor(message: string, issues?: readonly InputIssue[]) {
    super(message)
    this.issues = issues ?? [{ where: '', message }]
  }
}
