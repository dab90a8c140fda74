import type { Block, Ops } from '../kernel/ops.js'
import type { Squash } from './squash.js'
import { fours, type WeightPart, type Weights } from './weights.js'

/**
 * Sequences of equal length: row t · rows + r is step t of sequence r.
 */
export interface Sequences {
  readonly rows: number
  readonly steps: number
}

/**
 * An LSTM on sequences, from a zero state to its last state.
 *
 *     (i, f, g, o) = (σ, σ, tanh, σ)(W x_t + U h_{t−1} + b)      c_t = f c_{t−1} + i g      h_t = o tanh c_t
 *
 * Source: Hochreiter & Schmidhuber (1997), with the forget gate of Gers et al. (2000).
 */
export class Lstm {
  readonly #ops: Ops
  readonly #squash: Squash
  readonly #name: string
  readonly #inputs: number
  readonly #state: number
  /** gates, then their gradients */
  #gates: Block = { at: 0, ld: 0 }
  /** states and cells, one row more: those before the first step */
  #h: Block = { at: 0, ld: 0 }
  #c: Block = { at: 0, ld: 0 }
  #tanh: Block = { at: 0, ld: 0 }
  #dh: Block = { at: 0, ld: 0 }
  #dc: Block = { at: 0, ld: 0 }
  #dx: Block = { at: 0, ld: 0 }
  #panels = 0

  constructor(ops: Ops, squash: Squash, name: string, inputs: number, state: number) {
    this.#ops = ops
    this.#squash = squash
    this.#name = name
    this.#inputs = inputs
    this.#state = state
  }

  /** The weights to be made for it. One bias: frameworks that keep two add them. */
  get parts(): readonly WeightPart[] {
    const [name, cols, fanIn] = [this.#name, 4 * this.#state, this.#state]
    return [
      { name: `${name}.input`, rows: this.#inputs, cols, groups: 4, fanIn },
      { name: `${name}.state`, rows: this.#state, cols, groups: 4, fanIn },
      { name: `${name}.bias`, rows: 1, cols, groups: 4, fanIn: 0 },
    ]
  }

  reserve({ rows, steps }: Sequences): void {
    const { space } = this.#ops
    const [wide, inputs] = [fours(this.#state), fours(this.#inputs)]
    const block = (count: number, ld: number): Block => ({ at: space.reserve(count * ld), ld })
    this.#gates = block(rows * steps, 4 * wide)
    this.#h = block(rows * (steps + 1), wide)
    this.#c = block(rows * (steps + 1), wide)
    this.#tanh = block(rows * steps, wide)
    this.#dh = block(rows, wide)
    this.#dc = block(rows, wide)
    this.#dx = block(rows * steps, inputs)
    this.#panels = space.reserve(4 * wide * Math.max(wide, inputs))
  }

  /**
   * @param x - the sequences @returns the last states, a row for each sequence; zeros without a
   *   step
   */
  forward(weights: Weights, { rows, steps }: Sequences, x: Block): Block {
    const ops = this.#ops
    const [h, c, gates] = [this.#h, this.#c, this.#gates]
    const { floats } = ops.space
    floats.fill(0, h.at, h.at + rows * h.ld)
    floats.fill(0, c.at, c.at + rows * c.ld)
    const panels = this.#panels
    const input = weights.place(`${this.#name}.input`)
    const state = weights.place(`${this.#name}.state`)
    ops.gemm(gates, x, input, rows * steps, fours(this.#inputs), gates.ld, { panels })
    ops.addRow(gates, weights.place(`${this.#name}.bias`).at, rows * steps, gates.ld)
    for (let t = 0; t < steps; t++) {
      const how = { panels, accumulate: true }
      if (t > 0)
        ops.gemm(rowsFrom(gates, t * rows), rowsFrom(h, t * rows), state, rows, h.ld, gates.ld, how)
      for (let r = t * rows; r < (t + 1) * rows; r++) this.#gatesForward(floats, r, rows)
    }
    return rowsFrom(h, steps * rows)
  }

  /** One step of one sequence. Every stored number is rounded. */
  #gatesForward(z: Float32Array | Float64Array, r: number, rows: number): void {
    const { tanh, sigmoid } = this.#squash
    const n = this.#h.ld
    const gate = this.#gates.at + 4 * n * r
    const [before, after] = [n * r, n * (r + rows)]
    for (let f = 0; f < n; f++) {
      const i = (z[gate + f] = sigmoid(z[gate + f]))
      const keep = (z[gate + n + f] = sigmoid(z[gate + n + f]))
      const g = (z[gate + 2 * n + f] = tanh(z[gate + 2 * n + f]))
      const o = (z[gate + 3 * n + f] = sigmoid(z[gate + 3 * n + f]))
      const c = (z[this.#c.at + after + f] = keep * z[this.#c.at + before + f] + i * g)
      const squashed = (z[this.#tanh.at + before + f] = tanh(c))
      z[this.#h.at + after + f] = o * squashed
    }
  }

  /**
   * Adds to the gradients of the weights. Call it once for each forward pass, whose gates it
   * overwrites.
   *
   * @param x - as read
   * @param dLast - gradient of the last states
   * @returns the gradient of the sequences
   */
  backward(weights: Weights, { rows, steps }: Sequences, x: Block, dLast: Block): Block {
    const ops = this.#ops
    const { floats: z } = ops.space
    const [h, gates, dh, dc, panels] = [this.#h, this.#gates, this.#dh, this.#dc, this.#panels]
    const n = h.ld
    for (let r = 0; r < rows; r++) {
      const from = dLast.at + r * dLast.ld
      z.copyWithin(dh.at + r * n, from, from + n)
    }
    z.fill(0, dc.at, dc.at + rows * n)
    const input = weights.place(`${this.#name}.input`)
    const state = weights.place(`${this.#name}.state`)
    for (let t = steps - 1; t >= 0; t--) {
      for (let r = 0; r < rows; r++) this.#gatesBackward(z, t * rows + r, r)
      const how = { panels, transposed: true }
      if (t > 0) ops.gemm(dh, rowsFrom(gates, t * rows), state, rows, gates.ld, n, how)
    }
    const [all, inputs] = [rows * steps, fours(this.#inputs)]
    ops.gemmT({ at: input.gradient, ld: input.ld }, x, gates, all, inputs, gates.ld)
    ops.gemmT({ at: state.gradient, ld: state.ld }, h, gates, all, n, gates.ld)
    ops.sumRows(weights.place(`${this.#name}.bias`).gradient, gates, all, gates.ld)
    const how = { panels, transposed: true }
    ops.gemm(this.#dx, gates, input, all, gates.ld, inputs, how)
    return this.#dx
  }

  /** Row r of all steps, which is row `own` of the gradients of states. */
  #gatesBackward(z: Float32Array | Float64Array, r: number, own: number): void {
    const n = this.#h.ld
    const gate = this.#gates.at + 4 * n * r
    for (let f = 0; f < n; f++) {
      const i = z[gate + f]
      const keep = z[gate + n + f]
      const g = z[gate + 2 * n + f]
      const o = z[gate + 3 * n + f]
      const squashed = z[this.#tanh.at + n * r + f]
      const dh = z[this.#dh.at + n * own + f]
      const dc = z[this.#dc.at + n * own + f] + dh * o * (1 - squashed * squashed)
      z[gate + f] = dc * g * i * (1 - i)
      z[gate + n + f] = dc * z[this.#c.at + n * r + f] * keep * (1 - keep)
      z[gate + 2 * n + f] = dc * i * (1 - g * g)
      z[gate + 3 * n + f] = dh * squashed * o * (1 - o)
      z[this.#dc.at + n * own + f] = dc * keep
    }
  }
}

/** The block without its first rows. */
const rowsFrom = ({ at, ld }: Block, first: number): Block => ({ at: at + first * ld, ld })
