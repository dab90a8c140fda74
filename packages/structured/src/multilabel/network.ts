import {
  gemmF32Into,
  power,
  restoreStream,
  type MatrixF32,
  type Stream,
  type StreamState,
} from '@nonconvex/tensor'
import { argumentError, checkCount, checkPositive } from '@nonconvex/tensor/check'
import { cardinalityMarginals } from '../cardinality/cardinality-distribution.js'
import { Adam, type AdamState } from './adam.js'
import { countLikelihood } from './count-likelihood.js'
import { labelsOf, type MultilabelData } from './data.js'
import { scaled, scaling, sparseGradient, sparseProduct } from './scaled-rows.js'

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
  /** whether the network also predicts a potential of the count, trained by likelihood; default no */
  readonly counted?: boolean
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
  counted: false,
} as const

/**
 * A network d → hidden ReLU → L + K, or d → L + K: scores θ of the labels, then a potential f of the
 * counts 0 … K − 1, for K = 0 none.
 */
export interface MultilabelNetwork {
  readonly features: number
  readonly labels: number
  /** K: one more than the largest number of labels of a training example, or 0 */
  readonly counts: number
  readonly hidden: number
  /** subtracted from each feature, 0 where it stays, and the divisor of the rest */
  readonly mean: Float32Array
  readonly scale: Float32Array
  /** first layer, features × hidden, with its bias; empty for a linear model */
  readonly w1: Float32Array
  readonly b1: Float32Array
  /** last layer, hidden (or features) × (labels + counts), with its bias */
  readonly w2: Float32Array
  readonly b2: Float32Array
}

/**
 * Trains a network with binary cross-entropy, summed over labels and averaged over the batch, by
 * Adam; or, `counted`, with the negative log-likelihood log Z − θᵀy − f(Σ y) of p(y) ∝ e^{θᵀy + f(Σ y)}, in
 * which counts have a potential, too. Weights and biases are initialized uniformly on ±1/√(inputs). Features with the values 0
 * and 1 stay as they are; others are divided by their standard deviation, and centered unless most
 * entries are 0.
 *
 * @returns the network; `undefined` if `watch` ended the training
 * @throws RangeError for options out of range. Cost: an epoch O(entries · hidden + rows · hidden ·
 *   labels), counted O(rows · labels · counts) exponentials besides; float32, memory 4 times the weights
 *   and the rows
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
  const { hidden, dropout, rate, batch, counted } = { ...multilabelDefaults, ...options }
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
  const counts = counted ? 1 + mostLabels(data) : 0
  const outs = L + counts
  const network: MultilabelNetwork = {
    features: d,
    labels: L,
    counts,
    hidden,
    ...scaling(data),
    w1: uniform('w1', d * hidden, d),
    b1: uniform('b1', hidden, d),
    w2: uniform('w2', last * outs, last),
    b2: uniform('b2', outs, last),
  }
  const x = scaled(data, network)
  const [a1, c1, a2, c2] = layerNames.map((name) => new Adam(network[name]))
  const adams = { w1: a1, b1: c1, w2: a2, b2: c2 }
  const hid = new Float32Array(batch * hidden)
  const back = new Float32Array(batch * hidden)
  const out = new Float32Array(batch * outs)
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
      const z = out.subarray(0, n * outs)
      if (hidden === 0) sparseProduct(z, x, rows, network.w2, network.b2)
      else {
        sparseProduct(h, x, rows, network.w1, network.b1)
        for (let i = 0; i < h.length; i++)
          h[i] = h[i] > 0 && !(drops.uniform() < dropout) ? h[i] / (1 - dropout) : 0
        outputs(z, h, n, network)
      }
      total += counted ? countLikelihood(z, data, rows, counts) : entropy(z, data, rows)
      for (let i = 0; i < z.length; i++) {
        z[i] /= n
        c2.g[i % outs] += z[i]
      }
      if (hidden === 0) sparseGradient(a2.g, x, rows, z, outs)
      else {
        const [hm, zm] = [matrixOf(n, hidden, h), matrixOf(n, outs, z)]
        gemmF32Into(matrixOf(hidden, outs, product), hm, zm, { transposeA: true })
        a2.g.set(product)
        const dh = back.subarray(0, n * hidden)
        gemmF32Into(matrixOf(n, hidden, dh), zm, matrixOf(hidden, outs, network.w2), {
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

const mostLabels = (data: MultilabelData): number => {
  let most = 0
  for (let r = 0; r < data.rows; r++) most = Math.max(most, labelsOf(data, r).length)
  return most
}

/** z ← h W₂ + b₂. */
function outputs(z: Float32Array, h: Float32Array, n: number, network: MultilabelNetwork): void {
  const { labels, counts, hidden, w2, b2 } = network
  const outs = labels + counts
  gemmF32Into(matrixOf(n, outs, z), matrixOf(n, hidden, h), matrixOf(hidden, outs, w2))
  for (let i = 0; i < z.length; i++) z[i] += b2[i % outs]
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
 * The outputs of the network for each row: θ, and f if it has one; rows × (labels + counts).
 *
 * @throws RangeError for another number of features. Cost: as an epoch of the training, once forward
 */
export function labelOutputs(network: MultilabelNetwork, data: MultilabelData): Float64Array {
  if (data.features.length !== network.features)
    throw argumentError(
      'shape',
      'labelOutputs',
      'data',
      `to have ${network.features} features`,
      data.features.length,
    )
  const { hidden, labels, counts } = network
  const outs = labels + counts
  const x = scaled(data, network)
  const all = new Float64Array(data.rows * outs)
  const size = 256
  for (let from = 0; from < data.rows; from += size) {
    const n = Math.min(size, data.rows - from)
    const rows = Int32Array.from({ length: n }, (_, r) => from + r)
    const z = new Float32Array(n * outs)
    if (hidden === 0) sparseProduct(z, x, rows, network.w2, network.b2)
    else {
      const h = new Float32Array(n * hidden)
      sparseProduct(h, x, rows, network.w1, network.b1)
      for (let i = 0; i < h.length; i++) h[i] = Math.max(0, h[i])
      outputs(z, h, n, network)
    }
    all.set(z, from * outs)
  }
  return all
}

/** What a network says of each row, from which labels are chosen. */
export interface LabelMarginals {
  readonly labels: number
  /** θ, and f if the network has one; rows × (labels + counts) */
  readonly outputs: Float64Array
  /** probability of each label, rows × labels */
  readonly p: Float64Array
  /** distribution of the count of each row; empty without a potential of the count */
  readonly counts: readonly Float64Array[]
}

/**
 * Outputs and probabilities for each row: σ(θ), or the exact marginals of labels and count if the
 * network has a potential of the count.
 *
 * @throws RangeError for another number of features. Cost: as `labelOutputs`
 */
export function labelMarginals(network: MultilabelNetwork, data: MultilabelData): LabelMarginals {
  const { labels: L, counts: K } = network
  const outputs = labelOutputs(network, data)
  if (K === 0) return { labels: L, outputs, p: outputs.map(logistic), counts: [] }
  const p = new Float64Array(data.rows * L)
  const counts = Array.from({ length: data.rows }, (_, r) => {
    const z = outputs.subarray(r * (L + K), (r + 1) * (L + K))
    const found = cardinalityMarginals(z.subarray(0, L), z.subarray(L))
    p.set(found.labels, r * L)
    return found.counts
  })
  return { labels: L, outputs, p, counts }
}

/**
 * The probability of each label for each row, rows × labels, as `labelMarginals` has them.
 *
 * @throws RangeError for another number of features. Cost: as `labelOutputs`
 */
export const labelProbabilities = (
  network: MultilabelNetwork,
  data: MultilabelData,
): Float64Array => labelMarginals(network, data).p
