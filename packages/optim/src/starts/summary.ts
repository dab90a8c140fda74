import type { Outcome, RunStatus } from '../run/outcome.js'

/** What became of many runs. */
export interface Summary {
  readonly count: number
  /** how many ended with each status; statuses that did not occur are left out */
  readonly statuses: { readonly [status in RunStatus]?: number }
  /**
   * steps of the runs that converged; absent if none did. The median of an even number is the lower
   * one
   */
  readonly steps?: { readonly min: number; readonly median: number; readonly max: number }
}

/**
 * Counts statuses and orders step numbers.
 *
 * @example
 * import { summarise } from '@nonconvex/optim'
 * console.log(summarise([{ status: 'converged', step: 7 }, { status: 'aborted', step: 3 }]).statuses)
 * // → { converged: 1, aborted: 1 }
 */
export function summarise(outcomes: readonly Pick<Outcome<unknown>, 'status' | 'step'>[]): Summary {
  const statuses: { [status in RunStatus]?: number } = {}
  for (const { status } of outcomes) statuses[status] = (statuses[status] ?? 0) + 1
  const steps = outcomes.filter((o) => o.status === 'converged').map((o) => o.step)
  steps.sort((a, b) => a - b)
  const count = outcomes.length
  if (steps.length === 0) return { count, statuses }
  const median = steps[Math.floor((steps.length - 1) / 2)]
  return { count, statuses, steps: { min: steps[0], median, max: steps[steps.length - 1] } }
}
