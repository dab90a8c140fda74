import type { Shape, SparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { bytesOf, type Arena } from '../network/arena.js'
import type { FirstLayer } from '../network/first-layer.js'
import { gramBytes, GramRows, slotsOf } from './gram-rows.js'
import type { UnitGroups } from './identical-units.js'
import { Rounding } from './rounding.js'
import type { Screen } from './screen.js'

/**
 * The number of examples whose products with all others are kept, and of updates that are
 * remembered.
 */
const SLOTS = 1024

/** The record of an update in this screen, for the positive and the negative units. */
interface Push {
  readonly products: Float32Array
  readonly y: number
  /** moves of the majority and of the others, over y_u x_u·x_i */
  readonly most: readonly [number, number]
  readonly more: readonly [number, number]
  /** the groups that differ from the majority of their sign */
  readonly others: Int32Array
}

/** The number of bytes of an arena for this screen. */
export const offsetScreenBytes = (rows: Shape, { many }: UnitGroups): number =>
  bytesOf(8 * rows.rows * many.length) + gramBytes(rows, slotsOf(rows.rows, SLOTS))

/**
 * A screen for networks whose units mostly have the same activation pattern: the change of the
 * majority of a sign is added to one number of each row, and only the other units are corrected
 * individually. Float64 but for the products x_i·x_u, so that v Σ_j |δz_ij| grows by (ν + 4) 2⁻²⁴
 * ‖x_i‖ ηv²σ_u ‖x_u‖ at an update.
 *
 * Cost: per row and update 2 multiply–adds and one for each unit that differs from the majority; 2k
 * to sum N.
 */
export class OffsetScreen implements Screen {
  private readonly gram: GramRows
  private readonly rounding: Rounding
  private readonly layer: FirstLayer
  private readonly net: Net
  private readonly y: Float64Array
  private readonly eta: number
  private readonly groups: UnitGroups
  private readonly kept: Float64Array
  /** two for each example: what is to be added to all its positive, and negative units */
  private readonly offsets: Float64Array
  private readonly upTo: Int32Array
  private readonly setMoved: Float64Array
  private readonly pushes: Push[] = []
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
    this.net = net
    this.y = y
    this.eta = eta
    this.groups = groups
    this.rounding = new Rounding(rows, net, eta, layer.weights, groups)
    this.kept = arena.float64(n * groups.many.length)
    this.gram = new GramRows(rows, y, 1 / this.rounding.radius, slotsOf(n, SLOTS), arena)
    this.offsets = new Float64Array(2 * n)
    this.upTo = new Int32Array(n)
    this.setMoved = new Float64Array(n)
    layer.each((i, z) => {
      this.set(i, z)
    })
  }

  set(i: number, z: Float64Array): void {
    this.kept.set(z, i * z.length)
    this.offsets.fill(0, 2 * i, 2 * i + 2)
    this.upTo[i] = this.updates
    this.setMoved[i] = this.rounding.moved
  }

  update(example: number, _push: Float64Array, active: number, margin: number): void {
    const { groups, net, rounding, layer } = this
    const { many, plus } = groups
    const on = [0, 0]
    for (let g = 0; g < many.length; g++) if (layer.z[g] > 0) on[g < plus ? 0 : 1] += many[g]
    const majority = on.map((count) => 2 * count > net.k)
    const others: number[] = []
    for (let g = 0; g < many.length; g++)
      if (layer.z[g] > 0 !== majority[g < plus ? 0 : 1]) others.push(g)
    const size = this.eta * net.v * rounding.radius ** 2
    const step = (sign: number, on: boolean): number => sign * size * (on ? 1 : net.alpha)
    const most = [step(1, majority[0]), step(-1, majority[1])] as const
    const other = [step(1, !majority[0]), step(-1, !majority[1])]
    this.pushes[this.updates % SLOTS] = {
      products: this.gram.of(example, this.updates),
      y: this.y[example],
      most,
      more: [other[0] - most[0], other[1] - most[1]],
      others: Int32Array.from(others),
    }
    this.updates++
    rounding.update(example, active, margin)
  }

  clean(i: number): boolean {
    const { rounding, updates, net } = this
    if (updates - this.upTo[i] >= SLOTS - 1) return false
    for (let u = this.upTo[i]; u < updates; u++) this.move(i, this.pushes[u % SLOTS])
    this.upTo[i] = updates
    const off = rounding.product * rounding.norms[i] * (rounding.moved - this.setMoved[i])
    return this.y[i] * net.v * this.sum(i) - off >= rounding.wanted(i) && rounding.sane()
  }

  private move(i: number, { products, y, most, more, others }: Push): void {
    const { kept, offsets, groups } = this
    // the products carry y_i, which falls out again
    const t = y * products[i] * this.y[i]
    offsets[2 * i] += most[0] * t
    offsets[2 * i + 1] += most[1] * t
    const row = i * groups.many.length
    const [plus, minus] = [more[0] * t, more[1] * t]
    for (const g of others) kept[row + g] += g < groups.plus ? plus : minus
  }

  /** The difference Σ_{j<k} σ(z_j) − Σ_{j≥k} σ(z_j) for example i. */
  private sum(i: number): number {
    const { kept, offsets, net } = this
    const { many, plus } = this.groups
    const row = i * many.length
    let sum = 0
    for (let g = 0; g < many.length; g++) {
      const z = kept[row + g] + offsets[g < plus ? 2 * i : 2 * i + 1]
      const active = many[g] * (z > 0 ? z : net.alpha * z)
      sum += g < plus ? active : -active
    }
    return sum
  }
}
