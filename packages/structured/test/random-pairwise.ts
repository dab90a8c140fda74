import type { Stream } from '@nonconvex/tensor'
import { pairwiseModel, type PairwiseModel } from '../src/pairwise/model.ts'
import type { Model } from './pairwise-models.ts'

/** A model of the tests of layers as a pairwise model. */
export function pairwiseOf({ n, K, unary, pair, pairs }: Model): PairwiseModel {
  const labels = new Array<number>(n).fill(K)
  return pairwiseModel({
    labels,
    unary: labels.map((_, i) => Array.from({ length: K }, (_, a) => unary(i, a))),
    edges: pairs.map(([i, j]) => [i, j]),
    pair: pairs.map(([i, j]) =>
      Array.from({ length: K * K }, (_, c) => pair(i, j, Math.floor(c / K), c % K)),
    ),
  })
}

export interface RandomOptions {
  readonly n: number
  /** numbers of labels are 1 … K */
  readonly K: number
  /** `forest`: each node is joined with at most one before; otherwise the probability of an edge */
  readonly edges: 'forest' | number
  /** probability of a score −∞ */
  readonly forbidden?: number
  readonly scale?: number
}

/** Normal scores; nodes in random order, edges in random direction. */
export function randomPairwise(
  source: Stream,
  { n, K, edges: density, forbidden = 0, scale = 1 }: RandomOptions,
): PairwiseModel {
  const labels = Array.from({ length: n }, () => 1 + source.integer(K))
  const at = source.permutation(n)
  const scores = (length: number): number[] =>
    Array.from({ length }, () =>
      source.uniform() < forbidden ? -Infinity : scale * source.normal(),
    )
  const edges: [number, number][] = []
  const join = (i: number, j: number): void => {
    edges.push(source.integer(2) === 0 ? [at[i], at[j]] : [at[j], at[i]])
  }
  for (let i = 1; i < n; i++)
    if (density === 'forest') {
      if (source.uniform() < 0.8) join(i, source.integer(i))
    } else for (let j = 0; j < i; j++) if (source.uniform() < density) join(i, j)
  return pairwiseModel({
    labels,
    unary: labels.map(scores),
    edges,
    pair: edges.map(([i, j]) => scores(labels[i] * labels[j])),
  })
}

/** Largest difference of entries. */
export const apart = (a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number => {
  let most = 0
  a.forEach((x, i) => {
    for (let c = 0; c < x.length; c++) most = Math.max(most, Math.abs(x[c] - b[i][c]))
  })
  return most
}
