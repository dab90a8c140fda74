import {
  gemmF32Into,
  power,
  restoreStream,
  ShapeError,
  type MatrixF32,
  type Stream,
  type StreamState,
} from '@nonconvex/tensor'
import { argumentError, checkCount, checkPositive } from '@nonconvex/tensor/check'
import type { MultilabelData } from './data.js'

/** How a network on multilabel examples is trained. */
export interface MultilabelNetworkOptions {
  /** hidden ReLU units; 150 by default, 0 for a linear model */
  readonly hidden?: number
  /** probability that a hidden unit is dropped in a step; 0.5 by default */
  readonly dropout?: number
  /** 40 by default */
  readonly epochs?: number
  /** learning rate of Adam; 1e-3 by default */
  readonly rate?: number
  /** 50 by default */
  readonly batch?: number
  readonly stream: Stream
  /** called after each epoch with its mean loss; false ends the training */
  readonly watch?: (epoch: number, loss: number) => boolean | undefined
}

/** The options and their defaults, the same for all data; none was chosen on a test part. */
export const multilabelDefaults = {
  hidden: 150,
  dropout: 0.5,
  epochs: 40,
  rate: 1e-3,
  batch: 50,
} as const

/** A network d → hidden ReLU → L, or d → L, with sigmoid outputs. */
export interface MultilabelNetwork {
  readonly features: number
  readonly labels: number
  readonly hidden: number
  /** subtracted from each feature, 0 where it stays, and the divisor of the rest */
  readonly mean: Float32Array
  readonly scale: Float32Array
  /** first layer, features × hidden, with its bias; empty for a linear model */
  readonly w1: Float32Array
  readonly b1: Float32Array
  /** last layer, hidden (or features) × labels, with its bias */
  readonly w2: Float32Array
  readonly b2: Float32Array
}

type Rows = MultilabelData['x']

/** Features whose values are all 0 or 1 stay; others are divided by their deviation. */
function scaling({ x, features, rows }: MultilabelData): Pick<MultilabelNetwork, 'mean' | 'scale'> {
  const d = features.length
  const [sum, squares, count] = [new Float64Array(d), new Float64Array(d), new Float64Array(d)]
  const binary = new Uint8Array(d).fill(1)
  // the rows may be some of a larger matrix
  const [from, to] = [x.start[0], x.start[rows]]
  for (let t = from; t < to; t++) {
    const [j, value] = [x.index[t], x.value[t]]
    sum[j] += value
    count[j]++
    if (value !== 1) binary[j] = 0
  }
  // rows that are mostly zeros stay so
  const centered = to - from > 0.3 * rows * d
  const mean = new Float32Array(d)
  for (let j = 0; j < d; j++) if (binary[j] === 0 && centered) mean[j] = sum[j] / rows
  for (let t = from; t < to; t++) {
    const j = x.index[t]
    squares[j] += (x.value[t] - mean[j]) ** 2
  }
  const scale = Float32Array.from(binary, (stays, j) => {
    const variance = (squares[j] + (rows - count[j]) * mean[j] ** 2) / rows
    return stays === 1 || variance === 0 ? 1 : Math.sqrt(variance)
  })
  return { mean, scale }
}

/** Rows as the network takes them. */
function scaled({ x, features, rows }: MultilabelData, { mean, scale }: MultilabelNetwork): Rows {
  const d = features.length
  if (mean.every((m) => m === 0))
    return { ...x, value: x.value.map((value, t) => value / scale[x.index[t]]) }
  const value = new Float64Array(rows * d)
  const index = Int32Array.from(value, (_, at) => at % d)
  for (let r = 0; r < rows; r++) {
    const row = value.subarray(r * d, (r + 1) * d)
    for (let j = 0; j < d; j++) row[j] = -mean[j] / scale[j]
    for (let t = x.start[r]; t < x.start[r + 1]; t++) {
      const j = x.index[t]
      row[j] = (x.value[t] - mean[j]) / scale[j]
    }
  }
  return { start: Int32Array.from({ length: rows + 1 }, (_, r) => r * d), index, value }
}

/** out ← bias + x W, a row of sparse features at a time. */
function sparseProduct(
  out: Float32Array,
  x: Rows,
  rows: ArrayLike<number>,
  w: Float32Array,
  bias: Float32Array,
): void {
  const n = bias.length
  for (let b = 0; b < rows.length; b++) {
    const to = b * n
    out.set(bias, to)
    for (let t = x.start[rows[b]]; t < x.start[rows[b] + 1]; t++) {
      const value = x.value[t]
      const from = x.index[t] * n
      for (let h = 0; h < n; h++) out[to + h] += value * w[from + h]
    }
  }
}

/** g ← g + xᵀ d. */
function sparseGradient(
  g: Float32Array,
  x: Rows,
  rows: ArrayLike<number>,
  d: Float32Array,
  n: number,
): void {
  for (let b = 0; b < rows.length; b++)
    for (let t = x.start[rows[b]]; t < x.start[rows[b] + 1]; t++) {
      const value = x.value[t]
      const to = x.index[t] * n
      for (let h = 0; h < n; h++) g[to + h] += value * d[b * n + h]
    }
}

class Adam {
  readonly #m: Float32Array
  readonly #v: Float32Array
  readonly #p: Float32Array
  /** the gradient */
  readonly g: Float32Array

  constructor(p: Float32Array) {
    this.#p = p
    this.g = new Float32Array(p.length)
    this.#m = new Float32Array(p.length)
    this.#v = new Float32Array(p.length)
  }

  state(): AdamState {
    const [p, first, second] = [this.#p, this.#m, this.#v].map((x) => x.slice())
    return { p, first, second }
  }

  /** @param name - for the message of another length */
  restore(state: AdamState, name: string): void {
    for (const [to, from] of [
      [this.#p, state.p],
      [this.#m, state.first],
      [this.#v, state.second],
    ]) {
      if (from.length !== to.length)
        throw new ShapeError(
          `multilabelTraining: resume.${name} must have length ${to.length}, got ${from.length}`,
        )
      to.set(from)
    }
  }

  /** Moves the parameters and clears the gradient; β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
  step(rate: number, first: number, second: number): void {
    const [p, g, m, v] = [this.#p, this.g, this.#m, this.#v]
    const root = Math.sqrt(second)
    const by = (rate / first) * root
    for (let i = 0; i < p.length; i++) {
      m[i] = 0.9 * m[i] + 0.1 * g[i]
      v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i]
      p[i] -= (by * m[i]) / (Math.sqrt(v[i]) + 1e-8 * root)
      g[i] = 0
    }
  }
}

/**
 * Trains a network with binary cross-entropy, summed over labels and averaged over the batch, by
 * Adam. Weights and biases are initialized uniformly on ±1/√(inputs). Features with the values 0
 * and 1 stay as they are; others are divided by their standard deviation, and centered unless most
 * entries are 0.
 *
 * @returns the network; `undefined` if `watch` ended the training
 * @throws RangeError for options out of range. Cost: an epoch O(entries · hidden + rows · hidden ·
 *   labels); float32, memory 4 times the weights and the rows
 *
 * @example
 * import { readArff, multilabelNetwork, labelProbabilities } from '@nonconvex/structured/multilabel'
 * import { stream } from '@nonconvex/tensor'
 * const rows = Array.from({ length: 100 }, (_, i) => `${i % 2},${i % 2},${1 - (i % 2)}\n`)
 * const text = ['@attribute x {0,1}\n@attribute a {0,1}\n@attribute b {0,1}\n@data\n', ...rows]
 * const data = await readArff(text, { labels: ['a', 'b'] })
 * const network = multilabelNetwork(data, { hidden: 8, epochs: 200, rate: 0.02, stream: stream(1) })
 * if (network) console.log([...labelProbabilities(network, data).subarray(0, 2)].map(Math.round)) // → [ 0, 1 ]
 */
export function multilabelNetwork(
  data: MultilabelData,
  options: MultilabelNetworkOptions,
): MultilabelNetwork | undefined {
  const { epochs } = { ...multilabelDefaults, ...options }
  checkCount('multilabelNetwork', 'epochs', epochs)
  const { network, epoch } = multilabelTraining(data, options)
  for (let e = 1; e <= epochs; e++) {
    const loss = epoch()
    if (options.watch?.(e, loss) === false) return undefined
  }
  return network
}

/** Parameters, and the moving averages that Adam has of their gradient and its square. */
export interface AdamState {
  readonly p: Float32Array
  readonly first: Float32Array
  readonly second: Float32Array
}

/** A training after some epochs, as plain data. */
export interface MultilabelTrainingState {
  readonly epochs: number
  readonly step: number
  readonly dropout: StreamState
  readonly layers: { readonly [layer in LayerName]: AdamState }
}

const layerNames = ['w1', 'b1', 'w2', 'b2'] as const

type LayerName = (typeof layerNames)[number]

/** A network that is trained epoch by epoch. */
export interface MultilabelTraining {
  /** its weights change with each epoch */
  readonly network: MultilabelNetwork
  /** Trains for one epoch; returns its mean loss. */
  readonly epoch: () => number
  /** a copy of what the next epoch depends on, beside the data and the options */
  readonly state: () => MultilabelTrainingState
}

/** Options of `multilabelTraining`, where the caller asks for each epoch. */
export interface MultilabelTrainingOptions extends Omit<
  MultilabelNetworkOptions,
  'epochs' | 'watch'
> {
  /** where an earlier training on the same data with the same options was; it goes on as that would */
  readonly resume?: MultilabelTrainingState
}

/**
 * The same as `multilabelNetwork`, where the caller asks for each epoch, and may stop and resume.
 *
 * @throws RangeError for options out of range, ShapeError for a state of another network
 *
 * @example
 * import { multilabelTraining, readArff } from '@nonconvex/structured/multilabel'
 * import { stream } from '@nonconvex/tensor'
 * const data = await readArff(['@attribute x numeric\n@attribute a {0,1}\n@data\n1,1\n2,0\n'], { labels: ['a'] })
 * const options = { hidden: 4, stream: stream(1) }
 * const first = multilabelTraining(data, options)
 * first.epoch()
 * const again = multilabelTraining(data, { ...options, resume: first.state() })
 * console.log(again.epoch() === first.epoch()) // → true
 */
export function multilabelTraining(
  data: MultilabelData,
  options: MultilabelTrainingOptions,
): MultilabelTraining {
  const { hidden, dropout, rate, batch } = { ...multilabelDefaults, ...options }
  const fn = 'multilabelNetwork'
  if (hidden !== 0) checkCount(fn, 'hidden', hidden)
  checkCount(fn, 'batch', batch)
  checkPositive(fn, 'rate', rate)
  if (!(dropout >= 0 && dropout < 1))
    throw argumentError('out-of-range', fn, 'dropout', 'in [0, 1)', dropout)
  const [d, L] = [data.features.length, data.labels.length]
  const init = options.stream.child('initialization')
  const uniform = (name: string, length: number, inputs: number): Float32Array => {
    const half = 1 / Math.sqrt(inputs)
    const draws = init.child(name).uniformInto(new Float64Array(length))
    return Float32Array.from(draws, (u) => (2 * u - 1) * half)
  }
  const last = hidden === 0 ? d : hidden
  const network: MultilabelNetwork = {
    features: d,
    labels: L,
    hidden,
    ...scaling(data),
    w1: uniform('w1', d * hidden, d),
    b1: uniform('b1', hidden, d),
    w2: uniform('w2', last * L, last),
    b2: uniform('b2', L, last),
  }
  const x = scaled(data, network)
  const [a1, c1, a2, c2] = layerNames.map((name) => new Adam(network[name]))
  const adams = { w1: a1, b1: c1, w2: a2, b2: c2 }
  const hid = new Float32Array(batch * hidden)
  const back = new Float32Array(batch * hidden)
  const out = new Float32Array(batch * L)
  const product = new Float32Array(a2.g.length)
  const { resume } = options
  const drops = resume ? restoreStream(resume.dropout) : options.stream.child('dropout')
  let step = resume?.step ?? 0
  let epochs = resume?.epochs ?? 0
  if (resume) for (const name of layerNames) adams[name].restore(resume.layers[name], name)
  function epoch(): number {
    const order = options.stream.child('order', epochs++).permutation(data.rows)
    let total = 0
    for (let from = 0; from < data.rows; from += batch) {
      const rows = order.subarray(from, from + batch)
      const n = rows.length
      const h = hid.subarray(0, n * hidden)
      const z = out.subarray(0, n * L)
      if (hidden === 0) sparseProduct(z, x, rows, network.w2, network.b2)
      else {
        sparseProduct(h, x, rows, network.w1, network.b1)
        for (let i = 0; i < h.length; i++)
          h[i] = h[i] > 0 && !(drops.uniform() < dropout) ? h[i] / (1 - dropout) : 0
        outputs(z, h, n, network)
      }
      total += entropy(z, data, rows)
      for (let i = 0; i < z.length; i++) {
        z[i] /= n
        c2.g[i % L] += z[i]
      }
      if (hidden === 0) sparseGradient(a2.g, x, rows, z, L)
      else {
        const [hm, zm] = [matrixOf(n, hidden, h), matrixOf(n, L, z)]
        gemmF32Into(matrixOf(hidden, L, product), hm, zm, { transposeA: true })
        a2.g.set(product)
        const dh = back.subarray(0, n * hidden)
        gemmF32Into(matrixOf(n, hidden, dh), zm, matrixOf(hidden, L, network.w2), {
          transposeB: true,
        })
        for (let i = 0; i < dh.length; i++) {
          dh[i] = h[i] > 0 ? dh[i] / (1 - dropout) : 0
          c1.g[i % hidden] += dh[i]
        }
        sparseGradient(a1.g, x, rows, dh, hidden)
      }
      step++
      const [first, second] = [1 - power(0.9, step), 1 - power(0.999, step)]
      for (const each of Object.values(adams)) each.step(rate, first, second)
    }
    return total / data.rows
  }
  const state = (): MultilabelTrainingState => ({
    epochs,
    step,
    dropout: drops.save(),
    layers: { w1: a1.state(), b1: c1.state(), w2: a2.state(), b2: c2.state() },
  })
  return { network, epoch, state }
}

const matrixOf = (rows: number, cols: number, data: Float32Array): MatrixF32 => ({
  rows,
  cols,
  data,
})

/** z ← h W₂ + b₂. */
function outputs(z: Float32Array, h: Float32Array, n: number, network: MultilabelNetwork): void {
  const { labels: L, hidden, w2, b2 } = network
  gemmF32Into(matrixOf(n, L, z), matrixOf(n, hidden, h), matrixOf(hidden, L, w2))
  for (let i = 0; i < z.length; i++) z[i] += b2[i % L]
}

const logistic = (z: number): number => 1 / (1 + Math.exp(-z))

/** Scores z to gradients σ(z) − y in place; returns the loss, summed over labels and rows. */
function entropy(z: Float32Array, { y, labels }: MultilabelData, rows: ArrayLike<number>): number {
  const L = labels.length
  let loss = 0
  // of label 1 the loss is that of label 0 minus its score
  for (let b = 0; b < rows.length; b++)
    for (let t = y.start[rows[b]]; t < y.start[rows[b] + 1]; t++) loss -= z[b * L + y.index[t]]
  for (let i = 0; i < z.length; i++) {
    loss += Math.max(0, z[i]) + Math.log1p(Math.exp(-Math.abs(z[i])))
    z[i] = logistic(z[i])
  }
  for (let b = 0; b < rows.length; b++)
    for (let t = y.start[rows[b]]; t < y.start[rows[b] + 1]; t++) z[b * L + y.index[t]] -= 1
  return loss
}

/**
 * The probability of each label for each row, rows × labels.
 *
 * @throws RangeError for another number of features. Cost: as an epoch of the training, once forward
 */
export function labelProbabilities(network: MultilabelNetwork, data: MultilabelData): Float64Array {
  if (data.features.length !== network.features)
    throw argumentError(
      'shape',
      'labelProbabilities',
      'data',
      `to have ${network.features} features`,
      data.features.length,
    )
  const { hidden, labels: L } = network
  const x = scaled(data, network)
  const all = new Float64Array(data.rows * L)
  const size = 256
  for (let from = 0; from < data.rows; from += size) {
    const n = Math.min(size, data.rows - from)
    const rows = Int32Array.from({ length: n }, (_, r) => from + r)
    const z = new Float32Array(n * L)
    if (hidden === 0) sparseProduct(z, x, rows, network.w2, network.b2)
    else {
      const h = new Float32Array(n * hidden)
      sparseProduct(h, x, rows, network.w1, network.b1)
      for (let i = 0; i < h.length; i++) h[i] = Math.max(0, h[i])
      outputs(z, h, n, network)
    }
    for (let i = 0; i < z.length; i++) all[from * L + i] = logistic(z[i])
  }
  return all
}
