import {
  decide,
  readable,
  type Claim,
  type Hypothesis,
  type Verdict,
} from '@nonconvex/optim/claims'
import type { Bound } from './bounds.js'

const talk = 'Gaussian Inputs: gradient descent converges in O(ε⁻²)'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

/** B1 */
export const stationarityClaim: Claim = {
  id: 'gaussian/stationarity',
  title: 'A small gradient is met within the O(ε⁻²) bound',
  rigor: 'float64',
  source: { talk, paper, ours: 'the constants: I6 summed over the steps' },
}
/** B2 */
export const escapeClaim: Claim = {
  id: 'gaussian/escape',
  title: 'Gradient descent leaves the ray of the saddle in bounded time',
  rigor: 'float64',
  source: { ours: '1/φ falls by at least 0.44 K per step' },
}
/** B2 with the scalar recursion */
export const sharpEscapeClaim: Claim = {
  id: 'gaussian/escape-sharp',
  title: 'The angle grows at least like its scalar recursion',
  rigor: 'float64',
  source: { ours: 'φ⁺ ≥ φ + atan(K φ sin φ), increasing in φ' },
}
/** B4 */
export const totalClaim: Claim = {
  id: 'gaussian/reaches-minimum',
  title: 'Gradient descent reaches the global minimum',
  rigor: 'float64',
  source: { talk, paper, ours: 'escape, then a linear rate: log(1/ε) steps' },
}

/** B1, B2, B2 sharp, B4. */
export const boundClaims: readonly Claim[] = [
  stationarityClaim,
  escapeClaim,
  sharpEscapeClaim,
  totalClaim,
]

/** A number of steps that a theorem bounds, as found on a run. */
export interface StepsFound {
  /** the first step at which the goal was met; undefined if it was not */
  readonly met: number | undefined
  /** steps made in all */
  readonly taken: number
  readonly bound: Bound
  /** the goal, for the statement: 'ℓ ≤ 1e-12 ‖w*‖²' */
  readonly goal: string
  /** which run this is, for the statement: 'worst of 100 starts' */
  readonly which?: string
  /** hypotheses beside those of the bound */
  readonly hypotheses?: readonly Hypothesis[]
}

/**
 * Whether a goal was met within the steps that a theorem allows. A run that stopped before both the
 * goal and the bound is inconclusive; one that went beyond the bound without the goal violates it.
 *
 * @example
 * import { decideSteps, totalClaim, totalSteps } from '@nonconvex/gaussian-theory'
 * const bound = totalSteps({ loss0: 0.3, phi0: 3, r0: 1, R: 1, k: 5, eps: 1e-12 })
 * const found = { met: 41, taken: 41, bound, goal: 'ℓ ≤ 1e-12' }
 * console.log(decideSteps(totalClaim, found).status) // → holds
 */
export function decideSteps(claim: Claim, found: StepsFound): Verdict {
  const { met, taken, bound, goal } = found
  const hypotheses = [...bound.hypotheses, ...(found.hypotheses ?? [])]
  const which = found.which === undefined ? '' : `, ${found.which}`
  const allowed = `at most ${readable(bound.value)} allowed${which}`
  const common = { relation: '<=', bound: bound.value, hypotheses } as const
  if (met !== undefined)
    return decide(claim, {
      ...common,
      statement: `${goal} after ${steps(met)}; ${allowed}`,
      measured: met,
    })
  const statement = `${goal} not met after ${steps(taken)}; ${allowed}`
  if (taken < bound.value)
    return decide(claim, { ...common, statement, measured: taken, undecided: 'too few steps' })
  return decide(claim, { ...common, statement, measured: taken, holds: false })
}

function steps(n: number): string {
  return n === 1 ? '1 step' : `${readable(n)} steps`
}
