import { checkCount, checkInteger } from '@nonconvex/tensor/check'
import { ShapeError, type Stream } from '@nonconvex/tensor'

/** The reading order of each node's neighbors, and of the nodes of each graph. */
export interface ReadingOrder {
  /**
   * [graphs · n · (n − 1)]: for node i of graph b from (b n + i)(n − 1) on, the indices of the
   * other nodes
   */
  readonly neighbors: Int32Array
  /** [graphs · n]: for graph b from b n on, the indices of its nodes */
  readonly nodes: Int32Array
}

/**
 * Draws or computes the orders in which a {@link RecurrentNet} reads graphs of n nodes.
 *
 * @param graphs - how many graphs, integer ≥ 0
 * @param n - nodes of each, integer ≥ 1
 * @param source - draws all orders; default: the order of the indices
 * @throws RangeError for other sizes
 * Cost: O(graphs n²).
 *
 * @example
 * import { readingOrder } from '@nonconvex/structured/baselines'
 * console.log(readingOrder(1, 3).neighbors.join()) // → 1,2,0,2,0,1
 */
export function readingOrder(graphs: number, n: number, source?: Stream): ReadingOrder {
  checkInteger('readingOrder', 'graphs', graphs, 0)
  checkCount('readingOrder', 'n', n)
  const neighbors = new Int32Array(graphs * n * (n - 1))
  const nodes = new Int32Array(graphs * n)
  for (let b = 0; b < graphs; b++) {
    for (let i = 0; i < n; i++) {
      nodes[b * n + i] = i
      const from = (b * n + i) * (n - 1)
      for (let j = 0; j < n - 1; j++) neighbors[from + j] = j < i ? j : j + 1
      if (source) shuffle(neighbors.subarray(from, from + n - 1), source)
    }
    if (source) shuffle(nodes.subarray(b * n, (b + 1) * n), source)
  }
  return { neighbors, nodes }
}

function shuffle(x: Int32Array, source: Stream): void {
  for (let i = x.length - 1; i > 0; i--) {
    const j = source.integer(i + 1)
    const kept = x[i]
    x[i] = x[j]
    x[j] = kept
  }
}

/**
 * Throws unless the order is valid: it lists every other node once for each node, and every node
 * once.
 */
export function checkOrder(fn: string, order: ReadingOrder, graphs: number, n: number): void {
  const { neighbors, nodes } = order
  for (const [name, list, length] of [
    ['neighbors', neighbors, graphs * n * (n - 1)],
    ['nodes', nodes, graphs * n],
  ] as const)
    if (list.length !== length)
      throw new ShapeError(`${fn}: order.${name} must have length ${length}, got ${list.length}`)
  const each = (name: string, list: Int32Array, own: number): void => {
    const met = new Uint8Array(n)
    for (const j of list) {
      if (j < 0 || j >= n || j === own || met[j] === 1)
        throw new RangeError(
          `${fn}: order.${name} must hold each${own < 0 ? '' : ' other'} node once, got ${j}`,
        )
      met[j] = 1
    }
  }
  for (let b = 0; b < graphs; b++) each('nodes', nodes.subarray(b * n, (b + 1) * n), -1)
  for (let r = 0; r < graphs * n; r++)
    each('neighbors', neighbors.subarray(r * (n - 1), (r + 1) * (n - 1)), r % n)
}
