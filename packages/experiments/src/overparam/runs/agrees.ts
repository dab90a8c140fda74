import type { Json } from '@nonconvex/optim/claims'
import { plain, sameJson } from '../../result/canonical.js'

/**
 * Compares what a row records with what another engine finds.
 *
 * @throws Error naming the first field that differs, with both values
 */
export function agrees(measured: unknown, other: unknown): void {
  const [recorded, found] = [plain(measured), plain(other)] as { readonly [name: string]: Json }[]
  for (const name of Object.keys(found))
    if (!sameJson(recorded[name], found[name]))
      throw new Error(
        `${name}: another engine finds ${JSON.stringify(found[name])}, recorded is ${JSON.stringify(recorded[name])}`,
      )
}
