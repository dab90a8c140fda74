import { argumentError, checkCount } from '@nonconvex/tensor/check'
import { zeroMarginals, type Marginals, type PairwiseModel } from './model.js'

/** A labeling and its score. */
export interface ScoredLabeling {
  readonly y: Int32Array
  readonly score: number
}

/** Options of `bruteForce`. */
export interface BruteForceOptions {
  /** largest number of labelings, 2^22 by default */
  readonly limit?: number
  /** how many of the best labelings to list, 1 by default */
  readonly top?: number
}

/**
 * All that a model says, from all its labelings. If all are forbidden the status is `infeasible`,
 * log Z and the maximum are −∞, the marginals 0, and there is no labeling.
 */
export interface BruteForce extends Marginals {
  readonly status: 'exact' | 'infeasible'
  readonly logZ: number
  /** the best labeling, the first in odometer order among ties; empty if infeasible */
  readonly map: Int32Array
  /** s of it */
  readonly max: number
  /** number of labelings with this score */
  readonly ties: number
  /** the best labelings, by falling score, ties in odometer order */
  readonly top: readonly ScoredLabeling[]
  /** −Σ p ln p */
  readonly entropy: number
}

/**
 * Log partition function, marginals and best labelings by enumeration of all Π K_i labelings in
 * odometer order (last node fastest): the witness for every other algorithm.
 *
 * A prefix of labels that is forbidden is left at once. Scores are sums over prefixes, so that
 * nothing is subtracted.
 *
 * @throws ArgumentError if there are more labelings than `limit`, with their number
 * Cost: O(Π K_i · degree of the last node), two passes; 2^20 labelings in about 0.1 s.
 *
 * @example
 * import { bruteForce, pairwiseModel } from '@nonconvex/structured/pairwise'
 * const model = pairwiseModel({ labels: [2, 2], unary: [[0, 0], [0, 0]], edges: [[0, 1]], pair: [[0, 0, 0, -Infinity]] })
 * const { logZ, node, ties } = bruteForce(model)
 * console.log(Math.exp(logZ).toFixed(6), node[0][1].toFixed(6), ties) // → 3.000000 0.333333 3
 */
export function bruteForce(model: PairwiseModel, options: BruteForceOptions = {}): BruteForce {
  const { limit = 2 ** 22, top = 1 } = options
  checkCount('bruteForce', 'limit', limit)
  checkCount('bruteForce', 'top', top)
  const { labels, unary, incident, pair } = model
  const n = labels.length
  const count = labelingCount(model)
  if (count > limit)
    throw argumentError(
      'out-of-range',
      'bruteForce',
      'the number of labelings',
      `to be at most ${limit}`,
      count,
      'raise limit, or use belief propagation',
    )
  const y = new Int32Array(n)
  // edges to nodes before
  const earlier = incident.map((list, i) => list.filter(({ other }) => other < i))
  const added = (i: number, a: number): number => {
    let sum = unary[i][a]
    for (const { edge, other, otherFirst } of earlier[i])
      sum += pair[edge][otherFirst ? y[other] * labels[i] + a : a * labels[other] + y[other]]
    return sum
  }

  const best: ScoredLabeling[] = []
  let ties = 0
  const leaf = (s: number): void => {
    if (best.length === 0 || s > best[0].score) ties = 1
    else if (s === best[0].score) ties++
    if (best.length === top && !(s > best[top - 1].score)) return
    let at = best.length
    while (at > 0 && best[at - 1].score < s) at--
    best.splice(at, 0, { y: y.slice(), score: s })
    if (best.length > top) best.pop()
  }
  const rank = (i: number, before: number): void => {
    if (i === n) return leaf(before)
    for (let a = 0; a < labels[i]; a++) {
      y[i] = a
      const s = before + added(i, a)
      if (s > -Infinity) rank(i + 1, s)
    }
  }
  rank(0, 0)
  const marginals = zeroMarginals(model)
  if (best.length === 0)
    return {
      status: 'infeasible',
      logZ: -Infinity,
      ...marginals,
      map: new Int32Array(0),
      max: -Infinity,
      ties: 0,
      top: [],
      entropy: 0,
    }

  const { score: max, y: map } = best[0]
  const { node, pair: pairs } = marginals
  let excess = 0
  /** Σ e^{s − max} over the labelings with the prefix y_0 … y_{i−1} */
  const weigh = (i: number, before: number): number => {
    if (i === n) {
      const weight = Math.exp(before - max)
      excess += weight * (before - max)
      return weight
    }
    let sum = 0
    for (let a = 0; a < labels[i]; a++) {
      y[i] = a
      const s = before + added(i, a)
      if (s === -Infinity) continue
      const weight = weigh(i + 1, s)
      y[i] = a
      sum += weight
      node[i][a] += weight
      for (const { edge, other, otherFirst } of earlier[i])
        pairs[edge][otherFirst ? y[other] * labels[i] + a : a * labels[other] + y[other]] += weight
    }
    return sum
  }
  const total = weigh(0, 0)
  for (const table of [...node, ...pairs]) for (let c = 0; c < table.length; c++) table[c] /= total
  const logZ = max + Math.log(total)
  const entropy = Math.max(0, Math.log(total) - excess / total)
  return { status: 'exact', logZ, ...marginals, map, max, ties, top: best, entropy }
}

/** Π K_i, possibly Infinity. */
export const labelingCount = ({ labels }: PairwiseModel): number =>
  labels.reduce((product, K) => product * K, 1)
