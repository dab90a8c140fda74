import type { UnitGroups } from './identical-units.js'

/** The number of bytes of the activation pattern of 2k units. */
export const slopeBytes = (k: number): number => Math.ceil((2 * k) / 8)

/**
 * The activation pattern, with unit j at bit j mod 8 of byte ⌊j/8⌋, from one pre-activation of each
 * group.
 */
export function activityOf(z: Float64Array, { of }: UnitGroups): Uint8Array {
  const bits = new Uint8Array(slopeBytes(of.length / 2))
  for (let j = 0; j < of.length; j++) if (z[of[j]] > 0) bits[j >> 3] |= 1 << (j & 7)
  return bits
}

/** Whether unit j was active, according to the bytes from `at` on. */
export const wasActive = (bits: Uint8Array, at: number, j: number): boolean =>
  ((bits[at + (j >> 3)] >> (j & 7)) & 1) === 1

/** Concatenates the activation patterns. */
export function joined(updates: readonly Uint8Array[]): Uint8Array {
  const bytes = updates.length > 0 ? updates[0].length : 0
  const all = new Uint8Array(bytes * updates.length)
  for (const [u, bits] of updates.entries()) all.set(bits, u * bytes)
  return all
}
