import { ShapeError, type Vec } from '@nonconvex/tensor'
import {
  pairExists,
  type Graph,
  type GraphLabeling,
  type GraphLabels,
  type Label,
  type Labels,
} from '../graph/graph.js'
import {
  isMatrix,
  permuteGraph,
  permuteLabels,
  rowsAre,
  type Permutation,
} from '../graph/permute.js'

/** The labels of F(z) to compare with, and the tolerance. */
export interface Comparison {
  readonly outputs: 'nodes' | 'edges' | 'both'
  readonly mode: 'float' | 'exact'
  readonly tol: number
}

/** The label at which F(σz) and σF(z) differ most, with both values. */
export interface Difference {
  /** of a node, of a pair, or of the whole graph */
  readonly kind: 'node' | 'edge' | 'graph'
  /** the node, or the pair (i, j), of the permuted graph; empty for the whole graph */
  readonly index: readonly number[]
  /** F(σz) there */
  readonly left: Label
  /** σF(z) there */
  readonly right: Label
  /**
   * largest difference of two numbers; ∞ where one is NaN, or where labels that are not numbers
   * differ
   */
  readonly error: number
}

/**
 * A copy of the labels that F returns for a copy of `graph`, so that F can later change neither its
 * input nor its result.
 */
export function labelsOf(F: GraphLabeling, graph: Graph, { outputs }: Comparison): GraphLabels {
  const n = graph.nodes.rows
  const {
    nodes,
    edges,
    graph: whole,
  } = F(
    permuteGraph(
      graph,
      Array.from({ length: n }, (_, i) => i),
    ),
  )
  const wanted: GraphLabels = {
    ...(outputs !== 'edges' && nodes !== undefined && { nodes }),
    ...(outputs !== 'nodes' && edges !== undefined && { edges }),
    ...(whole !== undefined && { graph: whole }),
  }
  if (wanted.nodes !== undefined) rowsAre('checkGPI', 'nodes', wanted.nodes, n)
  if (wanted.edges !== undefined) rowsAre('checkGPI', 'edges', wanted.edges, n * n)
  if (Object.keys(wanted).length === 0)
    throw new ShapeError(`checkGPI: F must return labels of ${outputs}, got none`)
  const list: unknown = wanted.graph ?? []
  if (!Array.isArray(list) && !ArrayBuffer.isView(list))
    throw new ShapeError(`checkGPI: F's label of the graph must be a list, got ${kindOf(list)}`)
  // F may write its next answer in the same place
  return {
    ...(wanted.nodes !== undefined && { nodes: copyOf(wanted.nodes) }),
    ...(wanted.edges !== undefined && { edges: copyOf(wanted.edges) }),
    ...(wanted.graph !== undefined && { graph: Array.from(wanted.graph) }),
  }
}

const copyOf = (labels: Labels): Labels =>
  isMatrix(labels) ? { ...labels, data: labels.data.slice() } : labels.map(copyOfLabel)

function copyOfLabel(label: Label): Label {
  const given: unknown = label
  if (['number', 'string', 'boolean'].includes(typeof given)) return label
  // F need not return what its type declares
  if (Array.isArray(given) || ArrayBuffer.isView(given))
    return Array.from(label as readonly Label[], copyOfLabel)
  throw new ShapeError(
    `checkGPI: F's labels must be numbers, strings, booleans or lists of these, got ${kindOf(given)}`,
  )
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : typeof value === 'object' ? 'an object' : `a ${typeof value}`

/**
 * Finds the largest difference between F(σz) and σF(z), and the difference that exceeds its
 * tolerance most. Each output, an entry of the labels of nodes, of pairs or of the graph, is
 * allowed `tol` of its own size: so a large output does not hide differences of a small one.
 */
export function compareUnder(
  F: GraphLabeling,
  graph: Graph,
  sigma: Permutation,
  comparison: Comparison,
  before: GraphLabels = labelsOf(F, graph, comparison),
): { readonly error: number; readonly violation: Difference | undefined } {
  const turned = permuteGraph(graph, sigma)
  const left = labelsOf(F, turned, comparison)
  const right = permuteLabels(before, sigma)
  const tol = comparison.mode === 'exact' ? 0 : comparison.tol
  const sizes = outputSizes(graph, before)
  let error = 0
  let worst: { readonly beyond: number; readonly found: Difference } | undefined
  for (const { output, ...found } of differences(turned, left, right)) {
    error = Math.max(error, found.error)
    const allowed = tol * (1 + (sizes[found.kind][output] ?? 0))
    const beyond = found.error / allowed
    if (found.error > allowed && !(worst && worst.beyond >= beyond)) worst = { beyond, found }
  }
  return { error, violation: worst?.found }
}

/** Whether two results are equal bit for bit. */
export function sameLabels(graph: Graph, a: GraphLabels, b: GraphLabels): boolean {
  return differences(graph, a, b).length === 0
}

/** A difference of one output: an entry of a label that is a list, or the label itself. */
interface OutputDifference extends Difference {
  /** its place in the label, 0 for a label that is no list */
  readonly output: number
}

/** Something of each output of nodes, of pairs and of the graph; none where all labels are empty. */
type ByOutput<T> = { readonly [K in Difference['kind']]: (T | undefined)[] }

/** The largest difference of each output of nodes, of pairs and of the graph, where there is one. */
function differences(graph: Graph, a: GraphLabels, b: GraphLabels): readonly OutputDifference[] {
  const worst: ByOutput<OutputDifference> = { node: [], edge: [], graph: [] }
  const look = (kind: Difference['kind'], index: number[], left: Label, right: Label): void => {
    const [ours, theirs] = [outputsOf(left), outputsOf(right)]
    // labels of other shapes are compared as a whole
    const alike = typeof left === typeof right && ours.length === theirs.length
    ;(alike ? ours : [left]).forEach((value, output) => {
      const error = distance(value, alike ? theirs[output] : right)
      if (error > (worst[kind][output]?.error ?? 0))
        worst[kind][output] = { kind, index, left, right, error, output }
    })
  }
  const n = graph.nodes.rows
  for (let i = 0; i < n; i++) look('node', [i], labelAt(a.nodes, i), labelAt(b.nodes, i))
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (pairExists(graph, i, j))
        look('edge', [i, j], labelAt(a.edges, i * n + j), labelAt(b.edges, i * n + j))
  look('graph', [], wholeOf(a.graph), wholeOf(b.graph))
  return Object.values(worst).flatMap((of) => of.filter((one) => one !== undefined))
}

/** The entries of a label that is a list; a list of the label itself otherwise. */
const outputsOf = (label: Label): readonly Label[] => (typeof label === 'object' ? label : [label])

/** The label in a row; nothing reads as the empty list. */
function labelAt(labels: Labels | undefined, row: number): Label {
  if (labels === undefined) return []
  if (!isMatrix(labels)) return labels[row]
  const { cols, data } = labels
  return Array.from(data.subarray(row * cols, (row + 1) * cols))
}

const wholeOf = (whole: Vec | undefined): Label => (whole === undefined ? [] : Array.from(whole))

function distance(a: Label, b: Label): number {
  if (typeof a === 'object' && typeof b === 'object')
    return a.length === b.length
      ? a.reduce((most: number, x, i) => Math.max(most, distance(x, b[i])), 0)
      : Infinity
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0
  const difference = typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) : NaN
  return Number.isNaN(difference) ? Infinity : difference
}

/** max |F(z)| over the numbers of each output; infinities and NaN do not count. */
function outputSizes(graph: Graph, labels: GraphLabels): ByOutput<number> {
  const sizes: ByOutput<number> = { node: [], edge: [], graph: [] }
  const look = (kind: Difference['kind'], label: Label): void =>
    outputsOf(label).forEach((value, output) => {
      sizes[kind][output] = Math.max(sizes[kind][output] ?? 0, largestNumber(value))
    })
  const n = graph.nodes.rows
  for (let i = 0; i < n; i++) {
    look('node', labelAt(labels.nodes, i))
    for (let j = 0; j < n; j++)
      if (pairExists(graph, i, j)) look('edge', labelAt(labels.edges, i * n + j))
  }
  look('graph', wholeOf(labels.graph))
  return sizes
}

function largestNumber(label: Label): number {
  if (typeof label === 'object')
    return label.reduce((most: number, one) => Math.max(most, largestNumber(one)), 0)
  return typeof label === 'number' && Number.isFinite(label) ? Math.abs(label) : 0
}
