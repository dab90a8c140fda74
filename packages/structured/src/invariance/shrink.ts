import type { Graph, GraphLabeling } from '../graph/graph.js'
import { takeRows } from '../graph/permute.js'
import { compareUnder, type Comparison, type Difference } from './compare.js'

/** An input and a permutation of its nodes that violate the invariance of a function. */
export interface Failure {
  readonly graph: Graph
  readonly sigma: readonly number[]
  readonly difference: Difference
}

/** Attempts after which shrinking ends: some seconds at most for a function of a millisecond. */
const ATTEMPTS = 4000

/**
 * Shrinks a counterexample by single steps: fewer nodes, one transposition, no mask, zeros and
 * round numbers instead of features. Steps on which F throws are skipped.
 */
export function shrink(F: GraphLabeling, failure: Failure, comparison: Comparison): Failure {
  let left = ATTEMPTS
  const attempt = (graph: Graph, sigma: readonly number[]): Failure | undefined => {
    if (left-- <= 0) return undefined
    try {
      const { violation } = compareUnder(F, graph, sigma, comparison)
      return violation && { graph, sigma, difference: violation }
    } catch {
      // an input that F refuses is no smaller example
      return undefined
    }
  }
  let smallest = failure
  for (;;) {
    const smaller = first(steps(smallest), ([graph, sigma]) => attempt(graph, sigma))
    if (smaller === undefined) return smallest
    smallest = smaller
  }
}

type Step = readonly [Graph, readonly number[]]

/**
 * What may be tried next, the largest steps first. Each makes the failure smaller, so that
 * shrinking ends.
 */
function* steps({ graph, sigma }: Failure): Generator<Step> {
  const n = graph.nodes.rows
  for (let k = 0; k < n; k++) yield [withoutNode(graph, k), withoutValue(sigma, k)]
  for (let k = 0; k < n; k++)
    for (const swap of transpositions(n - 1)) yield [withoutNode(graph, k), swap]
  if (sigma.filter((value, i) => value !== i).length > 2)
    for (const swap of transpositions(n)) yield [graph, swap]
  if (graph.mask !== undefined) yield [{ nodes: graph.nodes, edges: withoutMasked(graph) }, sigma]
  for (const edges of simpler(graph.edges.data, graph.edges.cols))
    yield [{ ...graph, edges: { ...graph.edges, data: edges } }, sigma]
  for (const nodes of simpler(graph.nodes.data, graph.nodes.cols))
    yield [{ ...graph, nodes: { ...graph.nodes, data: nodes } }, sigma]
}

/** Zeros everywhere, in one row, in one place; ±1, whole numbers, one decimal. */
function* simpler(data: Float64Array, cols: number): Generator<Float64Array> {
  if (data.some((x) => x !== 0)) yield new Float64Array(data.length)
  yield* replaced(data, cols, () => 0)
  yield* replaced(data, 1, () => 0)
  yield* replaced(data, 1, (x) => Math.sign(x))
  yield* replaced(data, data.length, (x) => Math.round(x))
  yield* replaced(data, 1, (x) => Math.round(x))
  yield* replaced(data, 1, (x) => Math.round(x * 10) / 10)
}

/** The data with one block of `size` places rounded, for each block that this changes. */
function* replaced(
  data: Float64Array,
  size: number,
  round: (x: number) => number,
): Generator<Float64Array> {
  for (let start = 0; size > 0 && start < data.length; start += size) {
    const block = data.slice(start, start + size)
    const simple = block.map(round)
    if (simple.every((x, i) => x === block[i])) continue
    const out = data.slice()
    out.set(simple, start)
    yield out
  }
}

function withoutNode(graph: Graph, k: number): Graph {
  const n = graph.nodes.rows
  const kept = Array.from({ length: n }, (_, i) => i).filter((i) => i !== k)
  const pairs = kept.flatMap((i) => kept.map((j) => i * n + j))
  const { nodes, edges, mask } = graph
  return {
    nodes: takeRows(nodes, kept),
    edges: takeRows(edges, pairs),
    ...(mask !== undefined && { mask: Uint8Array.from(pairs, (pair) => mask[pair]) }),
  }
}

const withoutValue = (sigma: readonly number[], k: number): number[] =>
  sigma.filter((value) => value !== k).map((value) => (value > k ? value - 1 : value))

/** The features of pairs, those that did not exist set to zero, as they may hold anything. */
function withoutMasked({ edges, mask }: Graph): Graph['edges'] {
  return {
    ...edges,
    data: edges.data.map((x, at) => (mask?.[Math.floor(at / edges.cols)] ? x : 0)),
  }
}

function* transpositions(n: number): Generator<number[]> {
  for (let j = 1; j < n; j++)
    for (let i = 0; i < j; i++) {
      const swap = Array.from({ length: n }, (_, at) => at)
      swap[i] = j
      swap[j] = i
      yield swap
    }
}

function first<T, R>(items: Iterable<T>, f: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = f(item)
    if (found !== undefined) return found
  }
  return undefined
}
