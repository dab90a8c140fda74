import { hypothesis, readable, type Evidence, type Hypothesis } from '@nonconvex/optim/claims'

/** Largest deviation of a sample mean, in standard errors. */
export const zBound = 4.5
/** the chance that a normal variable is off by more */
const Z_TAIL = 6.795346e-6
/**
 * Of fewer draws the means are too skewed for normal tails: squares of products of normal numbers
 * are heavy.
 */
const FEWEST_SAMPLES = 10_000

/** A closed form and a sample mean, entry by entry. */
export interface SampleComparison {
  readonly exact: readonly number[]
  readonly mean: readonly number[]
  /** standard error of each mean */
  readonly error: readonly number[]
}

/** (mean − exact)/error of every entry; 0 where all three are equal. */
export function zScores({ exact, mean, error }: SampleComparison): number[] {
  return exact.map((x, i) => (mean[i] === x ? 0 : (mean[i] - x) / error[i]))
}

/** Sample means and the numbers that they estimate. */
export interface AgreementFacts extends SampleComparison {
  /** draws behind each mean */
  readonly samples: number
  /** hypotheses of the closed form: patches share no coordinate */
  readonly hypotheses?: readonly Hypothesis[]
}

/**
 * Evidence that sample means agree with a closed form: every one within 4.5 standard errors. The
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
