import type { Vec } from '@nonconvex/tensor'
import { checkFinite, checkFiniteVector, checkInteger } from '@nonconvex/tensor/check'
import { checkPotential } from './count-tables.js'
import { checkProbabilities } from './poisson-binomial.js'

/** Indices by descending entry; ties by index. */
export function ranked(p: Vec): Int32Array {
  return Int32Array.from(p, (_, i) => i).sort((a, b) => p[b] - p[a] || a - b)
}

/** The first k of an order. */
export function chosen(order: Int32Array, k: number): Uint8Array {
  const y = new Uint8Array(order.length)
  for (let i = 0; i < k; i++) y[order[i]] = 1
  return y
}

/**
 * The k labels with the highest scores; ties by index.
 *
 * @throws RangeError for scores that are not finite, or a k that is not an integer in [0, L]. Cost:
 *   O(L log L)
 *
 * @example
 * import { decodeTopK } from '@nonconvex/structured/cardinality'
 * console.log([...decodeTopK([0.2, 0.9, 0.2], 2)]) // → [ 1, 1, 0 ]
 */
export function decodeTopK(p: Vec, k: number): Uint8Array {
  checkFiniteVector('decodeTopK', 'p', p)
  checkInteger('decodeTopK', 'k', k, 0, p.length)
  return chosen(ranked(p), k)
}

/**
 * The labels whose score is at least t.
 *
 * @throws RangeError for numbers that are not finite
 *
 * @example
 * import { threshold } from '@nonconvex/structured/cardinality'
 * console.log([...threshold([0.2, 0.5, 0.7], 0.5)]) // → [ 0, 1, 1 ]
 */
export function threshold(p: Vec, t: number): Uint8Array {
  checkFiniteVector('threshold', 'p', p)
  checkFinite('threshold', 't', t)
  return Uint8Array.from(p, (value) => Number(value >= t))
}

/**
 * The most likely labels under p(y) ∝ e^{θᵀy + f(Σ y)}: for every count k the k highest scores are
 * best, so the best k is where θ_(1) + … + θ_(k) + f_k is largest; ties by the smallest.
 *
 * @param theta - θ, finite
 * @param f - for counts 0, 1, …; −Infinity excludes a count, as do missing entries
 * @throws RangeError as `cardinalityLogZ`. Cost: O(L log L). Source: Gupta et al. (2007), Tarlow et
 *   al. (2010).
 *
 * @example
 * import { cardinalityMap } from '@nonconvex/structured/cardinality'
 * console.log([...cardinalityMap([-1, -2, 3], [-Infinity, 0, 2])]) // → [ 1, 0, 1 ]
 */
export function cardinalityMap(theta: Vec, f: Vec): Uint8Array {
  const last = checkPotential('cardinalityMap', theta, f)
  const order = ranked(theta)
  let [best, size, sum] = [-Infinity, 0, 0]
  for (let k = 0; k <= last; k++) {
    if (k > 0) sum += theta[order[k - 1]]
    if (sum + f[k] <= best) continue
    best = sum + f[k]
    size = k
  }
  return chosen(order, size)
}

/** A set of labels with its expected F1. */
export interface ExpectedF1 {
  readonly labels: Uint8Array
  readonly expected: number
}

/**
 * The labels with the highest expected F1 when label i is 1 with probability p_i, independently:
 * some set of the k highest p is optimal among all 2^L sets, and with the independent counts A of
 * true labels in the set and B outside,
 *
 * E F1 = Σ_{a,b} P(A = a) P(B = b) 2a / (k + a + b).
 *
 * A threshold of 1/2 is optimal for the Hamming loss, not for F1: with many unlikely labels it
 * selects none.
 *
 * @param p - probabilities
 * @param options - empty: F1 of the empty set against the empty set, 0/0; 0 by default, as in
 *   published tables
 * @throws RangeError for invalid probabilities
 * Cost: O(L²) for the counts, O(L³) in the worst case for the sums; sizes whose bound is below the
 * best are skipped. Source: Ye et al. (2012) for
 * sets of the highest p.
 *
 * @example
 * import { decodeF1 } from '@nonconvex/structured/cardinality'
 * const { labels, expected } = decodeF1([0.4, 0.4, 0.05])
 * console.log([...labels], expected.toFixed(4)) // → [ 1, 1, 0 ] 0.4744
 */
export function decodeF1(p: Vec, { empty = 0 }: { readonly empty?: 0 | 1 } = {}): ExpectedF1 {
  checkProbabilities('decodeF1', p)
  const L = p.length
  const order = ranked(p)
  const sorted = Float64Array.from(order, (i) => p[i])
  /** rest[k]: the distribution of the count among all but the k highest */
  const rest: Float64Array[] = Array.from({ length: L + 1 }, () => Float64Array.of(1))
  for (let k = L - 1; k >= 0; k--) rest[k] = withOne(rest[k + 1], sorted[k])
  let best = rest[0][0] * empty
  let size = 0
  let top: Float64Array = Float64Array.of(1)
  for (let k = 1; k <= L; k++) {
    top = withOne(top, sorted[k - 1])
    // no set of k labels has more: of s true labels at most min(k, s) are in it
    if (bound(k, rest[0]) < best) continue
    const expected = expectedF1(k, top, rest[k])
    if (expected <= best) continue
    best = expected
    size = k
  }
  return { labels: chosen(order, size), expected: best }
}

function bound(k: number, counts: Float64Array): number {
  let sum = 0
  for (let s = 1; s < counts.length; s++) sum += (counts[s] * 2 * Math.min(k, s)) / (k + s)
  return sum * (1 + 1e-12) + NEGLIGIBLE
}

/** A probability that changes no sum of this size. */
const NEGLIGIBLE = 1e-18

/** The distribution of a count with one label more, without a negligible tail. */
function withOne(pmf: Float64Array, p: number): Float64Array {
  let length = pmf.length
  while (length > 1 && pmf[length - 1] < NEGLIGIBLE * NEGLIGIBLE) length--
  if (length < pmf.length) pmf = pmf.subarray(0, length)
  const next = new Float64Array(pmf.length + 1)
  for (let k = 0; k < pmf.length; k++) {
    next[k] += pmf[k] * (1 - p)
    next[k + 1] += pmf[k] * p
  }
  return next
}

function expectedF1(k: number, top: Float64Array, rest: Float64Array): number {
  let sum = 0
  for (let a = 1; a < top.length; a++) {
    if (top[a] === 0) continue
    let inner = 0
    for (let b = 0; b < rest.length; b++) inner += rest[b] / (k + a + b)
    sum += 2 * a * top[a] * inner
  }
  return sum
}
