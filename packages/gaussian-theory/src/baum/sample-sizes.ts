import { checkCount, checkProperFraction } from '@nonconvex/tensor/check'

/**
 * VC(δ, ε, d): the number of examples with which, with probability at least 1 − δ, every consistent
 * hypothesis of a class of VC dimension d has an error of at most ε.
 */
const vc = (delta: number, eps: number, dimension: number): number =>
  Math.max((4 / eps) * Math.log2(2 / delta), ((8 * dimension) / eps) * Math.log2(13 / eps))

/** The sizes of the two samples that a guarantee requires. */
export interface BaumSampleSizes {
  /** draws for step 1 */
  readonly m1: number
  /** points kept in step 2; twice as many draws, as half of them are kept */
  readonly m2: number
  /** the error that step 1 must reach: min(ε/2, δ/8m₂) */
  readonly eps1: number
}

/**
 * Sample sizes with which the algorithm's error is at most ε with probability 1 − δ, for symmetric
 * inputs.
 *
 *     VC(δ, ε, d) = ⌈max( (4/ε) log₂(2/δ), (8d/ε) log₂(13/ε) )⌉
 *     m₂ = VC(δ/4, ε/2, n(n+1)/2),   ε₁ = min(ε/2, δ/(8m₂)),   m₁ = VC(δ/2, ε₁, n)
 *
 * The constants are huge; far fewer examples suffice in practice.
 *
 * @param options - n ≥ 1 inputs, eps and delta in (0, 1)
 * @throws RangeError for values out of range
 * Source: Baum (1990), with the bound of Blumer et al. (1989) as recalled.
 *
 * @example
 * import { baumSampleSizes } from '@nonconvex/gaussian-theory/baum'
 * const { m1, m2 } = baumSampleSizes({ n: 3, eps: 0.1, delta: 0.1 })
 * console.log(m1, m2) // → 339135232 7702
 */
export function baumSampleSizes(options: {
  readonly n: number
  readonly eps: number
  readonly delta: number
}): BaumSampleSizes {
  const { n, eps, delta } = options
  checkCount('baumSampleSizes', 'n', n)
  for (const [name, value] of [
    ['eps', eps],
    ['delta', delta],
  ] as const)
    checkProperFraction('baumSampleSizes', name, value)
  const m2 = Math.ceil(vc(delta / 4, eps / 2, (n * (n + 1)) / 2))
  const eps1 = Math.min(eps / 2, delta / (8 * m2))
  return { m1: Math.ceil(vc(delta / 2, eps1, n)), m2, eps1 }
}

/**
 * The guaranteed error if step 2 keeps a given number of points: the ε of `baumSampleSizes` with m₂
 * = kept, provided that step 1 has the sample that the guarantee requires. For many points
 *
 *     ε ≈ (8 n(n+1)/kept) log₂(26/ε): inversely proportional to the number of points up to the
 *     logarithm
 *
 * @param options - n ≥ 1 inputs, kept ≥ 1 points, delta in (0, 1)
 * @returns ε in (0, 1]; 1 where the bound is vacuous
 * @throws RangeError for values out of range
 * Accuracy: relative 1e-12. Source: as `baumSampleSizes`.
 *
 * @example
 * import { guaranteedError } from '@nonconvex/gaussian-theory/baum'
 * console.log(guaranteedError({ n: 3, kept: 7702, delta: 0.1 }).toFixed(4)) // → 0.1000
 */
export function guaranteedError(options: {
  readonly n: number
  readonly kept: number
  readonly delta: number
}): number {
  const { n, kept, delta } = options
  checkCount('guaranteedError', 'n', n)
  checkCount('guaranteedError', 'kept', kept)
  checkProperFraction('guaranteedError', 'delta', delta)
  const needed = (eps: number): number => vc(delta / 4, eps / 2, (n * (n + 1)) / 2)
  if (needed(1) > kept) return 1
  // needed falls in ε and is above 1/ε
  let [low, high] = [1 / kept, 1]
  while (high / low > 1 + 1e-13) {
    const middle = Math.sqrt(low * high)
    if (middle <= low || middle >= high) break
    if (needed(middle) > kept) low = middle
    else high = middle
  }
  return high
}
