import { ShapeError, type Matrix, type Vec } from '@nonconvex/tensor'
import { checkGraph, pairExists, type Graph, type GraphLabeling } from '../graph/graph.js'
import { isMatrix, rowsAre } from '../graph/permute.js'
import {
  gpiLayer,
  type EdgeArguments,
  type GPILayer,
  type LiteralArguments,
  type NodeArguments,
  type PairArguments,
  type VectorMap,
} from '../layer/gpi-layer.js'
import { hashTable, type HashTable } from './hash-table.js'

/** Sizes of features and labels, and the hash of the letters. */
export interface ConstructiveOptions {
  /** e, features of a pair; default 1 */
  readonly edgeFeatures?: number
  /** numbers in the label of a node; default 1 */
  readonly nodeLabels?: number
  /** numbers in the label of a pair; default: labels of pairs are not reproduced */
  readonly edgeLabels?: number
  /**
   * bucket of a letter, a distinct integer from 0 to B − 1; default: its index in the alphabet
   */
  readonly hash?: (letter: Vec) => number
}

/** The functions φ, α and ρ that reproduce a given function, and the layer made from them. */
export interface Constructive {
  readonly phi: VectorMap<PairArguments>
  readonly alpha: VectorMap<NodeArguments>
  readonly rho: VectorMap<LiteralArguments>
  readonly rhoEdge?: VectorMap<EdgeArguments>
  /** ρ(z_k, Σ_i α(z_i, Σ_{j≠i} φ(z_i, z_ij, z_j))) at each node, and ρ_e at each pair */
  readonly apply: GPILayer
}

/**
 * The necessity half of the theorem as a program: φ, α and ρ with which the layer of the theorem
 * equals a given invariant function, on graphs whose nodes have distinct features from a finite
 * alphabet.
 *
 *     φ = 1[H(z_j)] ⊗ (z_ij, 1)               files the pair under its far end; the 1 marks it present
 *     α = 1[H(z_i)] ⊗ (z_i, 1, s_i)           files the node with its row of the table of pairs
 *     ρ(z_k, M): read the graph off M in the order of the buckets, apply F, answer at the place of H(z_k)
 *
 * Distinct features have distinct slots, so the sums lose no information: labels are equal to the
 * last bit (but for the sign of 0). That F is invariant is used only in ρ. For a non-invariant F
 * the result is still invariant, hence different from F.
 *
 * @param F - the function; it must label nodes with numbers (and pairs, with `edgeLabels`)
 * @param alphabet - B distinct letters, [d] each: the allowed features of nodes
 * @returns `apply` throws RangeError if two nodes have the same features (naming them) or features
 *   are not in the alphabet, ShapeError if features or labels do not have the sizes of the options
 * @throws RangeError if a letter is not finite, two are equal or have the same bucket, or a bucket
 *   is not an integer from 0 to B − 1; ShapeError if letters have different lengths
 *
 * Cost: O(n² B² (d + e)) and one call of F for a graph of n nodes. Source: Herzig et al. (2018),
 * proof of theorem 1; ours as a program.
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { constructive } from '@nonconvex/structured/invariance'
 * const largest = constructive(
 *   ({ nodes }) => ({ nodes: { ...nodes, data: nodes.data.map(() => Math.max(...nodes.data)) } }),
 *   [[7], [8], [9]],
 *   { edgeFeatures: 0 },
 * )
 * console.log(largest.apply(graphOf([[8], [7]])).nodes.data) // → Float64Array(2) [ 8, 8 ]
 */
export function constructive(
  F: GraphLabeling,
  alphabet: readonly Vec[],
  options: ConstructiveOptions = {},
): Constructive {
  const { edgeFeatures: e = 1, nodeLabels = 1, edgeLabels } = options
  const table = hashTable(alphabet, options.hash)
  const { buckets: B, letterSize: d } = table
  const L = B * (e + 1)
  const phi: VectorMap<PairArguments> = {
    width: L,
    map: (_, zij, zj) => fileUnder(table.bucketOf(zj), [...zij, 1], L),
  }
  const alpha: VectorMap<NodeArguments> = {
    width: B * (d + 1 + L),
    map: (zi, si) => fileUnder(table.bucketOf(zi), [...zi, 1, ...si], B * (d + 1 + L)),
  }
  const answer = answers(F, { table, e, nodeLabels, edgeLabels })
  const rho: VectorMap<LiteralArguments> = {
    width: nodeLabels,
    map: (zk, M) => answer(M).node(table.bucketOf(zk)),
  }
  const rhoEdge: VectorMap<EdgeArguments> | undefined =
    edgeLabels === undefined
      ? undefined
      : {
          width: edgeLabels,
          map: (zk, zl, _zkl, _zlk, _sk, _sl, M) =>
            answer(M).edge(table.bucketOf(zk), table.bucketOf(zl)),
        }
  const parts = { phi, alpha, rho, ...(rhoEdge && { rhoEdge }) }
  const layer = gpiLayer({ readout: 'literal', ...parts })
  const apply: GPILayer = (graph) => {
    checkGraph('constructive', graph)
    if (graph.nodes.rows > 0 && graph.nodes.cols !== d)
      throw new ShapeError(
        `constructive: nodes must have ${d} features as the letters, got ${graph.nodes.cols}`,
      )
    if (graph.nodes.rows > 1 && graph.edges.cols !== e)
      throw new ShapeError(`constructive: pairs must have ${e} features, got ${graph.edges.cols}`)
    table.refuseDuplicates(graph.nodes)
    return layer(graph)
  }
  return { ...parts, apply }
}

/** The block `values` in its place of a vector of `width` zeros. */
function fileUnder(bucket: number, values: readonly number[], width: number): Float64Array {
  const out = new Float64Array(width)
  out.set(values, bucket * values.length)
  return out
}

interface Sizes {
  readonly table: HashTable
  readonly e: number
  readonly nodeLabels: number
  readonly edgeLabels: number | undefined
}

/** F on the graph in M, by buckets. */
interface Answer {
  readonly node: (k: number) => Vec
  readonly edge: (k: number, l: number) => Vec
}

/**
 * Reads the graph off M and asks F; the last answer is kept, as ρ asks for each node of one M in
 * turn.
 */
function answers(F: GraphLabeling, sizes: Sizes): (M: Float64Array) => Answer {
  let last: { readonly M: Float64Array; readonly answer: Answer } | undefined
  return (M) => {
    if (last?.M !== M) last = { M, answer: answerFor(F, M, sizes) }
    return last.answer
  }
}

function answerFor(F: GraphLabeling, M: Float64Array, sizes: Sizes): Answer {
  const { graph, rows } = graphIn(M, sizes)
  const labels = F(graph)
  const at = (labeled: Matrix, row: number): Vec =>
    labeled.data.subarray(row * labeled.cols, (row + 1) * labeled.cols)
  const nodes = numbersOf('nodes', labels.nodes, rows.length)
  const { edgeLabels } = sizes
  const edges =
    edgeLabels === undefined ? undefined : numbersOf('edges', labels.edges, rows.length ** 2)
  return {
    node: (k) => at(nodes, rows.indexOf(k)),
    edge: (k, l) => (edges ? at(edges, rows.indexOf(k) * rows.length + rows.indexOf(l)) : []),
  }
}

function numbersOf(name: string, labels: ReturnType<GraphLabeling>['nodes'], rows: number): Matrix {
  if (labels === undefined || !isMatrix(labels))
    throw new ShapeError(`constructive: F must label ${name} with rows of numbers`)
  rowsAre('constructive', name, labels, rows)
  return labels
}

/** The graph in M, nodes in the order of their buckets, and those buckets. */
function graphIn(M: Float64Array, { table, e }: Sizes): { graph: Graph; rows: number[] } {
  const { buckets: B, letterSize: d } = table
  const block = d + 1 + B * (e + 1)
  const rows = Array.from({ length: B }, (_, b) => b).filter((b) => M[b * block + d] === 1)
  const pairs = rows.flatMap((i) => rows.map((j) => i * block + d + 1 + j * (e + 1)))
  const n = rows.length
  const mask = Uint8Array.from(pairs, (start) => M[start + e])
  const graph: Graph = {
    nodes: slices(
      M,
      rows.map((b) => b * block),
      d,
    ),
    edges: slices(M, pairs, e),
  }
  const complete = mask.every((bit, pair) => bit === 1 || pair % (n + 1) === 0)
  return { graph: complete ? graph : { ...graph, mask }, rows }
}

function slices(M: Float64Array, starts: readonly number[], cols: number): Matrix {
  const data = new Float64Array(starts.length * cols)
  starts.forEach((start, i) => data.set(M.subarray(start, start + cols), i * cols))
  return { rows: starts.length, cols, data }
}

/** The first node or pair at which two labelings with numbers differ. */
export interface Mismatch {
  readonly kind: 'node' | 'edge'
  /** the node, or the pair (i, j) */
  readonly index: readonly number[]
  /** the label of F */
  readonly expected: readonly number[]
  /** the label of the construction */
  readonly got: readonly number[]
}

/**
 * The first difference of the construction from F on `graph`.
 *
 * @returns undefined if all labels are equal
 * @throws as `apply` of {@link constructive}
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { constructive, firstMismatch } from '@nonconvex/structured/invariance'
 * const place = ({ nodes }) => ({ nodes: { rows: nodes.rows, cols: 1, data: nodes.data.map((_, i) => i) } })
 * const built = constructive(place, [[7], [8]], { edgeFeatures: 0 })
 * console.log(firstMismatch(place, built, graphOf([[8], [7]]))?.index) // → [ 0 ]
 */
export function firstMismatch(
  F: GraphLabeling,
  built: Constructive,
  graph: Graph,
): Mismatch | undefined {
  const n = graph.nodes.rows
  const labels = built.apply(graph)
  const truth = F(graph)
  const nodes = numbersOf('nodes', truth.nodes, n)
  const compare = (
    kind: Mismatch['kind'],
    index: number[],
    row: number,
    a: Matrix,
    b: Matrix,
  ): Mismatch | undefined => {
    const expected = Array.from(a.data.subarray(row * a.cols, (row + 1) * a.cols))
    const got = Array.from(b.data.subarray(row * b.cols, (row + 1) * b.cols))
    const equal = expected.length === got.length && expected.every((x, f) => x === got[f])
    return equal ? undefined : { kind, index, expected, got }
  }
  for (let i = 0; i < n; i++) {
    const found = compare('node', [i], i, nodes, labels.nodes)
    if (found) return found
  }
  if (labels.edges === undefined) return undefined
  const edges = numbersOf('edges', truth.edges, n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (!pairExists(graph, i, j)) continue
      const found = compare('edge', [i, j], i * n + j, edges, labels.edges)
      if (found) return found
    }
  return undefined
}
