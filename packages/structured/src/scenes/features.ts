import { checkInteger } from '@nonconvex/tensor/check'
import { ShapeError, type Matrix } from '@nonconvex/tensor'
import { logSoftmax } from './gates.js'

/**
 * Word vectors of labels: given, one row each; or learned, as the layer's first weights on the
 * probabilities.
 */
export type LabelVectors = Matrix | 'learned'

/**
 * The inputs of the layer for nodes, or for pairs, with n labels:
 *
 *     [ detector's scores | log softmax of the current scores | further features | Σ_c p_c v_c ]
 *
 * The last is the expected word vector: v of the label for confident scores, and independent of the
 * order of labels on ties. The published network does not use the detector's scores.
 */
export class Features {
  readonly width: number
  readonly #n: number
  /** the detector's scores among the features, n or none */
  readonly #own: number
  readonly #more: number
  readonly #vectors: LabelVectors | undefined
  readonly #length: number

  constructor(
    n: number,
    more: number,
    vectors: LabelVectors | undefined,
    what: string,
    published: boolean,
  ) {
    checkInteger('sceneGraphPredictor', `${what}Features`, more, 0)
    if (typeof vectors === 'object') {
      if (vectors.rows !== n || vectors.data.length !== n * vectors.cols)
        throw new ShapeError(
          `sceneGraphPredictor: vectors of ${what}s must be ${n}, one for each label, got ${vectors.rows}`,
        )
      const wrong = vectors.data.findIndex((x) => !Number.isFinite(x))
      if (wrong >= 0)
        throw new RangeError(
          `sceneGraphPredictor: vectors of ${what}s must be finite, got ${vectors.data[wrong]}`,
        )
    }
    this.#n = n
    this.#own = published ? 0 : n
    this.#more = more
    this.#vectors = vectors
    this.#length = vectors === undefined ? 0 : vectors === 'learned' ? n : vectors.cols
    this.width = this.#own + n + more + this.#length
  }

  /** Rows of features from the detector's scores, the current scores, and the further features. */
  rows(first: Float64Array, scores: Float64Array, more: Float64Array): Float64Array {
    const [n, own, width] = [this.#n, this.#own, this.width]
    const logs = logSoftmax(scores, n)
    const rows = scores.length / n
    const out = new Float64Array(rows * width)
    for (let row = 0; row < rows; row++) {
      const at = row * width
      for (let f = 0; f < own; f++) out[at + f] = first[row * n + f]
      for (let f = 0; f < n; f++) out[at + own + f] = logs[row * n + f]
      for (let f = 0; f < this.#more; f++) out[at + own + n + f] = more[row * this.#more + f]
    }
    if (this.#vectors === undefined) return out
    const from = own + n + this.#more
    for (let row = 0; row < rows; row++)
      for (let c = 0; c < n; c++) {
        const p = Math.exp(logs[row * n + c])
        const at = row * width + from
        if (this.#vectors === 'learned') out[at + c] = p
        else
          for (let f = 0; f < this.#length; f++)
            out[at + f] += p * this.#vectors.data[c * this.#length + f]
      }
    return out
  }

  /** Gradient by the current scores, from that by the rows. */
  back(d: Float64Array, scores: Float64Array): Float64Array {
    const [n, width] = [this.#n, this.width]
    const logs = logSoftmax(scores, n)
    const out = new Float64Array(scores.length)
    const p = new Float64Array(n)
    for (let row = 0; row * n < scores.length; row++) {
      const from = row * width + this.#own
      let total = 0
      for (let f = 0; f < n; f++) total += d[from + f]
      for (let f = 0; f < n; f++) {
        p[f] = Math.exp(logs[row * n + f])
        out[row * n + f] = d[from + f] - p[f] * total
      }
      if (this.#vectors !== undefined)
        this.#vectorsBack(out.subarray(row * n, (row + 1) * n), d, row * width, p)
    }
    return out
  }

  /** Adds p_c (g_c − Σ p g), g_c the gradient by p_c. */
  #vectorsBack(out: Float64Array, d: Float64Array, row: number, p: Float64Array): void {
    const from = row + this.#own + this.#n + this.#more
    const g = new Float64Array(this.#n)
    for (let c = 0; c < this.#n; c++) {
      if (this.#vectors === 'learned') g[c] = d[from + c]
      else if (this.#vectors !== undefined)
        for (let f = 0; f < this.#length; f++)
          g[c] += d[from + f] * this.#vectors.data[c * this.#length + f]
    }
    let mean = 0
    for (let c = 0; c < this.#n; c++) mean += p[c] * g[c]
    for (let c = 0; c < this.#n; c++) out[c] += p[c] * (g[c] - mean)
  }
}
