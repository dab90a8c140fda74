/**
 * Largest difference of the scores of a row or a table for which factors stay far from underflow: every
 * forward number is then at least e^{−2 · 300} of its row, every backward number between e^{−300} and e^300.
 */
const RANGE = 300

/** Exponentials of a table of transitions. */
export interface ScaledTable {
  /** e^{A − top}, K × K */
  readonly exp: Float64Array
  readonly top: number
}

/** The largest value and whether all others are within the range of it; −∞ is not. */
function topOf(x: Float64Array, from: number, to: number): number | undefined {
  let [top, low] = [-Infinity, Infinity]
  for (let k = from; k < to; k++) {
    const value = x[k]
    if (value > top) top = value
    if (value < low) low = value
  }
  return top - low <= RANGE ? top : undefined
}

/** The exponentials of a table, unless its scores are too far apart for factors. */
export function scaledTable(log: Float64Array): ScaledTable | undefined {
  const top = topOf(log, 0, log.length)
  return top === undefined ? undefined : { exp: log.map((x) => Math.exp(x - top)), top }
}

/**
 * Forward–backward in scaled probabilities: no logarithm and no exponential but one of each unary score.
 * Buffers are reused from call to call.
 *
 * After `run` returned a number, for t < T
 *
 *     node_t(a) = P(y_t = a)        P(y_t = a, y_{t+1} = b) = alpha_t(a) e^{A(a, b) − top} next_{t+1}(b)
 */
export class ScaledChain {
  alpha: Float64Array = new Float64Array(0)
  /** e_t(b) β_t(b) / c_t */
  next: Float64Array = new Float64Array(0)
  node: Float64Array = new Float64Array(0)
  readonly #sum: Float64Array
  readonly #K: number
  #scale = new Float64Array(0)

  constructor(K: number) {
    this.#K = K
    this.#sum = new Float64Array(K)
  }

  /**
   * log Z, or undefined where scores are too far apart.
   *
   * @param unary - T × K, T ≥ 1
   * @param tables - of the T − 1 steps
   */
  run(unary: Float64Array, tables: readonly ScaledTable[]): number | undefined {
    const K = this.#K
    const T = tables.length + 1
    this.#reserve(T)
    const [sum, scale, alpha, e] = [this.#sum, this.#scale, this.alpha, this.next]
    let [logZ, product] = [0, 1]
    for (let t = 0; t < T; t++) {
      const at = t * K
      const top = topOf(unary, at, at + K)
      if (top === undefined) return undefined
      logZ += top
      for (let b = 0; b < K; b++) e[at + b] = Math.exp(unary[at + b] - top)
      if (t === 0) sum.fill(1)
      else {
        const { exp, top: high } = tables[t - 1]
        logZ += high
        sum.fill(0)
        for (let a = 0, c = 0; a < K; a++) {
          const weight = alpha[at - K + a]
          for (let b = 0; b < K; b++) sum[b] += weight * exp[c++]
        }
      }
      let total = 0
      for (let b = 0; b < K; b++) total += alpha[at + b] = sum[b] * e[at + b]
      const factor = 1 / total
      for (let b = 0; b < K; b++) alpha[at + b] *= factor
      scale[t] = factor
      product *= total
      if (product < 1e-100 || product > 1e100) {
        logZ += Math.log(product)
        product = 1
      }
    }
    this.#backward(T, tables)
    return logZ + Math.log(product)
  }

  #backward(T: number, tables: readonly ScaledTable[]): void {
    const K = this.#K
    const { alpha, next, node } = this
    const scale = this.#scale
    for (let t = T - 1; t >= 0; t--) {
      const at = t * K
      const factor = scale[t]
      if (t === T - 1)
        for (let b = 0; b < K; b++) {
          node[at + b] = alpha[at + b]
          next[at + b] *= factor
        }
      else {
        const { exp } = tables[t]
        for (let a = 0, c = 0; a < K; a++) {
          let beta = 0
          for (let b = 0; b < K; b++) beta += exp[c++] * next[at + K + b]
          node[at + a] = alpha[at + a] * beta
          next[at + a] *= beta * factor
        }
      }
    }
  }

  #reserve(T: number): void {
    if (this.#scale.length >= T) return
    const size = T * this.#K
    this.alpha = new Float64Array(size)
    this.next = new Float64Array(size)
    this.node = new Float64Array(size)
    this.#scale = new Float64Array(T)
  }
}
