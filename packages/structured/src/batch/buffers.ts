import type { Block, Pairs, Segments, Space } from '../kernel/ops.js'
import type { GraphBatch } from './graph-batch.js'
import type { Layout } from './layout.js'

/** Numbers of graphs, nodes and pairs. */
export interface Counts {
  readonly graphs: number
  readonly nodes: number
  readonly pairs: number
}

/** What one application of the layer keeps for the way back. */
export interface Slot {
  /** (z_i, 1) and z_ij */
  readonly z: Block
  readonly ze: Block
  readonly U: Block
  readonly V: Block
  readonly s: Block
  readonly g: Block
  readonly T: Block
  /** second hidden layer of ρ */
  readonly second: Block
  /** labels, and on the way back their gradients */
  readonly y: Block
  readonly ye: Block
}

/** All places of a layer that works on batches up to some size. */
export interface Buffers {
  readonly capacity: Counts
  readonly slots: readonly Slot[]
  /** gradients on the way back, as in a slot */
  readonly back: Slot
  readonly panels: number
  readonly nodeStart: number
  readonly graphOfNode: number
  readonly pairStart: number
  readonly i: number
  readonly j: number
  readonly reverse: number
  /** labels, weights and losses, those of nodes first, then those of pairs */
  readonly label: number
  readonly weight: number
  readonly loss: number
}

const fours = (n: number): number => (n + 3) & ~3

/** Rows not a multiple of 128 bytes apart, or a column of them would fill few lines of the cache. */
const apart = (width: number): number => (width > 0 && width % 32 === 0 ? width + 4 : width)

/** Reserves everything for batches up to `capacity`, with that many slots. */
export function reserveBuffers(
  space: Space,
  layout: Layout,
  capacity: Counts,
  slots: number,
): Buffers {
  const { sizes, units, wz, we, wg } = layout
  const { graphs: B, nodes: N, pairs: P } = capacity
  const block = (rows: number, width: number): Block => {
    const ld = apart(width)
    return { at: space.reserve(rows * ld + 4), ld }
  }
  const slot = (): Slot => ({
    z: block(N, fours(sizes.nodeFeatures + 1)),
    ze: block(P, fours(sizes.edgeFeatures)),
    U: block(N, wz.cols),
    V: block(P, we.cols),
    s: block(N, units),
    g: block(B, units),
    T: block(B, wg.cols),
    second: block(sizes.depth === 2 ? N : 0, units),
    y: block(N, fours(sizes.nodeOutputs)),
    ye: block(P, fours(sizes.edgeOutputs)),
  })
  return {
    capacity,
    slots: Array.from({ length: slots }, slot),
    back: slot(),
    panels: space.reserve(
      Math.max(wz.cols, we.cols, wg.cols, units) * fours(Math.max(wz.rows, we.rows, units) + 4) +
        units * fours(Math.max(sizes.nodeOutputs, sizes.edgeOutputs)),
    ),
    nodeStart: space.reserve(B + 1),
    graphOfNode: space.reserve(N),
    pairStart: space.reserve(N + 1),
    i: space.reserve(P),
    j: space.reserve(P),
    reverse: space.reserve(P),
    label: space.reserve(N + P),
    weight: space.reserve(N + P),
    loss: space.reserve(2 * (N + P)),
  }
}

/** The lists of a batch, copied to their places. */
export function writeLists(space: Space, to: Buffers, batch: GraphBatch): void {
  const { ints } = space
  for (const name of ['nodeStart', 'graphOfNode', 'pairStart', 'i', 'j', 'reverse'] as const)
    ints.set(batch[name], to[name])
}

export function pairsOf({ i, j, reverse }: Buffers, count: number): Pairs {
  return { i, j, reverse, count }
}

/** Pairs by their first node. */
export function byNode({ pairStart }: Buffers, count: number): Segments {
  return { start: pairStart, count }
}

/** Nodes by their graph. */
export function byGraph({ nodeStart }: Buffers, count: number): Segments {
  return { start: nodeStart, count }
}
