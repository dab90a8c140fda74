import { claim, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import {
  descentRate,
  heavyBallRate,
  polyakParameters,
  teacherCurvatures,
  type HeavyBall,
} from './heavy-ball.js'

/** The measurements of one run of the heavy-ball method, with ‖w*‖ = 1. */
export interface HeavyBallRun extends HeavyBall {
  readonly k: number
  readonly m: number
  /** whether the run came within `distance` of w* */
  readonly converged: boolean
  /** geometric mean of the contraction factors per step, in the norm of the last two iterates */
  readonly rate: number
  /** number of steps over which the mean is taken, from velocity 0 */
  readonly steps: number
  /** distance from w* to which the iterates were rescaled */
  readonly distance: number
  /** component of the initial direction in the slowest eigenspace, in (0, 1] */
  readonly fraction: number
}

/** ‖A‖ ≤ √(4 + β² + 1) for the step A of an eigenspace, as |1 + β − ηλ| ≤ 1 + β < 2. */
const NORM = 2.5

/**
 * The tolerated difference between ρ and the mean contraction factor of n steps.
 *
 * Transient: Aⁿ = UₙA − βUₙ₋₁ with |Uₙ| ≤ nρⁿ⁻¹, so ‖Aⁿ‖ ≤ Kρⁿ, K = n(‖A‖/ρ + 1), and from rest
 * the slowest eigenspace keeps at least fraction·ρⁿ/K: a factor (K/fraction)^(1/n) either way.
 * Perturbation: at distance d a step differs from A by at most 8d, as the Hessian moves by at most
 * (b + 2a)d ≤ 2cd and ηc < 4, and by 4 ulp of w over d; a double eigenvalue moves by at most
 * √(2‖A‖) times the root of that (Elsner 1985). Elsner's bound is for one fixed perturbation; here
 * it varies from step to step, so this part of the tolerance is an estimate, no proof.
 */
function tolerance(run: HeavyBallRun, rho: number): number {
  const K = (run.steps * (NORM / rho + 1)) / run.fraction
  const perturbed = 8 * run.distance + (4 * Number.EPSILON) / run.distance
  return rho * (power(K, 1 / run.steps) - 1) + Math.sqrt(2 * NORM * perturbed)
}

function hypotheses({ k, m, converged, eta, beta }: HeavyBallRun): Hypothesis[] {
  const used = (eta * teacherCurvatures(k).L) / (2 * (1 + beta))
  return [
    hypothesis('k ≥ 2 patches', k >= 2, k),
    hypothesis('filter length m ≥ 2', m >= 2, m),
    hypothesis('initialization in the basin of w*', converged),
    hypothesis('step size 0 < η < 2(1 + β)/L', used > 0 && used < 1, used),
  ]
}

/** The measured rate equals ρ = heavyBallRate up to the tolerance derived above. */
export const heavyBallAtItsRate = claim(
  'gaussian/heavy-ball-rate',
  'The heavy-ball method converges to w* at the linear rate of its linearization at w*',
  'float64',
  { ours: 'Polyak (1964) at the eigenvalues a and c of the Hessian at w*' },
  (run: HeavyBallRun) => {
    const rho = heavyBallRate(run, run.k)
    return {
      statement: `rate ${readable(run.rate, 5)} over ${readable(run.steps)} steps; the spectral radius is ${readable(rho, 5)}`,
      measured: run.rate,
      relation: '==',
      bound: rho,
      slack: rho > 0 ? tolerance(run, rho) : 0,
      hypotheses: hypotheses(run),
    }
  },
)

const descentAttainsRateId = 'gaussian/descent-attains-rate'

/**
 * Gradient descent with η = 2/(L + μ), the heavy-ball method with β = 0, has the rate (L − μ)/(L + μ)
 * that `polyakBeatsDescent` compares with.
 */
export const descentAttainsRate = claim(
  descentAttainsRateId,
  'Gradient descent with its best step size converges to w* at the linear rate (L − μ)/(L + μ)',
  'float64',
  { ours: 'linearization at w*: 1 − ημ = ηL − 1 for η = 2/(L + μ)' },
  (run: HeavyBallRun) => {
    const { mu, L } = teacherCurvatures(run.k)
    const rho = descentRate(run.k)
    const off = Math.max(Math.abs((run.eta * (L + mu)) / 2 - 1), run.beta)
    return {
      statement: `rate ${readable(run.rate, 5)} over ${readable(run.steps)} steps; (L − μ)/(L + μ) is ${readable(rho, 5)}`,
      measured: run.rate,
      relation: '==',
      bound: rho,
      ...(rho > 0 && { attains: run.rate / rho }),
      slack: rho > 0 ? tolerance(run, rho) : 0,
      hypotheses: [
        ...hypotheses(run),
        hypothesis('η = 2/(L + μ) and β = 0', off <= 8 * Number.EPSILON, off),
      ],
    }
  },
)

/**
 * With Polyak's parameters the measured rate is at most (L − μ)/(L + μ), the rate of gradient
 * descent with η = 2/(L + μ).
 */
export const polyakBeatsDescent = claim(
  'gaussian/polyak-beats-descent',
  "With Polyak's parameters the heavy-ball method is at least as fast as gradient descent with its best step size",
  'float64',
  { ours: '(√L − √μ)/(√L + √μ) ≤ (L − μ)/(L + μ)' },
  (run: HeavyBallRun) => {
    const polyak = polyakParameters(run.k)
    const rho = Math.sqrt(polyak.beta)
    const off = Math.max(Math.abs(run.eta / polyak.eta - 1), Math.abs(run.beta - polyak.beta))
    const descent = descentRate(run.k)
    return {
      statement: `rate ${readable(run.rate, 5)}, gradient descent with step 2/(L + μ) has ${readable(descent, 5)}`,
      measured: run.rate,
      relation: '<=',
      bound: descent,
      inequality: descentAttainsRateId,
      slack: rho > 0 ? tolerance(run, rho) : 0,
      hypotheses: [
        ...hypotheses(run),
        hypothesis("η and β are Polyak's", off <= 8 * Number.EPSILON, off),
      ],
    }
  },
)
