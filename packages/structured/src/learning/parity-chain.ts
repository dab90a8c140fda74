import type { Matrix, Stream } from '@nonconvex/tensor'
import { checkCount, checkNonNegative } from '@nonconvex/tensor/check'
import { chainMarginals } from '../chains/chain.js'
import type { LabeledSequence } from './sequences.js'

/** Options of `parityChains`. */
export interface ParityOptions {
  /** number of sequences */
  readonly n: number
  /** 8 by default */
  readonly length?: number
  /** distance of the pairs, 3 by default */
  readonly between?: number
  /** distance of the members of a pair, 1 by default */
  readonly within?: number
  readonly stream: Stream
}

/** Sequences of four states with look-alikes, and the scores of the distribution they were drawn from. */
export interface ParityChains {
  readonly data: readonly LabeledSequence[]
  /** log p(x_t | a) up to a constant, T × 4, for each sequence */
  readonly unary: readonly Matrix[]
  /** log P(a → b) */
  readonly transition: Matrix
}

/**
 * Chains on states 0 … 3 in look-alike pairs (0, 1) and (2, 3), uniform start, P(a → b) = 0.45 if a ≡ b
 * mod 2 and 0.05 otherwise, x_t ~ N(μ_c, I_4) with
 *
 *     μ_c = (s_pair/2)(e_{2p} + e_{2p+1}) + s_in e_c,   p the pair of c
 *
 * The pair is easy to see, the member only from the context. The distribution is known, so that
 * `parityBayes` gives the best rules.
 *
 * @throws ArgumentError for counts that are not integers ≥ 1 or distances that are negative
 *
 * @example
 * import { parityChains } from '@nonconvex/structured/learning'
 * import { stream } from '@nonconvex/tensor'
 * const { data } = parityChains({ n: 2, stream: stream(1) })
 * console.log(data.length, data[0].x.rows, data[0].x.cols) // → 2 8 4
 */
export function parityChains(options: ParityOptions): ParityChains {
  const { n, length: T = 8, between = 3, within = 1, stream } = options
  checkCount('parityChains', 'n', n)
  checkCount('parityChains', 'length', T)
  checkNonNegative('parityChains', 'between', between)
  checkNonNegative('parityChains', 'within', within)
  const mean = (c: number, f: number): number =>
    (f >> 1 === c >> 1 ? between / 2 : 0) + (f === c ? within : 0)
  const transition = {
    rows: 4,
    cols: 4,
    data: Float64Array.from({ length: 16 }, (_, k) =>
      Math.log(((k >> 2) & 1) === (k & 1) ? 0.45 : 0.05),
    ),
  }
  const data: LabeledSequence[] = []
  const unary: Matrix[] = []
  for (let i = 0; i < n; i++) {
    const s = stream.child('sequence', i)
    const y = new Int32Array(T)
    const x = s.normalInto(new Float64Array(4 * T))
    const scores = new Float64Array(4 * T)
    for (let t = 0; t < T; t++) {
      const same = s.uniform() < 0.9
      const other = s.integer(2)
      y[t] = t === 0 ? s.integer(4) : 2 * other + (same ? y[t - 1] & 1 : 1 - (y[t - 1] & 1))
      for (let f = 0; f < 4; f++) x[4 * t + f] += mean(y[t], f)
      for (let c = 0; c < 4; c++)
        for (let f = 0; f < 4; f++) scores[4 * t + c] -= (x[4 * t + f] - mean(c, f)) ** 2 / 2
    }
    data.push({ x: { rows: T, cols: 4, data: x }, y })
    unary.push({ rows: T, cols: 4, data: scores })
  }
  return { data, unary, transition }
}

/**
 * Posterior probabilities of the true distribution at each position, T × 4 for each sequence: with the
 * whole sequence, and from the position alone.
 *
 * Cost: O(n T).
 *
 * @example
 * import { parityBayes, parityChains } from '@nonconvex/structured/learning'
 * import { stream } from '@nonconvex/tensor'
 * const { whole, local } = parityBayes(parityChains({ n: 1, stream: stream(1) }))
 * console.log(whole[0].rows, local[0].cols) // → 8 4
 */
export function parityBayes({ unary, transition }: ParityChains): {
  readonly whole: readonly Matrix[]
  readonly local: readonly Matrix[]
} {
  const alone = { rows: 1, cols: 4 }
  return {
    whole: unary.map((u) => chainMarginals(u, new Array<Matrix>(u.rows - 1).fill(transition)).node),
    // the marginal of each position is uniform
    local: unary.map((u) => ({
      rows: u.rows,
      cols: 4,
      data: Float64Array.from(
        Array.from({ length: u.rows }, (_, t) => [
          ...chainMarginals({ ...alone, data: u.data.slice(4 * t, 4 * t + 4) }, []).node.data,
        ]).flat(),
      ),
    })),
  }
}
