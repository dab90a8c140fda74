import type { Shape, SparseRows } from '../data/sparse-rows.js'
import { bytesOf, type Arena } from '../network/arena.js'
import { JOBS } from '../threads/control.js'
import type { SecondThread } from '../threads/second-thread.js'
import { SharedJob } from '../threads/shared-job.js'
import { GramWork, type GramPlace } from './gram-work.js'

/** The length of a column: the number of examples, padded with zeros to a multiple of 16. */
export const lines = (n: number): number => Math.ceil(n / 16) * 16

/** The number of bytes of the products that are kept. */
const KEPT = 2 ** 26
const FEWEST = 64

/**
 * The number of examples, among n, whose products are kept: at most `most`, and fewer if they would
 * take more than 64 MB.
 */
export const slotsOf = (n: number, most: number): number =>
  Math.min(n, most, Math.max(FEWEST, Math.floor(KEPT / (4 * lines(n)))))

/**
 * The number of bytes in an arena of the products of `slots` examples with all examples, and of the
 * columns from which they are computed.
 */
export const gramBytes = (rows: Shape, slots: number): number =>
  bytesOf(
    4 * lines(rows.rows) * rows.cols,
    ...Array.from({ length: slots }, () => 4 * lines(rows.rows)),
    4 * rows.index.length,
  )

/**
 * The products y_i x_i·x_u / R² for all i, computed at the first update on u and cached for at most
 * `slots` examples; the least recently updated one is dropped first. R is scaled out so that
 * float32 can hold them: the error is at most (ν + 4) 2⁻²⁴ ‖x_i‖ ‖x_u‖ for ν features that are not
 * zero.
 */
export class GramRows {
  private readonly arena: Arena
  private readonly products: SharedJob
  readonly place: GramPlace
  private readonly rows: SparseRows
  /** the features that are not zero, over R */
  readonly value: Float32Array
  private readonly slots: number
  private readonly kept: Float32Array[] = []
  /** of each slot: its example, and when that was last updated */
  private readonly owner: Int32Array
  private readonly used: Int32Array
  private readonly slotOf: Int32Array

  constructor(
    rows: SparseRows,
    y: Float64Array,
    scale: number,
    slots: number,
    arena: Arena,
    second?: SecondThread,
  ) {
    this.arena = arena
    this.rows = rows
    this.slots = slots
    this.owner = new Int32Array(slots)
    this.used = new Int32Array(slots)
    this.slotOf = new Int32Array(rows.rows).fill(-1)
    const { start, index, value, cols } = rows
    const n = lines(rows.rows)
    this.value = arena.float32(value.length)
    const columns = arena.float32(n * cols)
    for (let i = 0; i < rows.rows; i++) {
      for (let q = start[i]; q < start[i + 1]; q++) {
        this.value[q] = value[q] * scale
        columns[index[q] * n + i] = y[i] * value[q] * scale
      }
    }
    this.place = {
      lines: n,
      columns: columns.byteOffset,
      rows: rows.rows,
      start: start.byteOffset,
      index: index.byteOffset,
      value: this.value.byteOffset,
    }
    const all = new GramWork(arena, this.place, 'all')
    const half = new GramWork(arena, this.place, 0)
    this.products = new SharedJob(second, JOBS.products, {
      part: (row, u) => half.make(row, u),
      all: (row, u) => all.make(row, u),
    })
  }

  /** The products with example u; `time` is the number of its update. */
  of(u: number, time: number): Float32Array {
    let slot = this.slotOf[u]
    if (slot < 0) {
      slot = this.room()
      this.owner[slot] = u
      this.slotOf[u] = slot
      this.products.do(this.kept[slot].byteOffset, u)
    }
    this.used[slot] = time
    return this.kept[slot]
  }

  private room(): number {
    if (this.kept.length < this.slots) {
      this.kept.push(this.arena.float32(lines(this.rows.rows)))
      return this.kept.length - 1
    }
    let oldest = 0
    for (let s = 1; s < this.slots; s++) if (this.used[s] < this.used[oldest]) oldest = s
    this.slotOf[this.owner[oldest]] = -1
    return oldest
  }
}
