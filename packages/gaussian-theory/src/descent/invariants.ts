import * as claims from './claims.js'
import { boundMonitor, type Monitor } from '@nonconvex/optim'
import type { DecidableClaim } from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import { coefficients } from '../no-overlap/coefficients.js'
import { plRatio, rayMinimizer } from '../no-overlap/ray.js'
import type { TallyFacts } from './claims.js'
import { reducedStep } from './step.js'
import { PHI_RESOLUTION, type DescentProblem, type DescentState } from './state.js'

/** The relative error budget of one step in float64. */
const SLACK = 1e-12

/** An invariant of gradient descent: its claim, and the monitor that checks it at every step. */
export interface Invariant {
  readonly claim: DecidableClaim<TallyFacts>
  readonly monitor: Monitor<DescentState>
}

/**
 * The invariants of one step w⁺ = w − η∇ℓ(w), each with its monitor: I1 to I8, then B3.
 *
 *     I1 cone         ∠(w, w⁺) + θ⁺ ≤ θ
 *     I2 two scalars  r⁺ = √(r'² + τ²),  θ⁺ = θ − atan2(τ, r')
 *     I3 norm above   r⁺ ≤ (1 − ηc) r + ηcR
 *     I4 norm below   r⁺ ≥ (1 − ηc) r + ηc ρ(θ)
 *     I5 norm range   min(r₀, ρ(θ₀)) ≤ r ≤ max(r₀, R)
 *     I6 descent      ℓ(w⁺) ≤ ℓ(w) − η(1 − ηc/2)‖∇ℓ(w)‖²
 *     I7 steepness    ‖∇ℓ(w)‖² ≥ 2 Q(θ) ℓ(w)
 *     I8 distance     ‖w − w*‖² ≤ 4kℓ(w)
 *     B3 linear rate  ℓ(w⁺) ≤ (1 − 2η(1 − ηc/2) Q(θ)) ℓ(w)
 *
 * I1–I5 need η ≤ 1/c, I6 and B3 need η < 2/c, I7 and I8 concern the loss alone. Slacks, with S =
 * max(r₀, R): norms 1e-12 S, angles 1e-12 max(1, S/r⁺), losses 1e-12 S²; for I7 the slack is larger
 * by 1e-14 S‖∇ℓ‖, because near w* the gradient itself is limited by rounding, and uses φ − 1e-15,
 * the smallest angle that may have been rounded to φ.
 *
 * @param problem - teacher, k, step size, and the gradient in use
 * @param start - the state at step 0
 * @returns nine invariants in the order above
 * Source: ours.
 */
export function invariants(problem: DescentProblem, start: DescentState): readonly Invariant[] {
  const { wStar, k, eta } = problem
  const { c } = coefficients(k)
  const R = norm2(wStar)
  const S = Math.max(start.r, R)
  const lost = eta * (1 - (eta * c) / 2)
  const angleUnit = (now: DescentState): number => Math.max(1, S / now.r)
  const low = Math.min(start.r, rayMinimizer(start.theta, R, k))

  const norm = { slack: SLACK * S, transition: true } as const
  const losses = { relation: '<=', slack: SLACK * S * S, transition: true } as const

  const cone = monitored(claims.cone, {
    measured: (now) => now.turn + now.theta,
    relation: '<=',
    bound: (_, before) => before.theta,
    slack: (now) => (now.origin ? 2 * Math.PI : SLACK * angleUnit(now)),
    transition: true,
  })
  const twoScalars = monitored(claims.twoScalars, {
    measured: (now, before) => {
      const predicted = reducedStep(before, R, k, eta)
      const offAngle = now.origin ? 0 : Math.abs(now.theta - predicted.theta) / angleUnit(now)
      return Math.max(Math.abs(now.r - predicted.r) / S, offAngle)
    },
    relation: '<=',
    bound: SLACK,
    transition: true,
  })
  const normAbove = monitored(claims.normAbove, {
    measured: (now) => now.r,
    relation: '<=',
    bound: (_, before) => (1 - eta * c) * before.r + eta * c * R,
    ...norm,
  })
  const normBelow = monitored(claims.normBelow, {
    measured: (now) => now.r,
    relation: '>=',
    bound: (_, before) => (1 - eta * c) * before.r + eta * c * rayMinimizer(before.theta, R, k),
    ...norm,
  })
  const normRange = monitored(claims.normRange, {
    // the distance outside the interval: 0 inside
    measured: (now) => Math.max(0, low - now.r, now.r - S),
    relation: '<=',
    bound: 0,
    slack: SLACK * S,
  })
  const descent = monitored(claims.descent, {
    measured: (now) => now.loss,
    bound: (_, before) => before.loss - lost * before.gradientNorm ** 2,
    ...losses,
  })
  const steepness = monitored(claims.steepness, {
    measured: (now) => now.gradientNorm ** 2,
    relation: '>=',
    bound: ({ theta, phi, loss }) => {
      // what φ may be at the least: at the saddle itself the gradient is 0, and φ a rounding error
      const least = Math.max(0, phi - PHI_RESOLUTION)
      return 2 * plRatio(theta, k, least) * loss * (1 - SLACK)
    },
    slack: (now) => 1e-14 * S * now.gradientNorm,
  })
  const distance = monitored(claims.distance, {
    measured: (now) => squareDistance(now.w, wStar),
    relation: '<=',
    bound: (now) => 4 * k * now.loss,
    slack: SLACK * S * S,
  })
  const linearRate = monitored(claims.linearRate, {
    measured: (now) => now.loss,
    bound: (_, before) => (1 - 2 * lost * plRatio(before.theta, k, before.phi)) * before.loss,
    ...losses,
  })
  return [
    cone,
    twoScalars,
    normAbove,
    normBelow,
    normRange,
    descent,
    steepness,
    distance,
    linearRate,
  ]
}

const monitored = (
  claim: Invariant['claim'],
  options: Omit<Parameters<typeof boundMonitor<DescentState>>[0], 'claim'>,
): Invariant => ({ claim, monitor: boundMonitor<DescentState>({ ...options, claim }) })

function squareDistance(w: ArrayLike<number>, wStar: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < w.length; i++) sum += (w[i] - wStar[i]) ** 2
  return sum
}
