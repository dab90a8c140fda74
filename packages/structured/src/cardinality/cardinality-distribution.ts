import type { Stream, Vec } from '@nonconvex/tensor'
import { checkCounts, checkPotential, prefixTable, suffixTable } from './count-tables.js'
import { checkProbabilities } from './poisson-binomial.js'

/** Marginals of the labels and of their count. */
export interface CardinalityMarginals {
  readonly logZ: number
  /** P(y_i = 1): ∂ log Z/∂θ_i */
  readonly labels: Float64Array
  /** P(Σ y_i = k), one for each entry of f: ∂ log Z/∂f_k */
  readonly counts: Float64Array
}

/**
 * log Z = log Σ_y e^{θᵀy + f(Σ y)} over all y ∈ {0,1}^L, exactly: the normalizer of the
 * distribution p(y) ∝ e^{θᵀy + f(Σ y)} of labels whose count has a potential. For f = 0 the labels
 * are independent with p_i = σ(θ_i); f = −∞ except at k fixes the count to k.
 *
 * @param theta - θ, finite
 * @param f - for counts 0, 1, …; −Infinity excludes a count, as do missing entries
 * @throws RangeError for scores that are not finite, an invalid potential, or one that allows no
 *   count
 * Cost: O(L K) for the largest count K allowed by f; error of log Z about L ε max(1, |log Z|), ε =
 * 2^-52. Source: the dynamic program over counts (Gupta et al. 2007, Tarlow et al. 2010) in the log
 * domain.
 *
 * @example
 * import { cardinalityLogZ } from '@nonconvex/structured/cardinality'
 * console.log(Math.exp(cardinalityLogZ([0, 0, 0], [-Infinity, 0])).toFixed(12)) // → 3.000000000000
 */
export function cardinalityLogZ(theta: Vec, f: Vec): number {
  const last = checkPotential('cardinalityLogZ', theta, f)
  return suffixTable(theta, f, last)[0]
}

/**
 * Probabilities of each label and of each count under p(y) ∝ e^{θᵀy + f(Σ y)}. They are the
 * gradient of log Z, so that the negative log-likelihood log Z − θᵀy* − f(Σ y*), convex in θ and f,
 * has the gradient (labels − y*, counts − [k = Σ y*]).
 *
 * P(y_i = 1) = Σ_k e^{α_i(k) + θ_i + β_{i+1}(k+1) − log Z} with α over the labels before i and β
 * over those after: without divisions.
 *
 * @param theta - θ, finite
 * @param f - as for `cardinalityLogZ`
 * @throws RangeError as `cardinalityLogZ`. Cost: O(L K)
 *
 * @example
 * import { cardinalityMarginals } from '@nonconvex/structured/cardinality'
 * const { labels, counts } = cardinalityMarginals([1, 1, 1], [-Infinity, 0])
 * console.log(labels[0].toFixed(6), [...counts]) // → 0.333333 [ 0, 1 ]
 */
export function cardinalityMarginals(theta: Vec, f: Vec): CardinalityMarginals {
  const last = checkPotential('cardinalityMarginals', theta, f)
  const [L, K] = [theta.length, last + 1]
  const before = prefixTable(theta, last)
  const after = suffixTable(theta, f, last)
  const logZ = after[0]
  const labels = Float64Array.from({ length: L }, (_, i) => {
    let p = 0
    for (let k = 0; k + 1 < K && k <= i; k++)
      p += Math.exp(before[i * K + k] + theta[i] + after[(i + 1) * K + k + 1] - logZ)
    return Math.min(1, p)
  })
  const counts = Float64Array.from(f, (value, k) =>
    k < K ? Math.min(1, Math.exp(before[L * K + k] + value - logZ)) : 0,
  )
  return { logZ, labels, counts }
}

/**
 * Labels drawn from p(y) ∝ e^{θᵀy + f(Σ y)}, exactly, with one uniform number for each label.
 *
 * @param theta - θ, finite
 * @param f - as for `cardinalityLogZ`
 * @param source - source of random numbers
 * @throws RangeError as `cardinalityLogZ`. Cost: O(L K)
 *
 * @example
 * import { cardinalitySample } from '@nonconvex/structured/cardinality'
 * import { stream } from '@nonconvex/tensor'
 * const y = cardinalitySample([3, 0, 0, -3], [-Infinity, -Infinity, 0], stream(1))
 * console.log(y.length, y.reduce((sum, label) => sum + label, 0)) // → 4 2
 */
export function cardinalitySample(theta: Vec, f: Vec, source: Stream): Uint8Array {
  const last = checkPotential('cardinalitySample', theta, f)
  const [L, K] = [theta.length, last + 1]
  const after = suffixTable(theta, f, last)
  const y = new Uint8Array(L)
  let count = 0
  for (let i = 0; i < L; i++) {
    const u = source.uniform()
    const within = count + 1 < K ? theta[i] + after[(i + 1) * K + count + 1] : -Infinity
    if (u < Math.exp(within - after[i * K + count])) {
      y[i] = 1
      count++
    }
  }
  return y
}

/**
 * The potential f for which the count under p(y) ∝ e^{θᵀy + f(Σ y)} has the given distribution: f_k
 * = log P(k) − log Σ e^{θᵀy} over the y with k ones.
 *
 * @param theta - θ, finite
 * @param distribution - P(count = k) for k = 0, 1, …
 * @throws RangeError for scores that are not finite, a distribution with counts above L, invalid
 *   probabilities, or a sum that differs from 1 by more than 1e-9
 * Cost: O(L K)
 *
 * @example
 * import { cardinalityMarginals, countPotential } from '@nonconvex/structured/cardinality'
 * const theta = [2, -1, 0.5]
 * const { counts } = cardinalityMarginals(theta, countPotential(theta, [0, 0.25, 0.75]))
 * console.log(Array.from(counts, (p) => p.toFixed(12)).join(' ')) // → 0.000000000000 0.250000000000 0.750000000000
 */
export function countPotential(theta: Vec, distribution: Vec): Float64Array {
  checkCounts('countPotential', theta, 'distribution', distribution)
  checkProbabilities('countPotential', distribution)
  let sum = 0
  for (let k = 0; k < distribution.length; k++) sum += distribution[k]
  if (Math.abs(sum - 1) > 1e-9)
    throw new RangeError(`countPotential: distribution must sum to 1, got ${sum}`)
  const K = distribution.length
  const sums = prefixTable(theta, K - 1).subarray(theta.length * K)
  return Float64Array.from(distribution, (p, k) => Math.log(p) - sums[k])
}
