import { checkGraph, pairExists, type Graph, type Label } from '../graph/graph.js'
import type { Failure } from './shrink.js'

/** Describes a counterexample: permutation, labels that differ, and the input. */
export function describeFailure({ graph, sigma, difference }: Failure): string {
  const { kind, index, left, right, error } = difference
  const old = index.map((i) => sigma[i])
  const what = { node: 'node', edge: 'pair', graph: 'the graph' }[kind]
  const place = (at: readonly number[]): string =>
    kind === 'graph' ? what : `${what} ${at.join(' → ')}`
  const by = Number.isFinite(error) ? ` (off by ${short(error)})` : ''
  return [
    `${orderInWords(sigma)}: ${place(old)} had the label ${show(right)}; ` +
      `it is ${place(index)} afterwards and has ${show(left)}${by}`,
    ...inputInWords(graph),
  ].join('\n')
}

function orderInWords(sigma: readonly number[]): string {
  const moved = sigma.flatMap((value, i) => (value === i ? [] : [i]))
  const size = `${sigma.length} ${sigma.length === 1 ? 'node' : 'nodes'}`
  if (moved.length === 2) return `${size}, ${moved[0]} and ${moved[1]} swapped`
  return `${size}, listed in the order ${sigma.join(' ')}`
}

/**
 * Describes a graph for messages, one line for each node and each non-zero pair.
 *
 * @returns lines joined by line feeds; numbers are rounded to six digits
 * @throws ShapeError, RangeError for a malformed graph
 * Cost: O(n² e).
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { graphInWords } from '@nonconvex/structured/invariance'
 * console.log(graphInWords(graphOf([[5], [6]], [[[0], [1]], [[0], [0]]])).split('\n')[2]) // → pair 0 → 1: 1
 */
export function graphInWords(graph: Graph): string {
  checkGraph('graphInWords', graph)
  return inputInWords(graph).join('\n')
}

/** The features of nodes; those of pairs that are not zero. */
function inputInWords(graph: Graph): string[] {
  const { nodes, edges, mask } = graph
  const n = nodes.rows
  const lines: string[] = []
  for (let i = 0; i < n; i++) lines.push(`node ${i}: ${features(nodes.data, i, nodes.cols)}`)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const row = i * n + j
      const zero = edges.data
        .subarray(row * edges.cols, (row + 1) * edges.cols)
        .every((x) => x === 0)
      if (pairExists(graph, i, j) && (!zero || mask !== undefined))
        lines.push(`pair ${i} → ${j}: ${features(edges.data, row, edges.cols)}`)
    }
  lines.push(mask === undefined ? 'all other pairs: 0' : 'no other pair')
  return lines
}

const features = (data: Float64Array, row: number, cols: number): string =>
  show(Array.from(data.subarray(row * cols, (row + 1) * cols)))

function show(label: Label): string {
  if (typeof label === 'number') return short(label)
  // a line feed would end the sentence, an escape would reach the terminal
  if (typeof label === 'string') return JSON.stringify(label)
  if (typeof label !== 'object') return String(label)
  return label.length === 1 ? show(label[0]) : `(${label.map(show).join(', ')})`
}

const short = (x: number): string => String(Number(x.toPrecision(6)))
