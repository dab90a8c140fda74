import { argumentError, checkCount, checkInteger } from '@nonconvex/tensor/check'
import { checkUpdates, type UpdateCounts } from '@nonconvex/optim/statistics'

/** The facts of a run from which its guarantees follow. */
export interface GuaranteeRun extends UpdateCounts {
  /** whether it converged, with loss 0 */
  readonly converged: boolean
  /** unused examples that end with y N(x) < 1, default 0; must be 0 if it converged */
  readonly errorsUnused?: number
  /**
   * Preprocessing that depends on the sample, default 'nothing': 'scale', one factor 1/max ‖x_i‖,
   * adds the longest example to the updated ones; with 'standardise' only the held-out error is
   * certified
   */
  readonly preprocessing?: 'nothing' | 'scale' | 'standardise'
  /** number of settings among which this one was chosen on the sample, default 1 */
  readonly candidates?: number
  /**
   * Number of step budgets among which that of the run was chosen on the sample, default 1. Every
   * certificate uses δ over their number; leave-one-out does not, as a run that converged equals
   * the run with the largest budget
   */
  readonly budgets?: number
  /**
   * Number of networks that are trained on the same examples, one for each of several classes,
   * default 1. c then counts the examples that any of them was updated on, from which all can be
   * trained again; y N(x) < 1 is the event for any of them; each chose its budget; and bounds by the
   * list of updates are not requested
   */
  readonly networks?: number
  /**
   * Error on the sample of always answering its most frequent class, in [0, 1), default ½: a bound
   * below it is informative
   */
  readonly majorityError?: number
  /** B, an a priori bound on the number of updates */
  readonly theoremUpdates?: number
  /** the network, for the growth function bound */
  readonly network?: { readonly k: number; readonly d: number }
  /**
   * radius and norm of a separator of the whole distribution, for the max-margin bound
   */
  readonly margin?: { readonly radius: number; readonly wStarNorm: number }
  /**
   * number of support vectors of the max-margin separator, for comparison with leave-one-out of the
   * network
   */
  readonly supportVectors?: number
  /**
   * errors y N(x) ≤ 0 on held-out examples. With `seen`, the number of them that are training
   * examples and the lines of the first such pair in both files, they certify nothing
   */
  readonly heldOut?: {
    readonly errors: number
    readonly examples: number
    readonly seen?: { readonly count: number; readonly lines: readonly [number, number] }
  }
}

/**
 * The counts with their defaults filled in; c includes the longest example if all rows are scaled
 * by its norm.
 */
export interface Settled extends GuaranteeRun {
  readonly errorsUnused: number
  readonly candidates: number
  readonly budgets: number
  readonly networks: number
  readonly majorityError: number
  readonly preprocessing: 'nothing' | 'scale' | 'standardise'
}

/** @throws RangeError naming the number that is out of range or inconsistent */
export function settleRun(fn: string, run: GuaranteeRun): Settled {
  checkUpdates(fn, run)
  const {
    n,
    distinct,
    converged,
    errorsUnused = 0,
    candidates = 1,
    budgets = 1,
    networks = 1,
    majorityError = 0.5,
  } = run
  const { preprocessing = 'nothing', theoremUpdates, supportVectors } = run
  checkCount(fn, 'candidates', candidates)
  checkCount(fn, 'budgets', budgets)
  checkCount(fn, 'networks', networks)
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
  if (!(majorityError >= 0 && majorityError < 1))
    throw argumentError('out-of-range', fn, 'majorityError', 'to be in [0, 1)', majorityError)
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
  const settled = {
    ...run,
    errorsUnused,
    candidates,
    budgets,
    networks,
    majorityError,
    preprocessing,
  }
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
