import {
  pairExists,
  parallelMeanField,
  type Graph,
  type GraphLabelling,
} from '@nonconvex/structured'
import { pairwiseSampler } from './pairwise-sampler.js'
import type { Subject } from './invariant-subjects.js'

/** Labels of nodes, one number each, from the first feature of all. */
const numbers =
  (label: (x: Float64Array, i: number, graph: Graph) => number): GraphLabelling =>
  (graph) => {
    const { rows, cols, data } = graph.nodes
    const x = Float64Array.from({ length: rows }, (_, i) => data[i * cols])
    return { nodes: { rows, cols: 1, data: x.map((_, i) => label(x, i, graph)) } }
  }

const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t))

/**
 * An LSTM with a state of one number that reads the neighbours of i in the order of their places.
 */
function readInOrder(x: Float64Array, i: number, graph: Graph): number {
  let [c, h] = [0, 0]
  for (let j = 0; j < x.length; j++) {
    if (!pairExists(graph, i, j)) continue
    c = sigmoid(x[j] + h + 1) * c + sigmoid(x[j] - h) * Math.tanh(2 * x[j] + h)
    h = sigmoid(h - x[j]) * Math.tanh(c)
  }
  return h
}

/**
 * Mean field on two labels, one node after the other: each sees what those before it have become.
 */
const oneAfterTheOther: GraphLabelling = (graph) => {
  // refuses what is no pairwise model, so that the counterexample is one
  parallelMeanField({ labels: 2, steps: 1 })(graph)
  const { rows: n, data } = graph.nodes
  const q = new Float64Array(n).fill(0.5)
  for (let i = 0; i < n; i++) {
    let x = data[2 * i + 1] - data[2 * i]
    for (let j = 0; j < n; j++) {
      if (!pairExists(graph, i, j)) continue
      const [at, bt, ct, dt] = graph.edges.data.subarray(4 * (i * n + j))
      x += (ct - at) * (1 - q[j]) + (dt - bt) * q[j]
    }
    q[i] = sigmoid(x)
  }
  return { nodes: { rows: n, cols: 1, data: q } }
}

const subject = (name: string, F: GraphLabelling): Subject => ({ name, make: () => F })

/** What reads the positions of nodes, openly or by the way. */
export const violators: readonly Subject[] = [
  subject(
    'prefix sums',
    numbers((x, i) => x.subarray(0, i + 1).reduce((sum, y) => sum + y, 0)),
  ),
  subject(
    'argsort as a feature',
    numbers((x, i) => [...x.keys()].sort((a, b) => x[a] - x[b])[i]),
  ),
  subject(
    'the place as a feature',
    numbers((x, i) => x[i] + i),
  ),
  subject('LSTM over the neighbours in order', numbers(readInOrder)),
  subject(
    'the largest, ties to the first',
    numbers((x, i) => Number(x.indexOf(Math.max(...x)) === i)),
  ),
  {
    name: 'mean field, one node after the other',
    make: () => oneAfterTheOther,
    sampler: pairwiseSampler(2),
  },
]
