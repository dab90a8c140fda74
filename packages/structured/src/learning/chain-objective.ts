import type { Objective } from '@nonconvex/optim'
import type { Matrix } from '@nonconvex/tensor'
import { chainMarginals } from '../chains/chain.js'
import { ScaledChain, scaledTable, type ScaledTable } from '../chains/scaled.js'
import { softmax } from '../layer/log-domain.js'
import { regularizedMean, type AddTerms } from './objective.js'
import {
  addFeatures,
  addUnary,
  dimensionOf,
  transitionScores,
  unaryScores,
  type ChainSizes,
  type LabeledSequence,
  type SequenceFeatures,
} from './sequences.js'

/**
 * The regularized negative log-likelihood of a chain CRF, convex in w:
 *
 *     F(w) = (λ/2)|w|² + (1/N) Σ_n (log Z_n(w) − wᵀφ(x_n, y_n)),   ∇F = λw + (1/N) Σ_n (E_w φ − φ(x_n, y_n))
 *
 * Unchecked. Cost: O(Σ T K (K + d)).
 */
export function likelihoodObjective(
  sizes: ChainSizes,
  lambda: number,
  data: readonly LabeledSequence<SequenceFeatures>[],
): Objective {
  const { states: K, features: d } = sizes
  const from = K * d + K
  const pass = new ScaledChain(K)
  return regularizedMean(dimensionOf(sizes), lambda, data, (w) => {
    const transition = transitionScores(w, sizes)
    const table = scaledTable(transition.data)
    // Σ_t alpha_t(a) next_{t+1}(b) of all sequences, without the factor of the table
    const pairs = new Float64Array(K * K)
    const add: AddTerms<LabeledSequence<SequenceFeatures>> = (gradient, { x, y }) => {
      const unary = unaryScores(w, x, sizes)
      const steps = Math.max(0, x.rows - 1)
      const tables = table && new Array<ScaledTable>(steps).fill(table)
      const scaled = tables && x.rows > 0 ? pass.run(unary.data, tables) : undefined
      if (scaled === undefined) return addExact(gradient, x, y, unary, transition)
      const { alpha, next, node } = pass
      for (let t = 0; t < steps; t++)
        for (let a = 0, c = 0; a < K; a++) {
          const weight = alpha[t * K + a]
          for (let b = 0; b < K; b++) pairs[c++] += weight * next[(t + 1) * K + b]
        }
      const score = scoreOf(unary, transition, y)
      for (let t = 0; t < x.rows; t++) node[t * K + y[t]] -= 1
      for (let t = 0; t < steps; t++) gradient[from + y[t] * K + y[t + 1]] -= 1
      for (let t = 0; t < x.rows; t++)
        for (let a = 0; a < K; a++) addUnary(gradient, node[t * K + a], x, t, a, sizes)
      return scaled - score
    }
    return {
      add,
      finish: (gradient) => {
        if (table)
          for (let c = 0; c < pairs.length; c++) gradient[from + c] += pairs[c] * table.exp[c]
      },
    }
  })

  /** From logarithms, for scores that are far apart. */
  function addExact(
    gradient: Float64Array,
    x: SequenceFeatures,
    y: ArrayLike<number>,
    unary: Matrix,
    transition: Matrix,
  ): number {
    const steps = new Array<Matrix>(Math.max(0, x.rows - 1)).fill(transition)
    const { logZ, node, pair } = chainMarginals(unary, steps)
    for (let t = 0; t < x.rows; t++)
      for (let a = 0; a < K; a++) addUnary(gradient, node.data[t * K + a], x, t, a, sizes)
    for (const { data: p } of pair) for (let c = 0; c < p.length; c++) gradient[from + c] += p[c]
    addFeatures(gradient, -1, x, y, sizes)
    return logZ - scoreOf(unary, transition, y)
  }
}

/** The score of a labeling. */
export function scoreOf(unary: Matrix, transition: Matrix, y: ArrayLike<number>): number {
  const K = unary.cols
  let sum = 0
  for (let t = 0; t < unary.rows; t++) {
    sum += unary.data[t * K + y[t]]
    if (t > 0) sum += transition.data[y[t - 1] * K + y[t]]
  }
  return sum
}

/**
 * The regularized negative log pseudo-likelihood −(1/N) Σ_n Σ_t log p(y_t | y_{t−1}, y_{t+1}), convex in w:
 * without a partition function.
 *
 * Unchecked. Cost: O(Σ T K d).
 */
export function pseudoObjective(
  sizes: ChainSizes,
  lambda: number,
  data: readonly LabeledSequence<SequenceFeatures>[],
): Objective {
  const { states: K, features: d } = sizes
  const from = K * d + K
  return regularizedMean(dimensionOf(sizes), lambda, data, (w) => ({
    add: (gradient, { x, y }) => {
      const { data: u } = unaryScores(w, x, sizes)
      let loss = 0
      for (let t = 0; t < x.rows; t++) {
        const before = t > 0 ? y[t - 1] : -1
        const after = t + 1 < x.rows ? y[t + 1] : -1
        const scores = u.slice(t * K, (t + 1) * K)
        for (let a = 0; a < K; a++) {
          if (before >= 0) scores[a] += w[from + before * K + a]
          if (after >= 0) scores[a] += w[from + a * K + after]
        }
        const p = softmax(scores)
        loss -= Math.log(p[y[t]])
        p[y[t]] -= 1
        for (let a = 0; a < K; a++) {
          addUnary(gradient, p[a], x, t, a, sizes)
          if (before >= 0) gradient[from + before * K + a] += p[a]
          if (after >= 0) gradient[from + a * K + after] += p[a]
        }
      }
      return loss
    },
  }))
}

/**
 * A Lipschitz constant of the gradient of the negative log-likelihood: λ + max_n diam_n²/4, where the
 * distance of two feature vectors of a sequence is at most diam_n² = 2 (Σ_t |(x_t, 1)|)² + 2 (T − 1)².
 */
export function smoothness(
  lambda: number,
  data: readonly LabeledSequence<SequenceFeatures>[],
): number {
  let most = 0
  for (const { x } of data) {
    let sum = 0
    for (let t = 0; t < x.rows; t++) {
      let square = 1
      if ('index' in x) square += x.start[t + 1] - x.start[t]
      else for (let f = 0; f < x.cols; f++) square += x.data[t * x.cols + f] ** 2
      sum += Math.sqrt(square)
    }
    most = Math.max(most, 2 * sum ** 2 + 2 * Math.max(0, x.rows - 1) ** 2)
  }
  return lambda + most / 4
}
