import type { Status } from './verdict.js'

const order: readonly Status[] = ['violated', 'inconclusive', 'inapplicable', 'holds']

/**
 * The combined status of several verdicts: the first of violated, inconclusive, inapplicable, holds
 * that occurs. Without verdicts it is inconclusive.
 *
 * @example
 * import { worst } from '@nonconvex/optim/claims'
 * console.log(worst([{ status: 'holds' }, { status: 'inapplicable' }])) // → inapplicable
 */
export function worst(verdicts: readonly { readonly status: Status }[]): Status {
  for (const status of order) if (verdicts.some((v) => v.status === status)) return status
  return 'inconclusive'
}
