import type { Graph } from '@nonconvex/structured'
import { graphBatch, type GraphBatch } from '@nonconvex/structured/batch'
import type { Stream } from '@nonconvex/tensor'

/** Nodes of a graph, classes, and labels 0 … nodes − 1, where networks are compared. */
export const nodes = 10
export const classes = 5

/** A graph with the class of each node, and its number of neighbors of that class. */
export interface CountingGraph {
  readonly graph: Graph
  readonly classes: Int32Array
  readonly labels: Int32Array
}

/** Each pair is an edge with probability one half; classes are uniform. */
export function countingGraph(source: Stream, n: number, kinds: number): CountingGraph {
  const own = new Int32Array(n).map(() => source.integer(kinds))
  const z = new Float64Array(n * kinds)
  own.forEach((c, i) => (z[i * kinds + c] = 1))
  const edges = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) edges[i * n + j] = edges[j * n + i] = source.integer(2)
  const labels = own.map((c, i) =>
    own.reduce((sum, other, j) => sum + Number(other === c) * edges[i * n + j], 0),
  )
  const graph = {
    nodes: { rows: n, cols: kinds, data: z },
    edges: { rows: n * n, cols: 1, data: edges },
  }
  return { graph, classes: own, labels }
}

/** Correct nodes of each graph, by their scores [graphs · n · n]. */
export const correctOf = (scores: Float64Array, graphs: readonly CountingGraph[]): number[] =>
  graphs.map(
    ({ labels: { length: n }, labels }, b) =>
      labels.filter((label, i) => {
        const own = scores.subarray((b * n + i) * n, (b * n + i + 1) * n)
        return own.indexOf(Math.max(...own)) === label
      }).length,
  )

export const batchOf = (graphs: readonly CountingGraph[]): GraphBatch =>
  graphBatch(graphs.map(({ graph }) => graph))

export const labelsOf = (graphs: readonly CountingGraph[]): Int32Array =>
  Int32Array.from(graphs.flatMap(({ labels }) => Array.from(labels)))

/** Numbers of an example for the fully connected network: class bits and edge bits. */
export const denseInputs: number = nodes * classes + (nodes * (nodes - 1)) / 2

export function denseExamples(graphs: readonly CountingGraph[]): Float64Array {
  const out = new Float64Array(graphs.length * denseInputs)
  graphs.forEach(({ graph }, b) => {
    let at = b * denseInputs
    out.set(graph.nodes.data, at)
    at += nodes * classes
    for (let i = 0; i < nodes; i++)
      for (let j = 0; j < i; j++) out[at++] = graph.edges.data[i * nodes + j]
  })
  return out
}

/** Number of entries with the most frequent value. */
const mostFrequent = (values: readonly number[]): number =>
  Math.max(0, ...values.map((x) => values.filter((y) => y === x).length))

/** Accuracies of simple rules. */
export type RuleAccuracies = {
  /** the best rule with one label per class and graph */
  readonly ceiling: number
  /** a function in the theorem's form that is to reach the ceiling */
  readonly form: number
  /** half of the other nodes of the own class, rounded down: the most likely count without edges */
  readonly blind: number
  /** always 0 */
  readonly zero: number
}

/**
 * ρ(z_i, Σ_j α(z_j, Σ_l φ(z_j, z_jl, z_l))) with φ 1 for a neighbor of the own class, α an indicator of
 * class and count, ρ the most frequent count of the own class: the correct nodes of a graph.
 */
function formCorrect({ graph: { nodes: z, edges }, labels }: CountingGraph): number {
  const n = z.rows
  const of = (i: number): Float64Array => z.data.subarray(i * z.cols, (i + 1) * z.cols)
  const phi = (j: number, l: number): number =>
    l === j ? 0 : edges.data[j * n + l] * of(j).reduce((sum, x, c) => sum + x * of(l)[c], 0)
  const table = new Float64Array(z.cols * n)
  for (let j = 0; j < n; j++) {
    let count = 0
    for (let l = 0; l < n; l++) count += phi(j, l)
    of(j).forEach((x, c) => (table[c * n + count] += x))
  }
  const rho = (i: number): number => {
    const c = of(i).indexOf(1)
    const counts = table.subarray(c * n, (c + 1) * n)
    return counts.indexOf(Math.max(...counts))
  }
  return labels.filter((label, i) => rho(i) === label).length
}

export function ruleAccuracies(graphs: readonly CountingGraph[]): RuleAccuracies {
  let [best, form, blind, zero] = [0, 0, 0, 0]
  for (const one of graphs) {
    const { classes: own, labels } = one
    form += formCorrect(one)
    for (let c = 0; c < classes; c++) {
      const alike = Array.from(labels).filter((_, i) => own[i] === c)
      best += mostFrequent(alike)
      const guess = Math.floor((alike.length - 1) / 2)
      blind += alike.filter((label) => label === guess).length
    }
    zero += labels.filter((label) => label === 0).length
  }
  const total = graphs.length * nodes
  return { ceiling: best / total, form: form / total, blind: blind / total, zero: zero / total }
}
