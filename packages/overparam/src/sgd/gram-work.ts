import type { Arena } from '../network/arena.js'
import type { Part } from '../network/layer-work.js'
import { startGram, type GramKernels } from './gram-kernels.js'

/** The byte addresses and sizes of the data for rows of the Gram matrix. */
export interface GramPlace {
  /** examples, padded to a multiple of 16 */
  readonly lines: number
  /** [cols × lines] float32 */
  readonly columns: number
  /** the non-zero features of the examples: offsets, then int32 and float32 for each */
  readonly rows: number
  readonly start: number
  readonly index: number
  readonly value: number
}

/**
 * The kernels for all examples, or one half of them; two threads may process different halves at a
 * time.
 */
export class GramWork {
  private readonly kernels: GramKernels
  private readonly place: GramPlace
  private readonly start: Int32Array
  private readonly from: number
  private readonly count: number

  constructor(arena: Arena, place: GramPlace, part: Part) {
    this.kernels = startGram(arena)
    this.place = place
    this.start = new Int32Array(arena.buffer, place.start, place.rows + 1)
    this.from = part === 1 ? place.lines / 2 : 0
    this.count = part === 'all' ? place.lines : place.lines / 2
  }

  /** Computes the products of all examples with example u. */
  make(out: number, u: number): void {
    const { kernels, place, start, from, count } = this
    const q = start[u]
    kernels.products(
      out + 4 * from,
      count,
      place.columns + 4 * from,
      4 * place.lines,
      place.index + 4 * q,
      place.value + 4 * q,
      start[u + 1] - q,
    )
  }
}
