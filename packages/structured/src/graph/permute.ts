import { checkGraph, type Graph, type GraphLabels, type Label, type Labels } from './graph.js'
import { ShapeError, type Matrix } from '@nonconvex/tensor'

/** A permutation of the nodes: `sigma[i]` is the old index of the node with new index i. */
export type Permutation = ArrayLike<number>

/**
 * Throws unless `sigma` is a permutation of 0 … n − 1.
 *
 * @throws ShapeError for another length; RangeError naming the first entry that is out of range or
 *   repeated
 */
export function checkPermutation(fn: string, sigma: Permutation, n: number): void {
  if (sigma.length !== n)
    throw new ShapeError(`${fn}: sigma must have length ${n}, got ${sigma.length}`)
  const met = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    if (!Number.isInteger(sigma[i]) || sigma[i] < 0 || sigma[i] >= n || met[sigma[i]] === 1)
      throw new RangeError(
        `${fn}: sigma must hold each of 0 … ${n - 1} once, got ${sigma[i]} at ${i}`,
      )
    met[sigma[i]] = 1
  }
}

/**
 * Permutes the nodes of a graph: (σz)_i = z_σ(i), (σz)_ij = z_σ(i)σ(j), and its mask.
 *
 * @param sigma - [n], each of 0 … n − 1 once
 * @returns a new graph
 * @throws ShapeError, RangeError for another sigma, or a malformed graph
 * Cost: O(n (d + n e)). Source: Herzig et al. (2018), the definition of graph permutation.
 *
 * @example
 * import { graphOf, permuteGraph } from '@nonconvex/structured'
 * const turned = permuteGraph(graphOf([[5], [6], [7]]), [2, 0, 1])
 * console.log(turned.nodes.data) // → Float64Array(3) [ 7, 5, 6 ]
 */
export function permuteGraph(graph: Graph, sigma: Permutation): Graph {
  const n = checkGraph('permuteGraph', graph)
  checkPermutation('permuteGraph', sigma, n)
  const pairs = pairOrder(sigma)
  const { nodes, edges, mask } = graph
  return {
    nodes: takeRows(nodes, sigma),
    edges: takeRows(edges, pairs),
    ...(mask !== undefined && { mask: Uint8Array.from(pairs, (pair) => mask[pair]) }),
  }
}

/**
 * Permutes labels: (σy)_i = y_σ(i), (σy)_ij = y_σ(i)σ(j); labels of the whole graph are unchanged.
 *
 * @param sigma - [n], each of 0 … n − 1 once
 * @throws ShapeError if the labels are not those of n = sigma.length nodes; RangeError for another
 *   sigma
 * Cost: O(size of the labels).
 *
 * @example
 * import { permuteLabels } from '@nonconvex/structured'
 * console.log(permuteLabels({ nodes: ['cat', 'dog'] }, [1, 0]).nodes) // → [ 'dog', 'cat' ]
 */
export function permuteLabels(labels: GraphLabels, sigma: Permutation): GraphLabels {
  const n = sigma.length
  checkPermutation('permuteLabels', sigma, n)
  const { nodes, edges } = labels
  if (nodes !== undefined) rowsAre('permuteLabels', 'nodes', nodes, n)
  if (edges !== undefined) rowsAre('permuteLabels', 'edges', edges, n * n)
  return {
    ...labels,
    ...(nodes !== undefined && { nodes: takeLabels(nodes, sigma) }),
    ...(edges !== undefined && { edges: takeLabels(edges, pairOrder(sigma)) }),
  }
}

/** Throws unless there are `rows` labels. */
export function rowsAre(fn: string, name: string, labels: Labels, rows: number): void {
  const got = isMatrix(labels) ? labels.rows : labels.length
  if (got !== rows) throw new ShapeError(`${fn}: ${name} must have ${rows} rows, got ${got}`)
}

/** Whether labels are rows of numbers. */
export function isMatrix(labels: Labels): labels is Matrix {
  return 'rows' in labels
}

/** Where the pairs of the permuted graph come from, as rows of `edges`. */
function pairOrder(sigma: Permutation): Int32Array {
  const n = sigma.length
  const order = new Int32Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) order[i * n + j] = sigma[i] * n + sigma[j]
  return order
}

function takeLabels(labels: Labels, order: Permutation): Labels {
  if (isMatrix(labels)) return takeRows(labels, order)
  return Array.from(order, (from): Label => labels[from])
}

/** The rows of `from` with the given indices. */
export function takeRows({ cols, data }: Matrix, order: ArrayLike<number>): Matrix {
  const out = new Float64Array(order.length * cols)
  for (let i = 0; i < order.length; i++)
    out.set(data.subarray(order[i] * cols, (order[i] + 1) * cols), i * cols)
  return { rows: order.length, cols, data: out }
}
