/**
 * The error if the digit file or an IDX file is missing, truncated or corrupt; its message ends
 * with the remedy.
 */
export class DigitsError extends Error {
  override readonly name: string = 'DigitsError'
}
