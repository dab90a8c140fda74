import type { Block, Ops } from '../kernel/ops.js'
import { fours, type WeightPart, type Weights } from './weights.js'

/** A stack of dense layers: ReLU layers followed by a linear layer, for any number of rows. */
export class DenseStack {
  readonly #ops: Ops
  readonly #name: string
  readonly #sizes: readonly number[]
  #blocks: readonly Block[] = []
  #back: readonly Block[] = []
  #panels = 0

  /** @param sizes - of the input, each hidden layer, and the output */
  constructor(ops: Ops, name: string, sizes: readonly number[]) {
    this.#ops = ops
    this.#name = name
    this.#sizes = sizes
  }

  /** The weights to be made for it. */
  get parts(): readonly WeightPart[] {
    return this.#sizes.slice(1).flatMap((cols, l) => {
      const rows = this.#sizes[l]
      return [
        { name: `${this.#name}.${l}.weight`, rows, cols, fanIn: rows },
        { name: `${this.#name}.${l}.bias`, rows: 1, cols, fanIn: 0 },
      ]
    })
  }

  /** Allocates memory for `rows` rows. */
  reserve(rows: number): void {
    const { space } = this.#ops
    const block = (n: number): Block => ({ at: space.reserve(rows * fours(n)), ld: fours(n) })
    this.#blocks = this.#sizes.map(block)
    this.#back = this.#sizes.map(block)
    const most = Math.max(...this.#sizes.slice(1).map((n, l) => fours(n) * fours(this.#sizes[l])))
    this.#panels = space.reserve(most)
  }

  /** Where the input is to be written. */
  get input(): Block {
    return this.#blocks[0]
  }

  get output(): Block {
    return this.#blocks[this.#blocks.length - 1]
  }

  forward(weights: Weights, rows: number): void {
    const last = this.#sizes.length - 2
    for (let l = 0; l <= last; l++) {
      const [from, to] = [this.#blocks[l], this.#blocks[l + 1]]
      const w = weights.place(`${this.#name}.${l}.weight`)
      this.#ops.gemm(to, from, w, rows, from.ld, to.ld, { panels: this.#panels })
      this.#ops.addRow(to, weights.place(`${this.#name}.${l}.bias`).at, rows, to.ld)
      if (l < last) this.#ops.relu(to, rows, to.ld)
    }
  }

  /**
   * Adds to the gradients of the weights.
   *
   * @param d - gradient of the output
   * @returns the gradient of the input
   */
  backward(weights: Weights, rows: number, d: Block): Block {
    let above = d
    for (let l = this.#sizes.length - 2; l >= 0; l--) {
      const [from, to] = [this.#blocks[l], this.#back[l]]
      const w = weights.place(`${this.#name}.${l}.weight`)
      this.#ops.gemmT({ at: w.gradient, ld: w.ld }, from, above, rows, from.ld, w.ld)
      this.#ops.sumRows(weights.place(`${this.#name}.${l}.bias`).gradient, above, rows, w.ld)
      const how = { panels: this.#panels, transposed: true }
      this.#ops.gemm(to, above, w, rows, w.ld, from.ld, how)
      if (l > 0) this.#ops.mask(to, from, rows, from.ld)
      above = to
    }
    return above
  }
}
