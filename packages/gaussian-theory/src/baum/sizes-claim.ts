import { claim, counted, readable } from '@nonconvex/optim/claims'
import { logBinomial } from '@nonconvex/optim/statistics'
import { baumSampleSizes } from './sample-sizes.js'

/** A sample size of the guarantee, and the smallest one that its proof by the growth function allows. */
export interface SizeSides {
  /** how sentences name it: 'm₂ for n = 3, ε = 0.1, δ = 0.1' */
  readonly name: string
  readonly size: number
  readonly exact: number
  /** how many times as large as `exact` the closed form is at most */
  readonly most: number
}

/** ln Σ_{i ≤ d} C(m, i) for d < m, at most the growth function of a class of VC dimension d. */
function logSauer(m: number, d: number): number {
  const terms = Array.from({ length: d + 1 }, (_, i) => logBinomial(m, i))
  const top = Math.max(...terms)
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0))
}

/** The smallest m with 2 Σ_{i ≤ d} C(2m, i) 2^{−εm/2} ≤ δ. */
function exactSize(delta: number, eps: number, d: number): number {
  const enough = (m: number): boolean =>
    m > d && Math.LN2 + logSauer(2 * m, d) - (eps * m * Math.LN2) / 2 <= Math.log(delta)
  let [low, high] = [d, 2 * d]
  while (!enough(high)) [low, high] = [high, 2 * high]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}

/**
 * The two sample sizes of `baumSampleSizes` beside the smallest m with 2 Σ_{i ≤ d} C(2m, i) 2^{−εm/2} ≤ δ,
 * which the closed form max((4/ε) log₂(2/δ), (8d/ε) log₂(13/ε)) relaxes. With that m
 *
 *     m ≥ (2/ε) log₂(2/δ)   and   m ≥ (2d/ε) log₂(2m/d) ≥ (2d/ε) log₂(4/ε)
 *
 * as C(2m, d) ≥ (2m/d)^d, so the closed form is at most 4 log₂(13/ε)/log₂(4/ε) times m.
 *
 * @param options - n ≥ 1 inputs, eps and delta in (0, 1)
 * @throws RangeError for values out of range
 * Cost: about a hundred sums of n(n + 1)/2 terms. Source: ours, from Blumer et al. (1989) as recalled.
 *
 * @example
 * import { baumSizeSides } from '@nonconvex/gaussian-theory/baum'
 * const [, second] = baumSizeSides({ n: 3, eps: 0.1, delta: 0.1 })
 * console.log(second.size, second.exact) // → 7702 2870
 */
export function baumSizeSides(options: {
  readonly n: number
  readonly eps: number
  readonly delta: number
}): readonly SizeSides[] {
  const { n, eps, delta } = options
  const { m1, m2, eps1 } = baumSampleSizes(options)
  const at = `n = ${n}, ε = ${eps}, δ = ${delta}`
  const sides = (
    name: string,
    size: number,
    [failure, error, d]: readonly [number, number, number],
  ) => ({
    name: `${name} for ${at}`,
    size,
    exact: exactSize(failure, error, d),
    most: (4 * Math.log(13 / error)) / Math.log(4 / error),
  })
  return [
    sides('m₁', m1, [delta / 2, eps1, n]),
    sides('m₂', m2, [delta / 4, eps / 2, (n * (n + 1)) / 2]),
  ]
}

/**
 * The sample sizes of the guarantee are at least what its proof by the growth function needs, and at most
 * 4 log(13/ε)/log(4/ε) times as large, with the ε of each step.
 *
 * @example
 * import { baumSizes, baumSizeSides } from '@nonconvex/gaussian-theory/baum'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const sides = baumSizeSides({ n: 3, eps: 0.1, delta: 0.1 })
 * const times = (factor: number) => sides.map((one) => ({ ...one, size: factor * one.size }))
 * const status = (factor: number) => verdictOn(baumSizes, times(factor)).status
 * console.log(status(1), status(0.1), status(10)) // → holds violated violated
 */
export const baumSizes = claim(
  'gaussian/baum-sizes',
  'The sample sizes of the guarantee of Baum’s algorithm are at least those that its proof needs, and at most a small factor larger',
  'float64',
  {
    paper: 'Blumer, Ehrenfeucht, Haussler, Warmuth (1989), as recalled',
    ours: 'the smallest m with 2 Σ C(2m, i) 2^{−εm/2} ≤ δ, which the closed form relaxes',
  },
  (sizes: readonly SizeSides[]) => {
    if (sizes.length === 0)
      return { statement: 'no size', undecided: 'there is nothing to compare' }
    const part = ({ exact, size }: SizeSides): number => exact / size
    const above = sizes.find(({ size, exact, most }) => size > most * exact)
    const worst = above ?? sizes.reduce((a, b) => (part(b) > part(a) ? b : a))
    return {
      statement: `${counted(sizes.length, 'size')}; ${above ? 'too large' : 'nearest to what the proof needs'}: ${worst.name}: ${readable(worst.size)} examples, the proof needs ${readable(worst.exact)}; at most ${readable(worst.most, 3)} times as many are required`,
      measured: worst.exact,
      relation: '<=',
      bound: worst.size,
      inequality: true,
      holds: above === undefined,
    }
  },
)
