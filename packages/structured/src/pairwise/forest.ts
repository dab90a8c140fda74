import { argumentError, checkListed } from '@nonconvex/tensor/check'
import { logSumExp, softmax } from '../layer/log-domain.js'
import { logTable, logTimes, maxTimes, pairProducts } from './log-table.js'
import {
  argmax,
  meanScore,
  scoreOf,
  zeroMarginals,
  type Incidence,
  type Marginals,
  type PairwiseModel,
} from './model.js'

/** The nodes from the roots on, each with the edge to its parent, if it is no root. */
export interface RootedForest {
  readonly order: Int32Array
  readonly parent: readonly (Incidence | undefined)[]
}

/**
 * The nodes of a forest by breadth from a root of each component, its first node; undefined if there is a
 * cycle.
 */
export function rooted({ incident, labels }: PairwiseModel): RootedForest | undefined {
  const n = labels.length
  const order = new Int32Array(n)
  const parent = new Array<Incidence | undefined>(n).fill(undefined)
  const reached = new Uint8Array(n)
  let [done, found] = [0, 0]
  for (let root = 0; root < n; root++) {
    if (reached[root]) continue
    reached[root] = 1
    order[found++] = root
    while (done < found) {
      const i = order[done++]
      for (const { edge, other, otherFirst } of incident[i]) {
        if (edge === parent[i]?.edge) continue
        if (reached[other]) return undefined
        reached[other] = 1
        parent[other] = { edge, other: i, otherFirst: !otherFirst }
        order[found++] = other
      }
    }
  }
  return { order, parent }
}

/**
 * Whether the graph of a model has no cycle.
 *
 * Cost: O(n + edges).
 *
 * @example
 * import { isForest, pairwiseModel } from '@nonconvex/structured/pairwise'
 * const two = pairwiseModel({ labels: [1, 1], unary: [[0], [0]], edges: [[0, 1]], pair: [[0]] })
 * console.log(isForest(two)) // → true
 */
export function isForest(model: PairwiseModel): boolean {
  return rooted(model) !== undefined
}

/** The distribution of a forest; −∞ and zeros if it is `infeasible`. */
export interface TreeMarginals extends Marginals {
  readonly status: 'exact' | 'infeasible'
  readonly logZ: number
  readonly entropy: number
}

/** The best labeling of a forest; empty if it is `infeasible`. */
export interface TreeMap {
  readonly status: 'exact' | 'infeasible'
  /** ties to the smaller label, from the roots on */
  readonly map: Int32Array
  readonly max: number
}

/**
 * Exact inference on a forest in two passes, leaves to roots and back, by component.
 *
 * `sum`: log Z, marginals and entropy. `max`: the best labeling, by back pointers from the roots.
 * Isolated nodes are components.
 *
 * @throws ArgumentError if the graph has a cycle
 * Cost: O(Σ_edges K_i K_j). Source: standard (sum-product and max-product on trees: Pearl 1988).
 *
 * @example
 * import { pairwiseModel, treeInference } from '@nonconvex/structured/pairwise'
 * const model = pairwiseModel({ labels: [2, 2], unary: [[0, 1], [0, 0]], edges: [[0, 1]], pair: [[0, 0, 0, 1]] })
 * console.log(treeInference(model, { mode: 'max' }).map) // → Int32Array(2) [ 1, 1 ]
 * console.log(treeInference(model, { mode: 'sum' }).node[1][1].toFixed(6)) // → 0.692890
 */
export function treeInference(
  model: PairwiseModel,
  options?: { readonly mode?: 'sum' },
): TreeMarginals
export function treeInference(model: PairwiseModel, options: { readonly mode: 'max' }): TreeMap
export function treeInference(
  model: PairwiseModel,
  { mode = 'sum' }: { readonly mode?: 'sum' | 'max' } = {},
): TreeMarginals | TreeMap {
  checkListed('treeInference', 'mode', mode, ['sum', 'max'])
  const forest = rooted(model)
  if (!forest)
    throw argumentError(
      'invalid',
      'treeInference',
      'model',
      'to be a forest',
      'a graph with a cycle',
      'use beliefPropagation or bruteForce',
    )
  return mode === 'sum' ? forestMarginals(model, forest) : forestMap(model, forest)
}

/** As `treeInference` with mode `max`. */
export function forestMap(model: PairwiseModel, { order, parent }: RootedForest): TreeMap {
  const { labels, unary, pair } = model
  const up = unary.map((scores) => scores.slice())
  const back = labels.map(() => new Int32Array(0))
  for (let t = order.length - 1; t >= 0; t--) {
    const i = order[t]
    const above = parent[i]
    if (!above) continue
    const { edge, other, otherFirst } = above
    const table = { ...sizeOf(model, edge), log: pair[edge] }
    const message = new Float64Array(labels[other])
    back[i] = new Int32Array(labels[other])
    // from the child, whose labels are the columns if its parent is the first of the edge
    maxTimes(message, up[i], table, otherFirst, back[i])
    for (let b = 0; b < message.length; b++) up[other][b] += message[b]
  }
  const map = new Int32Array(labels.length)
  for (const i of order) {
    const above = parent[i]
    map[i] = above ? back[i][map[above.other]] : argmax(up[i])
  }
  const max = scoreOf(model, map)
  return max === -Infinity
    ? { status: 'infeasible', map: new Int32Array(0), max }
    : { status: 'exact', map, max }
}

const sizeOf = ({ labels, edges }: PairwiseModel, e: number): { rows: number; cols: number } => ({
  rows: labels[edges[e][0]],
  cols: labels[edges[e][1]],
})

/** As `treeInference` with mode `sum`. */
export function forestMarginals(
  model: PairwiseModel,
  { order, parent }: RootedForest,
): TreeMarginals {
  const { labels, unary, pair } = model
  const scratch = new Float64Array(labels.reduce((most, K) => Math.max(most, K), 0))
  const right = scratch.slice()
  const tables = pair.map((log, e) => {
    const { rows, cols } = sizeOf(model, e)
    return logTable(rows, cols, log)
  })
  /** what each node sends to its parent */
  const up = labels.map(() => new Float64Array(0))
  /** θ_i and what its children send, summed */
  const below = unary.map((scores) => scores.slice())
  const children = labels.map((): number[] => [])
  let logZ = 0
  for (let t = order.length - 1; t >= 0; t--) {
    const i = order[t]
    const above = parent[i]
    if (!above) {
      logZ += logSumExp(below[i])
      continue
    }
    const { edge, other, otherFirst } = above
    up[i] = new Float64Array(labels[other])
    logTimes(up[i], below[i], tables[edge], otherFirst, scratch)
    for (let b = 0; b < labels[other]; b++) below[other][b] += up[i][b]
    children[other].push(i)
  }
  const marginals = zeroMarginals(model)
  if (logZ === -Infinity) return { status: 'infeasible', logZ, ...marginals, entropy: 0 }

  const node: Float64Array[] = [...marginals.node]
  /** what each node gets from its parent */
  const down = labels.map((K) => new Float64Array(K))
  for (const i of order) {
    node[i] = softmax(below[i].map((x, a) => x + down[i][a]))
    // For each child the sum of all but its own message, by sums from both ends: nothing is
    // subtracted, as −∞ − −∞ would be.
    const after: Float64Array[] = []
    let sum = new Float64Array(labels[i])
    for (let c = children[i].length - 1; c >= 0; c--) {
      after[c] = sum
      sum = sum.map((x, a) => x + up[children[i][c]][a])
    }
    let before = unary[i].map((x, a) => x + down[i][a])
    children[i].forEach((child, c) => {
      const rest = before.map((x, a) => x + after[c][a])
      const { edge, otherFirst } = parent[child] ?? { edge: 0, otherFirst: true }
      logTimes(down[child], rest, tables[edge], !otherFirst, scratch)
      const [first, second] = otherFirst ? [rest, below[child]] : [below[child], rest]
      pairProducts(marginals.pair[edge], first, tables[edge], second, scratch, right)
      before = before.map((x, a) => x + up[child][a])
    })
  }
  const all = { node, pair: marginals.pair }
  return { status: 'exact', logZ, ...all, entropy: Math.max(0, logZ - meanScore(model, all)) }
}
