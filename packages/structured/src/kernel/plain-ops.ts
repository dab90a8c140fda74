import type { Ops } from './ops.js'
import { plainPairs } from './plain-pairs.js'
import { plainProducts } from './plain-products.js'
import { plainRows } from './plain-rows.js'
import { exp32, plainSoftmax } from './plain-softmax.js'
import { plainSpace } from './space.js'

/**
 * All operations in plain TypeScript: in float32 with the same bits as the kernels, or in float64
 * as the reference.
 */
export function plainOps(precision: 'float32' | 'float64'): Ops {
  const space = plainSpace(precision)
  const round = precision === 'float32' ? Math.fround : (x: number) => x
  const exp = precision === 'float32' ? exp32 : Math.exp
  return {
    space,
    ...plainProducts(space, round),
    ...plainRows(space, round),
    ...plainPairs(space, round),
    ...plainSoftmax(space, round, exp),
  }
}
