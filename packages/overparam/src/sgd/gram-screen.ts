import { sparseNorms2, type SparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { outputOf, type UnitGroups } from './identical-units.js'
import type { Screen } from './screen.js'

/**
 * The rounding tolerance of a kept pre-activation, relative to the sum of all absolute values that
 * were added: a thousand times the error of 10⁴ additions.
 */
const SLACK = 1e-9

/**
 * The number of updates that are remembered, and so the largest number of rows of the Gram matrix
 * and of step vectors.
 */
const REMEMBERED = 2048

/** The record of an update in this screen. */
interface Push {
  readonly example: number
  readonly y: number
  /** v Σ_j |step_j| = ηv²σ: bound on the change of N per unit of x_u·x_i */
  readonly size: number
  /** x_u·x_i for all i, computed lazily; shared by the updates of an example */
  products: Float64Array | undefined
}

/**
 * A screen that detects visits without update without using the weights. Between updates only W
 * changes, by rank one: an update on x_u adds c_uj x_u to row j, so the pre-activation z_ij of any
 * example changes by c_uj x_u·x_i. Two tests, the cheap one first:
 *
 * - a lower bound on y_i N_i: with q = y_i y_u x_u·x_i an update raises it by at least α ηv²σ_u q
 *   if q > 0 and lowers it by at most ηv²σ_u |q| otherwise; one multiply–add per update since the
 *   last visit
 * - the pre-activations themselves, kept with the number of updates they contain: 2k multiply–adds
 *   per update since then, instead of 2k per non-zero feature
 *
 * A visit is decided only if y N ≥ 1 by more than the rounding error; otherwise the engine decides.
 * So a run with a screen has the same bits as one without.
 */
export class GramScreen implements Screen {
  private readonly rows: SparseRows
  private readonly y: Float64Array
  private readonly net: Net
  private readonly groups: UnitGroups
  private readonly units: number
  /**
   * kept pre-activations, n × 2k, and the number of updates that each row contains; −1 before its
   * first visit
   */
  private readonly kept: Float64Array
  private readonly upTo: Int32Array
  /** lower bounds on y N, and the number of updates that each contains */
  private readonly low: Float64Array
  private readonly lowTo: Int32Array
  /** v Σ_j of all absolute values that went into a row: what rounding is relative to */
  private readonly scale: Float64Array
  private readonly norms: Float64Array
  private readonly pushes: Push[] = []
  private steps: Float64Array
  private readonly gram = new Map<number, Float64Array>()
  private readonly z: Float64Array

  constructor(rows: SparseRows, y: Float64Array, net: Net, groups: UnitGroups) {
    const n = rows.rows
    this.rows = rows
    this.y = y
    this.net = net
    this.groups = groups
    this.units = groups.many.length
    this.kept = new Float64Array(n * this.units)
    this.upTo = new Int32Array(n).fill(-1)
    this.low = new Float64Array(n)
    this.lowTo = new Int32Array(n)
    this.scale = new Float64Array(n)
    this.steps = new Float64Array(256 * this.units)
    this.z = new Float64Array(this.units)
    this.norms = sparseNorms2(rows).map(Math.sqrt)
  }

  /** Stores the pre-activations that the engine computed for an example. */
  set(i: number, z: Float64Array, margin: number): void {
    this.kept.set(z, i * this.units)
    this.upTo[i] = this.pushes.length
    this.low[i] = margin
    this.lowTo[i] = this.pushes.length
    let sum = 0
    for (let j = 0; j < z.length; j++) sum += this.groups.many[j] * Math.abs(z[j])
    this.scale[i] = this.net.v * sum
  }

  /** Records an update: w_j += step_j x_example for all j. */
  update(example: number, step: Float64Array): void {
    if (this.pushes.length === REMEMBERED) this.forget()
    const at = this.pushes.length * this.units
    if (at === this.steps.length) {
      const larger = new Float64Array(2 * at)
      larger.set(this.steps)
      this.steps = larger
    }
    this.steps.set(step, at)
    let sum = 0
    for (let j = 0; j < step.length; j++) sum += this.groups.many[j] * Math.abs(step[j])
    const [y, size] = [this.y[example], this.net.v * sum]
    this.pushes.push({ example, y, size, products: this.gram.get(example) })
  }

  /** Resets the screen, so that memory stays bounded. */
  private forget(): void {
    this.pushes.length = 0
    this.gram.clear()
    this.upTo.fill(-1)
  }

  /** True if the example certainly has y N ≥ 1; false if the engine must decide. */
  clean(i: number): boolean {
    const to = this.pushes.length
    const { start } = this.rows
    if (this.upTo[i] < 0) return false
    // catching up would cost as much as starting again
    if (to - this.lowTo[i] > start[i + 1] - start[i]) return false
    this.lower(i, to)
    if (this.low[i] >= 1 + SLACK * (1 + this.scale[i])) return true
    if (to - this.upTo[i] > start[i + 1] - start[i]) return false
    this.catchUp(i, to)
    const { z, units, kept } = this
    for (let j = 0, at = i * units; j < units; j++, at++) z[j] = kept[at]
    this.low[i] = this.y[i] * outputOf(z, this.groups, this.net)
    return this.low[i] >= 1 + SLACK * (1 + this.scale[i])
  }

  /** Brings the lower bound of an example up to date. */
  private lower(i: number, to: number): void {
    const { alpha } = this.net
    let low = this.low[i]
    let scale = this.scale[i]
    for (let u = this.lowTo[i]; u < to; u++) {
      const push = this.pushes[u]
      const products = (push.products ??= this.products(push.example))
      const q = this.y[i] * push.y * products[i]
      low += (q > 0 ? alpha : 1) * push.size * q
      scale += push.size * this.norms[push.example] * this.norms[i]
    }
    this.low[i] = low
    this.scale[i] = scale
    this.lowTo[i] = to
  }

  /** Brings the pre-activations of an example up to date, two updates at a time. */
  private catchUp(i: number, to: number): void {
    const { units, kept, steps, pushes } = this
    const row = i * units
    let u = this.upTo[i]
    for (; u + 1 < to; u += 2) {
      const a = (pushes[u].products as Float64Array)[i]
      const b = (pushes[u + 1].products as Float64Array)[i]
      const first = u * units
      const second = first + units
      for (let j = 0; j < units; j++)
        kept[row + j] = kept[row + j] + a * steps[first + j] + b * steps[second + j]
    }
    if (u < to) {
      const a = (pushes[u].products as Float64Array)[i]
      for (let j = 0; j < units; j++) kept[row + j] += a * steps[u * units + j]
    }
    this.upTo[i] = to
  }

  /** The products x_example · x_i for all i. */
  private products(example: number): Float64Array {
    const known = this.gram.get(example)
    if (known) return known
    const { start, index, value, cols } = this.rows
    const dense = new Float64Array(cols)
    for (let q = start[example]; q < start[example + 1]; q++) dense[index[q]] = value[q]
    const products = new Float64Array(this.rows.rows)
    for (let i = 0; i < products.length; i++) {
      let sum = 0
      for (let q = start[i]; q < start[i + 1]; q++) sum += value[q] * dense[index[q]]
      products[i] = sum
    }
    this.gram.set(example, products)
    return products
  }
}
