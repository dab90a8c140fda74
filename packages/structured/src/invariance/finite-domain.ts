import type { Stream } from '@nonconvex/tensor'
import { pairExists, type Graph, type GraphLabeling } from '../graph/graph.js'

/** The features that nodes of the demonstration may have: the letters 0 … 11. */
export const demoLetters: readonly (readonly number[])[] = Array.from({ length: 12 }, (_, id) => [
  id,
])

/**
 * A random graph whose nodes are letters of {@link demoLetters}, each pair an edge (1, both ways)
 * with probability one half.
 *
 * @param n - nodes, integer ≥ 0, at most 12 if letters must be distinct
 * @param repeated - whether letters may be equal; default no
 * @throws RangeError for another n
 * Cost: O(n²).
 *
 * @example
 * import { demoGraph } from '@nonconvex/structured/invariance'
 * import { stream } from '@nonconvex/tensor'
 * console.log(new Set(demoGraph(stream(1), 12).nodes.data).size) // → 12
 */
export function demoGraph(source: Stream, n: number, repeated = false): Graph {
  const most = repeated ? Number.MAX_SAFE_INTEGER : demoLetters.length
  if (!Number.isSafeInteger(n) || n < 0 || n > most)
    throw new RangeError(
      `demoGraph: n must be an integer ≥ 0${repeated ? '' : `, at most ${most} for different letters`}, got ${n}`,
    )
  const letters = repeated
    ? Float64Array.from({ length: n }, () => source.integer(demoLetters.length))
    : Float64Array.from(source.permutation(demoLetters.length).subarray(0, n))
  const edges = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) edges[i * n + j] = edges[j * n + i] = source.integer(2)
  return {
    nodes: { rows: n, cols: 1, data: letters },
    edges: { rows: n * n, cols: 1, data: edges },
  }
}

type Label = (edge: (i: number, j: number) => boolean, id: Float64Array, k: number) => number

const labeling =
  (label: Label): GraphLabeling =>
  (graph) => {
    const n = graph.nodes.rows
    const edge = (i: number, j: number): boolean =>
      pairExists(graph, i, j) && graph.edges.data[i * n + j] === 1
    const data = graph.nodes.data.map((_, k, id) => label(edge, id, k))
    return { nodes: { rows: n, cols: 1, data } }
  }

const degree: Label = (edge, id, k) => id.filter((_, j) => edge(k, j)).length

const triangles: Label = (edge, id, k) => {
  let count = 0
  for (let i = 0; i < id.length; i++)
    for (let j = 0; j < i; j++) count += Number(edge(k, i) && edge(k, j) && edge(i, j))
  return count
}

const alike: Label = (edge, id, k) => id.filter((x, j) => edge(k, j) && x % 3 === id[k] % 3).length

/**
 * Functions of such graphs for the construction of the theorem: three that are invariant, and one
 * that depends on positions.
 */
export const demoFunctions: readonly {
  readonly name: string
  readonly invariant: boolean
  readonly F: GraphLabeling
}[] = [
  { name: 'degree', invariant: true, F: labeling(degree) },
  { name: 'triangles through a node', invariant: true, F: labeling(triangles) },
  { name: 'similar neighbors mod 3', invariant: true, F: labeling(alike) },
  {
    name: 'position + degree',
    invariant: false,
    F: labeling((edge, id, k) => k + degree(edge, id, k)),
  },
]
