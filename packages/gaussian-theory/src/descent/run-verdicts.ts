import {
  decide,
  hypothesis,
  readable,
  type Hypothesis,
  type Verdict,
} from '@nonconvex/optim/claims'
import type { Tally } from '@nonconvex/optim'
import {
  decideSteps,
  escapeClaim,
  sharpEscapeClaim,
  stationarityClaim,
  totalClaim,
} from './bound-claims.js'
import type { DescentStart } from './bounds.js'
import type { Invariant } from './invariants.js'
import type { GDBounds, GoalsMet } from './run-gd.js'

/**
 * A verdict on each invariant: no violation counted, with the first violation as witness if there
 * is one.
 */
export function invariantVerdicts(
  checked: readonly Invariant[],
  tallies: readonly Tally[],
): Verdict[] {
  return checked.map(({ monitor, hypotheses }) => {
    const tally = tallies.find((t) => t.claim === monitor.claim.id)
    return decideTally(monitor.claim, {
      checks: tally?.checks ?? 0,
      breaches: tally?.breaches ?? 0,
      ...(tally?.firstBreach && { firstBreach: tally.firstBreach }),
      hypotheses,
    })
  })
}

/** Counts of a claim that was checked at every step, of one run or of many. */
export interface TallyFound extends Pick<Tally, 'checks' | 'breaches' | 'firstBreach'> {
  readonly hypotheses: Verdict['hypotheses']
}

/**
 * The verdict on a claim about every step: violated if it was ever broken, inconclusive if never
 * checked.
 */
export function decideTally(claim: Invariant['monitor']['claim'], found: TallyFound): Verdict {
  const { checks, breaches, firstBreach, hypotheses } = found
  const first = firstBreach
    ? `; first at step ${readable(firstBreach.step)}: ${readable(firstBreach.measured)}, expected ${firstBreach.relation} ${readable(firstBreach.bound)}`
    : ''
  return decide(claim, {
    statement: `${readable(breaches)} violations in ${readable(checks)} checks${first}`,
    measured: breaches,
    relation: '<=',
    bound: 0,
    hypotheses,
    ...(checks === 0 && { undecided: 'no step was checked' }),
    ...(firstBreach && { witness: { ...firstBreach } }),
  })
}

/** What B2 and B4 need of a start, beside their step size. */
export function startHypotheses(m: number, phi0: number): Hypothesis[] {
  return [
    hypothesis('filter length m ≥ 2', m >= 2, m),
    // the resolution of φ: a start −s w* has computed φ₀ up to 4e-16
    hypothesis('start not opposite to the teacher, φ₀ > 1e-15', phi0 > 1e-15, phi0),
  ]
}

/** Verdicts on B1, B2, B2 sharp and B4. */
export function boundVerdicts(found: {
  readonly bounds: GDBounds
  readonly met: GoalsMet
  readonly taken: number
  readonly start: Required<DescentStart>
  readonly m: number
  readonly tolLoss: number
  readonly tolGradient: number
}): Verdict[] {
  const { bounds, met, taken, start, m } = found
  const hypotheses = startHypotheses(m, start.phi0)
  const loss = `ℓ ≤ ${readable(found.tolLoss)}`
  const gradient = `‖∇ℓ‖ ≤ ${readable(found.tolGradient)}`
  const quarter = 'angle to −w* ≥ π/2'
  return [
    decideSteps(stationarityClaim, {
      met: met.stationary,
      taken,
      bound: bounds.stationarity,
      goal: gradient,
    }),
    decideSteps(escapeClaim, {
      met: met.escaped,
      taken,
      bound: bounds.escape,
      goal: quarter,
      hypotheses,
    }),
    decideSteps(sharpEscapeClaim, {
      met: met.escaped,
      taken,
      bound: bounds.escapeSharp,
      goal: quarter,
      hypotheses,
    }),
    decideSteps(totalClaim, {
      met: met.converged,
      taken,
      bound: bounds.total,
      goal: loss,
      hypotheses,
    }),
  ]
}
