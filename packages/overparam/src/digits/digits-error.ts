/**
 * The digit file, or an IDX file, is missing, truncated or corrupt. The message ends with the
 * remedy.
 */
export class DigitsError extends Error {
  override readonly name: string = 'DigitsError'
}
