import { decide, readable, type Claim, type Verdict, counted } from '@nonconvex/optim/claims'
import { globalMinimum, updateIdentities, updatesBounded } from './claims.js'
import { most, noRuns, open, type Evidence, type RunFacts } from './evidence.js'
import { TOLERANCE } from './potential-monitors.js'

/**
 * U ≤ B on every run, B the best of the four bounds rounded down; the numbers are those of the run
 * that used most of its bound. A run above its bound violates the claim even if others are missing
 * or were cut off.
 *
 * @returns `inconclusive` if a run has no bounds, is missing, or was cut off
 *
 * @example
 * import { decideUpdates, theoremHypotheses } from '@nonconvex/overparam'
 * const bounds = { paper: 90, quad: 80, slope: 20, disp: 30, best: 20, which: 'slope' }
 * const run = { name: 'k = 1', k: 1, status: 'converged', updates: 9, loss: 0, bounds }
 * const hypotheses = theoremHypotheses({ separable: 'yes', gamma: 0.1, alpha: 0.1 })
 * console.log(decideUpdates({ runs: [run], missing: 0, hypotheses }).status) // → holds
 */
export function decideUpdates(evidence: Evidence): Verdict {
  const { runs, hypotheses } = evidence
  if (runs.length === 0) return noRuns(updatesBounded, evidence)
  const allowedOf = (run: RunFacts): number => Math.floor(run.bounds?.best ?? Infinity)
  const worst = most(runs, (run) => run.updates / allowedOf(run))
  const allowed = allowedOf(worst)
  const largest = Math.max(...runs.map((run) => run.updates))
  return decide(updatesBounded, {
    statement: `${counted(largest, 'update')} at most in ${counted(runs.length, 'run')}; closest to its bound: ${worst.name}, ${readable(worst.updates)} of ${readable(allowed)} allowed`,
    measured: worst.updates,
    relation: '<=',
    bound: allowed,
    hypotheses,
    ...(worst.updates <= allowed && open(evidence, true)),
  })
}

/**
 * Loss exactly 0 at the end of every run.
 *
 * @returns `violated` if a run that converged has a positive loss, `inconclusive` if the budget
 *   ended one
 *
 * @example
 * import { decideGlobalMinimum, theoremHypotheses } from '@nonconvex/overparam'
 * const run = { name: 'k = 1', k: 1, status: 'max-steps', updates: 9, loss: 0.5 }
 * const hypotheses = theoremHypotheses({ separable: 'yes', gamma: 0.1, alpha: 0.1 })
 * const { status } = decideGlobalMinimum({ runs: [run], missing: 0, hypotheses })
 * console.log(status) // → inconclusive
 */
export function decideGlobalMinimum(evidence: Evidence): Verdict {
  const { runs, hypotheses } = evidence
  if (runs.length === 0) return noRuns(globalMinimum, evidence)
  const worst = most(runs, (run) => run.loss)
  const zero = runs.filter((run) => run.loss === 0).length
  const broken = runs.some((run) => run.status === 'converged' && run.loss !== 0)
  return decide(globalMinimum, {
    statement: `the loss is exactly 0 at the end of ${zero} of ${counted(runs.length, 'run')}${worst.loss > 0 ? `; ${readable(worst.loss)} with ${worst.name}` : ''}`,
    measured: worst.loss,
    relation: '<=',
    bound: 0,
    hypotheses,
    ...(!broken && open(evidence, true)),
  })
}

/**
 * A claim about every update. Lower line, envelope, Cauchy–Schwarz: the smallest room over all
 * monitors of the claim and all runs is not negative, rounding of 1e-9 (1 + |F| + S) included.
 * Identities: the largest residual, relative to 1 + |F| + S, is at most 1e-9.
 *
 * @param claim - one of those that `potentialMonitors` watches
 * @returns `inconclusive` while runs are missing and none breaks the claim, or if no update was
 *   watched
 *
 * @example
 * import { decidePotential, lowerLine, theoremHypotheses } from '@nonconvex/overparam'
 * const rooms = [{ claim: lowerLine.id, room: 0.25, update: 7 }]
 * const run = { name: 'k = 1', k: 1, status: 'converged', updates: 9, loss: 0, rooms }
 * const hypotheses = theoremHypotheses({ separable: 'yes', gamma: 0.1, alpha: 0.1 })
 * console.log(decidePotential(lowerLine, { runs: [run], missing: 0, hypotheses }).status) // → holds
 */
export function decidePotential(claim: Claim, evidence: Evidence): Verdict {
  const { runs, hypotheses } = evidence
  const rooms = runs.flatMap((run) =>
    (run.rooms ?? [])
      // a run without updates has no room to tell of
      .filter((room) => room.claim === claim.id && room.update > 0)
      .map((room) => ({ ...room, name: run.name })),
  )
  if (runs.length === 0) return noRuns(claim, evidence)
  if (rooms.length === 0)
    return decide(claim, {
      statement: `no update was watched in ${counted(runs.length, 'run')}`,
      hypotheses,
      undecided: 'there is nothing to compare',
    })
  const least = rooms.reduce((a, b) => (b.room < a.room ? b : a))
  const updates = runs.reduce((sum, run) => sum + run.updates, 0)
  const where = `at update ${readable(least.update)} with ${least.name}`
  const checked = `checked at ${counted(updates, 'update')}`
  const residual = TOLERANCE - least.room
  return decide(claim, {
    hypotheses,
    ...(claim.id === updateIdentities.id
      ? {
          statement: `${checked}; largest relative residual ${readable(residual, 2)} ${where}, tolerance ${readable(TOLERANCE)}`,
          measured: residual,
          relation: '<=',
          bound: TOLERANCE,
        }
      : {
          statement: `${checked}; smallest slack ${readable(least.room, 3)} ${where}`,
          measured: least.room,
          relation: '>=',
          bound: 0,
        }),
    ...(least.room >= 0 && open(evidence, false)),
  })
}
