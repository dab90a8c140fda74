import { checkInteger, checkProbability } from '@nonconvex/tensor/check'
import type { Vec } from '@nonconvex/tensor'

/**
 * The distribution of a count of independent labels, label i being 1 with probability p_i: P(Σ y_i = k) for
 * k = 0 … L, by a ← a(1 − p_i) + shift(a) p_i.
 *
 * All terms are positive, so every probability above 1e-307 has relative accuracy 4 L ε, far into
 * the tails.
 *
 * @param p - probabilities
 * @param options - maxCount: larger counts are added to the last entry
 * @returns L + 1 probabilities, or maxCount + 1
 * @throws RangeError for invalid probabilities or counts
 * Cost: O(L · length of the result).
 *
 * @example
 * import { poissonBinomial } from '@nonconvex/structured/cardinality'
 * console.log([...poissonBinomial([0.5, 0.5, 0.5])]) // → [ 0.125, 0.375, 0.375, 0.125 ]
 * console.log([...poissonBinomial([0.5, 0.5, 0.5], { maxCount: 1 })]) // → [ 0.125, 0.875 ]
 */
export function poissonBinomial(
  p: Vec,
  { maxCount = p.length }: { readonly maxCount?: number } = {},
): Float64Array {
  checkProbabilities('poissonBinomial', p)
  checkInteger('poissonBinomial', 'maxCount', maxCount, 0)
  const last = Math.min(maxCount, p.length)
  const pmf = new Float64Array(last + 1)
  pmf[0] = 1
  // two labels at a time while no count can exceed the last
  let i = 0
  for (; i + 2 <= last; i += 2) addTwo(pmf, i, p[i], p[i + 1])
  for (; i < p.length; i++) {
    const [yes, no] = [p[i], 1 - p[i]]
    // the last count of a truncated distribution is "this or more", which no label leads out of
    if (last > 0) pmf[last] = pmf[last] * (last < p.length ? 1 : no) + pmf[last - 1] * yes
    const top = Math.min(i + 1, last - 1)
    // each entry is loaded once
    let own = pmf[Math.max(0, top)]
    for (let k = top; k > 0; k--) {
      const less = pmf[k - 1]
      pmf[k] = own * no + less * yes
      own = less
    }
    if (last > 0) pmf[0] *= no
  }
  return pmf
}

/** Adds two labels to the distribution of the count of i; each entry is loaded and stored once. */
function addTwo(pmf: Float64Array, i: number, p: number, q: number): void {
  const [noP, noQ] = [1 - p, 1 - q]
  // with the first label alone: entry k + 1, and then k
  let above = pmf[i] * p
  pmf[i + 2] = above * q
  let own = pmf[i]
  for (let k = i; k > 0; k--) {
    const less = pmf[k - 1]
    const here = own * noP + less * p
    pmf[k + 1] = above * noQ + here * q
    above = here
    own = less
  }
  const none = own * noP
  pmf[1] = above * noQ + none * q
  pmf[0] = none * noQ
}

/** Throws unless every entry of p is in [0, 1]. */
export function checkProbabilities(fn: string, p: Vec): void {
  for (let i = 0; i < p.length; i++)
    if (!(p[i] >= 0 && p[i] <= 1)) checkProbability(fn, `p[${i}]`, p[i])
}
