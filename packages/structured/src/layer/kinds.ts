/** The kinds of readout: with s_k besides z_k and g (local), or without (literal). */
export const readouts = ['local', 'literal'] as const

/** The name of a kind of attention; `neighbour` is its earlier spelling, which models have saved. */
export const kindOf = <K>(kind: K | 'neighbour'): K | 'neighbor' =>
  kind === 'neighbour' ? 'neighbor' : kind

/** Throws RangeError unless `value` is one of the known ones. */
export function oneOf(
  fn: string,
  name: string,
  value: unknown,
  known: readonly (string | boolean)[],
): void {
  if (!known.some((one) => one === value))
    throw new RangeError(`${fn}: ${name} must be one of ${known.join(', ')}, got ${String(value)}`)
}
