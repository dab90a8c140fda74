import { decide, hypothesis, readable } from '@nonconvex/optim'
import type { Hypothesis, Verdict } from '@nonconvex/optim'
import type { UpdateBounds } from '../bounds/update-bounds.js'
import type { SgdStatus } from '../sgd/outcome.js'
import { boundIndependentOfWidth, globalMinimum, updatesBounded } from './claims.js'

/** What is known about the data: a separator with margin γ, a proof that there is none, or neither. */
export type Separable = 'yes' | 'no' | 'unknown'

/**
 * The hypotheses of the theorem, as found: the data are separable with margin γ > 0, the leak is in
 * (0, 1], the order of visits was fixed without looking at the data (true of every `Order`).
 *
 * @param found - separable, with γ = min_i y_i w*·x_i of the best vector known where there is one; alpha
 */
export function theoremHypotheses(found: {
  readonly separable: Separable
  readonly gamma?: number
  readonly alpha: number
}): readonly Hypothesis[] {
  const { separable, gamma, alpha } = found
  return [
    hypothesis(
      'a separator through the origin exists, margin γ > 0',
      separable === 'unknown' ? 'assumed' : separable === 'yes',
      gamma,
    ),
    hypothesis('the leak α is in (0, 1]', alpha > 0 && alpha <= 1, alpha),
    hypothesis('the order of visits is fixed without looking at the data', true),
  ]
}

/** One run, as the verdicts see it. */
export interface RunFacts {
  readonly k: number
  readonly status: SgdStatus
  readonly updates: number
  /** mean hinge loss over the training set, computed again after the run */
  readonly loss: number
  /** absent where the theorem has no bound (α = 0, no separator) */
  readonly bounds?: UpdateBounds
}

const share = (run: RunFacts): number => run.updates / (run.bounds?.best ?? Infinity)

/**
 * U ≤ B on every run; the statement is about the run that used most of its bound. A run that was cut off
 * below its bound leaves the claim undecided, one above its bound violates it.
 *
 * @throws RangeError for no runs
 */
export function decideUpdates(
  runs: readonly RunFacts[],
  hypotheses: readonly Hypothesis[],
): Verdict {
  if (runs.length === 0) throw new RangeError('decideUpdates: expected at least one run, got none')
  const worst = runs.reduce((a, b) => (share(b) > share(a) ? b : a))
  const open = runs.filter((run) => run.status !== 'converged' && share(run) <= 1)
  const allowed = worst.bounds ? Math.floor(worst.bounds.best) : Infinity
  const most = Math.max(...runs.map((run) => run.updates))
  return decide(updatesBounded, {
    statement: `${readable(most)} updates at most; k = ${worst.k} came closest to its bound: ${readable(worst.updates)} of ${readable(allowed)} allowed`,
    measured: worst.updates,
    relation: '<=',
    bound: allowed,
    hypotheses,
    ...(open.length > 0 &&
      share(worst) <= 1 && { undecided: `${open.length} of ${runs.length} runs were cut off` }),
  })
}

/**
 * Loss exactly 0 on every run; no hypothesis is needed to check it, but the theorem promises it under them.
 *
 * @throws RangeError for no runs
 */
export function decideGlobalMinimum(
  runs: readonly RunFacts[],
  hypotheses: readonly Hypothesis[],
): Verdict {
  if (runs.length === 0)
    throw new RangeError('decideGlobalMinimum: expected at least one run, got none')
  const worst = runs.reduce((a, b) => (b.loss > a.loss ? b : a))
  const open = runs.filter((run) => run.status === 'max-steps' || run.status === 'aborted')
  return decide(globalMinimum, {
    statement:
      worst.loss === 0
        ? `the loss is exactly 0 at the end of ${runs.length} of ${runs.length} runs`
        : `the loss is ${readable(worst.loss)} at the end of the run with k = ${worst.k}`,
    measured: worst.loss,
    relation: '<=',
    bound: 0,
    hypotheses,
    ...(open.length > 0 && { undecided: `${open.length} of ${runs.length} runs were cut off` }),
  })
}

/** Relative change over k that counts as constant. */
const CONSTANT = 0.01

/**
 * Every bound changes by at most 1 % from the smallest to the largest width. It is a statement about the
 * scaling v = 1/√(2k), rows of the start of size 1/√(2k): others have bounds that do depend on k.
 *
 * @throws RangeError for no runs
 */
export function decideIndependence(
  runs: readonly RunFacts[],
  hypotheses: readonly Hypothesis[],
): Verdict {
  if (runs.length === 0)
    throw new RangeError('decideIndependence: expected at least one run, got none')
  const widths = new Set(runs.map((run) => run.k))
  const names = ['paper', 'quad', 'slope', 'disp'] as const
  const spreads = names.map((name) => {
    const values = runs.flatMap((run) => (run.bounds ? [run.bounds[name]] : []))
    return { name, spread: values.length > 0 ? Math.max(...values) / Math.min(...values) - 1 : NaN }
  })
  const worst = spreads.reduce((a, b) => (b.spread > a.spread ? b : a))
  return decide(boundIndependentOfWidth, {
    statement: `the four bounds change by at most ${readable(100 * worst.spread, 2)} % from k = ${Math.min(...widths)} to ${Math.max(...widths)}; 1 % allowed`,
    measured: worst.spread,
    relation: '<=',
    bound: CONSTANT,
    hypotheses,
    ...(widths.size < 2 && { undecided: 'one width only' }),
  })
}
