import { claim, readable } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import { linearFactor, stationaritySteps } from '../descent/bounds.js'
import { coefficients } from '../no-overlap/coefficients.js'
import { rayMinimizer } from '../no-overlap/ray.js'
import { invariants } from '../descent/invariants.js'
import { runGD } from '../descent/run-gd.js'
import { descentState, nextState, type DescentState } from '../descent/state.js'

/** An inequality on a step or a number of steps, and the fraction of its bound that is reached. */
export type StepReached = {
  /** id of the claim that states the inequality */
  readonly claim: string
  readonly k: number
  /** where the step begins */
  readonly at: string
  /** 1 where both sides are equal */
  readonly reached: number
  /** the distance to 1 that the slack of the monitor and the length of the step leave */
  readonly tolerance: number
}

/** What the slack of a monitor leaves: 10⁻¹² of the squared norm, and a decrease is a part of it. */
const ROUNDING = 1e-9

/** The step size of the linear rate, in units of 1/c: it is attained as η → 0. */
const SHORT = 1e-4

/** Short steps that B4 allows: during so many the angle hardly changes. */
const RUN = 100

/** How far below the first gradient norm the ε of B1 is: the bound is 1/(1 − BELOW)² rounded up. */
const BELOW = 1e-3

/**
 * Steps on which the inequalities I1, I3, I4, I6, I7, I8 and B3 are equalities, and runs on which B1
 * and B4 are, with the teacher (1, 0); what is compared are the monitors of `invariants` themselves. I5
 * follows from I3 and I4, and I2 is an equation.
 *
 *     I1              from θ = 2, where w, w⁺ and w* are in one plane
 *     I3, I4, I6      from 2w*: the loss is a parabola of curvature c on the ray of w*
 *     I7              from r = ρ(θ), where the gradient has no radial component
 *     I8              at −w*
 *     B3              from r = ρ(θ) as η → 0, here η = 10⁻⁴/c
 *     B1              from 2w* with η = 1/c, ε just below ‖∇ℓ(2w*)‖: two iterates are needed and allowed
 *     B4              from r = ρ(π/2) at θ = π/2 as η → 0, with ε such that it allows 100 steps
 *
 * @param k - number of patches, integer ≥ 2
 * @returns `reached`, 1 − room/scale with the distance to the bound as room
 *
 * @example
 * import { stepsReached } from '@nonconvex/gaussian-theory/tightness'
 * console.log(stepsReached(5).map(({ reached }) => reached.toFixed(4)).join(' '))
 * // → 1.0000 1.0000 1.0000 1.0000 1.0000 1.0000 0.9999 1.0000 1.0000
 */
export function stepsReached(k: number): readonly StepReached[] {
  const { c } = coefficients(k)
  const wStar = [1, 0]
  const theta = 2
  const on = (r: number): Float64Array => Float64Array.of(r * Math.cos(theta), r * Math.sin(theta))
  const short = SHORT / c
  const best = on(rayMinimizer(theta, 1, k))
  const reached = (
    id: string,
    at: string,
    w: Float64Array,
    scale: (now: DescentState, before: DescentState) => number,
    eta = 1 / (2 * c),
  ): StepReached => {
    const problem = { wStar, k, eta }
    const before = descentState(w, problem)
    const now = nextState(before, problem)
    const found = invariants(problem, before).find((one) => one.claim.id === `gaussian/${id}`)
    // I7 and I8 concern the loss at w alone
    const [last, first] = found?.monitor.transition === true ? [now, before] : [before, undefined]
    const room = found?.monitor.room?.(last, first, 1) ?? NaN
    const part = 1 - room / scale(now, before)
    return {
      claim: `gaussian/${id}`,
      k,
      at,
      reached: part,
      tolerance: eta === short ? 10 * SHORT : ROUNDING,
    }
  }
  const norm = ({ r }: DescentState): number => r
  const decrease = (now: DescentState, before: DescentState): number => before.loss - now.loss
  const ray = Float64Array.of(2, 0)
  return [
    reached('cone', 'θ = 2', on(1), (_, { theta: angle }) => angle),
    reached('norm-above', '2w*', ray, norm),
    reached('norm-below', '2w*', ray, norm),
    reached('descent', '2w*', ray, decrease),
    reached('steepness', 'r = ρ(θ)', best, (_, { gradientNorm }) => gradientNorm ** 2),
    reached('distance', '−w*', Float64Array.of(-1, 0), (_, { loss }) => 4 * k * loss),
    reached('linear-rate', 'r = ρ(θ)', best, decrease, short),
    stationaryReached(k),
    runReached(k, short),
  ]
}

/**
 * On the ray of w* a step of 1/c ends at w*, and takes exactly the loss that B1 sums: with ε just below
 * the first gradient norm the second iterate is the first with a smaller gradient.
 */
function stationaryReached(k: number): StepReached {
  const { c } = coefficients(k)
  const problem = { wStar: [1, 0], k, eta: 1 / c }
  const first = descentState(Float64Array.of(2, 0), problem)
  const eps = (1 - BELOW) * first.gradientNorm
  const needed = nextState(first, problem).gradientNorm <= eps ? 2 : Infinity
  return {
    claim: 'gaussian/stationarity',
    k,
    at: '2w*',
    reached: needed / stationaritySteps({ loss0: first.loss, eps, k }).value,
    tolerance: ROUNDING,
  }
}

/** A run with short steps from the right angle, where the contraction is as slow as B4 assumes. */
function runReached(k: number, eta: number): StepReached {
  const wStar = [1, 0]
  const theta = Math.PI / 2
  const w0 = Float64Array.of(0, rayMinimizer(theta, 1, k))
  const { value: factor } = linearFactor({ theta, k, eta })
  const tolLoss = descentState(w0, { wStar, k, eta }).loss * power(factor, RUN - 0.5)
  const { met, bounds } = runGD({ w0, wStar, k, eta, tolLoss, maxSteps: 2 * RUN, check: false })
  return {
    claim: 'gaussian/reaches-minimum',
    k,
    at: 'θ = π/2, r = ρ(θ)',
    reached: (met.converged ?? Infinity) / bounds.total.value,
    tolerance: 0.02,
  }
}

/**
 * Every inequality on a step of gradient descent is attained: one with a wrong factor or exponent is
 * violated on these steps, or leaves a distance to its bound.
 *
 * @example
 * import { stepsAttained, stepsReached } from '@nonconvex/gaussian-theory/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(stepsAttained, stepsReached(5)).status) // → holds
 */
export const stepsAttained = claim(
  'gaussian/steps-attained',
  'Every inequality on a step of gradient descent is attained by some step, and the bound on all steps by a run',
  'float64',
  { ours: 'equality on the ray of w*, at the minimum of the loss on a ray, and at −w*' },
  (steps: readonly StepReached[]) => {
    if (steps.length === 0)
      return { statement: 'no step', undecided: 'there is nothing to compare' }
    const off = (one: StepReached): number => Math.abs(1 - one.reached) / one.tolerance
    const worst = steps.reduce((a, b) => (off(b) > off(a) ? b : a))
    return {
      statement: `${readable(steps.length)} inequalities; farthest from equality: ${worst.claim} at ${worst.at}, k = ${worst.k}: a distance of ${readable(1 - worst.reached, 2)}, ${readable(worst.tolerance)} allowed`,
      measured: worst.reached,
      relation: '==',
      bound: 1,
      slack: worst.tolerance,
      attains: Math.max(...steps.map(({ reached }) => reached)),
    }
  },
)
