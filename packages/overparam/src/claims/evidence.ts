import {
  decide,
  hypothesis,
  counted,
  type Claim,
  type Hypothesis,
  type Verdict,
} from '@nonconvex/optim/claims'
import type { BoundSetting } from '../bounds/setting.js'
import type { UpdateBounds } from '../bounds/update-bounds.js'
import type { SgdStatus, SmallestRoom } from '../sgd/outcome.js'

/**
 * What is known about the data: a separator with margin γ, a proof that there is none, or neither.
 */
export type Separable = 'yes' | 'no' | 'unknown'

/**
 * The hypotheses of the theorem, as found: the data are separable with margin γ > 0, the leak is in
 * (0, 1], the order of visits was fixed without looking at the data (true of every `Order`).
 *
 * @param found - separable, with γ = min_i y_i w*·x_i of the best vector known where there is one;
 *   alpha
 *
 * @example
 * import { theoremHypotheses } from '@nonconvex/overparam'
 * const found = theoremHypotheses({ separable: 'unknown', alpha: 0 })
 * console.log(found.map(({ status }) => status)) // → [ 'assumed', 'fails', 'holds' ]
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
  /** how sentences name it: 'k = 10, seed 2' */
  readonly name: string
  readonly k: number
  /** runs on the same data: bounds are compared within a group only */
  readonly group?: string
  readonly status: SgdStatus
  readonly updates: number
  /** mean hinge loss over the training set, computed again after the run */
  readonly loss: number
  /** absent where the theorem has no bound (α = 0, no separator) */
  readonly bounds?: UpdateBounds
  /** what the bounds follow from; `decideIndependence` compares only runs that have it */
  readonly setting?: BoundSetting
  /** smallest room of every monitor, of a traced run */
  readonly rooms?: readonly SmallestRoom[]
}

/**
 * What a verdict is made from: the runs so far, how many are missing, and the hypotheses as found.
 */
export interface Evidence {
  readonly runs: readonly RunFacts[]
  readonly missing: number
  readonly hypotheses: readonly Hypothesis[]
}

/** Why a claim that no run contradicts cannot be told yet, if so. */
export function open(
  { runs, missing }: Evidence,
  cutOff: boolean,
): { readonly undecided?: string } {
  const cut = cutOff ? runs.filter((run) => run.status !== 'converged').length : 0
  const reasons = [
    ...(missing > 0 ? [`${counted(missing, 'run')} to come`] : []),
    ...(cut > 0 ? [`${cut} of ${counted(runs.length, 'run')} did not end by themselves`] : []),
  ]
  return reasons.length > 0 ? { undecided: reasons.join(', ') } : {}
}

/** The run with the largest of a number. */
export const most = (runs: readonly RunFacts[], of: (run: RunFacts) => number): RunFacts =>
  runs.reduce((a, b) => (of(b) > of(a) ? b : a))

/** The verdict before anything was run. */
export const noRuns = (claim: Claim, evidence: Evidence): Verdict =>
  decide(claim, {
    statement: 'no runs yet',
    hypotheses: evidence.hypotheses,
    undecided: 'nothing was run',
  })
