import type { SparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { bytesOf } from '../network/arena.js'
import type { Arena } from '../network/arena.js'
import { ADDRESSES, startBlocks } from './block-kernels.js'
import type { BlockKernels } from './block-kernels.js'
import type { FirstLayer } from '../network/first-layer.js'
import { gramBytes, GramRows, lines } from './gram-rows.js'
import type { UnitGroups } from './identical-units.js'
import { startPrime } from './prime-kernels.js'
import type { PrimeKernels } from './prime-kernels.js'
import { ROUND, Rounding } from './rounding.js'
import type { Screen } from './screen.js'

const padded = (units: number): number => Math.ceil(units / 16) * 16

/** Updates that are remembered. An example that is further behind is left to the first layer. */
const RING = 1024
/** Examples whose products with all others are kept. */
const SLOTS = 1024
/** Units of a tile, as in assembly/blocks.ts. */
const TILE = 32
/** A row that is this many updates behind per feature costs as much as the first layer. */
const WORTH = 8

/** Bytes of an arena that holds this screen. */
export function blockScreenBytes(rows: SparseRows, { many, plus }: UnitGroups): number {
  const slots = padded(plus) + padded(many.length - plus)
  const n = lines(rows.rows)
  return (
    bytesOf(4 * rows.rows * slots, (RING / 4) * slots, 4 * slots, 4 * RING * n, 16 * n) +
    bytesOf(4 * ADDRESSES, 4 * RING, 8 * RING, 80, 8 * n, 4 * TILE * rows.cols) +
    gramBytes(rows, Math.min(rows.rows, SLOTS))
  )
}

/**
 * Four Russians with screening, for wide networks. Two answers are tried, the cheap one first:
 *
 * - a lower bound of y_i N_i, lowered for all examples at every update: with q = y_i y_u x_u·x_i an update raises
 *   y_i N_i by at least α ηv²σ_u q if q > 0 and lowers it by at most ηv²σ_u |q| otherwise
 * - the pre-activations, in float32, brought up to date by looking up the sums over who was active at the
 *   last updates, four updates and sixteen units at a time
 *
 * Every row knows how far its y N can be from the primal algorithm's. With ρ = 2⁻²⁴, per time that it is brought
 * up to date over a window of updates with moves t_u = y_i y_u x_i·x_u:
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
  private readonly kernels: BlockKernels
  private readonly primer: PrimeKernels
  private readonly gram: GramRows
  private readonly rounding: Rounding
  private readonly layer: FirstLayer
  private readonly rows: SparseRows
  private readonly net: Net
  private readonly y: Float64Array
  private readonly eta: number
  private readonly groups: UnitGroups
  /** slots of a row, and of its positive units */
  private readonly slots: number
  private readonly plus: number
  private readonly kept: Float32Array
  private readonly nibbles: Uint8Array
  private readonly report: Float64Array
  private readonly low: Float64Array
  private readonly tile: Float32Array
  /** of each example: how far behind it may be; updates in its row, what had moved at its row and bound; its error */
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
  ) {
    const n = rows.rows
    this.layer = layer
    this.rows = rows
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
    const moves = arena.float32(RING)
    const tables = arena.uint8(8 * RING)
    this.report = arena.float64(10)
    this.low = arena.float64(lines(n)).fill(-Infinity)
    this.tile = arena.float32(TILE * rows.cols)
    this.kernels = startBlocks(arena, {
      ...{ kept: this.kept.byteOffset, slots: this.slots, plus: this.plus },
      ...{ nibbles: this.nibbles.byteOffset, ring: RING, many: many.byteOffset },
      ...{ history: history.byteOffset, examples: lines(n), pending: pending.byteOffset },
      ...{ moves: moves.byteOffset, tables: tables.byteOffset, report: this.report.byteOffset },
    })
    this.gram = new GramRows(rows, y, 1 / this.rounding.radius, Math.min(n, SLOTS), arena)
    this.upTo = new Int32Array(n)
    this.rowMoved = new Float64Array(n)
    this.lowMoved = new Float64Array(n)
    this.error = new Float64Array(n)
    this.limit = Int32Array.from({ length: n }, (_, i) =>
      Math.min(RING - 4, WORTH * (rows.start[i + 1] - rows.start[i])),
    )
    this.primer = startPrime(arena)
    this.begin()
  }

  private slotOf(group: number): number {
    const { plus } = this.groups
    return group < plus ? group : group - plus + this.plus
  }

  /** The pre-activations of all examples as they are now. */
  private begin(): void {
    const { groups, rounding } = this
    for (const [from, to] of [
      [0, groups.plus],
      [groups.plus, groups.many.length],
    ])
      for (let g = from; g < to; g += TILE) this.prime(g, Math.min(TILE, to - g))
    for (let i = 0; i < this.upTo.length; i++) {
      this.error[i] = rounding.product * rounding.norms[i] * rounding.start
      this.evaluate(i)
    }
  }

  /** The pre-activations of some groups of units, for all examples. */
  private prime(first: number, units: number): void {
    const { layer, tile, rows, gram, kept, rounding, primer } = this
    const at = tile.byteOffset
    if (units < TILE) tile.fill(0)
    primer.packFew(
      at,
      layer.weights.byteOffset + 8 * first,
      8 * this.groups.many.length,
      units,
      rows.cols,
      rounding.radius,
    )
    primer.prime(
      kept.byteOffset + 4 * this.slotOf(first),
      4 * this.slots,
      at,
      rows.start.byteOffset,
      rows.rows,
      rows.index.byteOffset,
      gram.value.byteOffset,
      units,
    )
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
    const { z } = this.layer
    const at = this.updates & (RING - 1)
    const block = (at >> 2) * this.slots
    const bit = 1 << (at & 3)
    if (bit === 1) nibbles.fill(0, block, block + this.slots)
    const to = nibbles.byteOffset + block
    this.primer.mark(to, z.byteOffset, groups.plus, bit)
    this.primer.mark(to + this.plus, z.byteOffset + 8 * groups.plus, z.length - groups.plus, bit)
    const products = gram.of(example, this.updates)
    const worst = rounding.update(example, active, margin) * rounding.radius ** 2
    this.kernels.note(
      this.low.byteOffset,
      products.byteOffset,
      this.low.length,
      this.updates++,
      this.y[example],
      worst,
      this.net.alpha * worst,
    )
  }

  clean(i: number): boolean {
    const { low, rounding } = this
    const { norms, moved, product } = rounding
    const wanted = rounding.wanted(i)
    if (low[i] - product * norms[i] * (moved - this.lowMoved[i]) >= wanted) return true
    const behind = this.updates - this.upTo[i]
    if (behind === 0 || behind > this.limit[i]) return false
    this.evaluate(i)
    return low[i] >= wanted
  }

  /** Brings a row up to date, with what it says about y N. */
  private evaluate(i: number): void {
    const { y, report, rounding, updates, eta, error } = this
    const { v, alpha, k } = this.net
    const { norms, moved, product, radius, size } = rounding
    const factor = y[i] * eta * v * radius ** 2
    const sum = this.kernels.catchUp(i, this.upTo[i], updates, factor, alpha)
    const all = norms[i] * rounding.reach()
    error[i] +=
      product * norms[i] * (moved - this.rowMoved[i]) +
      size * radius ** 2 * 2 * k * ((1 - alpha) * report[1] + 8 * ROUND * report[0]) +
      2 * ROUND * all
    const off = error[i] + (this.slots / 16 + 8) * ROUND * all
    const sane = Number.isFinite(sum) && rounding.sane()
    this.low[i] = sane ? y[i] * v * sum - off : -Infinity
    this.upTo[i] = updates
    this.rowMoved[i] = moved
    this.lowMoved[i] = moved
  }
}
