import { ShapeError, type Stream } from '@nonconvex/tensor'
import type { Block, Ops } from '../kernel/ops.js'
import { plainOps } from '../kernel/plain-ops.js'
import { wasmOps } from '../kernel/wasm-ops.js'
import type { Arithmetic } from './batched-layer.js'
import type { AdamOptions } from './parameters.js'
import { entropy } from './entropy.js'
import { readRows, writeFiniteRows } from './row-copies.js'

/**
 * Sizes of a dense network with several softmax outputs over the same classes.
 */
export interface DenseNetOptions {
  /** numbers of an example, integer ≥ 1 */
  readonly inputs: number
  /** units of each hidden ReLU layer, each an integer ≥ 1 */
  readonly hidden: readonly number[]
  /** number of softmax outputs, and classes of each, integers ≥ 1 */
  readonly questions: number
  readonly classes: number
  readonly arithmetic?: Arithmetic
}

const fours = (n: number): number => (n + 3) & ~3

/**
 * A layer: its inputs and outputs, in fours, and where weights and bias lie in the vector of all.
 */
interface Layer {
  readonly inputs: number
  readonly outputs: number
  readonly weights: number
  readonly bias: number
}

/**
 * Places for a number of examples: what goes into each layer and comes out of the last, and
 * gradients of these.
 */
interface Room {
  readonly rows: number
  readonly blocks: readonly Block[]
  readonly back: readonly Block[]
  readonly panels: number
  /** labels, then weights, then losses */
  readonly label: number
}

/**
 * A fully connected network on the kernels of the batched layer: the baseline without graph
 * structure. Made by {@link denseNet}.
 */
export class DenseNet {
  readonly #options: DenseNetOptions
  readonly #ops: Ops
  readonly #layers: readonly Layer[]
  readonly #count: number
  readonly #at: { readonly p: number; readonly g: number; readonly m: number; readonly v: number }
  #decay: [number, number] = [1, 1]
  #room: Room | undefined
  readonly #base: number

  constructor(options: DenseNetOptions) {
    this.#options = options
    const { inputs, hidden, questions, classes, arithmetic } = options
    for (const [name, n] of Object.entries({
      inputs,
      questions,
      classes,
      hidden: Math.min(1, ...hidden),
    }))
      if (!Number.isSafeInteger(n) || n < 1)
        throw new RangeError(`denseNet: ${name} must be integers ≥ 1, got ${n}`)
    const kernels = arithmetic === undefined || arithmetic === 'kernel' ? wasmOps() : undefined
    this.#ops = kernels ?? plainOps(arithmetic === 'float64' ? 'float64' : 'float32')
    const sizes = [inputs, ...hidden, questions * fours(classes)].map(fours)
    let count = 0
    this.#layers = sizes.slice(1).map((outputs, l) => {
      const weights = count
      const bias = count + sizes[l] * outputs
      count = bias + outputs
      return { inputs: sizes[l], outputs, weights, bias }
    })
    this.#count = count
    const reserve = (): number => this.#ops.space.reserve(count)
    this.#at = { p: reserve(), g: reserve(), m: reserve(), v: reserve() }
    this.#base = this.#ops.space.used
  }

  /** Weights uniform on ±1/√(inputs), biases zero. */
  initialize(source: Stream): void {
    const { floats } = this.#ops.space
    const { inputs, hidden, questions, classes } = this.#options
    const fans = [inputs, ...hidden]
    this.#layers.forEach(({ outputs, weights }, l) => {
      const last = l === hidden.length
      const half = 1 / Math.sqrt(fans[l])
      const draws = source
        .child('layer', l)
        .uniformInto(new Float64Array(fans[l] * (last ? questions * classes : fans[l + 1])))
      const cols = draws.length / fans[l]
      draws.forEach((u, at) => {
        const [row, col] = [Math.floor(at / cols), at % cols]
        const to = last ? Math.floor(col / classes) * fours(classes) + (col % classes) : col
        floats[this.#at.p + weights + row * outputs + to] = (2 * u - 1) * half
      })
    })
  }

  /** Numbers that are trained. */
  get parameters(): number {
    const { inputs, hidden, questions, classes } = this.#options
    const sizes = [inputs, ...hidden, questions * classes]
    return sizes.slice(1).reduce((sum, n, l) => sum + n * (sizes[l] + 1), 0)
  }

  /** Scores, [examples · questions · classes], of examples [examples · inputs]. */
  forward(examples: ArrayLike<number>): Float64Array {
    const { inputs, questions, classes } = this.#options
    const rows = examples.length / inputs
    if (!Number.isInteger(rows))
      throw new ShapeError(
        `DenseNet.forward: examples must have ${inputs} numbers each, got ${examples.length}`,
      )
    const { blocks, panels } = this.#reserve(rows)
    const ops = this.#ops
    writeFiniteRows('examples', ops, blocks[0], examples, rows, inputs)
    this.#layers.forEach((layer, l) => {
      const { outputs } = layer
      const w = { at: this.#at.p + layer.weights, ld: outputs }
      ops.gemm(blocks[l + 1], blocks[l], w, rows, layer.inputs, outputs, { panels })
      ops.addRow(blocks[l + 1], this.#at.p + layer.bias, rows, outputs)
      if (l < this.#layers.length - 1) ops.relu(blocks[l + 1], rows, outputs)
    })
    const last = { at: blocks[blocks.length - 1].at, ld: fours(classes) }
    return readRows(ops.space.floats, last, rows * questions, classes)
  }

  /**
   * One step of Adam on the mean cross-entropy over examples and questions.
   *
   * @param labels - [examples · questions], from 0 to classes − 1
   * @returns the loss before the step
   */
  train(examples: ArrayLike<number>, labels: Int32Array, options: AdamOptions = {}): number {
    const { inputs, questions, classes } = this.#options
    const rows = examples.length / inputs
    if (labels.length !== rows * questions)
      throw new ShapeError(
        `DenseNet.train: labels must have length ${rows * questions}, got ${labels.length}`,
      )
    const wrong = labels.find((c) => c < 0 || c >= classes)
    if (wrong !== undefined)
      throw new RangeError(`DenseNet.train: labels must be from 0 to ${classes - 1}, got ${wrong}`)
    this.forward(examples)
    const { blocks, back, panels, label } = this.#reserve(rows)
    const ops = this.#ops
    const { floats, ints } = ops.space
    const count = labels.length
    const at = { label, weight: label + fours(count), loss: label + 2 * fours(count) }
    ints.set(labels, at.label)
    floats.fill(1 / Math.max(1, count), at.weight, at.weight + count)
    const last = this.#layers.length
    ops.crossEntropy({ at: blocks[last].at, ld: fours(classes) }, at, count, classes)
    let d = blocks[last]
    for (let l = last - 1; l >= 0; l--) {
      const layer = this.#layers[l]
      const dw = { at: this.#at.g + layer.weights, ld: layer.outputs }
      ops.gemmT(dw, blocks[l], d, rows, layer.inputs, layer.outputs)
      ops.sumRows(this.#at.g + layer.bias, d, rows, layer.outputs)
      if (l === 0) break
      const w = { at: this.#at.p + layer.weights, ld: layer.outputs }
      ops.gemm(back[l], d, w, rows, layer.outputs, layer.inputs, { panels, transposed: true })
      ops.mask(back[l], blocks[l], rows, layer.inputs)
      d = back[l]
    }
    this.#step(options)
    // a mean without the rounding of the weights, 1 / count in single precision
    return count === 0 ? 0 : entropy(floats, at, count) / (count * floats[at.weight])
  }

  #step({ rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions): void {
    this.#decay = [this.#decay[0] * beta1, this.#decay[1] * beta2]
    const [first, second] = this.#decay.map((x) => 1 - x)
    const step = { rate, beta1, beta2, epsilon, first, second }
    this.#ops.adam({ ...this.#at, count: this.#count }, step)
  }

  #reserve(rows: number): Room {
    const old = this.#room
    if (old && old.rows >= rows) return old
    const { space } = this.#ops
    space.release(this.#base)
    const sizes = [this.#layers[0].inputs, ...this.#layers.map(({ outputs }) => outputs)]
    const block = (n: number): Block => ({ at: space.reserve(rows * n), ld: n })
    const most = Math.max(...this.#layers.map(({ inputs, outputs }) => inputs * outputs))
    return (this.#room = {
      rows,
      blocks: sizes.map(block),
      back: sizes.map(block),
      panels: space.reserve(most),
      label: space.reserve(4 * fours(rows * this.#options.questions)),
    })
  }
}

/**
 * A fully connected ReLU network with several softmax outputs, trained by Adam.
 *
 * @throws RangeError for sizes that are not integers ≥ 1
 * Accuracy: float32, the same bits in kernel and twin. Cost: O(examples · weights) a step.
 *
 * @example
 * import { denseNet } from '@nonconvex/structured/batch'
 * import { stream } from '@nonconvex/tensor'
 * const net = denseNet({ inputs: 2, hidden: [8], questions: 1, classes: 2 }, stream(1))
 * const xor = [0, 0, 0, 1, 1, 0, 1, 1]
 * for (let t = 0; t < 500; t++) net.train(xor, Int32Array.of(0, 1, 1, 0), { rate: 0.02 })
 * const [a, b] = net.forward([0, 1])
 * console.log(b > a) // → true
 */
export function denseNet(options: DenseNetOptions, source?: Stream): DenseNet {
  const net = new DenseNet(options)
  if (source) net.initialize(source)
  return net
}
