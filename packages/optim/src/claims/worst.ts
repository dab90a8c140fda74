import type { Status } from './verdict.js'

const order: readonly Status[] = ['violated', 'inconclusive', 'inapplicable', 'holds']

/**
 * The status of several verdicts taken together: the first of violated, inconclusive, inapplicable,
 * holds that occurs. Of no verdicts at all it is inconclusive, because nothing was checked.
 *
 * @example
 * import { worst } from '@nonconvex/optim/claims'
 * console.log(worst([{ status: 'holds' }, { status: 'inapplicable' }])) // → inapplicable
 */
export function worst(verdicts: readonly { readonly status: Status }[]): Status {
  for (const status of order) if (verdicts.some((v) => v.status === status)) return status
  return 'inconclusive'
}
