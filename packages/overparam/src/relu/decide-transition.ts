import { decide, readable, type Hypothesis, type Verdict, counted } from '@nonconvex/optim/claims'
import { naturalNumber, positiveInteger } from '../border.js'
import { logBinomialTail } from '@nonconvex/optim/statistics'
import { leakSucceeds, reluTransition } from './claims.js'

/** Starts of one dimension and width on e_1 … e_d, and how many have a dead coordinate. */
export interface TransitionPoint {
  readonly d: number
  readonly k: number
  readonly starts: number
  readonly failed: number
}

/**
 * What the probability of failure tends to, and how far it is from there:
 *
 *     1 − exp(−2^{−κ})  ≤  1 − (1 − 2^{−k})^d  ≤  1 − exp(−2^{−κ}) + 4e^{−2}/d,   κ = k − log₂ d
 *
 * since 1 − x lies between e^{−x}(1 − x²) and e^{−x}, and z²e^{−z} ≤ 4e^{−2} for z = 2^{−κ}.
 *
 * @param d - input dimension, integer ≥ 1
 * @param k - units of each sign, integer ≥ 1
 * @throws RangeError for a number outside its range
 *
 * Source: ours.
 *
 * @example
 * import { transitionLimit } from '@nonconvex/overparam'
 * const { limit, most } = transitionLimit(64, 6)
 * console.log(limit.toFixed(4), most.toFixed(4)) // → 0.6321 0.6406
 */
export function transitionLimit(
  d: number,
  k: number,
): { readonly limit: number; readonly most: number } {
  positiveInteger('transitionLimit', 'd', d)
  positiveInteger('transitionLimit', 'k', k)
  const limit = -Math.expm1(-d * 2 ** -k)
  return { limit, most: Math.min(1, limit + (4 * Math.exp(-2)) / d) }
}

/**
 * Probability that a verdict of `decideTransition` is not a false alarm, over all points together.
 */
const CONFIDENCE = 0.998

/** ln of the probability of a count as far outside [limit, most] as this one. */
function logTail({ d, k, starts, failed }: TransitionPoint): number {
  const { limit, most } = transitionLimit(d, k)
  const few = logBinomialTail(starts, failed, limit)
  const many = failed === 0 ? 0 : logBinomialTail(starts, starts - failed, 1 - most)
  return Math.min(few, many)
}

/**
 * At each dimension and width the share of failures agrees with 1 − exp(−2^{−κ}), up to 4e^{−2}/d
 * above it (see `transitionLimit`): two-sided, 0.002 over all points together.
 *
 * @param evidence - points with starts > 0; missing points; hypotheses as of `decideReluFailure`
 * @throws RangeError for a count outside its range
 * @returns `inapplicable` if a hypothesis fails, `inconclusive` unless there are two dimensions, or
 *   while points are missing and none contradicts
 *
 * @example
 * import { decideTransition } from '@nonconvex/overparam'
 * const points = [64, 256].map((d) => ({ d, k: Math.log2(d), starts: 100, failed: 63 }))
 * console.log(decideTransition({ points, missing: 0, hypotheses: [] }).status) // → holds
 */
export function decideTransition(evidence: {
  readonly points: readonly TransitionPoint[]
  readonly missing: number
  readonly hypotheses: readonly Hypothesis[]
}): Verdict {
  const { points, missing, hypotheses } = evidence
  naturalNumber('decideTransition', 'missing', missing)
  for (const { starts, failed } of points) {
    positiveInteger('decideTransition', 'starts', starts)
    naturalNumber('decideTransition', 'failed', failed)
    if (failed > starts)
      throw new RangeError(
        `decideTransition: failed must be at most starts = ${starts}, got ${failed}`,
      )
  }
  if (points.length === 0)
    return decide(reluTransition, {
      statement: 'no starts yet',
      hypotheses,
      undecided: 'nothing was drawn',
    })
  const worst = points.reduce((a, b) => (logTail(b) < logTail(a) ? b : a))
  const agrees = logTail(worst) >= Math.log((1 - CONFIDENCE) / 2 / points.length)
  const dimensions = new Set(points.map(({ d }) => d)).size
  const reason = !agrees
    ? undefined
    : missing > 0
      ? `${counted(missing, 'point')} to come`
      : dimensions < 2
        ? 'there is one dimension only'
        : undefined
  const { limit, most } = transitionLimit(worst.d, worst.k)
  return decide(reluTransition, {
    statement: `of ${counted(points.length, 'point')} on ${counted(dimensions, 'dimension')} the one furthest from the curve, d = ${readable(worst.d)}, k = ${readable(worst.k)}: ${readable(worst.failed)} of ${counted(worst.starts, 'start')} fail; between ${readable(limit, 3)} and ${readable(most, 3)} predicted`,
    measured: worst.failed / worst.starts,
    holds: agrees,
    confidence: CONFIDENCE,
    hypotheses,
    ...(reason !== undefined && { undecided: reason }),
  })
}

/**
 * No run with a leak fails.
 *
 * @param evidence - runs; failed: those that ended by themselves with an error; cut: those that a
 *   budget ended; missing runs; hypotheses, that there is a leak
 * @throws RangeError for a count outside its range
 * @returns `inapplicable` if a hypothesis fails, `inconclusive` without runs, while some are
 *   missing or if a budget ended one, and none failed
 *
 * @example
 * import { decideLeakSucceeds } from '@nonconvex/overparam'
 * const found = { runs: 50, failed: 0, cut: 0, missing: 0, hypotheses: [] }
 * console.log(decideLeakSucceeds(found).status) // → holds
 */
export function decideLeakSucceeds(evidence: {
  readonly runs: number
  readonly failed: number
  readonly cut: number
  readonly missing: number
  readonly hypotheses: readonly Hypothesis[]
}): Verdict {
  const { runs, failed, cut, missing, hypotheses } = evidence
  for (const name of ['runs', 'failed', 'cut', 'missing'] as const)
    naturalNumber('decideLeakSucceeds', name, evidence[name])
  const reason =
    failed > 0
      ? undefined
      : runs === 0
        ? 'nothing was run'
        : missing > 0
          ? `${counted(missing, 'run')} to come`
          : cut > 0
            ? `${readable(cut)} did not end by themselves`
            : undefined
  return decide(leakSucceeds, {
    statement: `${readable(failed)} of ${counted(runs, 'run')} fail`,
    measured: failed,
    relation: '<=',
    bound: 0,
    hypotheses,
    ...(reason !== undefined && { undecided: reason }),
  })
}
