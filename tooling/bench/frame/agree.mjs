/** A result that differs from ours: nothing is measured then. */
export class Mismatch extends Error {
  constructor(message) {
    super(message)
    this.name = 'Mismatch'
  }
}

/**
 * Refuses an answer unless |a − b| ≤ tolerance · max(1, |b|) in every number.
 *
 * @param label who gave the answer
 * @param actual name → numbers
 * @param expected name → numbers, ours; every name must be in `tolerances`
 * @param tolerances name → largest difference
 * @throws Mismatch with the first number that differs
 */
export function refuseMismatch(label, actual, expected, tolerances) {
  const names = Object.keys(expected)
  const strays = names.filter((name) => !(tolerances[name] >= 0))
  if (names.length === 0 || strays.length > 0)
    throw new RangeError(`${label}: no tolerance for ${strays.join(', ') || 'anything'}`)
  for (const name of names) {
    const [got, wanted, tolerance] = [actual[name], expected[name], tolerances[name]]
    if (got === undefined) throw new Mismatch(`${label}: ${name} is missing`)
    if (got.length !== wanted.length)
      throw new Mismatch(`${label}: ${name} has ${got.length} numbers, ours ${wanted.length}`)
    for (let i = 0; i < wanted.length; i++) {
      if (!(Math.abs(got[i] - wanted[i]) <= tolerance * Math.max(1, Math.abs(wanted[i]))))
        throw new Mismatch(
          `${label}: ${name}[${i}] is ${got[i]}, ours ${wanted[i]}, more than ${tolerance} apart`,
        )
    }
  }
}
