import type { Block, Ops } from '../kernel/ops.js'
import type { Buffers, Counts } from './buffers.js'
import type { Chunk } from './chunks.js'
import type { Columns, Layout, Weights } from './layout.js'

/** The context of the forward and backward passes. */
export interface Pass {
  readonly ops: Ops
  readonly layout: Layout
  readonly buffers: Buffers
  readonly counts: Counts
  /**
   * the parts of the batch, processed one after the other, so that a part stays in the cache
   */
  readonly chunks: readonly Chunk[]
  /** addresses of the vectors of all weights and of their gradients */
  readonly weights: number
  readonly gradients: number
}

export const columns = ({ at, ld }: Block, { from }: Columns): Block => ({ at: at + from, ld })

export const matrixAt = (start: number, { at, cols }: Weights): Block => ({
  at: start + at,
  ld: cols,
})
