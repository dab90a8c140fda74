import type { Objective } from '@nonconvex/optim'
import { softmax } from '../layer/log-domain.js'
import { beliefPropagation } from '../pairwise/belief-propagation.js'
import { exactMap, exactMarginals, isExact } from '../pairwise/exact-inference.js'
import { treeInference } from '../pairwise/forest.js'
import type { IterationStatus } from '../pairwise/iteration.js'
import { meanField } from '../pairwise/mean-field.js'
import { argmax, scoreOf, type Marginals, type PairwiseModel } from '../pairwise/model.js'
import {
  addGraph,
  addMean,
  addNode,
  addPair,
  modelOf,
  nodeScores,
  pairScore,
  type GraphLists,
  type GraphShape,
} from './graph-model.js'
import { regularizedMean } from './objective.js'
import type { Labeling } from './problem.js'

/**
 * How sums over all labelings are computed. `auto`: exact where each component has no cycle or at most 2^16
 * labelings, otherwise as `bp`; `exact`, `tree`: exact or an error; `bp`, `mean-field`: approximate
 */
export type GraphInference = 'auto' | 'exact' | 'tree' | 'bp' | 'mean-field'

/** Marginals and log Z, or what stands for them. */
export interface Inferred extends Marginals {
  readonly status: IterationStatus
  /** log Z; of `bp` the Bethe value, of `mean-field` the lower bound ELBO */
  readonly logZ: number
}

/** Damping of belief propagation in training, where potentials of any sign occur. */
const DAMPING = 0.3

/** Marginals by a way of inference. */
export function inferred(model: PairwiseModel, how: GraphInference): Inferred {
  if (how === 'tree') return treeInference(model)
  if (how === 'exact' || (how === 'auto' && isExact(model))) return exactMarginals(model)
  if (how === 'mean-field') {
    const { status, q, elbo } = meanField(model, { starts: ['uniform', 'unary'] })
    const pair = model.edges.map(([i, j]) =>
      Float64Array.from({ length: q[i].length * q[j].length }, (_, c) => {
        const K = q[j].length
        return q[i][Math.floor(c / K)] * q[j][c % K]
      }),
    )
    return { status, logZ: elbo, node: q, pair }
  }
  const { status, bethe = 0, node, pair } = beliefPropagation(model, { damping: DAMPING })
  return { status, logZ: bethe, node, pair }
}

/** A labeling of high score by a way of inference: a best one if the status is `exact`. */
export function decoded(
  model: PairwiseModel,
  how: GraphInference,
): { readonly status: IterationStatus; readonly y: Int32Array } {
  if (how === 'tree') {
    const { status, map } = treeInference(model, { mode: 'max' })
    return { status, y: map }
  }
  if (how === 'exact' || (how === 'auto' && isExact(model))) {
    const { status, map } = exactMap(model)
    return { status, y: map }
  }
  if (how === 'mean-field') {
    const { status, node } = inferred(model, how)
    return { status, y: Int32Array.from(node, argmax) }
  }
  const { status, decoded } = beliefPropagation(model, { mode: 'max', damping: DAMPING })
  return { status, y: decoded }
}

/**
 * The regularized negative log-likelihood of a graph CRF, convex in w if inference is exact:
 *
 *     F(w) = (λ/2)|w|² + (1/N) Σ_n (log Z_n(w) − wᵀφ(x_n, y_n)),   ∇F = λw + (1/N) Σ_n (E_w φ − φ(x_n, y_n))
 *
 * With `bp`, the Bethe value in the place of log Z, whose gradient at a fixed point are the beliefs; with
 * `mean-field`, the ELBO, so that F is a lower bound. Unchecked. Cost: that of inference, and
 * O(pairs K² e) a graph.
 */
export function graphLikelihood(
  shape: GraphShape,
  lambda: number,
  data: readonly { readonly lists: GraphLists; readonly y: Labeling }[],
  how: GraphInference,
): Objective {
  return regularizedMean(shape.dimension, lambda, data, (w) => ({
    add: (gradient, { lists, y }) => {
      const model = modelOf(w, lists, shape)
      const found = inferred(model, how)
      addMean(gradient, lists, found, shape)
      addGraph(gradient, -1, lists, y, shape)
      return found.logZ - scoreOf(model, y)
    },
  }))
}

/**
 * The regularized negative log pseudo-likelihood −(1/N) Σ_n Σ_i log p(y_i | y_rest), convex in w: without a
 * partition function, on graphs of any size.
 *
 * Unchecked. Cost: O(n K d + pairs K e) a graph.
 */
export function graphPseudo(
  shape: GraphShape,
  lambda: number,
  data: readonly { readonly lists: GraphLists; readonly y: Labeling }[],
): Objective {
  const { K } = shape
  return regularizedMean(shape.dimension, lambda, data, (w) => ({
    add: (gradient, { lists, y }) => {
      const scores = nodeScores(w, lists, shape)
      for (const { i, j, at } of lists.pairs)
        for (let a = 0; a < K; a++) {
          scores[i * K + a] += pairScore(w, lists, [a, y[j], at], shape)
          scores[j * K + a] += pairScore(w, lists, [y[i], a, at], shape)
        }
      let loss = 0
      for (let i = 0; i < lists.n; i++) {
        const p = softmax(scores.subarray(i * K, (i + 1) * K))
        loss -= Math.log(p[y[i]])
        p[y[i]] -= 1
        scores.set(p, i * K)
        for (let a = 0; a < K; a++) addNode(gradient, p[a], lists, [i, a], shape)
      }
      for (const { i, j, at } of lists.pairs)
        for (let a = 0; a < K; a++) {
          addPair(gradient, scores[i * K + a], lists, [a, y[j], at], shape)
          addPair(gradient, scores[j * K + a], lists, [y[i], a, at], shape)
        }
      return loss
    },
  }))
}

/**
 * A Lipschitz constant of the gradient of the negative log-likelihood: λ + max_n diam_n²/4, where the
 * distance of two feature vectors of a graph is at most diam_n² = 2 (Σ_i |(x_i, 1)|)² + 2 (Σ_p |(z_p, 1)|)².
 */
export function graphSmoothness(
  { d, e }: GraphShape,
  lambda: number,
  all: readonly GraphLists[],
): number {
  const norm = (x: Float64Array, from: number, length: number): number => {
    let square = 1
    for (let f = 0; f < length; f++) square += x[from + f] ** 2
    return Math.sqrt(square)
  }
  let most = 0
  for (const { n, nodes, features, pairs } of all) {
    let [ofNodes, ofPairs] = [0, 0]
    for (let i = 0; i < n; i++) ofNodes += norm(nodes, i * d, d)
    for (const { at } of pairs) ofPairs += norm(features, at, e)
    most = Math.max(most, 2 * ofNodes ** 2 + 2 * ofPairs ** 2)
  }
  return lambda + most / 4
}
