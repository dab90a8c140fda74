import { permuteGraph, type Graph } from '@nonconvex/structured'
import type { Stream } from '@nonconvex/tensor'

/** Nodes of a graph, and their classes; labels are 0 … n − 1. */
export const [n, classes] = [6, 2]

/** A graph with the number of neighbors of its own class that each node has. */
export interface LabeledGraph {
  readonly graph: Graph
  readonly labels: Int32Array
}

/** Each pair is an edge with probability one half; classes are uniform. */
export function labeledGraph(source: Stream): LabeledGraph {
  const own = new Int32Array(n).map(() => source.integer(classes))
  const nodes = new Float64Array(n * classes)
  own.forEach((c, i) => (nodes[i * classes + c] = 1))
  const edges = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) edges[i * n + j] = edges[j * n + i] = source.integer(2)
  return {
    graph: {
      nodes: { rows: n, cols: classes, data: nodes },
      edges: { rows: n * n, cols: 1, data: edges },
    },
    labels: own.map((c, i) =>
      own.reduce((count, other, j) => count + Number(other === c) * edges[i * n + j], 0),
    ),
  }
}

/** Node i of the permuted graph is node order[i] of the given one. */
export function permuted({ graph, labels }: LabeledGraph, order: Int32Array): LabeledGraph {
  const { nodes, edges } = permuteGraph(graph, order)
  return { graph: { nodes, edges }, labels: labels.map((_, i) => labels[order[i]]) }
}
