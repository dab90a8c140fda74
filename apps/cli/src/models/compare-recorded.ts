import type { Finding } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'

/**
 * Relative tolerance of bounds: logarithms differ in their last bits between machines.
 */
const TOLERANCE = 1e-9

/** A finding that a record differs from the recomputed one. */
export const differs = (
  path: string,
  message: string,
  recorded: Json,
  recomputed: Json,
): Finding => ({
  path,
  message,
  recorded,
  recomputed,
})

/** Finds the differences between two documents, where bounds may differ by rounding. */
export function compareRecorded(
  recorded: Json | undefined,
  recomputed: Json | undefined,
  at: string,
): Finding[] {
  if (typeof recorded === 'number' && typeof recomputed === 'number') {
    const apart = Math.abs(recorded - recomputed)
    if (apart <= TOLERANCE * Math.abs(recomputed)) return []
  } else if (isTree(recorded) && isTree(recomputed)) {
    const [a, b] = [children(recorded), children(recomputed)]
    return [...new Set([...a.keys(), ...b.keys()])].flatMap((name) =>
      compareRecorded(
        a.get(name),
        b.get(name),
        Array.isArray(recorded) ? `${at}[${name}]` : `${at}.${name}`,
      ),
    )
  } else if (recorded === recomputed) return []
  return [
    differs(at, 'differs from what follows from the counts', recorded ?? null, recomputed ?? null),
  ]
}

type Tree = readonly Json[] | { readonly [name: string]: Json }

const isTree = (value: Json | undefined): value is Tree =>
  typeof value === 'object' && value !== null

const children = (tree: Tree): ReadonlyMap<string, Json> => new Map(Object.entries(tree))
