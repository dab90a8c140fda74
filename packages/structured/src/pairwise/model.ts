import { argumentError, checkCount, checkInteger, checkLength } from '@nonconvex/tensor/check'
import { checkTotal, largestScore } from './score-range.js'

/** The scores θ of a pairwise model, as arguments of `pairwiseModel`. */
export interface PairwiseScores {
  /** K_i ≥ 1, the number of labels of each of n nodes */
  readonly labels: readonly number[]
  /** θ_i: K_i scores for each node */
  readonly unary: readonly ArrayLike<number>[]
  /** the pairs (i, j), i ≠ j, each unordered pair at most once */
  readonly edges: readonly (readonly [number, number])[]
  /** θ_ij for each edge: K_i × K_j scores, row-major, rows of its first node */
  readonly pair: readonly ArrayLike<number>[]
}

/** A directed edge as its target sees it. */
export interface Incidence {
  /** number of the edge */
  readonly edge: number
  /** the node at the other end */
  readonly other: number
  /** whether the other node is the first of the edge, so that its labels are the rows */
  readonly otherFirst: boolean
}

/** A checked pairwise model, made by `pairwiseModel`; its arrays are copies. */
export interface PairwiseModel {
  readonly labels: readonly number[]
  readonly unary: readonly Float64Array[]
  readonly edges: readonly (readonly [number, number])[]
  readonly pair: readonly Float64Array[]
  /** the edges at each node, in the order of the list of edges */
  readonly incident: readonly (readonly Incidence[])[]
}

/** Scores copied; throws unless each is a number below Infinity. */
function scoresOf(name: string, scores: ArrayLike<number>, length: number): Float64Array {
  checkLength('pairwiseModel', name, scores, length)
  const copy = Float64Array.from(scores)
  copy.forEach((score, cell) => {
    if (!(score < Infinity))
      throw argumentError(
        'not-finite',
        'pairwiseModel',
        `${name}[${cell}]`,
        'to be a number below Infinity',
        score,
        'a forbidden label has the score −Infinity',
      )
  })
  return copy
}

/**
 * A pairwise model of n nodes, node i with labels 0 … K_i − 1: the distribution
 *
 *     p(y) = e^{s(y)} / Z,   s(y) = Σ_i θ_i(y_i) + Σ_(ij) θ_ij(y_i, y_j)
 *
 * A score of −∞ forbids a label or a pair of labels. The largest finite |score| of each table may sum to at
 * most 1e300, so that no score of a labeling overflows and no function of a model returns NaN.
 *
 * @throws ShapeError for another number of scores; ArgumentError, with node or edge and cell, for
 *   scores that are NaN or +∞, labels that are not integers ≥ 1, an edge that is out of range,
 *   joins a node with itself, or is there twice; ArgumentError for scores whose sum may overflow
 * Cost: a copy of all scores. Source: standard (conditional random fields: Lafferty et al. 2001).
 *
 * @example
 * import { pairwiseModel, score } from '@nonconvex/structured/pairwise'
 * const model = pairwiseModel({ labels: [2, 2], unary: [[0, 1], [0, 0]], edges: [[0, 1]], pair: [[2, 0, 0, 2]] })
 * console.log(score(model, [1, 1])) // → 3
 */
export function pairwiseModel({ labels, unary, edges, pair }: PairwiseScores): PairwiseModel {
  const n = labels.length
  labels.forEach((K, i) => checkCount('pairwiseModel', `labels[${i}]`, K))
  checkLength('pairwiseModel', 'unary', unary, n, 'n')
  checkLength('pairwiseModel', 'pair', pair, edges.length)
  const seen = new Map<string, number>()
  const incident = Array.from({ length: n }, (): Incidence[] => [])
  edges.forEach(([i, j], e) => {
    const range = `[0, n − 1 = ${n - 1}]`
    for (const end of [i, j]) checkInteger('pairwiseModel', `edges[${e}]`, end, 0, n - 1, range)
    const problem = i === j ? 'to join two different nodes' : undefined
    const key = i < j ? `${i} ${j}` : `${j} ${i}`
    const before = seen.get(key)
    if (problem !== undefined)
      throw argumentError('invalid', 'pairwiseModel', `edges[${e}]`, problem, `(${i}, ${j})`)
    if (before !== undefined)
      throw argumentError(
        'duplicate',
        'pairwiseModel',
        `edges[${e}]`,
        'to be listed once',
        `(${i}, ${j}), which is edge ${before}, too`,
        'add the tables of both',
      )
    seen.set(key, e)
    incident[i].push({ edge: e, other: j, otherFirst: false })
    incident[j].push({ edge: e, other: i, otherFirst: true })
  })
  const unaries = unary.map((scores, i) => scoresOf(`unary[${i}]`, scores, labels[i]))
  const pairs = pair.map((scores, e) => {
    const [i, j] = edges[e]
    return scoresOf(`pair[${e}]`, scores, labels[i] * labels[j])
  })
  let total = 0
  for (const scores of [...unaries, ...pairs]) total += largestScore(scores)
  checkTotal('pairwiseModel', total)
  return Object.freeze({
    labels: Object.freeze([...labels]),
    unary: unaries,
    edges: edges.map(([i, j]) => [i, j] as const),
    pair: pairs,
    incident,
  })
}

/** Throws unless y has a label for each node. */
export function checkLabeling(fn: string, model: PairwiseModel, y: ArrayLike<number>): void {
  checkLength(fn, 'y', y, model.labels.length, 'n')
  model.labels.forEach((K, i) => checkInteger(fn, `y[${i}]`, y[i], 0, K - 1))
}

/**
 * The score s(y) of a labeling; −∞ if it is forbidden.
 *
 * @throws ShapeError for another number of labels, ArgumentError for a label out of range
 * Cost: O(n + edges).
 *
 * @example
 * import { pairwiseModel, score } from '@nonconvex/structured/pairwise'
 * const model = pairwiseModel({ labels: [2], unary: [[0, -Infinity]], edges: [], pair: [] })
 * console.log(score(model, [0]), score(model, [1])) // → 0 -Infinity
 */
export function score(model: PairwiseModel, y: ArrayLike<number>): number {
  checkLabeling('score', model, y)
  return scoreOf(model, y)
}

/** As `score`, unchecked. */
export function scoreOf(
  { labels, unary, edges, pair }: PairwiseModel,
  y: ArrayLike<number>,
): number {
  let sum = 0
  unary.forEach((scores, i) => (sum += scores[y[i]]))
  edges.forEach(([i, j], e) => (sum += pair[e][y[i] * labels[j] + y[j]]))
  return sum
}

/** Marginals of the labels of nodes and edges. */
export interface Marginals {
  /** P(y_i = a), K_i numbers for each node */
  readonly node: readonly Float64Array[]
  /** P(y_i = a, y_j = b), K_i × K_j numbers for each edge */
  readonly pair: readonly Float64Array[]
}

/** Marginals that are 0 throughout. */
export const zeroMarginals = ({ labels, pair }: PairwiseModel): Marginals => ({
  node: labels.map((K) => new Float64Array(K)),
  pair: pair.map(({ length }) => new Float64Array(length)),
})

/** Σ p θ, with 0 · −∞ = 0. */
export function weighted(p: Float64Array, theta: Float64Array): number {
  let sum = 0
  for (let a = 0; a < p.length; a++) if (p[a] > 0) sum += p[a] * theta[a]
  return sum
}

/** The mean score Σ_i p_i θ_i + Σ_ij p_ij θ_ij. */
export function meanScore({ unary, pair }: PairwiseModel, p: Marginals): number {
  let sum = 0
  unary.forEach((scores, i) => (sum += weighted(p.node[i], scores)))
  pair.forEach((scores, e) => (sum += weighted(p.pair[e], scores)))
  return sum
}

/** The entropy −Σ p ln p. */
export function entropyOf(p: Float64Array): number {
  let sum = 0
  for (const value of p) if (value > 0) sum -= value * Math.log(value)
  return sum
}

/** The index of the largest entry; the first of ties. */
export function argmax(x: ArrayLike<number>): number {
  let best = 0
  for (let a = 1; a < x.length; a++) if (x[a] > x[best]) best = a
  return best
}
