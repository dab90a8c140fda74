import type { Shape, SparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { bytesOf, type Arena } from '../network/arena.js'
import { startEager, type EagerKernels } from './eager-kernels.js'
import type { FirstLayer } from '../network/first-layer.js'
import { gramBytes, GramRows, lines, slotsOf } from './gram-rows.js'
import { outputOf, type UnitGroups } from './identical-units.js'
import { ROUND, Rounding } from './rounding.js'
import type { Screen } from './screen.js'

/** The number of examples whose products with all others are kept. */
const SLOTS = 512

/** The number of bytes of an arena for this screen. */
export function eagerScreenBytes(rows: Shape, { many }: UnitGroups): number {
  const n = lines(rows.rows)
  return (
    bytesOf(4 * n * many.length, 4 * many.length, 4 * many.length, 4 * n, 4 * n) +
    gramBytes(rows, slotsOf(rows.rows, SLOTS))
  )
}

/**
 * A screen for narrow networks, which updates the pre-activations and outputs of all examples at
 * every update, so that a visit is one comparison. Row i has an error bound relative to the primal
 * algorithm's y N. With ρ = 2⁻²⁴ an update adds to v Σ_j |δz_ij|:
 *
 * | source                            | at most                                |
 * | --------------------------------- | -------------------------------------- |
 * | the product x_i·x_u in float32    | (ν + 4) ρ ‖x_i‖ ηv²σ_u ‖x_u‖           |
 * | the move, its factor              | 4 ρ ‖x_i‖ ηv²σ_u ‖x_u‖                 |
 * | adding it                         | ρ v Σ_j |z_ij| ≤ ρ ‖x_i‖ v √(2k) ‖W‖   |
 *
 * and summing N adds (units + 4) ρ v Σ_j |z_ij|.
 */
export class EagerScreen implements Screen {
  private readonly kernels: EagerKernels
  private readonly gram: GramRows
  private readonly rounding: Rounding
  private readonly layer: FirstLayer
  private readonly net: Net
  private readonly eta: number
  private readonly y: Float64Array
  private readonly groups: UnitGroups
  private readonly kept: Float32Array
  private readonly step: Float32Array
  private readonly many: Float32Array
  private readonly labels: Float32Array
  private readonly out: Float32Array
  /**
   * Σ over the updates of the reach after each, and what that and the moves were when a row was set
   */
  private rounded = 0
  private readonly setRounded: Float64Array
  private readonly setMoved: Float64Array
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
    const n = lines(rows.rows)
    const units = groups.many.length
    this.layer = layer
    this.net = net
    this.eta = eta
    this.y = y
    this.groups = groups
    this.rounding = new Rounding(rows, net, eta, layer.weights, groups)
    this.kept = arena.float32(n * units)
    this.step = arena.float32(units)
    this.many = arena.float32(units)
    groups.many.forEach((count, g) => {
      this.many[g] = g < groups.plus ? count : -count
    })
    this.labels = arena.float32(n)
    this.labels.set(y)
    this.out = arena.float32(n)
    this.kernels = startEager(arena)
    this.gram = new GramRows(rows, y, 1 / this.rounding.radius, slotsOf(rows.rows, SLOTS), arena)
    this.setRounded = new Float64Array(rows.rows)
    this.setMoved = new Float64Array(rows.rows)
    layer.each((i, z) => {
      this.set(i, z, y[i] * outputOf(z, groups, net, layer))
    })
  }

  set(i: number, z: Float64Array, margin: number): void {
    const row = Math.floor(i / 16) * 16 * z.length + (i % 16)
    for (let g = 0; g < z.length; g++) this.kept[row + 16 * g] = z[g]
    this.out[i] = (this.y[i] * margin) / this.net.v
    // the row itself is rounded, as if once more
    this.setRounded[i] = this.rounded - this.rounding.reach()
    this.setMoved[i] = this.rounding.moved
  }

  update(example: number, _push: Float64Array, active: number, margin: number): void {
    const { layer, net, rounding, step, groups, kept, many, labels, out } = this
    const size = this.eta * net.v * rounding.radius ** 2 * this.y[example]
    for (let g = 0; g < step.length; g++)
      step[g] = (g < groups.plus ? size : -size) * (layer.z[g] > 0 ? 1 : net.alpha)
    const products = this.gram.of(example, this.updates++)
    this.kernels.update(
      kept.byteOffset,
      products.length,
      step.length,
      step.byteOffset,
      many.byteOffset,
      products.byteOffset,
      labels.byteOffset,
      out.byteOffset,
      net.alpha,
    )
    rounding.update(example, active, margin)
    this.rounded += rounding.reach()
  }

  clean(i: number): boolean {
    const { rounding, rounded } = this
    const { norms, moved, product } = rounding
    const off =
      norms[i] *
      ((product + 4 * ROUND) * (moved - this.setMoved[i]) +
        1.001 * ROUND * (rounded - this.setRounded[i]) +
        (this.step.length + 4) * ROUND * rounding.reach())
    const margin = this.y[i] * this.net.v * this.out[i]
    return margin - off >= rounding.wanted(i) && Number.isFinite(margin) && rounding.sane()
  }
}
