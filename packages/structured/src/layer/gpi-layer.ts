import type { Matrix, Vec } from '@nonconvex/tensor'
import { checkGraph, pairExists, type Graph } from '../graph/graph.js'
import { oneOf, readouts } from './kinds.js'
import { checkPool, checkValue, joinTerms, type Pool, type Term } from './pool.js'

/** A function of vectors whose value has `width` entries. It must not change its arguments. */
export interface VectorMap<Arguments extends readonly Vec[]> {
  readonly width: number
  readonly map: (...args: Arguments) => Vec
}

/** Arguments of φ and of the attention over neighbors: z_i, z_ij, z_j. */
export type PairArguments = readonly [zi: Float64Array, zij: Float64Array, zj: Float64Array]

/** Arguments of α and of the attention over nodes: z_i, s_i. */
export type NodeArguments = readonly [zi: Float64Array, si: Float64Array]

/** Arguments of ρ in the per-node form: z_k, s_k, g. */
export type LocalArguments = readonly [zk: Float64Array, sk: Float64Array, g: Float64Array]

/** Arguments of ρ in the theorem's form: z_k, g. */
export type LiteralArguments = readonly [zk: Float64Array, g: Float64Array]

/** Arguments of the readout of pairs: z_k, z_l, z_kl, z_lk, s_k, s_l, g. */
export type EdgeArguments = readonly [
  zk: Float64Array,
  zl: Float64Array,
  zkl: Float64Array,
  zlk: Float64Array,
  sk: Float64Array,
  sl: Float64Array,
  g: Float64Array,
]

/** The parts of a layer. */
export type GPILayerOptions = {
  /** φ, for each pair; default: none, s_i is empty */
  readonly phi?: VectorMap<PairArguments>
  /** α, for each node; default: none, g is empty */
  readonly alpha?: VectorMap<NodeArguments>
  /** readout of pairs; default: no labels of pairs */
  readonly rhoEdge?: VectorMap<EdgeArguments>
  /** over the neighbors j of i; default sum */
  readonly pool?: Pool<PairArguments>
  /** over the nodes; default sum */
  readonly globalPool?: Pool<NodeArguments>
  /** whether j = i counts as a neighbor too, with z_ii = 0; default no */
  readonly includeSelf?: boolean
} & (
  | { readonly readout?: 'local'; readonly rho: VectorMap<LocalArguments> }
  | { readonly readout: 'literal'; readonly rho: VectorMap<LiteralArguments> }
)

/** The labels of a layer. */
export interface LayerLabels {
  /** n × width of ρ */
  readonly nodes: Matrix
  /** n² × width of the readout of pairs; rows of pairs that do not exist are zero */
  readonly edges?: Matrix
  /** g, [width of α] */
  readonly graph: Float64Array
}

/** A layer: a labeling of graphs with numbers. */
export type GPILayer = (graph: Graph) => LayerLabels

/**
 * A graph-permutation-invariant layer (equivariant, in current terms), for any φ, α and ρ.
 *
 *     s_i = Σ_{j≠i} φ(z_i, z_ij, z_j)      g = Σ_i α(z_i, s_i)
 *     local (default):  y_k = ρ(z_k, s_k, g)        literal:  y_k = ρ(z_k, g)
 *     y_kl = ρ_e(z_k, z_l, z_kl, z_lk, s_k, s_l, g)
 *
 * The literal form is the theorem's form. It is universal only if the nodes of a graph have
 * distinct features: nodes with equal features get equal labels, so it cannot even count neighbors.
 * The local form, or per-node form, contains it and can; still, with equal features no number of
 * layers with sums distinguishes a hexagon from two triangles (color refinement). The sums run over
 * the pairs that exist; the features of a missing reverse pair z_lk read as zeros.
 *
 * @throws RangeError for an unknown readout or pool
 * @returns a function of graphs of any size, n = 0 too. It throws ShapeError if the graph or a
 *   value of φ, α, ρ, β has another shape, RangeError if it is not finite; the message names
 *   function and place
 *
 * Accuracy: permuting the nodes changes labels only by rounding, as sums are in the order of the
 * nodes. Cost: n² calls of φ and of ρ_e, n of α and of ρ. Source: Herzig et al. (2018), theorem 1;
 * the local readout as in their code; its necessity and limits are ours.
 *
 * @example
 * import { gpiLayer, graphOf } from '@nonconvex/structured'
 * const degree = gpiLayer({
 *   phi: { width: 1, map: (zi, zij) => zij },
 *   rho: { width: 1, map: (zk, sk) => sk },
 * })
 * const path = graphOf([[0], [0], [0]], [[[0], [1], [0]], [[1], [0], [1]], [[0], [1], [0]]])
 * console.log(degree(path).nodes.data) // → Float64Array(3) [ 1, 2, 1 ]
 */
export function gpiLayer(options: GPILayerOptions): GPILayer {
  oneOf('gpiLayer', 'readout', options.readout ?? 'local', readouts)
  checkPool('pool', options.pool)
  checkPool('globalPool', options.globalPool)
  return (graph) => {
    const n = checkGraph('gpiLayer', graph)
    const z = rowsOf(graph.nodes)
    const s = z.map((zi, i) => summary(options, graph, z, zi, i))
    const g = globalSummary(options, z, s)
    const nodes = emptyRows(n, options.rho.width)
    for (let k = 0; k < n; k++) {
      const label =
        options.readout === 'literal' ? options.rho.map(z[k], g) : options.rho.map(z[k], s[k], g)
      nodes.data.set(
        checkValue(label, nodes.cols, () => `rho(${k})`),
        k * nodes.cols,
      )
    }
    const { rhoEdge } = options
    if (rhoEdge === undefined) return { nodes, graph: g }
    return { nodes, edges: edgeLabels(rhoEdge, graph, z, s, g), graph: g }
  }
}

/** s_i. */
function summary(
  { phi, pool = 'sum', includeSelf = false }: GPILayerOptions,
  graph: Graph,
  z: readonly Float64Array[],
  zi: Float64Array,
  i: number,
): Float64Array {
  if (phi === undefined) return new Float64Array(0)
  const terms: Term<PairArguments>[] = []
  for (let j = 0; j < z.length; j++) {
    if (!pairExists(graph, i, j) && !(includeSelf && i === j)) continue
    const args: PairArguments = [zi, pairFeatures(graph, i, j), z[j]]
    const value = checkValue(phi.map(...args), phi.width, () => `phi(${i}, ${j})`)
    terms.push({ value, args, name: `(${i}, ${j})` })
  }
  return joinTerms(pool, terms, phi.width)
}

/** g. */
function globalSummary(
  { alpha, globalPool = 'sum' }: GPILayerOptions,
  z: readonly Float64Array[],
  s: readonly Float64Array[],
): Float64Array {
  if (alpha === undefined) return new Float64Array(0)
  const terms = z.map((zi, i): Term<NodeArguments> => {
    const args: NodeArguments = [zi, s[i]]
    const value = checkValue(alpha.map(...args), alpha.width, () => `alpha(${i})`)
    return { value, args, name: `(${i})` }
  })
  return joinTerms(globalPool, terms, alpha.width)
}

function edgeLabels(
  { width, map }: VectorMap<EdgeArguments>,
  graph: Graph,
  z: readonly Float64Array[],
  s: readonly Float64Array[],
  g: Float64Array,
): Matrix {
  const n = z.length
  const edges = emptyRows(n * n, width)
  for (let k = 0; k < n; k++)
    for (let l = 0; l < n; l++) {
      if (!pairExists(graph, k, l)) continue
      const [zkl, zlk] = [pairFeatures(graph, k, l), pairFeatures(graph, l, k)]
      const label = map(z[k], z[l], zkl, zlk, s[k], s[l], g)
      edges.data.set(
        checkValue(label, width, () => `rhoEdge(${k}, ${l})`),
        (k * n + l) * width,
      )
    }
  return edges
}

/** z_ij; zeros for a pair that does not exist. */
function pairFeatures(graph: Graph, i: number, j: number): Float64Array {
  const { cols, data } = graph.edges
  if (!pairExists(graph, i, j)) return new Float64Array(cols)
  const pair = i * graph.nodes.rows + j
  return data.subarray(pair * cols, (pair + 1) * cols)
}

function rowsOf({ rows, cols, data }: Matrix): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => data.subarray(i * cols, (i + 1) * cols))
}

function emptyRows(rows: number, cols: number): Matrix {
  return { rows, cols, data: new Float64Array(rows * cols) }
}
