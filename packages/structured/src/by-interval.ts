import { readable, type Evidence } from '@nonconvex/optim/claims'
import { NORMAL_95, type MeanWithError } from '@nonconvex/optim/statistics'

export const low = ({ mean, error }: MeanWithError): number => mean - NORMAL_95 * error
export const up = ({ mean, error }: MeanWithError): number => mean + NORMAL_95 * error

/** A mean with its interval, in words. */
export const interval = (d: MeanWithError | undefined): string =>
  d ? `${readable(d.mean, 3)} (${readable(low(d), 3)} to ${readable(up(d), 3)})` : 'unknown'

/** The item whose interval has the smallest lower end. */
export const least = (all: readonly MeanWithError[]): MeanWithError | undefined =>
  all.reduce<MeanWithError | undefined>(
    (found, one) => (found && low(found) <= low(one) ? found : one),
    undefined,
  )

/** The item whose interval has the largest upper end. */
export const most = (all: readonly MeanWithError[]): MeanWithError | undefined =>
  all.reduce<MeanWithError | undefined>(
    (found, one) => (found && up(found) >= up(one) ? found : one),
    undefined,
  )

type ByInterval = Pick<
  Evidence,
  'measured' | 'relation' | 'bound' | 'inequality' | 'confidence' | 'undecided'
>

const inside = 'an interval contains the bound; measure on more test examples'

/**
 * Whether all are at least `bound`: true if all intervals are above, false if a whole interval is
 * below, otherwise undecided.
 */
export function atLeast(all: readonly MeanWithError[], bound: number): ByInterval {
  const worst = least(all)
  const how = { relation: '>=', bound, confidence: 0.95 } as const
  if (!worst) return { ...how, measured: 0, undecided: 'nothing to compare' }
  const broken = all.some((d) => up(d) < bound)
  return {
    ...how,
    measured: low(worst),
    ...(!broken && low(worst) < bound && { undecided: inside }),
  }
}

/**
 * Whether all are at most `bound`: true if all intervals are below, false if a whole interval is
 * above, otherwise undecided.
 */
export function atMost(all: readonly MeanWithError[], bound: number): ByInterval {
  const worst = most(all)
  const how = { relation: '<=', bound, confidence: 0.95 } as const
  if (!worst) return { ...how, measured: 0, undecided: 'nothing to compare' }
  const broken = all.some((d) => low(d) > bound)
  return {
    ...how,
    measured: up(worst),
    ...(!broken && up(worst) > bound && { undecided: inside }),
  }
}

/** Accuracy of a rule minus that of the best one on the same examples, and the accuracy of the best. */
export interface OverBayes extends MeanWithError {
  readonly bayes: number
}

/**
 * Whether no accuracy exceeds that of the best rule, as theory says: false if a whole interval is
 * above. One that equals it in truth has an interval that contains 0; intervals that reach at most
 * `noise` above decide. Compared is the lower end of the accuracy that comes nearest.
 */
export function notAbove(over: readonly OverBayes[], noise: number, remedy: string): ByInterval {
  const how = { relation: '<=', inequality: true, confidence: 0.95 } as const
  if (over.length === 0) return { ...how, measured: 0, bound: 0, undecided: 'nothing to compare' }
  const nearest = over.reduce((a, b) => (low(b) > low(a) ? b : a))
  const [lower, upper] = [low(nearest), Math.max(...over.map(up))]
  return {
    ...how,
    measured: nearest.bayes + lower,
    bound: nearest.bayes,
    ...(lower <= 0 &&
      upper > noise && {
        undecided: `an interval reaches more than ${noise} above; ${remedy}`,
      }),
  }
}
