import { bytes } from '../generated/blocks.js'
import type { Arena } from '../network/arena.js'
import { plainBlocks, type BlockKernels } from './plain-blocks.js'

/** The number of addresses. */
export const ADDRESSES = 12

/** The byte addresses of the arrays of a block screen in its arena. */
export interface BlockAddresses {
  /** [n × slots] float32, pre-activations */
  readonly kept: number
  /** slots of a row, those of the positive units first; both are multiples of 16 */
  readonly slots: number
  readonly plus: number
  /** [ring / 4 × slots] bytes, activation patterns of the last updates */
  readonly nibbles: number
  /** number of recent updates that are kept, a power of 2 */
  readonly ring: number
  /** [slots] float32, number of units of a slot */
  readonly many: number
  /** [ring / 16 × n × 16] float32, the moves of the last updates; n is a multiple of 4 */
  readonly history: number
  readonly examples: number
  /** [4 × n] float32, the moves of updates not yet in the history */
  readonly pending: number
  /** [ring] float32 and [ring · 8] bytes of scratch */
  readonly moves: number
  readonly tables: number
  /** [2] float64, output of `catchUp`, and 64 bytes of scratch */
  readonly report: number
}

/** Writes all addresses to an arena and returns their address. */
export function placeBlocks(arena: Arena, at: BlockAddresses): number {
  const { kept, slots, plus, nibbles, ring, many, history, examples } = at
  const { pending, moves, tables, report } = at
  const numbers = arena.int32(ADDRESSES)
  numbers.set([kept, slots, plus, nibbles, ring, many])
  numbers.set([history, examples, pending, moves, tables, report], 6)
  return numbers.byteOffset
}

/** The kernels on an arena, or their plain TypeScript version, with all addresses. */
export function startBlocks(arena: Arena, setup: number): BlockKernels {
  const kernels = arena.start<BlockKernels>(bytes) ?? plainBlocks(arena.buffer)
  kernels.setup(setup)
  return kernels
}
