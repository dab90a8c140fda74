import { checkInteger, checkLength, checkNotEmpty, argumentError } from '@nonconvex/tensor/check'
import { checkGraph, pairExists, type Graph } from '../graph/graph.js'
import { pairwiseModel, type Marginals, type PairwiseModel } from '../pairwise/model.js'
import type { Labeling } from './problem.js'

/** Sizes of a linear model of graphs. */
export interface GraphSizes {
  /** K, number of labels */
  readonly states: number
  /** d, number of features of a node */
  readonly nodeFeatures: number
  /** e, number of features of an ordered pair; 0 by default */
  readonly edgeFeatures?: number
}

/** A graph with the labels of its nodes. */
export interface LabeledGraph {
  readonly graph: Graph
  /** n integers in [0, states) */
  readonly y: Labeling
}

/** An ordered pair of nodes that exists, and where its features begin. */
interface OrderedPair {
  readonly i: number
  readonly j: number
  readonly at: number
  /** its undirected edge */
  readonly edge: number
}

/** A checked graph with the lists that the model needs. */
export interface GraphLists {
  readonly n: number
  /** n × d */
  readonly nodes: Float64Array
  readonly features: Float64Array
  readonly pairs: readonly OrderedPair[]
  /** the unordered pairs i < j of which at least one order exists */
  readonly edges: readonly (readonly [number, number])[]
}

/** Sizes, and places of the blocks of w: W (K × d), c (K), B (K × K), C (K × K × e), row-major. */
export interface GraphShape {
  readonly K: number
  readonly d: number
  readonly e: number
  readonly c: number
  readonly B: number
  readonly C: number
  /** K d + K + K² + K² e */
  readonly dimension: number
}

export function graphShape({
  states: K,
  nodeFeatures: d,
  edgeFeatures: e = 0,
}: GraphSizes): GraphShape {
  const c = K * d
  const B = c + K
  const C = B + K * K
  return { K, d, e, c, B, C, dimension: C + K * K * e }
}

/** Throws unless a graph has the features of the model; its lists. */
export function graphLists(fn: string, graph: Graph, { d, e }: GraphShape): GraphLists {
  const n = checkGraph(fn, graph)
  const { nodes, edges } = graph
  if (n > 0 && nodes.cols !== d)
    throw argumentError('shape', fn, 'nodes', `to have d = ${d} columns`, nodes.cols)
  const pairs: OrderedPair[] = []
  const ends: [number, number][] = []
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const edge = ends.length
      if (pairExists(graph, i, j)) pairs.push({ i, j, at: (i * n + j) * e, edge })
      if (pairExists(graph, j, i)) pairs.push({ i: j, j: i, at: (j * n + i) * e, edge })
      if (pairs.at(-1)?.edge === edge) ends.push([i, j])
    }
  if (pairs.length > 0 && edges.cols !== e)
    throw argumentError('shape', fn, 'edges', `to have e = ${e} columns`, edges.cols)
  return { n, nodes: nodes.data, features: edges.data, pairs, edges: ends }
}

/** Throws unless graphs and labels fit the sizes; names the graph. The lists of each graph. */
export function listsOf(
  fn: string,
  data: readonly LabeledGraph[],
  shape: GraphShape,
): readonly GraphLists[] {
  checkNotEmpty(fn, 'data', data)
  return data.map(({ graph, y }, g) => {
    const lists = graphLists(`${fn}: data[${g}].graph`, graph, shape)
    checkLength(fn, `data[${g}].y`, y, lists.n, 'n')
    for (let i = 0; i < lists.n; i++) checkInteger(fn, `data[${g}].y[${i}]`, y[i], 0, shape.K - 1)
    return lists
  })
}

/** θ_i(a) = W_a·x_i + c_a, n × K. */
export function nodeScores(w: Float64Array, lists: GraphLists, shape: GraphShape): Float64Array {
  const { K, d, c } = shape
  const scores = new Float64Array(lists.n * K)
  for (let i = 0; i < lists.n; i++)
    for (let a = 0; a < K; a++) {
      let sum = w[c + a]
      for (let f = 0; f < d; f++) sum += w[a * d + f] * lists.nodes[i * d + f]
      scores[i * K + a] = sum
    }
  return scores
}

/** B(a, b) + C(a, b)·z, of a pair whose features begin at a place. */
export function pairScore(
  w: Float64Array,
  { features }: GraphLists,
  [a, b, at]: readonly [a: number, b: number, at: number],
  shape: GraphShape,
): number {
  const { K, e, B, C } = shape
  const cell = a * K + b
  let sum = w[B + cell]
  for (let f = 0; f < e; f++) sum += w[C + cell * e + f] * features[at + f]
  return sum
}

/** The distribution of the labels of a graph. */
export function modelOf(w: Float64Array, lists: GraphLists, shape: GraphShape): PairwiseModel {
  const { K } = shape
  const scores = nodeScores(w, lists, shape)
  const pair = lists.edges.map(() => new Float64Array(K * K))
  for (const { i, j, at, edge } of lists.pairs)
    for (let a = 0; a < K; a++)
      for (let b = 0; b < K; b++)
        pair[edge][i < j ? a * K + b : b * K + a] += pairScore(w, lists, [a, b, at], shape)
  return pairwiseModel({
    labels: new Array<number>(lists.n).fill(K),
    unary: Array.from({ length: lists.n }, (_, i) => scores.subarray(i * K, (i + 1) * K)),
    edges: lists.edges,
    pair,
  })
}

/** Adds `scale` times the features of label a at node i. */
export function addNode(
  into: Float64Array,
  scale: number,
  { nodes }: GraphLists,
  [i, a]: readonly [i: number, a: number],
  shape: GraphShape,
): void {
  const { d, c } = shape
  for (let f = 0; f < d; f++) into[a * d + f] += scale * nodes[i * d + f]
  into[c + a] += scale
}

/** Adds `scale` times the features of labels (a, b) at an ordered pair whose features begin at a place. */
export function addPair(
  into: Float64Array,
  scale: number,
  { features }: GraphLists,
  [a, b, at]: readonly [a: number, b: number, at: number],
  shape: GraphShape,
): void {
  const { K, e, B, C } = shape
  const cell = a * K + b
  into[B + cell] += scale
  for (let f = 0; f < e; f++) into[C + cell * e + f] += scale * features[at + f]
}

/** Adds `scale` times φ(x, y). */
export function addGraph(
  into: Float64Array,
  scale: number,
  lists: GraphLists,
  y: Labeling,
  shape: GraphShape,
): void {
  for (let i = 0; i < lists.n; i++) addNode(into, scale, lists, [i, y[i]], shape)
  for (const { i, j, at } of lists.pairs) addPair(into, scale, lists, [y[i], y[j], at], shape)
}

/** Adds the mean of φ(x, ·) under marginals. */
export function addMean(
  into: Float64Array,
  lists: GraphLists,
  { node, pair }: Marginals,
  shape: GraphShape,
): void {
  const { K } = shape
  for (let i = 0; i < lists.n; i++)
    for (let a = 0; a < K; a++) addNode(into, node[i][a], lists, [i, a], shape)
  for (const { i, j, at, edge } of lists.pairs)
    for (let a = 0; a < K; a++)
      for (let b = 0; b < K; b++)
        addPair(into, pair[edge][i < j ? a * K + b : b * K + a], lists, [a, b, at], shape)
}
