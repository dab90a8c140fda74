import { decide, readable, type Hypothesis, type Verdict, counted } from '@nonconvex/optim/claims'
import { naturalNumber } from '../border.js'
import { logBinomialTail } from '@nonconvex/optim/statistics'
import { certificateConfirmed } from './claims.js'

/** A guarantee beside new examples that it speaks of. */
export interface Tested {
  /** how sentences name it: 'k = 10, seed 2' */
  readonly name: string
  /** ε in [0, 1]: at most this share of new examples has y N(x) < 1, with probability 1 − δ */
  readonly bound: number
  /** new examples with y N(x) < 1 */
  readonly short: number
  /** all new examples */
  readonly examples: number
}

/** Probability that a verdict is not a false alarm where every guarantee holds. */
const CONFIDENCE = 0.998

/** P(Bin(m, ε) ≥ r), in logarithms. */
const logAtLeast = ({ bound, short, examples: m }: Tested): number =>
  short === 0 ? 0 : logBinomialTail(m, m - short, 1 - bound)

/**
 * No run's guarantee is contradicted by new examples: as many with y N(x) < 1 have a probability of
 * at least 0.002 divided by the number of runs if ε were their probability.
 *
 * @param evidence - runs with ε and counts of examples that nothing was chosen by; missing runs;
 *   hypotheses
 * @throws RangeError for counts or an ε outside their ranges
 * @returns `inapplicable` if a hypothesis fails, `inconclusive` without runs, while some are
 *   missing and none contradicts, or if every ε is 1, which nothing could contradict
 *
 * @example
 * import { decideConfirmed, sampleHypotheses } from '@nonconvex/overparam'
 * const hypotheses = sampleHypotheses({ independent: 'yes', fixedBefore: true })
 * const run = { name: 'k = 10', bound: 0.22, short: 110, examples: 6000 }
 * console.log(decideConfirmed({ runs: [run], missing: 0, hypotheses }).status) // → holds
 */
export function decideConfirmed(evidence: {
  readonly runs: readonly Tested[]
  readonly missing: number
  readonly hypotheses: readonly Hypothesis[]
}): Verdict {
  const { runs, missing, hypotheses } = evidence
  naturalNumber('decideConfirmed', 'missing', missing)
  for (const { bound, short, examples } of runs) {
    if (!(bound >= 0 && bound <= 1))
      throw new RangeError(`decideConfirmed: bound must be in [0, 1], got ${bound}`)
    naturalNumber('decideConfirmed', 'short', short)
    if (!(Number.isSafeInteger(examples) && examples >= Math.max(1, short)))
      throw new RangeError(
        `decideConfirmed: examples must be an integer ≥ ${Math.max(1, short)}, got ${examples}`,
      )
  }
  if (runs.length === 0)
    return decide(certificateConfirmed, {
      statement: 'no runs yet',
      hypotheses,
      undecided: 'nothing was run',
    })
  const worst = runs.reduce((a, b) => (logAtLeast(b) < logAtLeast(a) ? b : a))
  const agrees = logAtLeast(worst) >= Math.log((1 - CONFIDENCE) / runs.length)
  const reason = !agrees
    ? undefined
    : missing > 0
      ? `${counted(missing, 'run')} to come`
      : runs.every(({ bound }) => bound === 1)
        ? 'the guarantee allows everything'
        : undefined
  return decide(certificateConfirmed, {
    statement: `${readable(worst.short)} of ${counted(worst.examples, 'new example')} have y N(x) < 1 with ${worst.name}, a share of ${readable(worst.short / worst.examples, 3)}; at most ${readable(worst.bound, 3)} promised`,
    measured: worst.short / worst.examples,
    bound: worst.bound,
    holds: agrees,
    confidence: CONFIDENCE,
    hypotheses,
    ...(reason !== undefined && { undecided: reason }),
  })
}
