import { bytesOf, type Arena } from '../network/arena.js'
import type { Part } from '../network/layer-work.js'
import { ADDRESSES, placeBlocks, startBlocks, type BlockAddresses } from './block-kernels.js'
import type { BlockKernels } from './plain-blocks.js'
import { startPrime, type PrimeKernels } from './prime-kernels.js'

/** The byte addresses of the arrays of one part of the units. */
export interface PartPlace {
  /** of its `BlockAddresses`, and of the output of `catchUp` */
  readonly setup: number
  readonly report: number
  /** [cols × 32] float32, weights */
  readonly tile: number
  /**
   * rows to bring up to date, [AHEAD × 3] int32, and results, [AHEAD × 3] float64
   */
  readonly list: number
  readonly answers: number
}

/**
 * The byte addresses of the arrays of a block screen, for two parts that can be processed
 * concurrently.
 */
export interface BlockPlace {
  readonly parts: readonly [PartPlace, PartPlace]
  /** [n × slots] float32 */
  readonly kept: number
  readonly slots: number
  /** slots of the positive units */
  readonly plusSlots: number
  /** columns of weights, float64 by feature, and those of the positive units */
  readonly weights: number
  readonly groups: number
  readonly plus: number
  /** the non-zero features of the examples, in float32 */
  readonly rows: number
  readonly cols: number
  readonly start: number
  readonly index: number
  readonly value: number
}

/** The number of units in a tile, as in assembly/prime.ts. */
const TILE = 32

/** The number of rows that a thread updates at a time. */
export const AHEAD = 4

/** The number of slices, between which a second thread can join. */
export const SLICES = 8

const POSITIVE = 1
const NEGATIVE = 2

/** The number of bytes of one part. */
export const partBytes = (cols: number, ring: number): number =>
  bytesOf(80, 4 * ring, 8 * ring, 4 * ADDRESSES, 4 * TILE * cols, 12 * AHEAD, 24 * AHEAD)

/** Allocates the arrays of a part in an arena. */
export function placePart(
  arena: Arena,
  cols: number,
  shared: Omit<BlockAddresses, 'moves' | 'tables' | 'report'>,
): PartPlace {
  const report = arena.float64(10).byteOffset
  const moves = arena.float32(shared.ring).byteOffset
  const tables = arena.uint8(8 * shared.ring).byteOffset
  return {
    setup: placeBlocks(arena, { ...shared, moves, tables, report }),
    report,
    tile: arena.float32(TILE * cols).byteOffset,
    list: arena.int32(3 * AHEAD).byteOffset,
    answers: arena.float64(3 * AHEAD).byteOffset,
  }
}

/**
 * The kernels for a part of the units of a block screen; two threads may process different parts at
 * a time.
 */
export class BlockWork {
  readonly kernels: BlockKernels
  readonly primer: PrimeKernels
  private readonly place: BlockPlace
  private readonly tile: Float32Array
  private readonly report: Float64Array
  /** of each row its example, update and label */
  readonly list: Int32Array
  /** of each row Σ_{j<k} σ(z_j) − Σ_{j≥k} σ(z_j), and what `catchUp` reports */
  readonly answers: Float64Array
  private readonly parts: number

  constructor(arena: Arena, place: BlockPlace, part: Part) {
    const { setup, report, tile, list, answers } = place.parts[part === 1 ? 1 : 0]
    this.kernels = startBlocks(arena, setup)
    this.primer = startPrime(arena)
    this.place = place
    this.tile = new Float32Array(arena.buffer, tile, TILE * place.cols)
    this.report = new Float64Array(arena.buffer, report, 2)
    this.list = new Int32Array(arena.buffer, list, 3 * AHEAD)
    this.answers = new Float64Array(arena.buffer, answers, 3 * AHEAD)
    this.parts = part === 'all' ? POSITIVE | NEGATIVE : part === 0 ? POSITIVE : NEGATIVE
  }

  /**
   * Slice `slice` of `SLICES` of the current pre-activations of all examples, for `scale` times the
   * weights.
   */
  prime(slice: number, scale: number): void {
    const { parts, place } = this
    const { plus, groups, plusSlots } = place
    if (parts & POSITIVE) this.primeSlots(0, plus, 0, slice, scale)
    if (parts & NEGATIVE) this.primeSlots(plus, groups, plusSlots, slice, scale)
  }

  /**
   * Computes the pre-activations of the groups from … to − 1, the first of which has the given
   * slot.
   */
  private primeSlots(from: number, to: number, slot: number, slice: number, scale: number): void {
    const { primer, tile, place } = this
    const { kept, slots, weights, groups, rows, cols, start, index, value } = place
    for (let g = from + slice * TILE; g < to; g += SLICES * TILE) {
      const units = Math.min(TILE, to - g)
      if (units < TILE) tile.fill(0)
      primer.packFew(tile.byteOffset, weights + 8 * g, 8 * groups, units, cols, scale)
      const z = kept + 4 * (slot + g - from)
      primer.prime(z, 4 * slots, tile.byteOffset, start, rows, index, value, units)
    }
  }

  /** Requests example i from update `from` on as row r of the batch. */
  ask(r: number, i: number, from: number, label: number): void {
    const { list } = this
    list[3 * r] = i
    list[3 * r + 1] = from
    list[3 * r + 2] = label
  }

  /** Brings the requested rows to update `to`: see `catchUp`; `size` is ηv R². */
  rows(count: number, to: number, size: number, alpha: number): void {
    const { kernels, list, answers, report } = this
    for (let at = 0; at < 3 * count; at += 3) {
      answers[at] = kernels.catchUp(list[at], list[at + 1], to, list[at + 2] * size, alpha)
      answers[at + 1] = report[0]
      answers[at + 2] = report[1]
    }
  }
}
