import { ShapeError } from '@nonconvex/tensor'
import { checkGraph, pairExists, type Graph } from '../graph/graph.js'

/**
 * A batch of graphs: their nodes one after the other, and the existing pairs, in the order of their
 * first node. There is no padding, so masked pairs and missing nodes have no cost and no effect.
 */
export interface GraphBatch {
  /** B */
  readonly graphs: number
  /**
   * [B + 1]: nodes nodeStart[b] … nodeStart[b + 1] − 1 are those of graph b; its last entry is N
   */
  readonly nodeStart: Int32Array
  /** [N], the graph of each node */
  readonly graphOfNode: Int32Array
  /** [N + 1]: pairs pairStart[i] … pairStart[i + 1] − 1 start at node i; its last entry is P */
  readonly pairStart: Int32Array
  /** [P], the ends of each pair, as nodes of the batch */
  readonly i: Int32Array
  readonly j: Int32Array
  /** [P], the index of the pair (j, i), or −1 if it does not exist */
  readonly reverse: Int32Array
  readonly nodeFeatures: number
  readonly edgeFeatures: number
  /** [N · d] and [P · e], row-major */
  readonly nodes: Float64Array
  readonly edges: Float64Array
}

/** The numbers of nodes and the existing pairs of each graph. */
export interface BatchStructure {
  readonly sizes: readonly number[]
  readonly exists: (graph: number, i: number, j: number) => boolean
}

/** The lists of a batch, without features. */
export function batchStructure({
  sizes,
  exists,
}: BatchStructure): Omit<GraphBatch, 'nodeFeatures' | 'edgeFeatures' | 'nodes' | 'edges'> {
  const nodeStart = new Int32Array(sizes.length + 1)
  sizes.forEach((n, b) => (nodeStart[b + 1] = nodeStart[b] + n))
  const N = nodeStart[sizes.length]
  const graphOfNode = new Int32Array(N)
  const pairStart = new Int32Array(N + 1)
  const [i, j]: [number[], number[]] = [[], []]
  const reverse: number[] = []
  sizes.forEach((n, b) => {
    const first = nodeStart[b]
    const place = new Int32Array(n * n).fill(-1)
    for (let k = 0; k < n; k++) {
      graphOfNode[first + k] = b
      for (let l = 0; l < n; l++) {
        if (k === l || !exists(b, k, l)) continue
        place[k * n + l] = i.length
        i.push(first + k)
        j.push(first + l)
      }
      pairStart[first + k + 1] = i.length
    }
    for (let p = reverse.length; p < i.length; p++)
      reverse.push(place[(j[p] - first) * n + (i[p] - first)])
  })
  return {
    graphs: sizes.length,
    nodeStart,
    graphOfNode,
    pairStart,
    i: Int32Array.from(i),
    j: Int32Array.from(j),
    reverse: Int32Array.from(reverse),
  }
}

/**
 * Graphs of any sizes as one batch.
 *
 * @param graphs - at least one; all with the same numbers of features (a graph without nodes or
 *   pairs may have others)
 * @throws ShapeError for different numbers of features, or a malformed graph; RangeError for no
 *   graph, or NaN or ±∞ in it
 * Cost: O(Σ n (d + n e)).
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { graphBatch } from '@nonconvex/structured/batch'
 * const batch = graphBatch([graphOf([[1], [2]]), graphOf([[3]])])
 * console.log(batch.graphs, batch.graphOfNode, batch.i.length) // → 2 Int32Array(3) [ 0, 0, 1 ] 2
 */
export function graphBatch(graphs: readonly Graph[]): GraphBatch {
  const fn = 'graphBatch'
  if (graphs.length === 0) throw new RangeError(`${fn}: graphs must be at least 1, got 0`)
  const sizes = graphs.map((graph) => checkGraph(fn, graph))
  const lists = batchStructure({ sizes, exists: (b, k, l) => pairExists(graphs[b], k, l) })
  const d = commonWidth(
    fn,
    'nodes',
    graphs.map(({ nodes }) => nodes),
  )
  const e = commonWidth(
    fn,
    'edges',
    graphs.map(({ edges }, b) => ({ cols: edges.cols, rows: sizes[b] > 1 ? 1 : 0 })),
  )
  const nodes = new Float64Array(lists.graphOfNode.length * d)
  const edges = new Float64Array(lists.i.length * e)
  graphs.forEach((graph, b) => {
    nodes.set(graph.nodes.data, lists.nodeStart[b] * d)
  })
  for (let p = 0; p < lists.i.length; p++) {
    const b = lists.graphOfNode[lists.i[p]]
    const first = lists.nodeStart[b]
    const pair = (lists.i[p] - first) * sizes[b] + lists.j[p] - first
    edges.set(graphs[b].edges.data.subarray(pair * e, (pair + 1) * e), p * e)
  }
  return { ...lists, nodeFeatures: d, edgeFeatures: e, nodes, edges }
}

function commonWidth(
  fn: string,
  name: string,
  all: readonly { readonly rows: number; readonly cols: number }[],
): number {
  const [first, ...others] = all.filter(({ rows }) => rows > 0)
  if (first === undefined) return all[0].cols
  const other = others.find(({ cols }) => cols !== first.cols)
  if (other)
    throw new ShapeError(
      `${fn}: ${name} of all graphs must have ${first.cols} features, got ${other.cols}`,
    )
  return first.cols
}
