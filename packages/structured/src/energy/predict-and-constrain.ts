import { argumentError, checkCount, checkPositive } from '@nonconvex/tensor/check'
import type { MatrixF32, Stream } from '@nonconvex/tensor'
import { denseFeatures, labelsOf, type MultilabelData } from '../multilabel/data.js'
import { Adagrad, TwoLayer } from './two-layer.js'
import {
  unrolledDefaults,
  unrolledInference,
  type LabelScore,
  type UnrolledOptions,
} from './unrolled.js'

/** How {@link predictAndConstrain} trains. */
export interface PredictAndConstrainOptions extends UnrolledOptions {
  /** hidden ReLU units of both networks; 150 by default */
  readonly hidden?: number
  /** G: interactions of the labels; 16 by default */
  readonly interactions?: number
  /**
   * m: the largest budget; default: the largest number of labels of a training example, or 3 with
   * the published projection, as in its program
   */
  readonly maxBudget?: number
  /**
   * weight of the cross-entropy of the number of labels in the loss; 1 by default, 0 with the
   * published projection
   */
  readonly countWeight?: number
  /** 20 by default */
  readonly epochs?: number
  /** 50 by default */
  readonly batch?: number
  /** learning rate of Adagrad; 0.1 by default */
  readonly rate?: number
  readonly stream: Stream
  /** called after each epoch; false ends the training */
  readonly watch?: (epoch: EpochFacts) => boolean | undefined
}

/** As in the published program, which has no loss on the count. */
export const predictAndConstrainDefaults = {
  hidden: 150,
  interactions: 16,
  epochs: 20,
  batch: 50,
  rate: 0.1,
} as const

/** What an epoch was, means over its training examples. */
export interface EpochFacts {
  /** from 1 */
  readonly epoch: number
  readonly loss: number
  /** z */
  readonly budget: number
  /** Σ y */
  readonly sum: number
  /** |Σ y − z| */
  readonly gap: number
  /** whether the gap is above a tenth of the budget: the outputs ignore the predicted budget */
  readonly collapsed: boolean
}

/** Labels in [0, 1] that a trained model predicts. */
export interface ConstrainedPrediction {
  /** rows × labels */
  readonly y: Float64Array
  /** the budget of each row */
  readonly z: Float64Array
}

/** A trained model. */
export interface PredictAndConstrain {
  /** facts of each epoch */
  readonly epochs: readonly EpochFacts[]
  /** @throws RangeError for another number of features */
  readonly predict: (data: MultilabelData) => ConstrainedPrediction
}

/** Weight of ½‖W‖² in the loss; the published program adds that of the score network 16 times. */
const DECAY = 0.001
const SCORE_DECAY = 16 * DECAY
/** A gap above this part of the budget is a collapse. */
const GAP = 0.1

/**
 * Trains labels and their number end to end: one network predicts the scores u of the labels, another
 * one the budget z; the labels are those of {@link unrolledInference}, through all of whose steps both
 * are trained.
 *
 *     loss = −(1/T) Σ_t F1(y^t, true labels)/(T − t + 2) − λ log P(number of true labels)
 *
 * summed over a batch, with weight decay; F1 is twice the sum of y over the true labels, divided by
 * the sum of y and their number. The budget is Σ_j j softmax_j,
 * j = 1 … m. With the exact projection outputs sum to the predicted budget, always. With the published
 * one the training may find outputs that ignore it (`collapsed`).
 *
 * Features are standardized by column.
 *
 * @returns the model; `undefined` if `watch` ended the training
 * @throws RangeError for options out of range. Cost: an epoch O(rows (d hidden + T L (G + log L)));
 *   memory of the dense features twice, float32
 * Source: Brukhim & Globerson (2018) and the authors' published code; the exact projection and the
 *   loss on the count are ours.
 *
 * @example
 * import { readArff } from '@nonconvex/structured/multilabel'
 * import { predictAndConstrain } from '@nonconvex/structured/energy'
 * import { stream } from '@nonconvex/tensor'
 * // the number of labels is 1 + x
 * const rows = Array.from({ length: 100 }, (_, i) => `${i % 2},1,${i % 2}\n`)
 * const text = ['@attribute x {0,1}\n@attribute a {0,1}\n@attribute b {0,1}\n@data\n', ...rows]
 * const data = await readArff(text, { labels: ['a', 'b'] })
 * const model = predictAndConstrain(data, { hidden: 8, eta: 0.1, stream: stream(1) })
 * console.log(model?.predict(data).z.subarray(0, 2).map(Math.round).join(' ')) // → 1 2
 */
export function predictAndConstrain(
  data: MultilabelData,
  options: PredictAndConstrainOptions,
): PredictAndConstrain | undefined {
  const fn = 'predictAndConstrain'
  const published = options.projection === 'published'
  const { hidden, interactions, epochs, batch, rate } = {
    ...predictAndConstrainDefaults,
    ...options,
  }
  const [d, L] = [data.features.length, data.labels.length]
  const counts = Int32Array.from({ length: data.rows }, (_, r) => labelsOf(data, r).length)
  const most = Math.max(
    1,
    counts.reduce((a, b) => Math.max(a, b), 1),
  )
  const { maxBudget: m = Math.min(L, published ? 3 : most), countWeight = published ? 0 : 1 } =
    options
  for (const [name, value] of Object.entries({ hidden, interactions, epochs, batch }))
    checkCount(fn, name, value)
  checkPositive(fn, 'rate', rate)
  if (!(Number.isInteger(m) && m >= 1 && m <= L))
    throw argumentError('out-of-range', fn, 'maxBudget', `to be an integer in [1, ${L}]`, m)
  if (!(countWeight >= 0 && Number.isFinite(countWeight)))
    throw argumentError('out-of-range', fn, 'countWeight', 'to be ≥ 0', countWeight)
  const init = options.stream.child('initialization')
  const scores = new TwoLayer({ inputs: d, hidden, outputs: L }, SCORE_DECAY, init.child('scores'))
  const budgets = new TwoLayer({ inputs: d, hidden, outputs: m }, DECAY, init.child('budgets'))
  const shared = new Interactions(L, interactions, init.child('interactions'))
  const scaling = standardization(data)
  const x = standardized(data, scaling)
  const inference = { ...unrolledDefaults, ...options }
  const order = (epoch: number): Stream => options.stream.child('order', epoch)
  const facts: EpochFacts[] = []

  for (let epoch = 1; epoch <= epochs; epoch++) {
    const sums = { loss: 0, budget: 0, sum: 0, gap: 0 }
    const rows = order(epoch).permutation(data.rows)
    for (let from = 0; from < data.rows; from += batch) trainOn(rows.subarray(from, from + batch))
    facts.push(meanFacts(epoch, sums, data.rows))
    if (options.watch?.(facts[epoch - 1]) === false) return undefined

    function trainOn(some: Int32Array): void {
      const xs = rowsOf(x, some)
      const [u, logits] = [scores.forward(xs), budgets.forward(xs)]
      const [byU, byLogits] = [new Float32Array(u.length), new Float32Array(logits.length)]
      for (let b = 0; b < some.length; b++) {
        const truth = labelsOf(data, some[b])
        const count = softmax(logits.subarray(b * m, (b + 1) * m))
        const z = meanOf(count)
        const own = u.subarray(b * L, (b + 1) * L)
        const { iterates, backward } = unrolledInference(shared.score(own), z, inference)
        const { loss, upstream } = softF1(iterates, truth)
        const through = backward(upstream, shared.gradient)
        byU.set(through.u, b * L)
        const right = Math.min(m, Math.max(1, truth.length)) - 1
        for (let j = 0; j < m; j++)
          byLogits[b * m + j] =
            through.z * count[j] * (j + 1 - z) + countWeight * (count[j] - Number(j === right))
        const total = iterates[iterates.length - 1].reduce((sum, label) => sum + label, 0)
        sums.loss += loss - countWeight * Math.log(Math.max(count[right], Number.MIN_VALUE))
        sums.budget += z
        sums.sum += total
        sums.gap += Math.abs(total - z)
      }
      scores.backward(xs, byU)
      budgets.backward(xs, byLogits)
      scores.step(rate)
      budgets.step(rate)
      shared.step(rate)
    }
  }

  const predict = (test: MultilabelData): ConstrainedPrediction => {
    if (test.features.length !== d)
      throw argumentError('shape', fn, 'data', `to have ${d} features`, test.features.length)
    const xs = standardized(test, scaling)
    const [y, z] = [new Float64Array(test.rows * L), new Float64Array(test.rows)]
    const size = 256
    for (let from = 0; from < test.rows; from += size) {
      const n = Math.min(size, test.rows - from)
      const some = { rows: n, cols: d, data: xs.data.subarray(from * d, (from + n) * d) }
      const [u, logits] = [scores.forward(some), budgets.forward(some)]
      for (let b = 0; b < n; b++) {
        z[from + b] = meanOf(softmax(logits.subarray(b * m, (b + 1) * m)))
        const own = shared.score(u.subarray(b * L, (b + 1) * L))
        const { iterates } = unrolledInference(own, z[from + b], inference)
        y.set(iterates[iterates.length - 1], (from + b) * L)
      }
    }
    return { y, z }
  }
  return { epochs: facts, predict }
}

/** The interactions, shared by all examples. */
class Interactions {
  readonly gradient: { readonly w: Float64Array; readonly c: Float64Array }
  readonly #parameters: readonly Adagrad[]
  #wide: readonly Float64Array[]

  constructor(L: number, G: number, stream: Stream) {
    const draw = (name: string, length: number, from: number, to: number): Adagrad => {
      const scale = Math.sqrt(2 / (from + to))
      const draws = stream.child(name).normalInto(new Float64Array(length))
      return new Adagrad(
        Float32Array.from(draws, (value) => scale * value),
        DECAY,
      )
    }
    this.#parameters = [draw('w', L * G, L, G), draw('c', G, G, 1)]
    this.#wide = this.#parameters.map(({ p }) => Float64Array.from(p))
    this.gradient = { w: new Float64Array(L * G), c: new Float64Array(G) }
  }

  score(u: Float32Array): LabelScore {
    const [w, c] = this.#wide
    return { u: Float64Array.from(u), w, c }
  }

  step(rate: number): void {
    const gradients = [this.gradient.w, this.gradient.c]
    this.#parameters.forEach((each, i) => {
      each.g.set(gradients[i])
      gradients[i].fill(0)
      each.step(rate)
    })
    this.#wide = this.#parameters.map(({ p }) => Float64Array.from(p))
  }
}

/**
 * The loss −(1/T) Σ_t F1(y^t, truth)/(T − t + 2), and its gradients by y¹ … y^T.
 *
 * @param truth - the true labels, as numbers
 */
function softF1(
  iterates: readonly Float64Array[],
  truth: Int32Array,
): { readonly loss: number; readonly upstream: readonly Float64Array[] } {
  const T = iterates.length
  let loss = 0
  const upstream = iterates.map((y, at) => {
    const weight = 1 / (T * (T - at + 1))
    let sum: number = truth.length
    for (const label of y) sum += label
    let both = 0
    for (const label of truth) both += y[label]
    const g = new Float64Array(y.length)
    if (sum === 0) return g
    loss -= (weight * 2 * both) / sum
    g.fill((weight * 2 * both) / (sum * sum))
    for (const label of truth) g[label] -= (weight * 2) / sum
    return g
  })
  return { loss, upstream }
}

function softmax(logits: Float32Array): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity)
  const weights = Float64Array.from(logits, (x) => Math.exp(x - largest))
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((x) => x / total)
}

/** Σ_j j p_j, j = 1 … m. */
const meanOf = (p: Float64Array): number => p.reduce((sum, x, j) => sum + (j + 1) * x, 0)

function meanFacts(
  epoch: number,
  sums: {
    readonly loss: number
    readonly budget: number
    readonly sum: number
    readonly gap: number
  },
  rows: number,
): EpochFacts {
  const [loss, budget, sum, gap] = [sums.loss, sums.budget, sums.sum, sums.gap].map(
    (total) => total / rows,
  )
  return { epoch, loss, budget, sum, gap, collapsed: gap > GAP * budget }
}

interface Scaling {
  readonly mean: Float64Array
  readonly scale: Float64Array
}

/** Mean and standard deviation of each column; 1 for a constant one. */
function standardization({ x, features, rows }: MultilabelData): Scaling {
  const d = features.length
  const mean = new Float64Array(d)
  const squares = new Float64Array(d)
  const filled = new Float64Array(d)
  const [from, to] = [x.start[0], x.start[rows]]
  for (let t = from; t < to; t++) mean[x.index[t]] += x.value[t] / rows
  for (let t = from; t < to; t++) {
    const j = x.index[t]
    filled[j]++
    squares[j] += (x.value[t] - mean[j]) ** 2
  }
  const scale = squares.map((sum, j) => {
    const variance = (sum + (rows - filled[j]) * mean[j] ** 2) / rows
    return variance > 0 ? Math.sqrt(variance) : 1
  })
  return { mean, scale }
}

function standardized(data: MultilabelData, { mean, scale }: Scaling): MatrixF32 {
  const { rows, cols, data: dense } = denseFeatures(data)
  return {
    rows,
    cols,
    data: Float32Array.from(dense, (value, at) => (value - mean[at % cols]) / scale[at % cols]),
  }
}

function rowsOf({ cols, data }: MatrixF32, rows: Int32Array): MatrixF32 {
  const some = new Float32Array(rows.length * cols)
  rows.forEach((row, b) => {
    some.set(data.subarray(row * cols, (row + 1) * cols), b * cols)
  })
  return { rows: rows.length, cols, data: some }
}
