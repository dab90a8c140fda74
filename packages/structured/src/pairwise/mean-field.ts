import type { Stream } from '@nonconvex/tensor'
import {
  argumentError,
  checkCount,
  checkLength,
  checkListed,
  checkNonNegative,
  checkNotEmpty,
} from '@nonconvex/tensor/check'
import { softmax } from '../layer/log-domain.js'
import { checkDamping } from './belief-propagation.js'
import { largestChange, oscillation, PERIODS, type IterationStatus } from './iteration.js'
import { entropyOf, weighted, type PairwiseModel } from './model.js'

/**
 * Initial q: `uniform`, `unary` (the softmax of the scores of the nodes), random from a stream (the softmax
 * of standard normals), or given.
 */
export type MeanFieldStart = 'uniform' | 'unary' | Stream | readonly ArrayLike<number>[]

/** Options of `meanField`. */
export interface MeanFieldOptions {
  /** `sequential` (default): one node after the other; `parallel`: all at once */
  readonly schedule?: 'sequential' | 'parallel'
  /** λ in [0, 1): q = λ · old + (1 − λ) · new; 0 by default */
  readonly damping?: number
  /** initializations; of several the result with the largest ELBO; ['uniform'] by default */
  readonly starts?: readonly MeanFieldStart[]
  /** converged if no q changes by more, divided by 1 − λ; 1e-10 by default */
  readonly tol?: number
  /** rounds; 1000 by default */
  readonly maxIterations?: number
}

/** A product distribution, and its lower bound of log Z. */
export interface MeanField {
  /**
   * `exact`: no edges; `converged`: a stationary point, possibly a saddle or a poor local maximum;
   * `oscillating`, `not-converged`: the limit was reached, or forbidden pairs leave a node no label
   * (then the ELBO is −∞). `infeasible`: a node has no allowed label
   */
  readonly status: IterationStatus
  readonly period?: number
  readonly iterations: number
  /** largest change of q in the last round, divided by 1 − λ */
  readonly residual: number
  readonly q: readonly Float64Array[]
  /** Σ q θ + Σ H(q_i) ≤ log Z, whatever the status */
  readonly elbo: number
  /** ELBO after each round */
  readonly trace: Float64Array
}

/**
 * Mean field: the best product distribution q = Π q_i, locally,
 *
 *     q_i ∝ e^{θ_i + Σ_j θ_ij q_j}      ELBO = Σ_i q_i θ_i + Σ_ij q_i θ_ij q_j + Σ_i H(q_i) ≤ log Z
 *
 * Sequential updates never decrease the ELBO, but depend on the order of the nodes; parallel ones
 * do not, but may oscillate. Damping may end in a saddle of symmetric models; several starts
 * are the remedy. q is overconfident compared with the true marginals.
 *
 * @throws ArgumentError for options out of range or a given start that is no distribution
 * Cost: O(edges K²) a round and start. Source: standard (Jordan et al. 1999).
 *
 * @example
 * import { meanField, pairwiseModel } from '@nonconvex/structured/pairwise'
 * const repel = pairwiseModel({ labels: [2, 2], unary: [[0, 0.1], [0, 0.1]], edges: [[0, 1]], pair: [[-4, 0, 0, -4]] })
 * const { status, elbo } = meanField(repel)
 * console.log(status, elbo.toFixed(6), meanField(repel, { schedule: 'parallel' }).status) // → converged 0.139521 oscillating
 */
export function meanField(model: PairwiseModel, options: MeanFieldOptions = {}): MeanField {
  const fn = 'meanField'
  const { schedule = 'sequential', damping = 0, starts = ['uniform'] } = options
  const { tol = 1e-10, maxIterations = 1000 } = options
  checkListed(fn, 'schedule', schedule, ['sequential', 'parallel'])
  checkDamping(fn, damping)
  checkNotEmpty(fn, 'starts', starts)
  checkNonNegative(fn, 'tol', tol)
  checkCount(fn, 'maxIterations', maxIterations)
  const settings = { schedule, damping, tol, maxIterations }
  return starts
    .map((start, s) => ascend(model, initial(model, start, s), settings))
    .reduce((best, one) => (one.elbo > best.elbo ? one : best))
}

function initial(model: PairwiseModel, start: MeanFieldStart, s: number): Float64Array[] {
  const { labels, unary } = model
  if (start === 'unary') return unary.map(softmax)
  if (start === 'uniform') return labels.map((K) => new Float64Array(K).fill(1 / K))
  if (!Array.isArray(start))
    return labels.map((K) => softmax((start as Stream).normalInto(new Float64Array(K))))
  checkLength('meanField', `starts[${s}]`, start, labels.length, 'n')
  return (start as readonly ArrayLike<number>[]).map((p, i) => {
    checkLength('meanField', `starts[${s}][${i}]`, p, labels[i])
    const q = Float64Array.from(p)
    const total = q.reduce((sum, x) => sum + x, 0)
    if (!(q.every((x) => x >= 0) && Math.abs(total - 1) <= 1e-9))
      throw argumentError(
        'out-of-range',
        'meanField',
        `starts[${s}][${i}]`,
        'to be probabilities that sum to 1',
        `[${String(q)}]`,
      )
    return q
  })
}

function ascend(
  model: PairwiseModel,
  start: Float64Array[],
  { schedule, damping, tol, maxIterations }: Required<Omit<MeanFieldOptions, 'starts'>>,
): MeanField {
  const { labels, unary, edges } = model
  let q = start
  const trace: number[] = []
  const past: Float64Array[][] = []
  let residual = Infinity
  let lost = false
  while (residual > tol && trace.length < maxIterations && !lost) {
    const old = q.map((p) => p.slice())
    const source = schedule === 'parallel' ? old : q
    for (let i = 0; i < labels.length && !lost; i++) {
      const field = fieldAt(model, source, i)
      lost = field.every((x) => x === -Infinity)
      if (!lost) q[i] = softmax(field).map((x, a) => damping * q[i][a] + (1 - damping) * x)
    }
    residual = largestChange(q, old) / (1 - damping)
    if (trace.length >= maxIterations - PERIODS) past.push(old)
    trace.push(lost ? -Infinity : elboOf(model, q))
  }
  const settled = residual <= tol && !lost
  const period = settled || lost ? undefined : oscillation(q, past, tol)
  const impossible = unary.some((scores) => scores.every((x) => x === -Infinity))
  if (impossible) q = labels.map((K) => new Float64Array(K))
  const status: IterationStatus = impossible
    ? 'infeasible'
    : settled
      ? edges.length === 0
        ? 'exact'
        : 'converged'
      : period === undefined
        ? 'not-converged'
        : 'oscillating'
  return {
    status,
    ...(period !== undefined && { period }),
    iterations: trace.length,
    residual,
    q,
    elbo: trace[trace.length - 1],
    trace: Float64Array.from(trace),
  }
}

/** θ_i + Σ_j θ_ij q_j, with −∞ · 0 = 0. */
function fieldAt(
  { unary, labels, pair, incident }: PairwiseModel,
  q: readonly Float64Array[],
  i: number,
): Float64Array {
  const field = unary[i].slice()
  const K = labels[i]
  for (const { edge, other, otherFirst } of incident[i]) {
    const table = pair[edge]
    const L = labels[other]
    for (let a = 0; a < K; a++)
      for (let b = 0; b < L; b++)
        if (q[other][b] > 0) field[a] += q[other][b] * table[otherFirst ? b * K + a : a * L + b]
  }
  return field
}

/**
 * The lower bound Σ_i q_i θ_i + Σ_ij q_i θ_ij q_j + Σ_i H(q_i) ≤ log Z of a product distribution; −∞
 * if q allows what is forbidden.
 */
function elboOf({ unary, edges, labels, pair }: PairwiseModel, q: readonly Float64Array[]): number {
  let sum = 0
  unary.forEach((scores, i) => (sum += weighted(q[i], scores) + entropyOf(q[i])))
  edges.forEach(([i, j], e) => {
    for (let a = 0; a < labels[i]; a++)
      for (let b = 0; b < labels[j]; b++) {
        const p = q[i][a] * q[j][b]
        if (p > 0) sum += p * pair[e][a * labels[j] + b]
      }
  })
  return sum
}
