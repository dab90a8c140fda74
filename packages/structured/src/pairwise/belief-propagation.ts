import {
  argumentError,
  checkCount,
  checkLength,
  checkListed,
  checkNonNegative,
} from '@nonconvex/tensor/check'
import { logSumExp, softmax } from '../layer/log-domain.js'
import { isForest, treeInference } from './forest.js'
import { logTable, logTimesNormalized, maxTimes, pairProducts } from './log-table.js'
import {
  argmax,
  entropyOf,
  meanScore,
  scoreOf,
  zeroMarginals,
  type Marginals,
  type PairwiseModel,
} from './model.js'
import { oscillation, PERIODS, type IterationStatus } from './iteration.js'
import { priorityOf } from './priority.js'

/** Options of `beliefPropagation`. */
export interface BeliefOptions {
  /** sum-product for marginals (default), max-product for a good labeling */
  readonly mode?: 'sum' | 'max'
  /**
   * `flooding` (default): all messages at once, independent of the order of the nodes; `sequential`: one
   * after the other, in the order of the edges; `residual`: that with the largest change first
   */
  readonly schedule?: 'flooding' | 'sequential' | 'residual'
  /** λ in [0, 1): message = λ · old + (1 − λ) · new in logarithms; 0 by default */
  readonly damping?: number
  /** converged if the residual is at most this; 1e-10 by default */
  readonly tol?: number
  /** rounds; 1000 by default. A round of `residual` updates as many messages as there are */
  readonly maxIterations?: number
  /** initial log messages, as in the result; uniform by default */
  readonly init?: readonly ArrayLike<number>[]
}

/** Beliefs, and how far they can be trusted. */
export interface Beliefs extends Marginals {
  /**
   * `exact`: converged on a forest; `converged`: a fixed point, whose beliefs may be wrong;
   * `oscillating`: the limit was reached in a cycle of messages; `not-converged`: the limit was
   * reached; `infeasible`: a message or belief forbids all labels, so that every labeling is
   * forbidden. Only `exact` beliefs are marginals.
   */
  readonly status: IterationStatus
  /** period q ≤ 4 of the messages, if they oscillate */
  readonly period?: number
  /** rounds made */
  readonly iterations: number
  /** largest |new − old|/(1 − λ) of the last round, over normalized log messages */
  readonly residual: number
  /** largest difference between a node's belief and the sum of an edge's */
  readonly inconsistency: number
  /** Bethe approximation of log Z (sum-product): exact on forests, elsewhere no bound */
  readonly bethe?: number
  /** the label with the largest belief at each node; on forests with max-product a best labeling */
  readonly decoded: Int32Array
  /** s of it */
  readonly decodedScore: number
  /** log messages: of edge e, 2e goes to its second node, 2e + 1 to its first */
  readonly messages: readonly Float64Array[]
  /** residual of each round */
  readonly trace: Float64Array
}

/**
 * Sum-product or max-product belief propagation:
 *
 *     m_ij(b) = log Σ_a e^{θ_ij(a,b) + θ_i(a) + Σ_{k∈N(i)∖j} m_ki(a)}      b_i ∝ e^{θ_i + Σ_k m_ki}      (max-product: max)
 *
 * messages normalized to log-sum 0 (maximum 0). On forests the fixed point is exact, after as many
 * rounds of flooding as the diameter; elsewhere messages may not converge, and converged beliefs may be
 * wrong: see `messageStrength` for when they converge, and `treeBound` for a bound. That every
 * labeling is forbidden is found on forests only.
 *
 * @throws ArgumentError for options out of range or initial messages that are not finite, ShapeError for another
 *   number of them
 * Cost: O(edges K²) a round, with 2K exponentials and logarithms an edge (max-product: none).
 * Source: Pearl (1988); Bethe value: Yedidia, Freeman, Weiss (2001).
 *
 * @example
 * import { beliefPropagation, pairwiseModel } from '@nonconvex/structured/pairwise'
 * const same = [1, 0, 0, 1]
 * const triangle = pairwiseModel({ labels: [2, 2, 2], unary: [[0, 1], [0, 0], [0, 0]], edges: [[0, 1], [1, 2], [2, 0]], pair: [same, same, same] })
 * const { status, node } = beliefPropagation(triangle)
 * console.log(status, node[1][1].toFixed(4)) // → converged 0.6649
 */
export function beliefPropagation(model: PairwiseModel, options: BeliefOptions = {}): Beliefs {
  const fn = 'beliefPropagation'
  const { mode = 'sum', schedule = 'flooding', damping = 0 } = options
  const { tol = 1e-10, maxIterations = 1000 } = options
  checkListed(fn, 'mode', mode, ['sum', 'max'])
  checkListed(fn, 'schedule', schedule, ['flooding', 'sequential', 'residual'])
  checkDamping(fn, damping)
  checkNonNegative(fn, 'tol', tol)
  checkCount(fn, 'maxIterations', maxIterations)
  const net = new Messages(model, mode, damping, options.init)
  const round = net.schedule(schedule)
  const trace: number[] = []
  const past: Float64Array[][] = []
  let residual = net.count === 0 ? 0 : Infinity
  while (residual > tol && trace.length < maxIterations && !net.infeasible) {
    if (trace.length >= maxIterations - PERIODS) past.push(net.old.map((m) => m.slice()))
    residual = round()
    trace.push(residual)
  }
  const settled = residual <= tol
  const period = settled ? undefined : oscillation(net.old, past, tol)
  const beliefs = net.beliefs()
  const forest = isForest(model)
  const status: IterationStatus =
    net.infeasible || !beliefs
      ? 'infeasible'
      : settled
        ? forest
          ? 'exact'
          : 'converged'
        : period === undefined
          ? 'not-converged'
          : 'oscillating'
  const shown = (!net.infeasible && beliefs) || zeroMarginals(model)
  const decoded =
    status === 'infeasible'
      ? new Int32Array(0)
      : mode === 'max' && forest
        ? treeInference(model, { mode: 'max' }).map
        : Int32Array.from(shown.node, argmax)
  return {
    status,
    ...(status === 'oscillating' && period !== undefined && { period }),
    iterations: trace.length,
    residual,
    inconsistency: inconsistency(model, shown),
    ...(mode === 'sum' && { bethe: status === 'infeasible' ? -Infinity : bethe(model, shown) }),
    ...shown,
    decoded,
    decodedScore: status === 'infeasible' ? -Infinity : scoreOf(model, decoded),
    messages: net.old,
    trace: Float64Array.from(trace),
  }
}

/** @throws ArgumentError unless λ is in [0, 1) */
export function checkDamping(fn: string, damping: number): void {
  if (!(damping >= 0 && damping < 1))
    throw argumentError('out-of-range', fn, 'damping', 'in [0, 1)', damping)
}

/** The messages of a model: of edge e, 2e goes to its second node, 2e + 1 to its first. */
class Messages {
  readonly count: number
  old: Float64Array[]
  infeasible = false
  private next: Float64Array[]
  private readonly model: PairwiseModel
  private readonly mode: 'sum' | 'max'
  private readonly damping: number
  private readonly tables
  private readonly rest: Float64Array
  private readonly scratch: Float64Array

  constructor(
    model: PairwiseModel,
    mode: 'sum' | 'max',
    damping: number,
    init: readonly ArrayLike<number>[] | undefined,
  ) {
    const { labels, edges, pair } = model
    this.model = model
    this.mode = mode
    this.damping = damping
    this.count = 2 * edges.length
    this.tables = pair.map((log, e) => logTable(labels[edges[e][0]], labels[edges[e][1]], log))
    const widest = labels.reduce((most, K) => Math.max(most, K), 0)
    this.rest = new Float64Array(widest)
    this.scratch = new Float64Array(widest)
    const sizes = edges.flatMap(([i, j]) => [labels[j], labels[i]])
    if (init) {
      checkLength('beliefPropagation', 'init', init, this.count, '2 · edges')
      this.old = init.map((message, c) => this.given(message, sizes[c], c))
    } else this.old = sizes.map((K) => this.normalized(new Float64Array(K)))
    this.next = sizes.map((K) => new Float64Array(K))
  }

  private given(message: ArrayLike<number>, K: number, c: number): Float64Array {
    checkLength('beliefPropagation', `init[${c}]`, message, K)
    const copy = Float64Array.from(message)
    if (!copy.every(Number.isFinite))
      throw argumentError('not-finite', 'beliefPropagation', `init[${c}]`, 'to be finite', copy)
    return this.normalized(copy)
  }

  /** Subtracts the log-sum, or the maximum, in place. */
  private normalized(m: Float64Array): Float64Array {
    const total = this.mode === 'sum' ? logSumExp(m) : m.reduce((x, y) => Math.max(x, y), -Infinity)
    if (total === -Infinity) this.infeasible = true
    else for (let b = 0; b < m.length; b++) m[b] -= total
    return m
  }

  /** θ_i + Σ m_ki over the neighbors k but for the edge `except`. */
  private gather(i: number, except: number, into: Float64Array): void {
    const { unary, incident } = this.model
    into.set(unary[i])
    for (const { edge, otherFirst } of incident[i]) {
      if (edge === except) continue
      const m = this.old[otherFirst ? 2 * edge : 2 * edge + 1]
      for (let a = 0; a < m.length; a++) into[a] += m[a]
    }
  }

  /** Computes message c into `next`; returns the residual. */
  private update(c: number): number {
    const e = c >> 1
    const backward = (c & 1) === 1
    const out = this.next[c]
    this.gather(this.model.edges[e][backward ? 1 : 0], e, this.rest)
    if (this.mode === 'max') {
      maxTimes(out, this.rest, this.tables[e], backward)
      this.normalized(out)
    } else if (!logTimesNormalized(out, this.rest, this.tables[e], backward, this.scratch))
      this.infeasible = true
    const old = this.old[c]
    if (this.damping > 0) {
      for (let b = 0; b < out.length; b++)
        out[b] = this.damping * old[b] + (1 - this.damping) * out[b]
      this.normalized(out)
    }
    let change = 0
    for (let b = 0; b < out.length; b++)
      if (out[b] !== old[b]) change = Math.max(change, Math.abs(out[b] - old[b]))
    return change / (1 - this.damping)
  }

  private accept(c: number): void {
    const before = this.old[c]
    this.old[c] = this.next[c]
    this.next[c] = before
  }

  /** A round of a schedule, which returns the residual. */
  schedule(kind: 'flooding' | 'sequential' | 'residual'): () => number {
    if (kind === 'residual') return this.byResidual()
    return () => {
      let residual = 0
      for (let c = 0; c < this.count; c++) {
        residual = Math.max(residual, this.update(c))
        if (kind === 'sequential') this.accept(c)
      }
      if (kind === 'flooding') [this.old, this.next] = [this.next, this.old]
      return residual
    }
  }

  private byResidual(): () => number {
    const { edges, incident } = this.model
    const queue = priorityOf(Float64Array.from({ length: this.count }, (_, c) => this.update(c)))
    return () => {
      for (let step = 0; step < this.count && queue.highest() > 0; step++) {
        const c = queue.first()
        this.update(c)
        this.accept(c)
        queue.set(c, this.damping > 0 ? this.update(c) : 0)
        const target = edges[c >> 1][(c & 1) === 1 ? 0 : 1]
        for (const { edge, otherFirst } of incident[target])
          if (edge !== c >> 1) {
            const out = otherFirst ? 2 * edge + 1 : 2 * edge
            queue.set(out, this.update(out))
          }
      }
      return queue.highest()
    }
  }

  /** Beliefs of nodes and edges; undefined if one forbids all labels. */
  beliefs(): Marginals | undefined {
    const { labels, edges } = this.model
    const { node, pair } = zeroMarginals(this.model)
    const first = new Float64Array(this.rest.length)
    for (let i = 0; i < labels.length; i++) {
      this.gather(i, -1, this.rest)
      const b = this.rest.subarray(0, labels[i])
      if (b.every((x) => x === -Infinity)) return undefined
      node[i].set(softmax(b))
    }
    const right = this.scratch.slice()
    for (let e = 0; e < edges.length; e++) {
      const [i, j] = edges[e]
      this.gather(i, e, first)
      this.gather(j, e, this.rest)
      const f = first.subarray(0, labels[i])
      const g = this.rest.subarray(0, labels[j])
      pairProducts(pair[e], f, this.tables[e], g, this.scratch, right)
    }
    return { node, pair }
  }
}

/** Σ b·θ + Σ_ij H(b_ij) + Σ_i (1 − deg i) H(b_i). */
function bethe(model: PairwiseModel, b: Marginals): number {
  let sum = meanScore(model, b)
  for (const table of b.pair) sum += entropyOf(table)
  b.node.forEach((p, i) => (sum += (1 - model.incident[i].length) * entropyOf(p)))
  return sum
}

function inconsistency({ labels, edges }: PairwiseModel, b: Marginals): number {
  let worst = 0
  edges.forEach(([i, j], e) => {
    const rest = [b.node[i].slice(), b.node[j].slice()]
    b.pair[e].forEach((p, c) => {
      rest[0][Math.floor(c / labels[j])] -= p
      rest[1][c % labels[j]] -= p
    })
    for (const x of rest) for (const difference of x) worst = Math.max(worst, Math.abs(difference))
  })
  return worst
}
