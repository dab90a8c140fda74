import type { Shape, SparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { bytesOf, type Arena } from '../network/arena.js'
import { JOBS, WIDE } from '../threads/control.js'
import type { SecondThread } from '../threads/second-thread.js'
import { SharedJob } from '../threads/shared-job.js'
import {
  AHEAD,
  BlockWork,
  partBytes,
  placePart,
  SLICES,
  type BlockPlace,
  type PartPlace,
} from './block-work.js'
import type { FirstLayer } from '../network/first-layer.js'
import { gramBytes, GramRows, lines, slotsOf } from './gram-rows.js'
import type { UnitGroups } from './identical-units.js'
import { ROUND, Rounding } from './rounding.js'
import type { Screen } from './screen.js'

const padded = (units: number): number => Math.ceil(units / 16) * 16

/**
 * The number of updates that are remembered; an example that is further behind is decided by the
 * first layer.
 */
const RING = 1024
/** The number of examples whose products with all others are kept. */
const SLOTS = 1024
/** The number of upcoming visits that are searched for rows to update at the same time. */
const LOOK = 32
/** Updating a row that is this many updates behind per feature costs as much as the first layer. */
const WORTH = 8

/** The number of bytes of an arena for this screen. */
export function blockScreenBytes(rows: Shape, { many, plus }: UnitGroups): number {
  const slots = padded(plus) + padded(many.length - plus)
  const n = lines(rows.rows)
  return (
    bytesOf(4 * rows.rows * slots, (RING / 4) * slots, 4 * slots, 4 * RING * n, 16 * n) +
    bytesOf(8 * n) +
    2 * partBytes(rows.cols, RING) +
    gramBytes(rows, slotsOf(rows.rows, SLOTS))
  )
}

/**
 * A screen for wide networks by the method of the Four Russians. Two tests, the cheap one first:
 *
 * - a lower bound of y_i N_i, lowered for all examples at every update: with q = y_i y_u x_u·x_i an
 *   update raises y_i N_i by at least α ηv²σ_u q if q > 0 and lowers it by at most ηv²σ_u |q|
 *   otherwise
 * - the pre-activations, in float32, brought up to date by looking up the sums over who was active
 *   at the last updates, four updates and sixteen units at a time
 *
 * Every row has an error bound relative to the primal algorithm's y N. With ρ = 2⁻²⁴, per time that
 * it is brought up to date over a window of updates with moves t_u = y_i y_u x_i·x_u:
 *
 * | source                                      | adds to v Σ_j |δz_ij|                                 |
 * | ------------------------------------------- | ----------------------------------------------------- |
 * | products x_i·x_u in float32                 | (ν + 4) ρ ‖x_i‖ Σ_u ηv²σ_u ‖x_u‖                      |
 * | moves rounded to multiples of a quantum     | 2kηv² (1 − α) max(Σ rest⁺, Σ rest⁻), rests as found   |
 * | sums of moves, factors in float32           | 8ρ 2kηv² max(Σ t⁺, Σ t⁻)                              |
 * | adding them to the row                      | 2ρ v Σ_j |z_ij| ≤ 2ρ ‖x_i‖ v √(2k) ‖W‖                |
 *
 * and summing N adds (slots/16 + 8) ρ v Σ_j |z_ij|.
 */
export class BlockScreen implements Screen {
  private readonly all: BlockWork
  private readonly theirs: BlockWork
  private readonly priming: SharedJob
  private readonly catchingUp: SharedJob
  /** where everything lies in the arena */
  readonly place: BlockPlace
  private readonly gram: GramRows
  private readonly rounding: Rounding
  private readonly layer: FirstLayer
  private readonly net: Net
  private readonly y: Float64Array
  private readonly eta: number
  private readonly groups: UnitGroups
  /** slots of a row, and of its positive units */
  private readonly slots: number
  private readonly plus: number
  private readonly kept: Float32Array
  private readonly nibbles: Uint8Array
  private readonly batch = new Int32Array(2 * AHEAD)
  private readonly low: Float64Array
  /**
   * of each example: how far behind it may be; updates in its row, what had moved at its row and
   * bound; its error
   */
  private readonly limit: Int32Array
  private readonly upTo: Int32Array
  private readonly rowMoved: Float64Array
  private readonly lowMoved: Float64Array
  private readonly error: Float64Array
  private updates = 0

  constructor(
    rows: SparseRows,
    layer: FirstLayer,
    y: Float64Array,
    net: Net,
    groups: UnitGroups,
    eta: number,
    arena: Arena,
    second?: SecondThread,
  ) {
    const n = rows.rows
    this.layer = layer
    this.net = net
    this.y = y
    this.eta = eta
    this.groups = groups
    this.rounding = new Rounding(rows, net, eta, layer.weights, groups)
    this.plus = padded(groups.plus)
    this.slots = this.plus + padded(groups.many.length - groups.plus)
    this.kept = arena.float32(n * this.slots)
    this.nibbles = arena.uint8((RING / 4) * this.slots)
    const many = arena.float32(this.slots)
    groups.many.forEach((count, g) => {
      many[this.slotOf(g)] = count
    })
    const history = arena.float32(RING * lines(n))
    const pending = arena.float32(4 * lines(n))
    this.low = arena.float64(lines(n)).fill(-Infinity)
    const part = (): PartPlace =>
      placePart(arena, rows.cols, {
        kept: this.kept.byteOffset,
        slots: this.slots,
        plus: this.plus,
        nibbles: this.nibbles.byteOffset,
        ring: RING,
        many: many.byteOffset,
        history: history.byteOffset,
        examples: lines(n),
        pending: pending.byteOffset,
      })
    const parts = [part(), part()] as const
    this.gram = new GramRows(rows, y, 1 / this.rounding.radius, slotsOf(n, SLOTS), arena, second)
    this.upTo = new Int32Array(n)
    this.rowMoved = new Float64Array(n)
    this.lowMoved = new Float64Array(n)
    this.error = new Float64Array(n)
    this.limit = Int32Array.from({ length: n }, (_, i) =>
      Math.min(RING - 4, WORTH * (rows.start[i + 1] - rows.start[i])),
    )
    this.place = {
      parts,
      kept: this.kept.byteOffset,
      slots: this.slots,
      plusSlots: this.plus,
      weights: layer.weights.byteOffset,
      groups: groups.many.length,
      plus: groups.plus,
      rows: n,
      cols: rows.cols,
      start: rows.start.byteOffset,
      index: rows.index.byteOffset,
      value: this.gram.value.byteOffset,
    }
    const all = new BlockWork(arena, this.place, 'all')
    const ours = new BlockWork(arena, this.place, 0)
    const theirs = new BlockWork(arena, this.place, 1)
    this.all = all
    this.theirs = theirs
    this.priming = new SharedJob(second, JOBS.prime, {
      part: (slice, _, scale) => ours.prime(slice, scale),
      all: (slice, _, scale) => all.prime(slice, scale),
      short: false,
    })
    // of `count` rows, the second thread has the smaller half
    this.catchingUp = new SharedJob(this.slots >= WIDE ? second : undefined, JOBS.rows, {
      part: (count, to, size, alpha) => all.rows(count - (count >> 1), to, size, alpha),
      all: (count, to, size, alpha) => {
        all.rows(count - (count >> 1), to, size, alpha)
        theirs.rows(count >> 1, to, size, alpha)
      },
    })
    if (arena.memory && layer.place)
      second?.send({
        memory: arena.memory,
        layer: layer.place,
        blocks: this.place,
        gram: this.gram.place,
      })
    this.begin()
  }

  private slotOf(group: number): number {
    const { plus } = this.groups
    return group < plus ? group : group - plus + this.plus
  }

  /** Computes the current pre-activations of all examples. */
  private begin(): void {
    const { rounding } = this
    for (let slice = 0; slice < SLICES; slice++) this.priming.do(slice, 0, rounding.radius)
    const n = this.upTo.length
    for (let i = 0; i < n; i++)
      this.error[i] = rounding.product * rounding.norms[i] * rounding.start
    for (let i = 0; i < n;) {
      let count = 0
      while (count < this.batch.length && i < n) this.batch[count++] = i++
      this.evaluate(count)
    }
  }

  set(i: number, z: Float64Array, margin: number): void {
    const { rounding, kept } = this
    const row = i * this.slots
    const { plus } = this.groups
    for (let g = 0; g < plus; g++) kept[row + g] = z[g]
    for (let g = plus, at = row + this.plus; g < z.length; g++, at++) kept[at] = z[g]
    this.upTo[i] = this.updates
    this.rowMoved[i] = rounding.moved
    this.error[i] = ROUND * rounding.norms[i] * rounding.reach()
    this.low[i] = margin
    this.lowMoved[i] = rounding.moved
  }

  update(example: number, _push: Float64Array, active: number, margin: number): void {
    const { nibbles, rounding, gram, groups } = this
    const { kernels, primer } = this.all
    const { z } = this.layer
    const at = this.updates & (RING - 1)
    const block = (at >> 2) * this.slots
    const bit = 1 << (at & 3)
    if (bit === 1) nibbles.fill(0, block, block + this.slots)
    const to = nibbles.byteOffset + block
    primer.mark(to, z.byteOffset, groups.plus, bit)
    primer.mark(to + this.plus, z.byteOffset + 8 * groups.plus, z.length - groups.plus, bit)
    const products = gram.of(example, this.updates)
    const worst = rounding.update(example, active, margin) * rounding.radius ** 2
    kernels.note(
      this.low.byteOffset,
      products.byteOffset,
      this.low.length,
      this.updates++,
      this.y[example],
      worst,
      this.net.alpha * worst,
    )
  }

  clean(i: number, upcoming: (offset: number) => number = () => -1): boolean {
    if (this.clear(i)) return true
    if (!this.worth(i)) return false
    this.batch[0] = i
    this.evaluate(this.catchingUp.shared ? this.gather(upcoming) : 1)
    return this.low[i] >= this.rounding.wanted(i)
  }

  /** Fills the batch with the examples that are likely next; returns their number. */
  private gather(upcoming: (offset: number) => number): number {
    const { batch } = this
    let count = 1
    for (let offset = 1; offset <= LOOK && count < batch.length; offset++) {
      const other = upcoming(offset)
      if (other < 0) break
      if (!this.worth(other) || this.clear(other)) continue
      // a row must not be moved twice
      let at = 0
      while (at < count && batch[at] !== other) at++
      if (at === count) batch[count++] = other
    }
    return count
  }

  /** Whether the lower bound of an example proves y N ≥ 1. */
  private clear(i: number): boolean {
    const { rounding, low, lowMoved } = this
    const { norms, moved, product } = rounding
    return low[i] - product * norms[i] * (moved - lowMoved[i]) >= rounding.wanted(i)
  }

  /** Whether updating the row costs less than the first layer. */
  private worth(i: number): boolean {
    const behind = this.updates - this.upTo[i]
    return behind > 0 && behind <= this.limit[i]
  }

  /** Brings the rows of the batch up to date, half of them in the other thread. */
  private evaluate(count: number): void {
    const { all, theirs, batch, upTo, y, updates, rounding } = this
    const { v, alpha } = this.net
    const ours = count - (count >> 1)
    for (let r = 0; r < ours; r++) all.ask(r, batch[r], upTo[batch[r]], y[batch[r]])
    for (let r = ours; r < count; r++) theirs.ask(r - ours, batch[r], upTo[batch[r]], y[batch[r]])
    const size = this.eta * v * rounding.radius ** 2
    if (count === 1) all.rows(1, updates, size, alpha)
    else this.catchingUp.do(count, updates, size, alpha)
    for (let r = 0; r < ours; r++) this.settle(batch[r], all.answers, 3 * r)
    for (let r = ours; r < count; r++) this.settle(batch[r], theirs.answers, 3 * (r - ours))
  }

  /** Updates y N and its error bound from a row that is up to date. */
  private settle(i: number, answers: Float64Array, at: number): void {
    const { y, rounding, updates, error } = this
    const { v, alpha, k } = this.net
    const { norms, moved, product, radius, size } = rounding
    const [sum, most, rests] = [answers[at], answers[at + 1], answers[at + 2]]
    const all = norms[i] * rounding.reach()
    error[i] +=
      product * norms[i] * (moved - this.rowMoved[i]) +
      size * radius ** 2 * 2 * k * ((1 - alpha) * rests + 8 * ROUND * most) +
      2 * ROUND * all
    const off = error[i] + (this.slots / 16 + 8) * ROUND * all
    const sane = Number.isFinite(sum) && rounding.sane()
    this.low[i] = sane ? y[i] * v * sum - off : -Infinity
    this.upTo[i] = updates
    this.rowMoved[i] = moved
    this.lowMoved[i] = moved
  }
}
