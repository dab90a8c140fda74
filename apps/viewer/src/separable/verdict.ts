import {
  globalMinimum,
  theoremHypotheses,
  updatesBounded,
  type RunFacts,
} from '@nonconvex/overparam'
import { verdictOn, type Verdict } from '@nonconvex/optim/claims'
import type { Snapshot } from './training.js'

const isSeparable = { separable: 'yes', inseparable: 'no', undecided: 'unknown' } as const

/** What a run says of the theorem. */
export function verdictsOf({ problem, status, updates, loss }: Snapshot): readonly Verdict[] {
  const { examples, options, bound } = problem
  const { separable } = examples
  const { k, alpha } = options
  const run: RunFacts = {
    name: `k = ${k}`,
    k,
    // a run that is stuck has not reached its limit, and never converges
    status: status === 'stuck' ? 'max-steps' : status,
    updates,
    loss,
    ...bound,
  }
  const hypotheses = theoremHypotheses({
    separable: isSeparable[separable.kind],
    alpha,
    ...(separable.kind === 'separable' && { gamma: separable.lo }),
  })
  return [updatesBounded, globalMinimum].map((claim) =>
    verdictOn(claim, { runs: [run], hypotheses }),
  )
}
