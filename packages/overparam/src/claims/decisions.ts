import { decide, readable } from '@nonconvex/optim'
import type { Claim, Verdict } from '@nonconvex/optim'
import { globalMinimum, updatesBounded } from './claims.js'
import { count, most, noRuns, open } from './evidence.js'
import type { Evidence, RunFacts } from './evidence.js'

/**
 * U ≤ B on every run, B the best of the four bounds rounded down; the numbers are those of the run that used
 * most of its bound. A run above its bound violates the claim even if others are missing or were cut off.
 */
export function decideUpdates(evidence: Evidence): Verdict {
  const { runs, hypotheses } = evidence
  if (runs.length === 0) return noRuns(updatesBounded, evidence)
  const allowedOf = (run: RunFacts): number => Math.floor(run.bounds?.best ?? Infinity)
  const worst = most(runs, (run) => run.updates / allowedOf(run))
  const allowed = allowedOf(worst)
  const largest = Math.max(...runs.map((run) => run.updates))
  return decide(updatesBounded, {
    statement: `${count(largest, 'update')} at most in ${count(runs.length, 'run')}; closest to its bound: ${worst.name}, ${readable(worst.updates)} of ${readable(allowed)} allowed`,
    measured: worst.updates,
    relation: '<=',
    bound: allowed,
    hypotheses,
    ...(worst.updates <= allowed && open(evidence, true)),
  })
}

/** Loss exactly 0 at the end of every run. */
export function decideGlobalMinimum(evidence: Evidence): Verdict {
  const { runs, hypotheses } = evidence
  if (runs.length === 0) return noRuns(globalMinimum, evidence)
  const worst = most(runs, (run) => run.loss)
  const zero = runs.filter((run) => run.loss === 0).length
  const broken = runs.some((run) => run.status === 'converged' && run.loss !== 0)
  return decide(globalMinimum, {
    statement: `the loss is exactly 0 at the end of ${zero} of ${count(runs.length, 'run')}${worst.loss > 0 ? `; ${readable(worst.loss)} with ${worst.name}` : ''}`,
    measured: worst.loss,
    relation: '<=',
    bound: 0,
    hypotheses,
    ...(!broken && open(evidence, true)),
  })
}

/**
 * A claim about every update (lower line, envelope, Cauchy–Schwarz, identities): the smallest room over all
 * monitors of the claim and all runs is not negative, rounding of 1e-9 included.
 *
 * @param claim - one of those that `potentialMonitors` watches
 */
export function decidePotential(claim: Claim, evidence: Evidence): Verdict {
  const { runs, hypotheses } = evidence
  const rooms = runs.flatMap((run) =>
    (run.rooms ?? [])
      .filter((room) => room.claim === claim.id)
      .map((room) => ({ ...room, name: run.name })),
  )
  if (rooms.length === 0) return noRuns(claim, evidence)
  const least = rooms.reduce((a, b) => (b.room < a.room ? b : a))
  const updates = runs.reduce((sum, run) => sum + run.updates, 0)
  return decide(claim, {
    statement: `checked at ${count(updates, 'update')}; smallest slack ${readable(least.room, 3)} at update ${readable(least.update)} with ${least.name}`,
    measured: least.room,
    relation: '>=',
    bound: 0,
    hypotheses,
    ...(least.room >= 0 && open(evidence, false)),
  })
}
