/**
 * Reads a seed: a whole number from 0 to 2^53 − 1.
 *
 * @throws RangeError with what is allowed and what was got
 */
export function parseSeed(text: string): number {
  const seed = /^\d{1,16}$/.test(text.trim()) ? Number(text.trim()) : NaN
  if (!Number.isSafeInteger(seed))
    throw new RangeError(
      `seed: expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, got "${text.slice(0, 40)}"`,
    )
  return seed
}

/** A seed by chance, short enough to be read aloud. */
export function rollSeed(): number {
  return 1 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 9999)
}
