import type { Tally } from '@nonconvex/optim'
import { readable, verdictOn, type Verdict } from '@nonconvex/optim/claims'
import {
  escape,
  escapeSharp,
  reachesMinimum,
  initializationHypotheses,
  stationarity,
} from './claims.js'
import type { Bound, DescentInitialization } from './bounds.js'
import type { Invariant } from './invariants.js'

/** The first step at which each goal was met; undefined if it was not. */
export interface GoalsMet {
  /** gradient norm ≤ tolGradient */
  readonly stationary: number | undefined
  /** φ ≥ π/2 */
  readonly escaped: number | undefined
  /** loss ≤ tolLoss */
  readonly converged: number | undefined
}

/** The bounds B1, B2 (two forms), B4 (two forms), evaluated at the initialization. */
export interface GDBounds {
  readonly stationarity: Bound
  readonly escape: Bound
  readonly escapeSharp: Bound
  readonly total: Bound
  readonly totalSharp: Bound
}

/** The verdict on each invariant, with the first violation as witness if there is one. */
export function invariantVerdicts(
  checked: readonly Invariant[],
  tallies: readonly Tally[],
  { k, eta }: Pick<Required<DescentInitialization>, 'k' | 'eta'>,
): Verdict[] {
  return checked.map(({ claim }) => {
    const {
      checks = 0,
      breaches = 0,
      firstBreach,
    } = tallies.find((t) => t.claim === claim.id) ?? {}
    return verdictOn(claim, { checks, breaches, ...(firstBreach && { firstBreach }), k, eta })
  })
}

/** The verdicts on the bounds B1, B2, the sharper form of B2, and B4. */
export function boundVerdicts(found: {
  readonly bounds: GDBounds
  readonly met: GoalsMet
  readonly taken: number
  readonly start: Required<DescentInitialization>
  readonly m: number
  readonly tolLoss: number
  readonly tolGradient: number
}): Verdict[] {
  const { bounds, met, taken, start, m } = found
  const hypotheses = initializationHypotheses(m, start.phi0)
  const loss = `ℓ ≤ ${readable(found.tolLoss)}`
  const gradient = `‖∇ℓ‖ ≤ ${readable(found.tolGradient)}`
  const quarter = 'angle to −w* ≥ π/2'
  return [
    verdictOn(stationarity, {
      met: met.stationary,
      taken,
      bound: bounds.stationarity,
      goal: gradient,
    }),
    verdictOn(escape, {
      met: met.escaped,
      taken,
      bound: bounds.escape,
      goal: quarter,
      hypotheses,
    }),
    verdictOn(escapeSharp, {
      met: met.escaped,
      taken,
      bound: bounds.escapeSharp,
      goal: quarter,
      hypotheses,
    }),
    verdictOn(reachesMinimum, {
      met: met.converged,
      taken,
      bound: bounds.total,
      goal: loss,
      hypotheses,
    }),
  ]
}
