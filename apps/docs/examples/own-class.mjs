// nonconvex check-invariance own-class.mjs --nodes 2

/** Labels each node with the number of its neighbors whose largest feature is the same one. */
export default function ownClass({ nodes, edges, mask }) {
  const classOf = (z) => z.indexOf(Math.max(...z))
  const count = (i) =>
    nodes.filter((z, j) => mask[i][j] && edges[i][j][0] > 0 && classOf(z) === classOf(nodes[i]))
      .length
  return { nodes: nodes.map((_, i) => count(i)) }
}

/**
 * The same with a mistake that is easily made: places in sorted order, which break ties by
 * position, as a feature.
 */
export function withRanks(graph) {
  const first = graph.nodes.map(([x]) => x)
  const sorted = first.map((_, i) => i).sort((i, j) => first[i] - first[j])
  const { nodes } = ownClass(graph)
  return { nodes: nodes.map((count, i) => [count, sorted.indexOf(i)]) }
}
