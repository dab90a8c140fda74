import { sparseNorms2, type SparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import type { UnitGroups } from './identical-units.js'

/** The unit roundoff of float32. */
export const ROUND: number = 2 ** -24
/**
 * The rounding tolerance of the primal algorithm in float64, relative to the sum of all absolute
 * values that were added: a constant, and a part for each update.
 */
const SLACK = 1e-9
const PER_UPDATE = 2 ** -52
/** The largest pre-activation for which float32 is used. */
const HUGE = 1e30

/**
 * Error bounds of the screens: the distance of their pre-activations from those of the primal
 * algorithm, as v Σ_j |δz_ij|, which bounds the error of y N, since σ has slopes of at most 1.
 */
export class Rounding {
  /** R, rounded up to a power of two so that dividing by it rounds nothing */
  readonly radius: number
  /** ‖x_i‖ */
  readonly norms: Float64Array
  /**
   * of a product in float32, relative to ‖x_i‖ ‖x_u‖: (ν + 4) 2⁻²⁴ for at most ν features that are
   * not zero
   */
  readonly product: number
  /** ηv², and 2kv */
  readonly size: number
  private readonly total: number
  private readonly net: Net
  private readonly eta: number
  /** v Σ_j ‖w_j‖ at the start */
  readonly start: number
  /** Σ_u ηv²σ_u ‖x_u‖ over all updates */
  moved = 0
  private updates = 0
  /** an upper bound on ‖W‖² */
  private square: number

  /** @param weights - of the groups, by feature */
  constructor(
    rows: SparseRows,
    net: Net,
    eta: number,
    weights: Float64Array,
    { many }: UnitGroups,
  ) {
    this.net = net
    this.eta = eta
    this.size = eta * net.v ** 2
    this.total = 2 * net.k * net.v
    const norms2 = sparseNorms2(rows)
    const longest = Math.sqrt(norms2.reduce((a, b) => Math.max(a, b), 1e-280))
    // the products of shorter rows are lost in float32, so they are granted more
    this.norms = norms2.map((square) => Math.max(Math.sqrt(square), 1e-12 * longest))
    this.radius = 2 ** Math.ceil(Math.log2(longest))
    let most = 0
    for (let i = 0; i < rows.rows; i++) most = Math.max(most, rows.start[i + 1] - rows.start[i])
    this.product = (most + 4) * ROUND
    const square = new Float64Array(many.length)
    for (let p = 0; p < weights.length; p += many.length)
      for (let g = 0; g < many.length; g++) square[g] += weights[p + g] ** 2
    this.square = square.reduce((sum, value, g) => sum + many[g] * value, 0)
    this.start = net.v * square.reduce((sum, value, g) => sum + many[g] * Math.sqrt(value), 0)
  }

  /**
   * Records an update with the given number of active units, which changes ‖W‖² by 2η yN +
   * η²v²‖x‖²Σs².
   *
   * @returns ηv²σ
   */
  update(example: number, active: number, margin: number): number {
    const { alpha, k } = this.net
    const passive = 2 * k - active
    const norm = this.norms[example]
    const inner = 2 * this.eta * margin
    const outer = this.eta * this.size * norm ** 2 * (active + alpha ** 2 * passive)
    const before = this.square
    this.square = Math.max(0, before + inner + outer) + 1e-12 * (before + Math.abs(inner) + outer)
    const force = this.size * (active + alpha * passive)
    this.moved += force * norm
    this.updates++
    return force
  }

  /** An upper bound on v Σ_j |z_ij| / ‖x_i‖ by the Cauchy–Schwarz inequality. */
  reach(): number {
    return this.net.v * Math.sqrt(2 * this.net.k * this.square) * 1.001
  }

  /** Whether all numbers are in the range of float32. */
  sane(): boolean {
    return this.reach() * this.radius < HUGE && this.total < HUGE
  }

  /**
   * The y N above which an example certainly has no update: 1 plus the float64 rounding error.
   */
  wanted(i: number): number {
    const relative = SLACK + this.updates * PER_UPDATE
    return 1 + relative * (1 + this.norms[i] * (this.start + this.moved))
  }
}
