import { checkCount, checkPositive } from '@nonconvex/tensor/check'
import { dot, norm2, type Matrix, type Stream } from '@nonconvex/tensor'
import { cardinalitySample, countPotential } from './cardinality-distribution.js'

/** Options of `makeMultilabel`. */
export interface MultilabelOptions {
  readonly examples: number
  /** d; 20 by default */
  readonly features?: number
  /** L; 30 by default */
  readonly labels?: number
  /** K: counts are 1 … K ≤ L; 8 by default */
  readonly maxCount?: number
  /**
   * scale of the scores; 3 by default. At 1 knowing the count gains less than one point of F1
   */
  readonly scale?: number
  readonly stream: Stream
}

/** Multilabel examples, with the distribution they were drawn from. */
export interface Multilabel {
  /** features, examples × d */
  readonly x: Matrix
  /** labels, examples × L, 0 or 1 */
  readonly y: Uint8Array
  /** scores u of the distribution, examples × L */
  readonly scores: Matrix
  /** P(count = k | x) for k = 0 … K, examples × (K + 1) */
  readonly countDistribution: Matrix
}

/**
 * Examples whose number of labels depends on features in a direction that the scores ignore: x ~
 * N(0, I_d), scores u = scale · Wx/√d with W_ij ~ N(0, 1); a count k = 1 + Binomial(K − 1, σ(aᵀx))
 * along another direction a, |a| = 1; then labels from p(y | k) ∝ e^{uᵀy} [Σ y = k], exactly.
 *
 * @throws RangeError for sizes that are not integers ≥ 1, maxCount above the number of labels, a
 *   scale that is not > 0
 * Cost: O(examples · L (d + K)).
 *
 * @example
 * import { makeMultilabel } from '@nonconvex/structured/cardinality'
 * import { stream } from '@nonconvex/tensor'
 * const { y, countDistribution } = makeMultilabel({ examples: 2, labels: 5, maxCount: 2, stream: stream(1) })
 * console.log(y.length, countDistribution.cols, countDistribution.data[0]) // → 10 3 0
 */
export function makeMultilabel(options: MultilabelOptions): Multilabel {
  const { examples, features: d = 20, labels: L = 30, maxCount: K = 8, scale = 3 } = options
  const sizes = { examples, features: d, labels: L, maxCount: K }
  for (const [name, size] of Object.entries(sizes)) checkCount('makeMultilabel', name, size)
  if (K > L)
    throw new RangeError(`makeMultilabel: maxCount must be at most labels = ${L}, got ${K}`)
  checkPositive('makeMultilabel', 'scale', scale)
  const problem = options.stream.child('problem')
  const W = problem.child('W').normalInto(new Float64Array(L * d))
  const a = problem.child('a').normalInto(new Float64Array(d))
  const length = norm2(a)
  const x = options.stream.child('x').normalInto(new Float64Array(examples * d))
  const scores = new Float64Array(examples * L)
  const countDistribution = new Float64Array(examples * (K + 1))
  const y = new Uint8Array(examples * L)
  const draws = options.stream.child('y')
  for (let n = 0; n < examples; n++) {
    const at = x.subarray(n * d, (n + 1) * d)
    const u = scores.subarray(n * L, (n + 1) * L)
    for (let i = 0; i < L; i++)
      u[i] = (scale * dot(W.subarray(i * d, (i + 1) * d), at)) / Math.sqrt(d)
    const along = dot(a, at) / length
    const pmf = countDistribution.subarray(n * (K + 1), (n + 1) * (K + 1))
    pmf.set(shiftedBinomial(K, along))
    y.set(cardinalitySample(u, countPotential(u, pmf), draws), n * L)
  }
  return {
    x: { rows: examples, cols: d, data: x },
    y,
    scores: { rows: examples, cols: L, data: scores },
    countDistribution: { rows: examples, cols: K + 1, data: countDistribution },
  }
}

/**
 * P(1 + Binomial(K − 1, s) = k) for k = 0 … K, for s = 1/(1 + e^{−x}); by logarithms, as
 * coefficients overflow.
 */
function shiftedBinomial(K: number, x: number): Float64Array {
  const [yes, no] = [-Math.log1p(Math.exp(-x)), -Math.log1p(Math.exp(x))]
  const pmf = new Float64Array(K + 1)
  let choose = 0
  for (let k = 1; k <= K; k++) {
    pmf[k] = Math.exp(choose + (k - 1) * yes + (K - k) * no)
    choose += Math.log((K - k) / k)
  }
  const sum = pmf.reduce((total, p) => total + p, 0)
  return pmf.map((p) => p / sum)
}
