import {
  deepSets,
  gpiLayer,
  messagePassing,
  parallelBeliefPropagation,
  parallelMeanField,
  repeatGPI,
  structure2vec,
  type GPILayer,
  type GraphLabelling,
  type GraphSampler,
} from '@nonconvex/structured'
import { gemv, matrix, type Matrix, type Stream } from '@nonconvex/tensor'
import { pairwiseSampler } from './pairwise-sampler.js'

/**
 * A function that is tried, with the graphs it needs: the mixed sampler's of 2 and 2 features
 * unless it says others.
 */
export interface Subject {
  readonly name: string
  readonly make: (source: Stream) => GraphLabelling
  readonly sampler?: GraphSampler
}

const pools = ['sum', 'mean', 'neighbour attention', 'feature attention'] as const

const relu = (x: Float64Array): Float64Array => x.map((value) => Math.max(0, value))

const joined = (...parts: readonly Float64Array[]): Float64Array =>
  Float64Array.from(parts.flatMap((part) => Array.from(part)))

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
      : pool === 'neighbour attention'
        ? ({ attention: 'neighbour', beta: (...z: Args) => gemv(W, joined(...z))[0] } as const)
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
    name: `${readout} form, ${pool}`,
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
    name: 'how many nodes are smaller',
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

/** What has the form of the theorem, or is a composition of such. */
export const invariantSubjects: readonly Subject[] = [...layers, ...algorithms]
