import type { Stream } from '@nonconvex/tensor'
import type { Graph } from '../src/graph/graph.ts'

/** A pairwise model on n nodes with K labels: scores, and the pairs that there are. */
export interface Model {
  readonly n: number
  readonly K: number
  readonly unary: (i: number, a: number) => number
  readonly pair: (i: number, j: number, a: number, b: number) => number
  readonly pairs: readonly (readonly [number, number])[]
}

/** The neighbors of each node, in the order of the list of pairs. */
export const neighborsOf = ({ n, pairs }: Model): number[][] =>
  Array.from({ length: n }, (_, i) =>
    pairs.flatMap(([a, b]) => (a === i ? [b] : b === i ? [a] : [])),
  )

/** The score of labels a, b at i, j, whichever way round the pair is listed. */
export const scoreOf = (model: Model, i: number, j: number, a: number, b: number): number =>
  model.pairs.some(([x, y]) => x === i && y === j) ? model.pair(i, j, a, b) : model.pair(j, i, b, a)

export function graphOfModel(model: Model): Graph {
  const { n, K, unary } = model
  const neighbors = neighborsOf(model)
  const nodes = Float64Array.from({ length: n * K }, (_, at) => unary(Math.floor(at / K), at % K))
  const edges = new Float64Array(n * n * K * K)
  const mask = new Uint8Array(n * n)
  for (let i = 0; i < n; i++)
    for (const j of neighbors[i]) {
      mask[i * n + j] = 1
      for (let cell = 0; cell < K * K; cell++)
        edges[(i * n + j) * K * K + cell] = scoreOf(model, i, j, Math.floor(cell / K), cell % K)
    }
  return {
    nodes: { rows: n, cols: K, data: nodes },
    edges: { rows: n * n, cols: K * K, data: edges },
    mask,
  }
}

/** Six nodes, three labels, five pairs without a circle. */
export const tree: Model = {
  n: 6,
  K: 3,
  unary: (i, a) => Math.cos(1 + 2 * i + 3 * a),
  pair: (i, j, a, b) => Math.sin(1 + i + 2 * j + 3 * a + 5 * b),
  pairs: [
    [0, 1],
    [0, 2],
    [1, 3],
    [1, 4],
    [2, 5],
  ],
}

/** 3 × 3 nodes, two labels. */
export const grid: Model = {
  n: 9,
  K: 2,
  unary: (i, a) => Math.cos(1 + 2 * i + 3 * a) / 2,
  pair: (i, j, a, b) => Math.sin(1 + 2 * i + 3 * j + 5 * a + 7 * b),
  pairs: Array.from({ length: 9 }, (_, i) => i).flatMap((i) => [
    ...(i % 3 < 2 ? [[i, i + 1] as const] : []),
    ...(i < 6 ? [[i, i + 3] as const] : []),
  ]),
}

/** n nodes with a score J for being equal to each other. */
export const complete = (n: number, J: number, unary: Model['unary']): Model => ({
  n,
  K: 2,
  unary,
  pair: (_i, _j, a, b) => (a === b ? J : 0),
  pairs: Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Array.from({ length: i }, (_, j) => [j, i] as const),
  ),
})

/** A random model, on half of the pairs. */
export function randomModel(source: Stream, n: number, K: number): Model {
  const u = source.child('unary').normalInto(new Float64Array(n * K))
  const p = source.child('pair').normalInto(new Float64Array(n * n * K * K))
  return {
    n,
    K,
    unary: (i, a) => u[i * K + a],
    pair: (i, j, a, b) => p[((i * n + j) * K + a) * K + b],
    pairs: complete(n, 0, () => 0).pairs.filter(() => source.integer(2) === 1),
  }
}
