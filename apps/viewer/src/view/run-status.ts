import type { Status } from '@nonconvex/optim/claims'
import type { Run } from '../state/run.js'

/** The status of a claim, of a run under way, or nothing yet. */
export type MarkStatus = Status | 'running' | 'none'

const worstFirst: readonly Status[] = ['violated', 'inconclusive', 'inapplicable', 'holds']

/**
 * One mark for an experiment: the worst verdict of its run; before one, of the stored result.
 */
export function runStatus(run: Run | undefined, stored: readonly Status[]): MarkStatus {
  if (run?.status === 'running') return 'running'
  return worstStatus(run?.conclusion?.verdicts ?? stored.map((status) => ({ status })))
}

/** The worst of some verdicts; none if there are none. */
export function worstStatus(verdicts: readonly { readonly status: Status }[]): MarkStatus {
  return worstFirst.find((status) => verdicts.some((v) => v.status === status)) ?? 'none'
}

/** While a run goes on, an inconclusive claim is still open. */
export function verdictStatus(status: Status, running: boolean): MarkStatus {
  return running && status === 'inconclusive' ? 'running' : status
}

/**
 * '3 hold, 1 inconclusive': the verdicts counted, in words; while the run goes on, '3 hold, 1 still
 * open'.
 */
export function countsText(
  verdicts: readonly { readonly status: Status }[],
  running: boolean,
): string {
  const count = (status: Status) => verdicts.filter((v) => v.status === status).length
  const words: [Status, string][] = [
    ['violated', 'violated'],
    ['holds', count('holds') === 1 ? 'holds' : 'hold'],
    ['inapplicable', 'inapplicable'],
    ['inconclusive', running ? 'still open' : 'inconclusive'],
  ]
  return words
    .filter(([status]) => count(status) > 0)
    .map(([status, word]) => `${count(status)} ${word}`)
    .join(', ')
}
