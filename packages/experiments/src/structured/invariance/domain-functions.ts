import { pairExists } from '@nonconvex/structured'
import type { Graph, GraphLabelling } from '@nonconvex/structured'
import type { Stream } from '@nonconvex/tensor'

/** The features that nodes may have: 0 … 11. */
export const alphabet: readonly (readonly number[])[] = Array.from({ length: 12 }, (_, id) => [id])

/** A random graph on n ids, different ones or any. */
export function idGraph(source: Stream, n: number, repeated = false): Graph {
  const ids = repeated
    ? Float64Array.from({ length: n }, () => source.integer(alphabet.length))
    : Float64Array.from(source.permutation(alphabet.length).subarray(0, n))
  const edges = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) edges[i * n + j] = edges[j * n + i] = source.integer(2)
  return { nodes: { rows: n, cols: 1, data: ids }, edges: { rows: n * n, cols: 1, data: edges } }
}

type Label = (edge: (i: number, j: number) => boolean, id: Float64Array, k: number) => number

const labelling =
  (label: Label): GraphLabelling =>
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

/** What the construction is asked to reproduce; the last is not invariant. */
export const domainFunctions: readonly { readonly name: string; readonly F: GraphLabelling }[] = [
  { name: 'degree', F: labelling(degree) },
  { name: 'triangles through a node', F: labelling(triangles) },
  { name: 'neighbours alike mod 3', F: labelling(alike) },
  { name: 'place + degree', F: labelling((edge, id, k) => k + degree(edge, id, k)) },
]
