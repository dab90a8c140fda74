import type { Vec } from '@nonconvex/tensor'
import { chosen, ranked, type ExpectedF1 } from './decode.js'
import { checkPotential, prefixTable } from './count-tables.js'

/**
 * The labels with the highest expected F1 under p(y) ∝ e^{θᵀy + f(Σ y)}, whose count has a
 * potential. For each size k the k highest scores are best, and with e_a the elementary symmetric
 * polynomials of the weights e^θ,
 *
 * E F1 = Σ_{a,n} 2a / (k + n) · e_a(k highest) e_{n−a}(others) e^{f_n} / Z.
 *
 * @param theta - θ, finite
 * @param f - as for `cardinalityLogZ`
 * @param options - empty: F1 of the empty set against the empty set, 0/0; 0 by default
 * @throws RangeError as `cardinalityLogZ`
 * Cost: O(L K) for the sums, O(K²) for each size, which are few more than K, the largest count that
 * f allows. Source: Dembczyński et al. (2011) for any distribution; the sums over counts are ours.
 *
 * @example
 * import { decodeCountF1 } from '@nonconvex/structured/cardinality'
 * // one of three labels, with probability 0.97 one of the first two
 * const { labels, expected } = decodeCountF1([1, 0.9, -2], [-Infinity, 0])
 * console.log([...labels], expected.toFixed(4)) // → [ 1, 1, 0 ] 0.6497
 */
export function decodeCountF1(
  theta: Vec,
  f: Vec,
  { empty = 0 }: { readonly empty?: 0 | 1 } = {},
): ExpectedF1 {
  const last = checkPotential('decodeCountF1', theta, f)
  const [L, K] = [theta.length, last + 1]
  const order = ranked(theta)
  const top = prefixTable(
    Float64Array.from(order, (i) => theta[i]),
    last,
  )
  const others = prefixTable(
    Float64Array.from(order, (_, k) => theta[order[L - 1 - k]]),
    last,
  )
  const counts = Float64Array.from({ length: K }, (_, n) => top[L * K + n] + f[n])
  const most = counts.reduce((a, b) => Math.max(a, b), -Infinity)
  let sum = 0
  for (const count of counts) sum += Math.exp(count - most)
  const logZ = most + Math.log(sum)
  let best = Math.exp(counts[0] - logZ) * empty
  let size = 0
  for (let k = 1; k <= L; k++) {
    // no set of k labels has more: of n true labels at most min(k, n) are in it
    let bound = 0
    for (let n = 1; n < K; n++) bound += (Math.exp(counts[n] - logZ) * 2 * Math.min(k, n)) / (k + n)
    if (bound < best && k >= last) break
    let expected = 0
    for (let n = 1; n < K; n++)
      for (let a = 1; a <= Math.min(k, n); a++) {
        const weight = top[k * K + a] + others[(L - k) * K + n - a] + f[n] - logZ
        expected += (2 * a * Math.exp(weight)) / (k + n)
      }
    if (expected <= best) continue
    best = expected
    size = k
  }
  return { labels: chosen(order, size), expected: best }
}
