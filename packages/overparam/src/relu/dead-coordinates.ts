import { checkCount, checkInteger } from '@nonconvex/tensor/check'
import { claim, counted, readable, type Hypothesis } from '@nonconvex/optim/claims'
import { nothing } from '../claims/facts.js'
import { source } from '../source.js'
import type { CoordinateWidth } from './claims.js'
import { deadProbability } from './coordinates.js'

/** The runs of one width, and the coordinates misclassified at their ends. */
export interface WidthErrors extends CoordinateWidth {
  /** number of pairs of a run and a coordinate that it misclassifies at the end */
  readonly wrong: number
}

/** Probability that the true theorem is not refused. */
const CONFIDENCE = 0.998

/** −ln of the likelihood ratio of p and the observed fraction: n KL(x/n ‖ p), in nats. */
function deviation(n: number, x: number, p: number): number {
  const part = (count: number, expected: number): number =>
    count === 0 ? 0 : count * Math.log(count / expected)
  return Math.max(0, part(x, n * p) + part(n - x, n * (1 - p)))
}

/**
 * A bound on the probability that the deviations of `cases` independent binomial counts add up to
 * `total` or more: each is at least t with probability at most 2e^{−t} (Chernoff), so their sum is
 * stochastically below cases · ln 2 plus a gamma variable of that shape. No count must be large.
 */
function tailOfSum(total: number, cases: number): number {
  const s = total - cases * Math.LN2
  if (s <= 0) return 1
  if (s > 700) return 0
  let term = Math.exp(-s)
  let sum = term
  for (let j = 1; j < cases; j++) sum += term *= s / j
  return Math.min(1, sum)
}

/**
 * At each width a coordinate is dead with probability 2^{−k}, independently of the others, and then
 * misclassified at the end: the sum over all widths of n KL(x/n ‖ 2^{−k}) for x of n = runs · d is
 * one that chance exceeds with probability at least 0.002. That the misclassified coordinates are
 * the dead ones is part of `reluFails`. Inconclusive without runs, or if one reached the step limit.
 *
 * Level: the true theorem is refused with probability at most 0.002, for any numbers of widths and
 * runs. Power for widths 1, …, 12 with 12,800 coordinates each: 2^{−(k+0.3)} is refused with
 * probability above 0.999 (always in 2,000 simulations, where the tail was at most 1e-106),
 * 2^{−(k+0.1)} with 0.98, 2^{−(k+0.05)} with 0.01; in 20,000 simulations 2^{−k} was not refused and
 * the tail was at least 0.18.
 *
 * @throws RangeError unless d and k are positive integers and wrong is at most runs · d
 *
 * @example
 * import { deadCoordinates, tallyCoordinates } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { status: 'stuck', updates: 9, fate: { dead: [0], updates: Infinity }, wrong: [0] } as const
 * const widths = [{ k: 1, tally: tallyCoordinates([run]), wrong: 1 }]
 * console.log(verdictOn(deadCoordinates, { d: 2, widths, hypotheses: [] }).status) // → holds
 */
export const deadCoordinates = claim(
  'overparam/dead-coordinates',
  'Each coordinate is dead, and misclassified by SGD with ReLU, with probability 2⁻ᵏ',
  'statistical',
  { ...source, ours: 'the exact probability, tested on all widths together' },
  (facts: {
    readonly d: number
    readonly widths: readonly WidthErrors[]
    /** W₀ has independent symmetric continuous entries, and α = 0 */
    readonly hypotheses: readonly Hypothesis[]
  }) => {
    const { d, widths, hypotheses } = facts
    checkCount('deadCoordinates', 'd', d)
    const some = widths.filter(({ tally }) => tally.runs > 0)
    if (some.length === 0) return nothing('runs', hypotheses)
    let [coordinates, errors, expected, total, cut] = [0, 0, 0, 0, 0]
    for (const { k, tally, wrong } of some) {
      checkCount('deadCoordinates', 'k', k)
      const n = d * tally.runs
      checkInteger('deadCoordinates', 'wrong', wrong, 0, n, `[0, runs · d = ${n}]`)
      const p = deadProbability(k)
      coordinates += n
      errors += wrong
      expected += n * p
      total += deviation(n, wrong, p)
      cut += tally.cut
    }
    const tail = tailOfSum(total, some.length)
    return {
      statement: `${readable(errors)} of ${counted(coordinates, 'coordinate')} at ${counted(some.length, 'width')} are misclassified, ${readable(expected)} expected; deviation ${readable(total, 3)} nats, which chance reaches with probability at most ${readable(tail, 2)}`,
      measured: tail,
      relation: '>=',
      bound: 1 - CONFIDENCE,
      confidence: CONFIDENCE,
      hypotheses,
      ...(cut > 0 && { undecided: `${counted(cut, 'run')} reached the step limit` }),
    }
  },
)
