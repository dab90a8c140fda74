/** What ρ may be given besides z_k and g: s_k, or nothing. */
export const readouts = ['local', 'literal'] as const

/** Throws RangeError unless `value` is one of those that there are. */
export function oneOf(
  fn: string,
  name: string,
  value: unknown,
  known: readonly (string | boolean)[],
): void {
  if (!known.some((one) => one === value))
    throw new RangeError(`${fn}: ${name} must be one of ${known.join(', ')}, got ${String(value)}`)
}
