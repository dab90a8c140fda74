import { gemmF32Into, type MatrixF32, type Stream } from '@nonconvex/tensor'

const matrixOf = (rows: number, cols: number, data: Float32Array): MatrixF32 => ({
  rows,
  cols,
  data,
})

/** Accumulated squares before the first step, as in the published program. */
const ACCUMULATED = 0.1

/** Parameters with the state of Adagrad. */
export class Adagrad {
  readonly p: Float32Array
  /** the gradient; cleared by `step` */
  readonly g: Float32Array
  readonly #squares: Float32Array
  readonly #decay: number

  /**
   * @param p - changed in place
   * @param decay - weight of ½‖p‖² in the loss
   */
  constructor(p: Float32Array, decay: number) {
    this.p = p
    this.g = new Float32Array(p.length)
    this.#squares = new Float32Array(p.length).fill(ACCUMULATED)
    this.#decay = decay
  }

  step(rate: number): void {
    const [p, g, squares, decay] = [this.p, this.g, this.#squares, this.#decay]
    for (let i = 0; i < p.length; i++) {
      const slope = g[i] + decay * p[i]
      squares[i] += slope * slope
      p[i] -= (rate * slope) / Math.sqrt(squares[i])
      g[i] = 0
    }
  }
}

/** Sizes of a network d → hidden ReLU → outputs. */
export interface Sizes {
  readonly inputs: number
  readonly hidden: number
  readonly outputs: number
}

/** A network with one hidden layer of ReLU in float32, its gradient and its optimizer. */
export class TwoLayer {
  readonly sizes: Sizes
  readonly #w1: Adagrad
  readonly #b1: Adagrad
  readonly #w2: Adagrad
  readonly #b2: Adagrad
  /** the hidden units of the last `forward` */
  #hidden = new Float32Array(0)

  /** Weights from a normal distribution of variance 2/(inputs + outputs) of the layer; biases 0. */
  constructor(sizes: Sizes, decay: number, stream: Stream) {
    this.sizes = sizes
    const { inputs, hidden, outputs } = sizes
    const weights = (name: string, from: number, to: number): Adagrad => {
      const draws = stream.child(name).normalInto(new Float64Array(from * to))
      const scale = Math.sqrt(2 / (from + to))
      return new Adagrad(
        Float32Array.from(draws, (x) => scale * x),
        decay,
      )
    }
    this.#w1 = weights('w1', inputs, hidden)
    this.#b1 = new Adagrad(new Float32Array(hidden), 0)
    this.#w2 = weights('w2', hidden, outputs)
    this.#b2 = new Adagrad(new Float32Array(outputs), 0)
  }

  /** The outputs of the rows of x, [rows, outputs]. */
  forward(x: MatrixF32): Float32Array {
    const { inputs, hidden, outputs } = this.sizes
    const h = new Float32Array(x.rows * hidden)
    gemmF32Into(matrixOf(x.rows, hidden, h), x, matrixOf(inputs, hidden, this.#w1.p))
    for (let i = 0; i < h.length; i++) h[i] = Math.max(0, h[i] + this.#b1.p[i % hidden])
    const out = new Float32Array(x.rows * outputs)
    gemmF32Into(
      matrixOf(x.rows, outputs, out),
      matrixOf(x.rows, hidden, h),
      matrixOf(hidden, outputs, this.#w2.p),
    )
    for (let i = 0; i < out.length; i++) out[i] += this.#b2.p[i % outputs]
    this.#hidden = h
    return out
  }

  /** The gradients by the parameters from that by the outputs of the last `forward` on x. */
  backward(x: MatrixF32, byOutputs: Float32Array): void {
    const { inputs, hidden, outputs } = this.sizes
    const h = matrixOf(x.rows, hidden, this.#hidden)
    const out = matrixOf(x.rows, outputs, byOutputs)
    gemmF32Into(matrixOf(hidden, outputs, this.#w2.g), h, out, { transposeA: true })
    for (let i = 0; i < byOutputs.length; i++) this.#b2.g[i % outputs] += byOutputs[i]
    const back = new Float32Array(x.rows * hidden)
    const byHidden = matrixOf(x.rows, hidden, back)
    gemmF32Into(byHidden, out, matrixOf(hidden, outputs, this.#w2.p), { transposeB: true })
    for (let i = 0; i < back.length; i++) {
      if (h.data[i] === 0) back[i] = 0
      this.#b1.g[i % hidden] += back[i]
    }
    gemmF32Into(matrixOf(inputs, hidden, this.#w1.g), x, byHidden, { transposeA: true })
  }

  /** A step of Adagrad. */
  step(rate: number): void {
    for (const each of [this.#w1, this.#b1, this.#w2, this.#b2]) each.step(rate)
  }
}
