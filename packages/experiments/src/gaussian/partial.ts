import { decide, type Claim, type Verdict } from '@nonconvex/optim/claims'

/** How many of the cells that a claim depends on have rows. */
export interface Progress {
  readonly done: number
  readonly total: number
}

/**
 * A verdict on the rows so far: what would hold is inconclusive until all rows are there; a
 * violation and a failing hypothesis stand as they are.
 */
export function soFar(claim: Claim, { done, total }: Progress, verdict: () => Verdict): Verdict {
  if (done === 0)
    return decide(claim, { statement: `0 of ${total} parts are done`, undecided: 'no rows yet' })
  const found = verdict()
  if (done >= total || found.status !== 'holds') return found
  const statement = `${found.statement}; undecided: ${done} of ${total} parts are done`
  return { ...found, status: 'inconclusive', statement }
}
