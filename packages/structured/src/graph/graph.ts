import { matrix, ShapeError, type Matrix, type Vec } from '@nonconvex/tensor'
import { checkFiniteMatrix, checkMatrix } from '@nonconvex/tensor/check'

/**
 * The input of a labeling: n nodes with d features each, ordered pairs of nodes with e features
 * each.
 *
 * The features of a pair (i, j) are row `i * n + j` of `edges`. The rows of the diagonal, and those
 * of masked pairs, are never read.
 */
export interface Graph {
  /** n × d, finite */
  readonly nodes: Matrix
  /** n² × e, finite where a pair exists */
  readonly edges: Matrix
  /** [n²], 1 where the pair exists, 0 elsewhere; without it all pairs i ≠ j exist */
  readonly mask?: Uint8Array
}

/** A label, compared by value: a number, a string, or a list of labels. */
export type Label = number | string | boolean | readonly Label[]

/** Labels in rows: one row of numbers, or one label, for each node or each ordered pair. */
export type Labels = Matrix | readonly Label[]

/** The labels of a graph; each part may be missing. */
export interface GraphLabels {
  /** n rows */
  readonly nodes?: Labels
  /**
   * n² rows, that of the pair (i, j) at `i * n + j`; rows of pairs that do not exist are ignored
   */
  readonly edges?: Labels
  /** label of the whole graph */
  readonly graph?: Vec
}

/** A function that labels the nodes, the pairs or the whole of a graph of any size. */
export type GraphLabeling = (graph: Graph) => GraphLabels

/** Whether the ordered pair (i, j) exists: i ≠ j, and it is not masked. */
export function pairExists(graph: Graph, i: number, j: number): boolean {
  return i !== j && (graph.mask === undefined || graph.mask[i * graph.nodes.rows + j] === 1)
}

/**
 * Throws unless `graph` is well-formed.
 *
 * @param fn - the function name for messages
 * @returns the number of nodes
 * @throws ShapeError if sizes do not fit; RangeError for NaN or ±∞ in a node or in a pair that
 *   exists, or a mask entry other than 0 and 1. Cost: O(n (d + n e)).
 */
export function checkGraph(fn: string, graph: Graph): number {
  const { nodes, edges, mask } = graph
  checkFiniteMatrix(fn, 'nodes', nodes)
  checkMatrix(fn, 'edges', edges)
  const n = nodes.rows
  if (edges.rows !== n * n)
    throw new ShapeError(`${fn}: edges must have n² = ${n * n} rows, got ${edges.rows}`)
  if (mask !== undefined) {
    if (mask.length !== n * n)
      throw new ShapeError(`${fn}: mask must have length n² = ${n * n}, got ${mask.length}`)
    const wrong = mask.findIndex((bit) => bit > 1)
    if (wrong >= 0) throw new RangeError(`${fn}: mask[${wrong}] must be 0 or 1, got ${mask[wrong]}`)
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (pairExists(graph, i, j)) checkPair(fn, graph, i, j)
  return n
}

function checkPair(fn: string, { nodes, edges }: Graph, i: number, j: number): void {
  const start = (i * nodes.rows + j) * edges.cols
  for (let f = 0; f < edges.cols; f++) {
    const x = edges.data[start + f]
    if (!Number.isFinite(x))
      throw new RangeError(`${fn}: edges[${i}, ${j}, ${f}] must be finite, got ${x}`)
  }
}

/**
 * A graph from nested arrays.
 *
 * @param nodes - n rows of d features; n = 0 is allowed
 * @param edges - n rows of n lists of e features; the diagonal is never read;
 *   default: no features
 * @param mask - n rows of n entries 0 or 1; default: all pairs exist
 * @returns a graph with the arrays copied
 * @throws ShapeError for ragged or mismatched arrays; RangeError as {@link checkGraph}
 * Cost: O(n (d + n e)).
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * const path = graphOf([[5], [6]], [[[0], [1]], [[1], [0]]])
 * console.log(path.nodes.rows, path.edges.rows, path.edges.cols) // → 2 4 1
 */
export function graphOf(
  nodes: readonly (readonly number[])[],
  edges?: readonly (readonly (readonly number[])[])[],
  mask?: readonly (readonly number[])[],
): Graph {
  const fn = 'graphOf'
  const n = nodes.length
  const pairs = edges ?? nodes.map(() => nodes.map(() => []))
  square(fn, 'edges', pairs, n)
  if (mask !== undefined) {
    square(fn, 'mask', mask, n)
    // before they are bytes, which hold 0 for 0.5, 256 and NaN
    mask.forEach((row, i) => {
      row.forEach((bit, j) => {
        if (bit !== 0 && bit !== 1)
          throw new RangeError(`${fn}: mask[${i}, ${j}] must be 0 or 1, got ${bit}`)
      })
    })
  }
  const graph: Graph = {
    nodes: rectangle(fn, 'nodes', nodes),
    edges: rectangle(fn, 'edges', pairs.flat()),
    ...(mask !== undefined && { mask: Uint8Array.from(mask.flat()) }),
  }
  checkGraph(fn, graph)
  return graph
}

function square(fn: string, name: string, rows: readonly (readonly unknown[])[], n: number): void {
  const lengths = [rows.length, ...rows.map((row) => row.length)]
  const wrong = lengths.find((length) => length !== n)
  if (wrong !== undefined)
    throw new ShapeError(`${fn}: ${name} must have ${n} rows of ${n} entries, got ${wrong}`)
}

function rectangle(fn: string, name: string, rows: readonly (readonly number[])[]): Matrix {
  const cols = rows.length === 0 ? 0 : rows[0].length
  const wrong = rows.findIndex((row) => row.length !== cols)
  if (wrong >= 0)
    throw new ShapeError(
      `${fn}: ${name} must have ${cols} features in each row, got ${rows[wrong].length} in row ${wrong}`,
    )
  return matrix(rows.length, cols, Float64Array.from(rows.flat()))
}
