import { argumentError, checkCount } from '@nonconvex/tensor/check'
import { bruteForce, labelingCount } from './brute-force.js'
import { forestMap, forestMarginals, rooted, type TreeMap } from './forest.js'
import { pairwiseModel, zeroMarginals, type Marginals, type PairwiseModel } from './model.js'

/** Options of `exactMarginals` and `exactMap`. */
export interface ExactOptions {
  /** largest number of labelings of a component with a cycle; 2^16 by default */
  readonly limit?: number
}

/** log Z and marginals; −∞ and zeros if the model is `infeasible`. */
export interface ExactMarginals extends Marginals {
  readonly status: 'exact' | 'infeasible'
  readonly logZ: number
}

/** A connected component with its nodes and edges, by their numbers in the whole model. */
interface Component {
  readonly model: PairwiseModel
  readonly nodes: readonly number[]
  readonly edges: readonly number[]
}

/**
 * log Z and marginals by the cheapest exact way for each connected component: two passes for one without
 * a cycle, enumeration for one with.
 *
 * @throws ArgumentError for a component with a cycle and more than `limit` labelings
 * Cost: O(Σ K_i K_j) for forests, O(Π K_i · degree) for other components.
 *
 * @example
 * import { exactMarginals, pairwiseModel } from '@nonconvex/structured/pairwise'
 * const same = [1, 0, 0, 1]
 * const triangle = pairwiseModel({ labels: [2, 2, 2], unary: [[0, 1], [0, 0], [0, 0]], edges: [[0, 1], [1, 2], [2, 0]], pair: [same, same, same] })
 * console.log(exactMarginals(triangle).node[1][1].toFixed(4)) // → 0.6421
 */
export function exactMarginals(model: PairwiseModel, options: ExactOptions = {}): ExactMarginals {
  const limit = limitOf('exactMarginals', options)
  const forest = rooted(model)
  if (forest) return forestMarginals(model, forest)
  const all = zeroMarginals(model)
  let logZ = 0
  for (const { model: part, nodes, edges } of componentsOf(model)) {
    const forest = rooted(part)
    if (!forest) checkSmall('exactMarginals', part, nodes[0], limit)
    const own = forest ? forestMarginals(part, forest) : bruteForce(part, { limit })
    if (own.status === 'infeasible')
      return { status: 'infeasible', logZ: -Infinity, ...zeroMarginals(model) }
    logZ += own.logZ
    nodes.forEach((i, at) => all.node[i].set(own.node[at]))
    edges.forEach((e, at) => all.pair[e].set(own.pair[at]))
  }
  return { status: 'exact', logZ, ...all }
}

/**
 * A labeling with the largest score, as `exactMarginals` by component.
 *
 * @throws as `exactMarginals`
 * Cost: as `exactMarginals`.
 *
 * @example
 * import { exactMap, pairwiseModel } from '@nonconvex/structured/pairwise'
 * const same = [1, 0, 0, 1]
 * const triangle = pairwiseModel({ labels: [2, 2, 2], unary: [[0, 1], [0, 0], [0, 0]], edges: [[0, 1], [1, 2], [2, 0]], pair: [same, same, same] })
 * console.log(exactMap(triangle)) // → { status: 'exact', map: Int32Array(3) [ 1, 1, 1 ], max: 4 }
 */
export function exactMap(model: PairwiseModel, options: ExactOptions = {}): TreeMap {
  const limit = limitOf('exactMap', options)
  const forest = rooted(model)
  if (forest) return forestMap(model, forest)
  const map = new Int32Array(model.labels.length)
  let max = 0
  for (const { model: part, nodes } of componentsOf(model)) {
    const forest = rooted(part)
    if (!forest) checkSmall('exactMap', part, nodes[0], limit)
    const own = forest ? forestMap(part, forest) : bruteForce(part, { limit })
    if (own.status === 'infeasible')
      return { status: 'infeasible', map: new Int32Array(0), max: -Infinity }
    max += own.max
    nodes.forEach((i, at) => (map[i] = own.map[at]))
  }
  return { status: 'exact', map, max }
}

/** Whether `exactMarginals` and `exactMap` take a model. */
export function isExact(model: PairwiseModel, limit: number = LIMIT): boolean {
  const easy = (part: PairwiseModel): boolean =>
    rooted(part) !== undefined || labelingCount(part) <= limit
  return easy(model) || componentsOf(model).every(({ model: part }) => easy(part))
}

/** Labelings of a component that are enumerated by default. */
const LIMIT = 2 ** 16

function limitOf(fn: string, { limit = LIMIT }: ExactOptions): number {
  checkCount(fn, 'limit', limit)
  return limit
}

function checkSmall(fn: string, part: PairwiseModel, node: number, limit: number): void {
  const count = labelingCount(part)
  if (count > limit)
    throw argumentError(
      'invalid',
      fn,
      'model',
      `to have no cycle, or at most ${limit} labelings, in each component`,
      `${count} in that of node ${node}`,
      'use beliefPropagation, or set limit',
    )
}

/** The connected components, by their first nodes. */
function componentsOf({ labels, unary, edges, pair, incident }: PairwiseModel): Component[] {
  const component = new Int32Array(labels.length).fill(-1)
  const place = new Int32Array(labels.length)
  const lists: number[][] = []
  for (let root = 0; root < labels.length; root++) {
    if (component[root] >= 0) continue
    const nodes = [root]
    component[root] = lists.length
    for (const i of nodes)
      for (const { other } of incident[i])
        if (component[other] < 0) {
          component[other] = lists.length
          nodes.push(other)
        }
    nodes.sort((a, b) => a - b)
    nodes.forEach((i, at) => (place[i] = at))
    lists.push(nodes)
  }
  const own = lists.map((): number[] => [])
  edges.forEach(([i], e) => own[component[i]].push(e))
  return lists.map((nodes, c) => ({
    nodes,
    edges: own[c],
    model: pairwiseModel({
      labels: nodes.map((i) => labels[i]),
      unary: nodes.map((i) => unary[i]),
      edges: own[c].map((e) => [place[edges[e][0]], place[edges[e][1]]] as const),
      pair: own[c].map((e) => pair[e]),
    }),
  }))
}
