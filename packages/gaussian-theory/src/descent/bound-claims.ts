import {
  claim,
  hypothesis,
  readable,
  type Evidence,
  type Hypothesis,
} from '@nonconvex/optim/claims'
import type { Bound } from './bounds.js'

const talk = 'Gaussian Inputs: gradient descent converges in O(ε⁻²)'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

/** B1 */
export const stationarity = claim(
  'gaussian/stationarity',
  'A small gradient is met within the O(ε⁻²) bound',
  'float64',
  { talk, paper, ours: 'the constants: I6 summed over the steps' },
  (facts: StepsFacts) => stepsWithin(facts),
)
/** B2 */
export const escape = claim(
  'gaussian/escape',
  'Gradient descent leaves the ray of the saddle in bounded time',
  'float64',
  { ours: '1/φ falls by at least 0.44 K per step' },
  (facts: StepsFacts) => stepsWithin(facts),
)
/** B2 with the scalar recursion */
export const escapeSharp = claim(
  'gaussian/escape-sharp',
  'The angle grows at least like its scalar recursion',
  'float64',
  { ours: 'φ⁺ ≥ φ + atan(K φ sin φ), increasing in φ' },
  (facts: StepsFacts) => stepsWithin(facts),
)
/** B4 */
export const reachesMinimum = claim(
  'gaussian/reaches-minimum',
  'Gradient descent reaches the global minimum',
  'float64',
  { talk, paper, ours: 'escape, then a linear rate: log(1/ε) steps' },
  (facts: StepsFacts) => stepsWithin(facts),
)

/** A number of steps that a theorem bounds, as found on a run. */
export interface StepsFacts {
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
 * Evidence that a goal was met within the steps that a theorem allows. A run that stopped before
 * both the goal and the bound is inconclusive; one that went beyond the bound without the goal
 * violates it.
 */
function stepsWithin(facts: StepsFacts): Evidence {
  const { met, taken, bound, goal } = facts
  const hypotheses = [...bound.hypotheses, ...(facts.hypotheses ?? [])]
  const which = facts.which === undefined ? '' : `, ${facts.which}`
  const allowed = `at most ${readable(bound.value)} allowed${which}`
  const common = { relation: '<=', bound: bound.value, hypotheses } as const
  if (met !== undefined)
    return { ...common, statement: `${goal} after ${steps(met)}; ${allowed}`, measured: met }
  const statement = `${goal} not met after ${steps(taken)}; ${allowed}`
  return taken < bound.value
    ? { ...common, statement, measured: taken, undecided: 'too few steps' }
    : { ...common, statement, measured: taken, holds: false }
}

function steps(n: number): string {
  return n === 1 ? '1 step' : `${readable(n)} steps`
}

/** What B2 and B4 need of a start, beside their step size. */
export function startHypotheses(m: number, phi0: number): Hypothesis[] {
  return [
    hypothesis('filter length m ≥ 2', m >= 2, m),
    // the resolution of φ: a start −s w* has computed φ₀ up to 4e-16
    hypothesis('start not opposite to the teacher, φ₀ > 1e-15', phi0 > 1e-15, phi0),
  ]
}
