import { logSumExp } from '../layer/log-domain.js'
import { checkLabeling, type PairwiseModel } from './model.js'

/**
 * The log pseudo-likelihood Σ_i log p(y_i | all other labels) of a labeling: without a partition
 * function, and at most log p(y) on average. −∞ if a label is forbidden given the others.
 *
 * @throws as `score`
 * Cost: O(edges K). Source: Besag (1975).
 *
 * @example
 * import { pairwiseModel, pseudoLogLikelihood } from '@nonconvex/structured/pairwise'
 * const model = pairwiseModel({ labels: [2, 2], unary: [[0, 0], [0, 0]], edges: [[0, 1]], pair: [[1, 0, 0, 1]] })
 * console.log(pseudoLogLikelihood(model, [1, 1]).toFixed(6)) // → -0.626523
 */
export function pseudoLogLikelihood(model: PairwiseModel, y: ArrayLike<number>): number {
  checkLabeling('pseudoLogLikelihood', model, y)
  const { labels, unary, pair, incident } = model
  let sum = 0
  for (let i = 0; i < labels.length; i++) {
    const scores = unary[i].slice()
    for (const { edge, other, otherFirst } of incident[i])
      for (let a = 0; a < scores.length; a++)
        scores[a] +=
          pair[edge][otherFirst ? y[other] * labels[i] + a : a * labels[other] + y[other]]
    if (scores[y[i]] === -Infinity) return -Infinity
    sum += scores[y[i]] - logSumExp(scores)
  }
  return sum
}
