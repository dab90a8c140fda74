import type { Block, Couples, Pairs, Segments, Space } from '../kernel/ops.js'
import type { Chunk, CoupleLists, Range } from './chunks.js'
import type { GraphBatch } from './graph-batch.js'
import type { Layout } from './layout.js'
import { labelWidths } from './options.js'

/** Numbers of graphs, nodes and pairs, and of the pairs of the largest chunk. */
export interface Counts {
  readonly graphs: number
  readonly nodes: number
  readonly pairs: number
  readonly chunk: number
}

/** What both a slot and the way back have. */
interface Rows {
  /** (z_i, 1) and z_ij */
  readonly z: Block
  readonly ze: Block
  readonly U: Block
  readonly s: Block
  readonly g: Block
  readonly T: Block
  /** hidden layers of ρ after the first one */
  readonly more: readonly Block[]
  /** the terms of gates from g, and from the first and the second node of a pair */
  readonly gateG: Block
  readonly gateK: Block
  readonly gateL: Block
}

/** The intermediate values of one application, for the backward pass. */
export interface Slot extends Rows {
  /** φ and scores, if a pool is attention; otherwise the signs of φ, in words for eight units */
  readonly phi: Block
  readonly beta: Block
  readonly signs: number
  /** hidden layers of ρ_e */
  readonly edge: Block
  readonly edgeMore: readonly Block[]
  /** labels, and in the backward pass their gradients */
  readonly y: Block
  readonly ye: Block
}

/** Temporaries for the pairs of one chunk. */
export interface Scratch {
  /** gradients of φ; in the forward pass, without attention, the terms of φ from z_ij */
  readonly dPhi: Block
  readonly dBeta: Block
  readonly dEdge: Block
  readonly dEdgeMore: readonly Block[]
  /** sums and differences over couples: of features, of hidden units */
  readonly plusZ: Block
  readonly minusZ: Block
  readonly plus: Block
  readonly minus: Block
  /** sums and differences of the weights of z_kl and z_lk, and their gradients */
  readonly plusW: Block
  readonly minusW: Block
  readonly dPlusW: Block
  readonly dMinusW: Block
}

/** The addresses of all buffers of a layer, for batches up to some size. */
export interface Buffers {
  readonly capacity: Counts
  readonly slots: readonly Slot[]
  /** gradients in the backward pass, as in a slot */
  readonly back: Rows
  readonly scratch: Scratch
  readonly panels: number
  readonly nodeStart: number
  readonly graphOfNode: number
  readonly pairStart: number
  readonly i: number
  readonly j: number
  readonly first: number
  readonly second: number
  /** labels, weights and losses, those of nodes first, then those of pairs */
  readonly label: number
  readonly weight: number
  readonly loss: number
}

const fours = (n: number): number => (n + 3) & ~3

/**
 * Rows not a multiple of 128 bytes apart, or a column of them would fill few lines of the cache.
 */
const apart = (width: number): number => (width > 0 && width % 32 === 0 ? width + 4 : width)

/** Allocates all buffers for batches up to `capacity`, with the given number of slots. */
export function reserveBuffers(
  space: Space,
  layout: Layout,
  capacity: Counts,
  slots: number,
): Buffers {
  const { sizes, units, wz, we, wg, nodeGate, pairGate } = layout
  const { graphs: B, nodes: N, pairs: P, chunk } = capacity
  const block = (rows: number, width: number): Block => {
    const ld = apart(width)
    return { at: space.reserve(rows * ld + 4), ld }
  }
  const features = fours(sizes.edgeFeatures)
  const rows = (): Rows => ({
    z: block(N, fours(sizes.nodeFeatures + 1)),
    ze: block(P, features),
    U: block(N, wz.cols),
    s: block(N, units),
    g: block(B, units),
    T: block(B, wg.cols),
    more: layout.rho.hidden.map(() => block(N, units)),
    gateG: block(B, nodeGate.width + pairGate.width),
    gateK: block(N, pairGate.width),
    gateL: block(N, pairGate.width),
  })
  const { beta, forth } = layout.pair
  const attending = beta.width > 0
  const slot = (): Slot => ({
    ...rows(),
    phi: block(attending ? P : 0, units),
    signs: space.reserve(attending ? 0 : (P * units) / 8),
    beta: block(P, beta.width),
    edge: block(P, forth.width),
    edgeMore: layout.rhoEdge.hidden.map(() => block(P, units)),
    y: block(N, nodeGate.from + nodeGate.width),
    ye: block(P, pairGate.from + pairGate.width),
  })
  const coupled = forth.width > 0 ? chunk : 0
  const weights = (): Block => ({
    at: space.reserve(sizes.edgeFeatures * forth.width),
    ld: forth.width,
  })
  const scratch = (): Scratch => ({
    dPhi: block(chunk, units),
    dBeta: block(chunk, beta.width),
    dEdge: block(coupled, units),
    dEdgeMore: layout.rhoEdge.hidden.map(() => block(coupled, units)),
    plusZ: block(coupled, features),
    minusZ: block(coupled, features),
    plus: block(coupled, units),
    minus: block(coupled, units),
    plusW: weights(),
    minusW: weights(),
    dPlusW: weights(),
    dMinusW: weights(),
  })
  return {
    capacity,
    slots: Array.from({ length: slots }, slot),
    back: rows(),
    scratch: scratch(),
    panels: space.reserve(
      Math.max(wz.cols, we.cols, wg.cols, units, nodeGate.width, pairGate.width) *
        fours(Math.max(wz.rows, we.rows, units) + 4) +
        units * fours(Math.max(...Object.values(labelWidths(sizes)))),
    ),
    nodeStart: space.reserve(B + 1),
    graphOfNode: space.reserve(N),
    pairStart: space.reserve(N + 1),
    i: space.reserve(P),
    j: space.reserve(P),
    first: space.reserve(P),
    second: space.reserve(P),
    label: space.reserve(N + P),
    weight: space.reserve(N + P),
    loss: space.reserve(2 * (N + P)),
  }
}

/** Copies the lists of a batch to their buffers. */
export function writeLists(
  space: Space,
  to: Buffers,
  batch: GraphBatch,
  { first, second }: CoupleLists,
): void {
  const { ints } = space
  for (const name of ['nodeStart', 'graphOfNode', 'pairStart', 'i', 'j'] as const)
    ints.set(batch[name], to[name])
  ints.set(first, to.first)
  ints.set(second, to.second)
}

/** The rows of a block from the first row of a range on. */
export function rowsOf({ at, ld }: Block, { from }: Range): Block {
  return { at: at + from * ld, ld }
}

/** The address of the signs of φ for a range of pairs. */
export function signsOf({ signs }: Slot, { from }: Range, units: number): number {
  return signs + (from * units) / 8
}

/** Rows of a chunk, addressed by their index in the batch. */
export function asAll({ at, ld }: Block, { from }: Range): Block {
  return { at: at - from * ld, ld }
}

export function pairsOf({ i, j }: Buffers, { from, count }: Range): Pairs {
  return { i: i + from, j: j + from, count }
}

export function couplesIn({ first, second, i, j }: Buffers, { couples }: Chunk): Couples {
  const { from, count } = couples
  return { first: first + from, second: second + from, i, j, count }
}

/** The pairs as segments by their first node. */
export function byNode({ pairStart }: Buffers, { from, count }: Range): Segments {
  return { start: pairStart + from, count }
}

/** The nodes as segments by their graph. */
export function byGraph({ nodeStart }: Buffers, count: number): Segments {
  return { start: nodeStart, count }
}
