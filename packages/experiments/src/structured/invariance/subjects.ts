import {
  deepSets,
  gpiLayer,
  pairExists,
  messagePassing,
  parallelBeliefPropagation,
  parallelMeanField,
  repeatGPI,
  structure2vec,
  type GPILayer,
  type Graph,
  type GraphLabeling,
} from '@nonconvex/structured'
import { mixedSampler, type GraphSampler } from '@nonconvex/structured/invariance'
import { gemv, matrix, type Matrix, type Stream } from '@nonconvex/tensor'

/** A function with its sampler of graphs; default: the mixed sampler with d = e = 2. */
export interface Subject {
  readonly name: string
  readonly make: (source: Stream) => GraphLabeling
  readonly sampler?: GraphSampler
}

/**
 * Pairwise models with many ties: the mixed sampler's graphs, with θ_ji made the transpose of θ_ij,
 * and pairs in both directions or in none.
 */
function pairwiseSampler(K: number): GraphSampler {
  const mixed = mixedSampler(K, K * K)
  return (source, n, trial) => {
    const { nodes, edges, mask } = mixed(source, n, trial)
    const data = edges.data.slice()
    const both = mask?.slice()
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) {
        const [there, back] = [i * n + j, j * n + i]
        for (let cell = 0; cell < K * K; cell++) {
          const [a, b] = [Math.floor(cell / K), cell % K]
          data[back * K * K + b * K + a] = data[there * K * K + cell]
        }
        if (both) both[back] = both[there]
      }
    return { nodes, edges: { ...edges, data }, ...(both && { mask: both }) }
  }
}

const pools = ['sum', 'mean', 'neighbor attention', 'feature attention'] as const

const relu = (x: Float64Array): Float64Array => x.map((value) => Math.max(0, value))

function joined(...parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) for (const x of part) out[at++] = x
  return out
}

/** Random weights, [rows, cols]. */
const draw = (source: Stream, name: string, rows: number, cols: number): Matrix =>
  matrix(rows, cols, source.child(name).normalInto(new Float64Array(rows * cols)))

/**
 * A layer of the theorem with random ReLU parts, 2 features of a node and of a pair, 3 hidden
 * units, labels of pairs.
 */
function layer(
  source: Stream,
  readout: 'local' | 'literal',
  pool: (typeof pools)[number],
): GPILayer {
  const [A, B] = [draw(source, 'phi', 3, 6), draw(source, 'beta', 3, 6)]
  const [C, D] = [draw(source, 'alpha', 3, 5), draw(source, 'gamma', 3, 5)]
  const [R, S] = [draw(source, 'rho', 2, 8), draw(source, 'rhoEdge', 1, 17)]
  type Args = readonly Float64Array[]
  const over = (W: Matrix) =>
    pool === 'sum' || pool === 'mean'
      ? pool
      : pool === 'neighbor attention'
        ? ({ attention: 'neighbor', beta: (...z: Args) => gemv(W, joined(...z))[0] } as const)
        : ({ attention: 'feature', beta: (...z: Args) => gemv(W, joined(...z)) } as const)
  const shared = {
    phi: { width: 3, map: (...z: Args) => relu(gemv(A, joined(...z))) },
    alpha: { width: 3, map: (...z: Args) => relu(gemv(C, joined(...z))) },
    pool: over(B),
    globalPool: over(D),
    rhoEdge: { width: 1, map: (...z: Args) => gemv(S, joined(...z)) },
  }
  const none = new Float64Array(3)
  return readout === 'literal'
    ? gpiLayer({
        ...shared,
        readout,
        rho: { width: 2, map: (zk, g) => gemv(R, joined(zk, none, g)) },
      })
    : gpiLayer({ ...shared, rho: { width: 2, map: (...z: Args) => gemv(R, joined(...z)) } })
}

const layers: readonly Subject[] = (['local', 'literal'] as const).flatMap((readout) =>
  pools.map((pool) => ({
    name: `${readout === 'local' ? 'per-node' : 'theorem'} form, ${pool}`,
    make: (source: Stream) => layer(source, readout, pool),
  })),
)

const [d, e] = [2, 2]

const algorithms: readonly Subject[] = [
  {
    name: 'DeepSets',
    make: (source) => {
      const [A, R] = [draw(source, 'alpha', 3, d), draw(source, 'rho', 2, d + 3)]
      return deepSets({
        alpha: { width: 3, map: (x) => relu(gemv(A, x)) },
        rho: { width: 2, map: (x, g) => gemv(R, joined(x, g)) },
      })
    },
  },
  {
    name: 'message passing, 3 rounds',
    make: (source) => {
      const [M, U] = [draw(source, 'message', 3, 2 * d + e), draw(source, 'update', d, d + 3)]
      return messagePassing({
        message: { width: 3, map: (hi, hj, eij) => relu(gemv(M, joined(hi, hj, eij))) },
        update: { width: d, map: (hi, si) => gemv(U, joined(hi, si)).map(squash) },
        steps: 3,
      })
    },
  },
  {
    name: 'structure2vec, 3 rounds',
    make: (source) =>
      structure2vec({
        w1: draw(source, 'w1', 3, d),
        w2: draw(source, 'w2', 3, 3),
        w3: draw(source, 'w3', 3, 2),
        w4: draw(source, 'w4', 2, e),
        steps: 3,
      }),
  },
  pairwise('parallel mean field', () => parallelMeanField({ labels: 2, steps: 5 })),
  pairwise('sum-product, flooding', () => beliefs('sum', 0)),
  pairwise('max-product, flooding', () => beliefs('max', 0)),
  pairwise('sum-product, damped', () => beliefs('sum', 0.5)),
  {
    name: 'a layer applied 3 times',
    make: (source) =>
      repeatGPI(layer(source, 'local', 'feature attention'), {
        steps: 3,
        feed: (before, { nodes }) => ({
          ...before,
          nodes: { ...nodes, data: nodes.data.map(squash) },
        }),
      }),
  },
  {
    name: 'number of smaller nodes',
    make:
      () =>
      ({ nodes: { rows, cols, data } }) => {
        const first = Float64Array.from({ length: rows }, (_, i) => data[i * cols])
        const rank = first.map((x) => first.filter((y) => y < x).length)
        return { nodes: { rows, cols: 1, data: rank } }
      },
  },
]

/** Keeps repeated layers from growing: x / (1 + |x|). */
function squash(x: number): number {
  return x / (1 + Math.abs(x))
}

function beliefs(mode: 'sum' | 'max', damping: number): GPILayer {
  return parallelBeliefPropagation({ mode, labels: 2, steps: 4, damping })
}

function pairwise(name: string, make: () => GPILayer): Subject {
  return { name, make, sampler: pairwiseSampler(2) }
}

/** Functions of the theorem's form, and compositions of them. */
export const invariantSubjects: readonly Subject[] = [...layers, ...algorithms]

/** Labels of nodes, one number each, from the first features of all nodes. */
const numbers =
  (label: (x: Float64Array, i: number, graph: Graph) => number): GraphLabeling =>
  (graph) => {
    const { rows, cols, data } = graph.nodes
    const x = Float64Array.from({ length: rows }, (_, i) => data[i * cols])
    return { nodes: { rows, cols: 1, data: x.map((_, i) => label(x, i, graph)) } }
  }

const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t))

/** An LSTM with a state of one number that reads the neighbors of i in the order of the nodes. */
function readInOrder(x: Float64Array, i: number, graph: Graph): number {
  let [c, h] = [0, 0]
  for (let j = 0; j < x.length; j++) {
    if (!pairExists(graph, i, j)) continue
    c = sigmoid(x[j] + h + 1) * c + sigmoid(x[j] - h) * Math.tanh(2 * x[j] + h)
    h = sigmoid(h - x[j]) * Math.tanh(c)
  }
  return h
}

/** Mean field on two labels with sequential updates: each node reads the updated nodes before it. */
const sequentialMeanField: GraphLabeling = (graph) => {
  // rejects graphs that are no pairwise model, so that the counterexample is one
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

const subject = (name: string, F: GraphLabeling): Subject => ({ name, make: () => F })

/** Functions that depend on node positions. */
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
    'position as a feature',
    numbers((x, i) => x[i] + i),
  ),
  subject('LSTM over the neighbors in order', numbers(readInOrder)),
  subject(
    'first maximum',
    numbers((x, i) => Number(x.indexOf(Math.max(...x)) === i)),
  ),
  {
    name: 'sequential mean field',
    make: () => sequentialMeanField,
    sampler: pairwiseSampler(2),
  },
]
