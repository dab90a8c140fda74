import { readable } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import { rules, type GuaranteeId, type Promised, type Rule } from './guarantee-rows.js'
import { settleRun, type GuaranteeRun, type Settled } from './guarantee-run.js'

/** A guarantee that a run has, with its status. */
export interface Guarantee {
  readonly id: GuaranteeId
  readonly title: string
  readonly promise: Promised
  /** 'margin': y N(x) < 1, which includes the error y N(x) ≤ 0 */
  readonly event: 'margin' | 'error'
  /**
   * 'weak' from `majorityError` on, the error of always answering the most frequent class; 'vacuous'
   * from 1 on; 'inapplicable' if a hypothesis fails
   */
  readonly status: 'informative' | 'weak' | 'vacuous' | 'inapplicable'
  /** at confidence 1 − δ individually; may exceed 1; absent if inapplicable */
  readonly bound?: number
  /** its source, or why it is vacuous or inapplicable */
  readonly why: string
}

/** The guarantees of a run, with the best of them. */
export interface GuaranteeTable {
  readonly guarantees: readonly Guarantee[]
  /** the smallest certificate, with δ divided; absent if none is below 1 */
  readonly best?: {
    readonly id: GuaranteeId
    readonly bound: number
    /** δ divided by the number of certificates it was chosen from */
    readonly delta: number
  }
  readonly statement: string
}

/**
 * What a bound b on the error is worth, beside the error m of always answering the most frequent
 * class: 'informative' for b < m, 'weak' for m ≤ b < 1, 'vacuous' from 1 on.
 *
 * @param majorityError - m on the training examples, in [0, 1)
 *
 * Cost: O(1).
 *
 * @example
 * import { boundStatus } from '@nonconvex/overparam/generalization'
 * // nine of ten examples have one class
 * console.log(boundStatus(0.2, 0.1), boundStatus(0.2, 0.5)) // → weak informative
 */
export const boundStatus = (
  bound: number,
  majorityError: number,
): 'informative' | 'weak' | 'vacuous' =>
  bound >= 1 ? 'vacuous' : bound >= majorityError ? 'weak' : 'informative'

/** A bound below 1 with three digits, or with as many as show that it is below 1. */
function boundText(bound: number): string {
  let digits = 3
  while (digits < 17 && Number(bound.toPrecision(digits)) >= 1) digits++
  return readable(bound, digits)
}

/**
 * The bound of a rule, with δ divided by the number of settings or budgets among which the sample
 * decided.
 */
const boundOf = (rule: Rule, run: Settled, delta: number): number =>
  rule.bound(run, rule.spared ? delta : delta / (run.candidates * power(run.budgets, run.networks)))

const whyOf = (rule: Rule, run: Settled): string =>
  rule.promise === 'certificate' && !rule.spared && run.budgets > 1
    ? `${rule.cost(run)}; at δ/${readable(run.budgets)}${run.networks > 1 ? `^${run.networks}` : ''}, as the sample chose one of ${readable(run.budgets)} step budgets${run.networks > 1 ? ' for each network' : ''}`
    : rule.cost(run)

function guarantee(rule: Rule, run: Settled): Guarantee {
  const { id, title, promise, event } = rule
  const unmet = rule.unmet(run)
  if (unmet !== undefined) return { id, title, promise, event, status: 'inapplicable', why: unmet }
  const bound = boundOf(rule, run, run.delta)
  return {
    id,
    title,
    promise,
    event,
    status: boundStatus(bound, run.majorityError),
    bound,
    why: whyOf(rule, run),
  }
}

/**
 * Compares all guarantees of a run: finds the best one, and gives the reason for each vacuous one.
 *
 * The best of m candidates is chosen after their values are known, so each uses δ/m (union bound),
 * and the best holds with probability ≥ 1 − δ. The candidates do not depend on the run, only on the
 * options: blocks, sequence and agnostic always, published, growth and held-out if their numbers
 * are given. Certificates of y N(x) < 1 also bound the error, but not conversely.
 *
 * @param run - counts, and numbers for comparison; see `GuaranteeRun`
 * @throws RangeError for a count outside its range, or errors of a run that converged
 *
 * Cost: O(n).
 *
 * @example
 * import { compareGuarantees } from '@nonconvex/overparam/generalization'
 * const run = { n: 4000, updates: 1163, distinct: 347, converged: true, delta: 0.05 }
 * const table = compareGuarantees({ ...run, theoremUpdates: 183_000, network: { k: 100, d: 784 } })
 * console.log(table.statement) // → with probability 0.95 at most 0.218 of new examples are errors or have y N(x) < 1 (compression bound: updated examples, in blocks)
 * const silent = table.guarantees.filter(({ status }) => status === 'vacuous')
 * console.log(silent.map(({ id }) => id).join(' ')) // → published growth leave-one-out-theorem published-observed
 */
export function compareGuarantees(run: GuaranteeRun): GuaranteeTable {
  const settled = settleRun('compareGuarantees', run)
  const wanted = rules.filter((rule) => rule.wanted?.(settled) ?? true)
  const guarantees = wanted.map((rule) => guarantee(rule, settled))
  const field = wanted.filter(({ promise, dominated }) => promise === 'certificate' && !dominated)
  const delta = run.delta / field.length
  const bounds = field
    .filter((rule) => rule.unmet(settled) === undefined)
    .map((rule) => ({ rule, bound: boundOf(rule, settled, delta) }))
    .filter(({ bound }) => bound < 1)
  if (bounds.length === 0) return { guarantees, statement: 'no certificate is below 1' }
  const { rule, bound } = bounds.reduce((a, b) => (b.bound < a.bound ? b : a))
  const any = settled.networks > 1 ? ` for at least one of the ${settled.networks} networks` : ''
  const what = rule.event === 'margin' ? `are errors or have y N(x) < 1${any}` : 'are errors'
  return {
    guarantees,
    best: { id: rule.id, bound, delta },
    statement: `with probability ${readable(1 - run.delta)} at most ${boundText(bound)} of new examples ${what} (${rule.title.charAt(0).toLowerCase()}${rule.title.slice(1)})`,
  }
}
