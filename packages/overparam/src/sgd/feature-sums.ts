import { rowIndex, type SparseRows } from '../data/sparse-rows.js'

/**
 * The potentials F = ⟨W, W*⟩ and S = ‖W‖² of a run on sparse rows, as sums over the units of each
 * feature that are added up in a binary tree over the features; each update recomputes the nodes
 * above the changed weights. All sums are computed from the weights themselves, so that rounding
 * errors do not accumulate over the updates: they are those of 2k + log₂ d additions. Cost: O(ν(2k
 * + log d)) an update with ν features, instead of O(2kd).
 */
export class FeatureSums {
  private readonly wStar: Float64Array
  private readonly units: number
  /** leaves of the tree, a power of two; node t has the children 2t and 2t + 1 */
  private readonly leaves: number
  private readonly products: Float64Array
  private readonly squares: Float64Array

  /** @param weights - by feature, a column for each of `units` units */
  constructor(weights: Float64Array, wStar: Float64Array, units: number) {
    this.wStar = wStar
    this.units = units
    this.leaves = 2 ** Math.ceil(Math.log2(wStar.length))
    this.products = new Float64Array(2 * this.leaves)
    this.squares = new Float64Array(2 * this.leaves)
    for (let c = 0; c < wStar.length; c++) this.leaf(weights, c)
    for (let t = this.leaves - 1; t > 0; t--) this.join(t)
  }

  get f(): number {
    return this.products[1]
  }

  get s(): number {
    return this.squares[1]
  }

  /** Updates the sums after the weights of the features of row i have changed. */
  update(weights: Float64Array, rows: SparseRows, i: number): void {
    let level = new Set<number>()
    for (const c of rowIndex(rows, i)) {
      this.leaf(weights, c)
      level.add((this.leaves + c) >> 1)
    }
    while (level.size > 0) {
      const above = new Set<number>()
      for (const t of level) {
        if (t === 0) continue
        this.join(t)
        above.add(t >> 1)
      }
      level = above
    }
  }

  private leaf(weights: Float64Array, c: number): void {
    const { units } = this
    let difference = 0
    let square = 0
    for (let j = 0, p = c * units; j < units; j++, p++) {
      difference += j < units / 2 ? weights[p] : -weights[p]
      square += weights[p] * weights[p]
    }
    this.products[this.leaves + c] = this.wStar[c] * difference
    this.squares[this.leaves + c] = square
  }

  private join(t: number): void {
    this.products[t] = this.products[2 * t] + this.products[2 * t + 1]
    this.squares[t] = this.squares[2 * t] + this.squares[2 * t + 1]
  }
}
