import { ArgumentError } from '@nonconvex/tensor'
import { decide } from '../claims/decide.js'
import { readable } from '../claims/readable.js'
import type { Claim, Hypothesis, Json, Verdict } from '../claims/verdict.js'
import type { Outcome } from './outcome.js'
import type { Tally } from './tally.js'

/**
 * The part of an outcome that a verdict needs, without states.
 */
export type WatchedOutcome = Pick<Outcome<unknown>, 'status' | 'message' | 'step' | 'tallies'>

/** Evidence for a verdict on a run in addition to the tally. */
export interface RunEvidence {
  readonly hypotheses?: readonly Hypothesis[]
  /** in (0, 1), of a statistical claim */
  readonly confidence?: number
  /** data for an independent check besides the breach: the initialization, the seed */
  readonly witness?: Json
}

/**
 * The verdict on a claim that a monitor checked at every step of a run, or of several runs:
 *
 * - a hypothesis fails → `inapplicable`
 * - a breach → `violated`, with the step, the two numbers and how many breaches there were
 * - no check was made, or a run ended early (aborted, failed, not finite, or stopped by the breach
 *   of another claim) → `inconclusive`: its remaining steps were not checked
 * - otherwise → `holds`: 'holds at each of 301 checks; closest at step 17, 0.002 from the bound'
 *
 * `measured` is then the smallest room (distance to the bound, slack included), with bound 0 and
 * '>='. The witness of a violation is `{ run, step, checks, breaches }` under `breach`, with the
 * given witness under `given`.
 *
 * @param outcomes - one outcome or several; runs are numbered from 0 in their order
 * @throws ArgumentError if an outcome has no monitor of this claim; as `decide`
 *
 * @example
 * import { boundMonitor, run, verdictOfRun } from '@nonconvex/optim'
 * import type { Claim } from '@nonconvex/optim/claims'
 * const claim: Claim = { id: 'demo/small', title: 'x stays below 10', rigor: 'float64', source: {} }
 * const small = boundMonitor<number>({ claim, measured: (x) => x, relation: '<=', bound: 10 })
 * const outcome = run({ start: 8, step: (x) => x / 2, monitors: [small], maxSteps: 3 }).finish()
 * console.log(verdictOfRun(claim, outcome).statement)
 * // → holds at each of 4 checks; closest at step 0, 2 from the bound
 */
export function verdictOfRun(
  claim: Claim,
  outcomes: WatchedOutcome | readonly WatchedOutcome[],
  evidence: RunEvidence = {},
): Verdict {
  const runs = isList(outcomes) ? outcomes : [outcomes]
  const tallies = runs.map((outcome) => tallyOf(claim, outcome))
  const checks = tallies.reduce((sum, t) => sum + t.checks, 0)
  const many = runs.length > 1
  const onRuns = many ? ` on ${readable(runs.length)} runs` : ''
  const ofRun = (i: number) => (many ? ` of run ${readable(i)}` : '')

  const broken = tallies.findIndex((t) => t.firstBreach)
  const breach = tallies[broken]?.firstBreach
  if (breach) {
    const breaches = tallies.reduce((sum, t) => sum + t.breaches, 0)
    const { step, measured, relation, bound } = breach
    const found = { run: broken, step, checks, breaches }
    return decide(claim, {
      ...evidence,
      statement: `violated at step ${readable(step)}${ofRun(broken)}: ${readable(measured)}, expected ${relation} ${readable(bound)}; ${readable(breaches)} of ${readable(checks)} checks${onRuns} failed`,
      measured,
      relation,
      bound,
      holds: false,
      witness: { breach: found, given: evidence.witness ?? null },
    })
  }

  const closest = closestOf(tallies)
  const near = closest
    ? `; closest at step ${readable(closest.step)}${ofRun(closest.run)}, ${readable(closest.room)} from the bound`
    : ''
  const undecided = whyUndecided(runs, checks, ofRun)
  return decide(claim, {
    ...evidence,
    statement: `holds at each of ${readable(checks)} checks${onRuns}${near}`,
    ...(closest && { measured: closest.room, relation: '>=', bound: 0 }),
    holds: true,
    ...(undecided !== undefined && { undecided }),
  })
}

function tallyOf(claim: Claim, outcome: WatchedOutcome): Tally {
  const tally = outcome.tallies.find((t) => t.claim === claim.id)
  if (tally) return tally
  const ids = outcome.tallies.map((t) => t.claim).join(', ')
  throw new ArgumentError(`verdictOfRun: expected a monitor of ${claim.id}, got [${ids}]`)
}

function closestOf(tallies: readonly Tally[]) {
  let best: { room: number; step: number; run: number } | undefined
  tallies.forEach(({ smallestRoom }, run) => {
    if (smallestRoom && (!best || smallestRoom.room < best.room)) best = { ...smallestRoom, run }
  })
  return best
}

function whyUndecided(
  runs: readonly WatchedOutcome[],
  checks: number,
  ofRun: (i: number) => string,
): string | undefined {
  if (checks === 0) return 'no step was checked'
  const cut = runs.findIndex((r) => r.status !== 'converged' && r.status !== 'max-steps')
  return cut === -1 ? undefined : `the end${ofRun(cut)} came early: ${runs[cut].message}`
}

function isList(x: WatchedOutcome | readonly WatchedOutcome[]): x is readonly WatchedOutcome[] {
  return Array.isArray(x)
}
