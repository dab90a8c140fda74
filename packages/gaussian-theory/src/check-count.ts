/** Throws unless `value` is an integer ≥ 1; 2^53 − 1 is the largest that is one for certain. */
export function checkCount(fn: string, name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(
      `${fn}: ${name} must be an integer ≥ 1${value > 1e15 ? ' and < 2^53' : ''}, got ${value}`,
    )
}
