import { sparseNorms2 } from '../data/sparse-rows.js'
import type { SparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { bytesOf } from './arena.js'
import type { Arena } from './arena.js'
import { startBlocks } from './block-kernels.js'
import type { BlockKernels } from './block-kernels.js'
import type { FirstLayer } from './first-layer.js'
import { gramBytes, GramRows, lines } from './gram-rows.js'
import type { Screen } from './screen.js'

const GROUP = 16
const padded = (units: number): number => Math.ceil(units / GROUP) * GROUP

/** Updates that are remembered. An example that is further behind is left to the first layer. */
const RING = 1024
/** Examples whose products with all others are kept. */
const SLOTS = 1024
/** Units of a tile, as in assembly/blocks.ts. */
const TILE = 32
/** A row that is this many updates behind per feature costs as much as the first layer. */
const WORTH = 8
/** What float32 rounds to, relatively. */
const ROUND = 2 ** -24
/** Rounding of the primal algorithm's own float64, relative to all that was ever added. */
const SLACK = 1e-9
/** Above this a float32 is no longer trusted to hold a pre-activation. */
const HUGE = 1e30

/** Bytes of an arena that holds this screen. */
export function blockScreenBytes(rows: SparseRows, k: number): number {
  const slots = 2 * padded(k)
  const n = lines(rows.rows)
  return (
    bytesOf(
      4 * rows.rows * slots,
      (RING / 4) * slots,
      4 * slots,
      4 * RING * n,
      4 * RING,
      8 * RING,
    ) +
    bytesOf(80, 8 * n, 4 * TILE * rows.cols) +
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
 * Every row knows how far its y N can be from the primal algorithm's. With ρ = 2⁻²⁴, V = Σ_j |v_j|, per time that it is brought
 * up to date over a window of updates:
 *
 * | source                                      | adds to v Σ_j |δz_j|                                  |
 * | ------------------------------------------- | ----------------------------------------------------- |
 * | products x_i·x_u in float32                 | (ν + 4) ρ ‖x_i‖ Σ_u ηv²σ_u ‖x_u‖                      |
 * | moves rounded to multiples of a quantum     | ηvV (1 − α) max(Σ rest⁺, Σ rest⁻), the rests as found |
 * | sums of moves, factors in float32           | 8ρ ηvV max(Σ t⁺, Σ t⁻)                                |
 * | adding them to the row                      | 2ρ v Σ|z_ij| ≤ 2ρ ‖x_i‖ √(vV) ‖W‖                     |
 *
 * and summing N adds (slots/16 + 8) ρ v Σ|z_ij|. ‖W‖² is known from every update: it grows by 2η yN + η²v²‖x‖²Σs².
 */
export class BlockScreen implements Screen {
  private readonly kernels: BlockKernels
  private readonly gram: GramRows
  private readonly layer: FirstLayer
  private readonly net: Net
  private readonly y: Float64Array
  private readonly eta: number
  private readonly radius: number
  private readonly radius2: number
  private readonly rows: SparseRows
  private readonly tile: Float32Array
  private readonly norms: Float64Array
  private readonly most: number
  private readonly kept: Float32Array
  private readonly nibbles: Uint8Array
  private readonly report: Float64Array
  private readonly low: Float64Array
  private readonly slots: number
  private readonly plus: number
  private readonly limit: Int32Array
  /** of each example: updates in its row, Σ ηv²σ‖x_u‖ at its row and at its bound, how far N may be off */
  private readonly upTo: Int32Array
  private readonly rowMoved: Float64Array
  private readonly lowMoved: Float64Array
  private readonly error: Float64Array
  private updates = 0
  private moved = 0
  /** v Σ_j ‖w_j‖ at the start, and a bound on ‖W‖² now */
  private start = 0
  private square = 0

  constructor(
    rows: SparseRows,
    layer: FirstLayer,
    y: Float64Array,
    net: Net,
    eta: number,
    arena: Arena,
  ) {
    const n = rows.rows
    this.layer = layer
    this.net = net
    this.y = y
    this.eta = eta
    const norms2 = sparseNorms2(rows)
    const longest = Math.sqrt(norms2.reduce((a, b) => Math.max(a, b), 1e-280))
    // the products of shorter rows are lost in float32, so they are granted more
    this.norms = norms2.map((square) => Math.max(Math.sqrt(square), 1e-12 * longest))
    // a power of two, so that scaling rounds nothing
    const radius = 2 ** Math.ceil(Math.log2(longest))
    this.radius = radius
    this.radius2 = radius ** 2
    this.rows = rows
    this.plus = padded(net.k)
    this.slots = 2 * this.plus
    this.kept = arena.float32(n * this.slots)
    this.nibbles = arena.uint8((RING / 4) * this.slots)
    const many = arena.float32(this.slots)
    many.fill(1, 0, net.k).fill(1, this.plus, this.plus + net.k)
    const history = arena.float32(RING * lines(n))
    const moves = arena.float32(RING)
    const tables = arena.uint8(8 * RING)
    this.report = arena.float64(10)
    this.low = arena.float64(lines(n)).fill(-Infinity)
    this.tile = arena.float32(TILE * rows.cols)
    this.kernels = startBlocks(arena, {
      kept: this.kept.byteOffset,
      slots: this.slots,
      plus: this.plus,
      nibbles: this.nibbles.byteOffset,
      ring: RING,
      many: many.byteOffset,
      history: history.byteOffset,
      examples: lines(n),
      moves: moves.byteOffset,
      tables: tables.byteOffset,
      report: this.report.byteOffset,
    })
    this.gram = new GramRows(rows, y, 1 / radius, Math.min(n, SLOTS), arena, () => this.kernels)
    this.upTo = new Int32Array(n)
    this.rowMoved = new Float64Array(n)
    this.lowMoved = new Float64Array(n)
    this.error = new Float64Array(n)
    let most = 0
    this.limit = Int32Array.from({ length: n }, (_, i) => {
      const features = rows.start[i + 1] - rows.start[i]
      most = Math.max(most, features)
      return Math.min(RING - 4, WORTH * features)
    })
    this.most = (most + 4) * ROUND
    this.begin()
  }

  /** What the weights are now: norms, and the row of every example. */
  private begin(): void {
    const { weights } = this.layer
    const { net } = this
    const units = 2 * net.k
    const square = new Float64Array(units)
    for (let p = 0; p < weights.length; p += units)
      for (let j = 0; j < units; j++) square[j] += weights[p + j] ** 2
    this.square = square.reduce((sum, value) => sum + value, 0)
    this.start = net.v * square.reduce((sum, value) => sum + Math.sqrt(value), 0)
    for (const group of [0, 1])
      for (let j = 0; j < net.k; j += TILE) this.prime(group, j, Math.min(TILE, net.k - j))
    for (let i = 0; i < this.upTo.length; i++) {
      this.error[i] = this.most * this.norms[i] * this.start
      this.evaluate(i)
    }
  }

  /** The pre-activations of some units of a group, for all examples. */
  private prime(group: number, first: number, units: number): void {
    const { kernels, layer, net, tile, rows, gram, kept } = this
    const { weights } = layer
    const from = group * net.k + first
    const at = tile.byteOffset
    if (units < TILE) tile.fill(0)
    kernels.packFew(at, weights.byteOffset + 8 * from, 16 * net.k, units, rows.cols, this.radius)
    kernels.prime(
      kept.byteOffset + 4 * (group * this.plus + first),
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
    const { k } = this.net
    const row = i * this.slots
    for (let j = 0; j < k; j++) this.kept[row + j] = z[j]
    for (let j = 0, at = row + this.plus; j < k; j++) this.kept[at + j] = z[k + j]
    this.upTo[i] = this.updates
    this.rowMoved[i] = this.moved
    this.error[i] = ROUND * this.size(i)
    this.low[i] = margin
    this.lowMoved[i] = this.moved
  }

  /** At least v Σ_j |z_ij|, by Cauchy and Schwarz. */
  private size(i: number): number {
    const { v, k } = this.net
    return this.norms[i] * v * Math.sqrt(2 * k * this.square) * 1.001
  }

  update(example: number, _push: Float64Array, margin: number): void {
    const { alpha, v, k } = this.net
    const { z } = this.layer
    const at = this.updates & (RING - 1)
    const block = (at >> 2) * this.slots
    const bit = 1 << (at & 3)
    if (bit === 1) this.nibbles.fill(0, block, block + this.slots)
    let active = 0
    for (let j = 0; j < 2 * k; j++) {
      if (!(z[j] > 0)) continue
      active++
      this.nibbles[block + (j < k ? j : j - k + this.plus)] |= bit
    }
    const slopes = active + alpha * (2 * k - active)
    const squares = active + alpha ** 2 * (2 * k - active)
    const size = this.eta * v ** 2
    const norm = this.norms[example]
    this.grow(2 * this.eta * margin, this.eta * size * norm ** 2 * squares)
    this.moved += size * slopes * norm
    const products = this.gram.of(example, this.updates)
    const worst = size * slopes * this.radius2
    this.kernels.note(
      this.low.byteOffset,
      products.byteOffset,
      this.low.length,
      this.updates++,
      this.y[example],
      worst,
      alpha * worst,
    )
  }

  /** ‖W‖² after an update, and more than rounding can have taken from it. */
  private grow(inner: number, outer: number): void {
    const before = this.square
    this.square = Math.max(0, before + inner + outer) + 1e-12 * (before + Math.abs(inner) + outer)
  }

  clean(i: number): boolean {
    const { low, moved } = this
    const norm = this.norms[i]
    const wanted = 1 + SLACK * (1 + norm * (this.start + moved))
    if (low[i] - this.most * norm * (moved - this.lowMoved[i]) >= wanted) return true
    const behind = this.updates - this.upTo[i]
    if (behind === 0 || behind > this.limit[i]) return false
    this.evaluate(i)
    return low[i] >= wanted
  }

  /** Brings a row up to date, with what it says about y N. */
  private evaluate(i: number): void {
    const { moved, y, report } = this
    const { v, alpha, k } = this.net
    const size = this.eta * v * this.radius2
    const sum = this.kernels.catchUp(i, this.upTo[i], this.updates, y[i] * size, alpha)
    const all = this.size(i)
    this.error[i] +=
      this.most * this.norms[i] * (moved - this.rowMoved[i]) +
      size * v * 2 * k * ((1 - alpha) * report[1] + 8 * ROUND * report[0]) +
      2 * ROUND * all
    const off = this.error[i] + (this.slots / 16 + 8) * ROUND * all
    const sane = Number.isFinite(sum) && all < HUGE && 2 * k * v < HUGE
    this.low[i] = sane ? y[i] * v * sum - off : -Infinity
    this.upTo[i] = this.updates
    this.rowMoved[i] = moved
    this.lowMoved[i] = moved
  }
}
