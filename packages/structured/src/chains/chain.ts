import type { Matrix, Stream } from '@nonconvex/tensor'
import { argumentError, checkCount, checkLength, checkMatrix } from '@nonconvex/tensor/check'
import { logSumExp } from '../layer/log-domain.js'
import { logTable, logTimes, maxTimes, pairProducts, type LogTable } from '../pairwise/log-table.js'
import { argmax, weighted } from '../pairwise/model.js'
import { checkTotal, largestScore } from '../pairwise/score-range.js'
import { ScaledChain, scaledTable, type ScaledTable } from './scaled.js'

/** The scores of a chain of T labels, each of K. */
export interface ChainScores {
  /** U, T × K; −∞ forbids a label */
  readonly unary: Matrix
  /** A, K × K, rows the earlier label; or one for each of the T − 1 steps */
  readonly transition: Matrix | readonly Matrix[]
}

/** The distribution of the labels of a chain; −∞ and zeros if it is `infeasible`. */
export interface ChainMarginals {
  readonly status: 'exact' | 'infeasible'
  readonly logZ: number
  /** P(y_t = a), T × K */
  readonly node: Matrix
  /** P(y_t = a, y_{t+1} = b), K × K for each of T − 1 steps */
  readonly pair: readonly Matrix[]
  /** −Σ p ln p over all labelings */
  readonly entropy: number
}

/** A labeling of a chain and its score. */
export interface ChainLabeling {
  readonly y: Int32Array
  readonly score: number
}

/** The best labelings of a chain; none if it is `infeasible`. */
export interface ViterbiResult extends ChainLabeling {
  readonly status: 'exact' | 'infeasible'
  /** by falling score; the first is `y` */
  readonly paths: readonly ChainLabeling[]
}

/** Throws unless entries are numbers below Infinity. */
function checkScores(fn: string, name: string, { cols, data }: Matrix): void {
  data.forEach((x, at) => {
    if (!(x < Infinity))
      throw argumentError(
        'not-finite',
        fn,
        `${name}[${Math.floor(at / cols)}, ${at % cols}]`,
        'to be a number below Infinity',
        x,
        'a forbidden label has the score −Infinity',
      )
  })
}

/** Throws unless scores are those of a chain; returns the tables of the steps. */
export function checkChain(fn: string, { unary, transition }: ChainScores): readonly Matrix[] {
  checkMatrix(fn, 'unary', unary)
  const { rows: T, cols: K } = unary
  if (T > 0) checkCount(fn, 'unary.cols', K)
  checkScores(fn, 'unary', unary)
  const several = 'length' in transition
  const tables: readonly Matrix[] = several ? transition : [transition]
  if (several) checkLength(fn, 'transition', tables, Math.max(0, T - 1), 'T − 1')
  tables.forEach((table, t) => {
    const name = several ? `transition[${t}]` : 'transition'
    checkMatrix(fn, name, table)
    if (T > 0 && (table.rows !== K || table.cols !== K))
      throw argumentError(
        'shape',
        fn,
        name,
        `to be K × K = ${K} × ${K}`,
        `${table.rows} × ${table.cols}`,
      )
    checkScores(fn, name, table)
  })
  const steps = several ? tables : new Array<Matrix>(Math.max(0, T - 1)).fill(transition)
  checkTotal(fn, largestTotal(unary, tables, steps.length))
  return steps
}

/** Σ_t max |U_t| + Σ_t max |A_t| over what is not forbidden. */
function largestTotal(unary: Matrix, tables: readonly Matrix[], steps: number): number {
  let total = 0
  for (let t = 0; t < unary.rows; t++) total += largestScore(row(unary, t))
  const times = tables.length === 1 ? steps : 1
  for (const { data } of tables) total += times * largestScore(data)
  return total
}

/** One table of exponentials for each different matrix. */
export function tablesOf(steps: readonly Matrix[]): LogTable[] {
  const known = new Map<Matrix, LogTable>()
  return steps.map((step) => {
    const found = known.get(step) ?? logTable(step.rows, step.cols, step.data)
    known.set(step, found)
    return found
  })
}

const row = ({ cols, data }: Matrix, t: number): Float64Array =>
  data.subarray(t * cols, (t + 1) * cols)

/** Rows f_t(b) = U_t(b) + log Σ_a e^{f_{t−1}(a) + A(a, b)}. */
export function forward(unary: Matrix, tables: readonly LogTable[]): Matrix {
  const { rows: T, cols: K } = unary
  const f = { rows: T, cols: K, data: unary.data.slice() }
  const scratch = new Float64Array(K)
  const out = new Float64Array(K)
  for (let t = 1; t < T; t++) {
    logTimes(out, row(f, t - 1), tables[t - 1], false, scratch)
    for (let b = 0, at = t * K; b < K; b++, at++) f.data[at] += out[b]
  }
  return f
}

/**
 * Rows g_t(a) = U_t(a) + b_t(a), b_t(a) = log Σ_b e^{A(a, b) + g_{t+1}(b)}: with its own score.
 */
export function backward(unary: Matrix, tables: readonly LogTable[]): Matrix {
  const { rows: T, cols: K } = unary
  const g = { rows: T, cols: K, data: unary.data.slice() }
  const scratch = new Float64Array(K)
  const out = new Float64Array(K)
  for (let t = T - 2; t >= 0; t--) {
    logTimes(out, row(g, t + 1), tables[t], true, scratch)
    for (let b = 0, at = t * K; b < K; b++, at++) g.data[at] += out[b]
  }
  return g
}

/**
 * Forward–backward: log partition function, marginals of labels and of neighboring labels, and
 * entropy of a chain,
 *
 *     p(y) ∝ e^{Σ_t U_t(y_t) + Σ_t A_t(y_t, y_{t+1})}
 *
 * The marginals are the gradient of log Z; that of −log p(y) is the marginals minus the indicators
 * of y. T = 0 has one labeling, the empty one: log Z = 0.
 *
 * @throws ShapeError for matrices of other sizes; ArgumentError for scores that are NaN or +∞, with row and
 *   column, and for finite ones whose largest |U_t| and |A_t| sum to more than 1e300: below, nothing
 *   overflows, and no result is NaN
 * Cost: O(T K²); T = 1000, K = 20 in about 5 ms. Source: standard (Rabiner 1989), in scaled probabilities;
 * from logarithms where scores differ by more than 300, which could underflow.
 *
 * @example
 * import { chain } from '@nonconvex/structured/chains'
 * const unary = { rows: 2, cols: 2, data: Float64Array.of(0, 1, 0, 0) }
 * const transition = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * const { logZ, node } = chain({ unary, transition })
 * console.log(logZ.toFixed(6), node.data[3].toFixed(6)) // → 2.626523 0.606776
 */
export function chain(scores: ChainScores): ChainMarginals {
  const steps = checkChain('chain', scores)
  return chainMarginals(scores.unary, steps)
}

/** As `chain`, unchecked. */
export function chainMarginals(unary: Matrix, steps: readonly Matrix[]): ChainMarginals {
  const { rows: T, cols: K } = unary
  const node = { rows: T, cols: K, data: new Float64Array(T * K) }
  // views of one buffer: an allocation for each step takes longer than its numbers
  const all = new Float64Array(steps.length * K * K)
  const pair = steps.map((_, t) => ({
    rows: K,
    cols: K,
    data: all.subarray(t * K * K, (t + 1) * K * K),
  }))
  if (T === 0) return { status: 'exact', logZ: 0, node, pair, entropy: 0 }
  const scaled = scaledMarginals(unary, steps, node.data, all)
  if (scaled !== undefined) return { status: 'exact', ...scaled, node, pair }
  const tables = tablesOf(steps)
  const f = forward(unary, tables)
  const logZ = logSumExp(row(f, T - 1))
  if (logZ === -Infinity) return { status: 'infeasible', logZ, node, pair, entropy: 0 }
  const g = backward(unary, tables)
  const left = new Float64Array(K)
  const right = new Float64Array(K)
  // Rows of node marginals are sums of pairs, so that both agree to the last bits.
  for (let t = 0; t + 1 < T; t++) {
    const p = pair[t].data
    pairProducts(p, row(f, t), tables[t], row(g, t + 1), left, right)
    for (let a = 0, at = 0; a < K; a++) {
      let sum = 0
      for (let b = 0; b < K; b++) sum += p[at++]
      node.data[t * K + a] = sum
    }
  }
  const last = row(f, T - 1)
  for (let a = 0; a < K; a++) node.data[(T - 1) * K + a] = Math.exp(last[a] - logZ)
  let mean = weighted(node.data, unary.data)
  pair.forEach(({ data }, t) => (mean += weighted(data, steps[t].data)))
  return { status: 'exact', logZ, node, pair, entropy: Math.max(0, logZ - mean) }
}

/**
 * Writes the marginals from scaled probabilities; undefined where scores are too far apart.
 */
function scaledMarginals(
  unary: Matrix,
  steps: readonly Matrix[],
  node: Float64Array,
  pairs: Float64Array,
): Pick<ChainMarginals, 'logZ' | 'entropy'> | undefined {
  const K = unary.cols
  const known = new Map<Matrix, ScaledTable>()
  const tables: ScaledTable[] = []
  for (const step of steps) {
    const table = known.get(step) ?? scaledTable(step.data)
    if (!table) return undefined
    known.set(step, table)
    tables.push(table)
  }
  const pass = new ScaledChain(K)
  const logZ = pass.run(unary.data, tables)
  if (logZ === undefined) return undefined
  node.set(pass.node.subarray(0, node.length))
  const { alpha, next } = pass
  let mean = weighted(node, unary.data)
  for (let t = 0, at = 0; t < steps.length; t++) {
    const { exp } = tables[t]
    const { data: log } = steps[t]
    const after = (t + 1) * K
    for (let a = 0, c = 0; a < K; a++) {
      const weight = alpha[t * K + a]
      let own = 0
      for (let b = 0; b < K; b++, c++, at++) {
        const p = weight * exp[c] * next[after + b]
        pairs[at] = p
        own += p * log[c]
      }
      mean += own
    }
  }
  return { logZ, entropy: Math.max(0, logZ - mean) }
}

/**
 * The best labelings of a chain by dynamic programming (Viterbi); with `top` = k the k best, by
 * falling score.
 *
 * Ties to the smaller label, from the last position back; compare scores, not labelings. Labelings that
 * are forbidden are not listed, so that there may be fewer than k.
 *
 * @throws as `chain`; ArgumentError unless top is an integer ≥ 1
 * Cost: O(T K² top log top). Source: Viterbi (1967).
 *
 * @example
 * import { viterbi } from '@nonconvex/structured/chains'
 * const unary = { rows: 2, cols: 2, data: Float64Array.of(0, 1, 0, 0) }
 * const transition = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * console.log(viterbi({ unary, transition }, { top: 2 }).paths.map(({ y, score }) => [...y, score])) // → [ [ 1, 1, 2 ], [ 0, 0, 1 ] ]
 */
export function viterbi(
  scores: ChainScores,
  { top = 1 }: { readonly top?: number } = {},
): ViterbiResult {
  checkCount('viterbi', 'top', top)
  const steps = checkChain('viterbi', scores)
  const paths = top === 1 ? best(scores.unary, steps) : bestFewOf(scores.unary, steps, top)
  return paths.length === 0
    ? { status: 'infeasible', y: new Int32Array(0), score: -Infinity, paths }
    : { status: 'exact', ...paths[0], paths }
}

/** The best labeling, unless all are forbidden. */
export function best(unary: Matrix, steps: readonly Matrix[]): ChainLabeling[] {
  const { rows: T, cols: K } = unary
  const y = new Int32Array(T)
  if (T === 0) return [{ y, score: 0 }]
  let here = row(unary, 0).slice()
  let next = new Float64Array(K)
  const back = new Int32Array(T * K)
  for (let t = 1; t < T; t++) {
    const { rows, cols, data: log } = steps[t - 1]
    maxTimes(next, here, { rows, cols, log }, false, back.subarray(t * K, (t + 1) * K))
    for (let b = 0; b < K; b++) next[b] += unary.data[t * K + b]
    ;[here, next] = [next, here]
  }
  let a = argmax(here)
  const score = here[a]
  if (score === -Infinity) return []
  for (let t = T - 1; t >= 0; t--) {
    y[t] = a
    a = back[t * K + a]
  }
  return [{ y, score }]
}

/** One of the best prefixes that end in a label: which one before it continues, and its score. */
interface Prefix {
  readonly score: number
  readonly label: number
  readonly before: Prefix | undefined
}

/** The `top` best labelings that are allowed. */
export function bestFewOf(unary: Matrix, steps: readonly Matrix[], top: number): ChainLabeling[] {
  const { rows: T, cols: K } = unary
  if (T === 0) return [{ y: new Int32Array(0), score: 0 }]
  const kept = (all: Prefix[]): Prefix[] =>
    all
      .filter(({ score }) => score > -Infinity)
      .sort((a, b) => b.score - a.score)
      .slice(0, top)
  let here = Array.from(row(unary, 0), (score, label) =>
    kept([{ score, label, before: undefined }]),
  )
  for (let t = 1; t < T; t++)
    here = here.map((_, b) =>
      kept(
        here.flatMap((list, a) =>
          list.map((before) => ({
            score: before.score + steps[t - 1].data[a * K + b] + unary.data[t * K + b],
            label: b,
            before,
          })),
        ),
      ),
    )
  return kept(here.flat()).map((end) => {
    const y = new Int32Array(T)
    let at: Prefix | undefined = end
    for (let t = T - 1; t >= 0 && at; t--, at = at.before) y[t] = at.label
    return { y, score: end.score }
  })
}

/**
 * The score of the best labeling that has label a at t, T × K: a label can be part of a best
 * labeling where its number is the largest of the row.
 *
 * @throws as `chain`. Cost: O(T K²).
 *
 * @example
 * import { chainMaxMarginals } from '@nonconvex/structured/chains'
 * const unary = { rows: 2, cols: 2, data: Float64Array.of(0, 1, 0, 0) }
 * const transition = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * console.log(chainMaxMarginals({ unary, transition }).data) // → Float64Array(4) [ 1, 2, 1, 2 ]
 */
export function chainMaxMarginals(scores: ChainScores): Matrix {
  const steps = checkChain('chainMaxMarginals', scores)
  const { rows: T, cols: K, data } = scores.unary
  const pass = (order: readonly number[], transposed: boolean): Float64Array => {
    const out = data.slice()
    const message = new Float64Array(K)
    order.forEach((t, k) => {
      if (k === 0) return
      const from = order[k - 1]
      const { rows, cols, data: log } = steps[Math.min(t, from)]
      maxTimes(message, out.subarray(from * K, (from + 1) * K), { rows, cols, log }, transposed)
      for (let b = 0; b < K; b++) out[t * K + b] += message[b]
    })
    return out
  }
  const order = Array.from({ length: T }, (_, t) => t)
  const f = pass(order, false)
  const g = pass(order.slice().reverse(), true)
  return {
    rows: T,
    cols: K,
    data: f.map((x, at) => (x === -Infinity ? x : x + g[at] - data[at])),
  }
}

/**
 * Draws a labeling of a chain from its distribution, from the last position back.
 *
 * @throws as `chain`; ArgumentError if every labeling is forbidden
 * Cost: O(T K²), one number of the stream a position.
 *
 * @example
 * import { chainSample } from '@nonconvex/structured/chains'
 * import { stream } from '@nonconvex/tensor'
 * const unary = { rows: 3, cols: 2, data: Float64Array.of(0, 50, 0, 0, 0, 0) }
 * const transition = { rows: 2, cols: 2, data: Float64Array.of(0, 50, 50, 0) }
 * console.log(chainSample({ unary, transition }, stream(1))) // → Int32Array(3) [ 1, 0, 1 ]
 */
export function chainSample(scores: ChainScores, stream: Stream): Int32Array {
  const steps = checkChain('chainSample', scores)
  const { rows: T, cols: K } = scores.unary
  const y = new Int32Array(T)
  if (T === 0) return y
  const f = forward(scores.unary, tablesOf(steps))
  if (logSumExp(row(f, T - 1)) === -Infinity)
    throw argumentError('invalid', 'chainSample', 'scores', 'to allow a labeling', 'none')
  for (let t = T - 1; t >= 0; t--) {
    const weights = row(f, t).slice()
    if (t + 1 < T) for (let a = 0; a < K; a++) weights[a] += steps[t].data[a * K + y[t + 1]]
    const total = logSumExp(weights)
    let left = stream.uniform()
    let a = argmax(weights)
    for (let c = 0; c < K; c++) {
      const p = weights[c] === -Infinity ? 0 : Math.exp(weights[c] - total)
      if (left < p) {
        a = c
        break
      }
      left -= p
    }
    y[t] = a
  }
  return y
}

/**
 * The Kullback–Leibler divergence KL(p ‖ q) = Σ p ln(p/q) between the distributions of two chains of
 * equal size; ∞ if q forbids what p allows.
 *
 * @throws as `chain`; ShapeError for chains of different sizes; ArgumentError if every labeling of one
 *   is forbidden
 * Cost: O(T K²).
 *
 * @example
 * import { chainKl } from '@nonconvex/structured/chains'
 * const transition = { rows: 2, cols: 2, data: new Float64Array(4) }
 * const p = { unary: { rows: 1, cols: 2, data: Float64Array.of(0, 1) }, transition }
 * const q = { unary: { rows: 1, cols: 2, data: Float64Array.of(0, 0) }, transition }
 * console.log(chainKl(p, q).toFixed(6)) // → 0.110944
 */
export function chainKl(p: ChainScores, q: ChainScores): number {
  const stepsP = checkChain('chainKl', p)
  const stepsQ = checkChain('chainKl', q)
  if (p.unary.rows !== q.unary.rows || p.unary.cols !== q.unary.cols)
    throw argumentError(
      'shape',
      'chainKl',
      'q',
      `to have the size of p, ${p.unary.rows} × ${p.unary.cols}`,
      `${q.unary.rows} × ${q.unary.cols}`,
    )
  const own = chainMarginals(p.unary, stepsP)
  const other = chainMarginals(q.unary, stepsQ)
  if (own.status === 'infeasible' || other.status === 'infeasible')
    throw argumentError('invalid', 'chainKl', 'p and q', 'to allow a labeling', 'none')
  let mean = weighted(own.node.data, q.unary.data)
  own.pair.forEach(({ data }, t) => (mean += weighted(data, stepsQ[t].data)))
  return Math.max(0, other.logZ - mean - own.entropy)
}

/** The label with the largest marginal at each position: posterior decoding. */
export const posteriorLabels = ({ node }: Pick<ChainMarginals, 'node'>): Int32Array =>
  Int32Array.from({ length: node.rows }, (_, t) => argmax(row(node, t)))
