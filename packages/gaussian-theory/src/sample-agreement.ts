import { hypothesis, readable, type Evidence, type Hypothesis } from '@nonconvex/optim/claims'

/** The largest deviation of a sample mean that is allowed, in standard errors. */
export const zBound = 4.5
/** The probability that a standard normal variable exceeds this in absolute value. */
const Z_TAIL = 6.795346e-6
/**
 * The smallest number of draws: means of fewer are too skewed for normal tails, since squares of
 * products of normal variables are heavy-tailed.
 */
const FEWEST_SAMPLES = 10_000

/** Closed-form values and sample means, entry by entry. */
export interface SampleComparison {
  readonly exact: readonly number[]
  readonly mean: readonly number[]
  /** standard error of each mean */
  readonly error: readonly number[]
}

/**
 * The standard scores (mean − exact)/error of all entries; 0 where the mean is exact and the error
 * is 0.
 */
export function zScores({ exact, mean, error }: SampleComparison): number[] {
  return exact.map((x, i) => (mean[i] === x ? 0 : (mean[i] - x) / error[i]))
}

/** Sample means and the numbers that they estimate. */
export interface AgreementFacts extends SampleComparison {
  /** number of draws in each mean */
  readonly samples: number
  /** hypotheses of the closed form: patches share no coordinate */
  readonly hypotheses?: readonly Hypothesis[]
}

/**
 * Evidence that sample means agree with a closed form: each mean is within 4.5 standard errors. The
 * confidence is that of normal means with a union bound; with fewer than 10,000 draws the claim is
 * inapplicable.
 */
export function agreement({ samples, hypotheses = [], ...comparison }: AgreementFacts): Evidence {
  const z = zScores(comparison).map(Math.abs)
  if (z.length === 0)
    return {
      statement: `no mean of ${readable(samples)} samples can be compared`,
      undecided: 'too few samples',
      hypotheses,
    }
  const measured = Math.max(...z)
  return {
    statement: `max ${readable(measured, 3)} standard errors over ${readable(z.length)} ${z.length === 1 ? 'mean' : 'means'} of ${readable(samples)} samples (limit ${zBound})`,
    measured,
    relation: '<=',
    bound: zBound,
    confidence: 1 - z.length * Z_TAIL,
    hypotheses: [
      ...hypotheses,
      hypothesis(
        'at least 10,000 samples, so that means are normal',
        samples >= FEWEST_SAMPLES,
        samples,
      ),
    ],
  }
}
