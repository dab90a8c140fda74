import { argumentError, checkCount, checkInteger } from '@nonconvex/tensor/check'
import { checkUpdates, type UpdateCounts } from './counts.js'

/** A run, as the table of its guarantees sees it. */
export interface GuaranteeRun extends UpdateCounts {
  /** whether it ended by itself, with loss 0 */
  readonly converged: boolean
  /** unused examples that end with y N(x) < 1, default 0; must be 0 if it converged */
  readonly errorsUnused?: number
  /**
   * What was done to the features with the sample in view, default 'nothing': 'scale', one factor
   * 1/max ‖x_i‖, counts the longest example to the updated ones; 'standardise' leaves only the
   * held-out error
   */
  readonly preprocessing?: 'nothing' | 'scale' | 'standardise'
  /** settings among which this one was chosen by looking at the sample, default 1 */
  readonly candidates?: number
  /**
   * Step budgets among which the run's was chosen by looking at the sample, default 1. Each is a
   * code, so that every certificate gets δ over their number; leave-one-out does not: a run that
   * ended by itself is the run with the largest of them
   */
  readonly budgets?: number
  /** B, a bound on the number of updates known without the sample */
  readonly theoremUpdates?: number
  /** the network, to compare with counting labellings */
  readonly network?: { readonly k: number; readonly d: number }
  /**
   * radius and norm of a separator of the whole distribution, to compare with the largest margin
   */
  readonly margin?: { readonly radius: number; readonly wStarNorm: number }
  /**
   * examples that the sample's separator of largest margin is made of, to compare with
   * leave-one-out of the network
   */
  readonly supportVectors?: number
  /**
   * errors y N(x) ≤ 0 on examples that nothing was chosen by. With `seen`, how many of them the
   * network was trained on and the lines of the first such pair in the files of held-out and of
   * training examples, they certify nothing
   */
  readonly heldOut?: {
    readonly errors: number
    readonly examples: number
    readonly seen?: { readonly count: number; readonly lines: readonly [number, number] }
  }
}

/** Counts with every default filled in, the longest example counted where it scales the others. */
export interface Settled extends GuaranteeRun {
  readonly errorsUnused: number
  readonly candidates: number
  readonly budgets: number
  readonly preprocessing: 'nothing' | 'scale' | 'standardise'
}

/** @throws RangeError naming what is outside its range or contradicts itself */
export function settleRun(fn: string, run: GuaranteeRun): Settled {
  checkUpdates(fn, run)
  const { n, distinct, converged, errorsUnused = 0, candidates = 1, budgets = 1 } = run
  const { preprocessing = 'nothing', theoremUpdates, supportVectors } = run
  checkCount(fn, 'candidates', candidates)
  checkCount(fn, 'budgets', budgets)
  checkInteger(fn, 'errorsUnused', errorsUnused, 0)
  if (errorsUnused > n - distinct)
    throw argumentError(
      'out-of-range',
      fn,
      'errorsUnused',
      `to be at most n − distinct = ${n - distinct}`,
      errorsUnused,
    )
  if (converged && errorsUnused > 0)
    throw argumentError(
      'out-of-range',
      fn,
      'errorsUnused',
      'to be 0 as the run converged',
      errorsUnused,
    )
  if (theoremUpdates !== undefined && !(theoremUpdates >= 0))
    throw argumentError('out-of-range', fn, 'theoremUpdates', 'to be ≥ 0', theoremUpdates)
  if (supportVectors !== undefined) {
    checkInteger(fn, 'supportVectors', supportVectors, 0)
    if (supportVectors > n)
      throw argumentError(
        'out-of-range',
        fn,
        'supportVectors',
        `to be at most n = ${n}`,
        supportVectors,
      )
  }
  const { seen, examples = 0 } = run.heldOut ?? {}
  if (seen !== undefined) {
    checkCount(fn, 'heldOut.seen.count', seen.count)
    if (seen.count > examples)
      throw argumentError(
        'out-of-range',
        fn,
        'heldOut.seen.count',
        `to be at most ${examples}`,
        seen.count,
      )
  }
  const settled = { ...run, errorsUnused, candidates, budgets, preprocessing }
  if (preprocessing !== 'scale') return settled
  const more = Math.min(n, distinct + 1)
  return {
    ...settled,
    updates: run.updates + 1,
    distinct: more,
    errorsUnused: Math.min(errorsUnused, n - more),
    ...(theoremUpdates !== undefined && { theoremUpdates: theoremUpdates + 1 }),
  }
}
