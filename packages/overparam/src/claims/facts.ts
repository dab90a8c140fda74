import { counted, hypothesis, type Evidence, type Hypothesis } from '@nonconvex/optim/claims'
import type { BoundSetting } from '../bounds/setting.js'
import type { UpdateBounds } from '../bounds/update-bounds.js'
import type { SgdStatus, SmallestRoom } from '../sgd/outcome.js'

/**
 * The separability of the data: 'yes' with a separator of margin γ, 'no' with a proof that there is
 * none, or 'unknown'.
 */
export type Separable = 'yes' | 'no' | 'unknown'

/**
 * The hypotheses of the theorem with their status: the data are separable with margin γ > 0, α is
 * in (0, 1], and the order of visits is independent of the data (as every `Order` is).
 *
 * @param found - separable, with γ = min_i y_i w*·x_i of the best vector known where there is one;
 *   alpha
 *
 * @example
 * import { theoremHypotheses } from '@nonconvex/overparam'
 * const found = theoremHypotheses({ separable: 'unknown', alpha: 0 })
 * console.log(found.map(({ status }) => status)) // → [ 'assumed', 'fails', 'by construction' ]
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
    hypothesis('the leaky ReLU slope α is in (0, 1]', alpha > 0 && alpha <= 1, alpha),
    hypothesis('the order of visits is fixed without looking at the data', 'by construction'),
  ]
}

/** The facts of one run for the claims. */
export interface RunFacts {
  /** its name in statements: 'k = 10, seed 2' */
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
  /**
   * the numbers that determine the bounds; `boundIndependentOfWidth` compares only runs that have
   * it
   */
  readonly setting?: BoundSetting
  /** smallest room of every monitor, of a traced run */
  readonly rooms?: readonly SmallestRoom[]
}

/** The facts that decide the theorem: the runs and the status of its hypotheses. */
export interface TheoremFacts {
  readonly runs: readonly RunFacts[]
  readonly hypotheses: readonly Hypothesis[]
}

/** The reason why a claim is inconclusive if runs reached the step limit. */
export const cutOff = (
  runs: readonly { readonly status: SgdStatus }[],
): { readonly undecided?: string } =>
  reachedLimit(runs.filter(({ status }) => status !== 'converged').length, runs.length)

/** The reason why a claim is inconclusive, from the number of runs that reached the step limit. */
export const reachedLimit = (cut: number, all: number): { readonly undecided?: string } =>
  cut > 0 ? { undecided: `${cut} of ${counted(all, 'run')} reached the step limit` } : {}

/** Inconclusive evidence, if there is no case to decide. */
export const nothing = (what: string, hypotheses: readonly Hypothesis[] = []): Evidence => ({
  statement: `no ${what}`,
  hypotheses,
  undecided: 'there is nothing to compare',
})

/** The item with the largest value of a number; the first one if there are several. */
export const most = <T>(items: readonly T[], of: (item: T) => number): T =>
  items.reduce((a, b) => (of(b) > of(a) ? b : a))
