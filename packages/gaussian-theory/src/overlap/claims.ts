import { type Vec, norm2 } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { claim, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import type { PointEvidence } from '../critical-point-claims.js'
import type { OverlapOptions } from './lags.js'
import { overlapHessian } from './overlap-hessian.js'
import { overlapGradient, overlapLoss } from './overlap-loss.js'
import { overlapSmoothness, type OverlapShape } from './smoothness.js'

const talk = 'Gaussian Inputs: networks with overlap'

/** That neighbouring windows share a coordinate. */
export function overlapHypotheses({ m, k, stride }: OverlapShape): Hypothesis[] {
  return [
    hypothesis('k ≥ 2 windows', k >= 2, k),
    hypothesis('windows overlap, m/stride > 1', m > stride, m / stride),
  ]
}

/**
 * Loss, gradient norm and eigenvalues at a point, found numerically.
 *
 * @param w - [m], not zero
 * @throws as overlapHessian
 *
 * @example
 * import { overlapEvidence } from '@nonconvex/gaussian-theory/overlap'
 * console.log(overlapEvidence([-1, 1], [-1, 1], { k: 2, stride: 1 }).loss) // → 0
 */
export function overlapEvidence(w: Vec, wStar: Vec, options: OverlapOptions): PointEvidence {
  return {
    gradientNorm: norm2(overlapGradient(w, wStar, options)),
    loss: overlapLoss(w, wStar, options),
    eigenvalues: Array.from(eigenSymmetric(overlapHessian(w, wStar, options)).values),
  }
}

/**
 * Whether the sum by lags is that over pairs of windows.
 *
 * @param largest - largest |lag − pair| over losses, gradients and Hessians, in units of max(1, r²
 *   + R²)
 */
export const lagForm = claim(
  'gaussian/overlap-lags',
  'The loss with overlap depends on the lags of windows only',
  'float64',
  { ours: 'the sum over pairs of windows, counted by their distance' },
  ({ largest, points }: { readonly largest: number; readonly points: number }) => ({
    statement: `largest difference from the sum over pairs ${readable(largest)} on ${readable(points)} points; at most 1e-13`,
    measured: largest,
    relation: '<=',
    bound: 1e-13,
  }),
)

/**
 * Whether ℓ(−w*) is ‖ΣP_iᵀw*‖²/k², to 1e-13 R².
 *
 * @param loss - ℓ(−w*) by the closed form or from samples
 * @param expected - from `reflectedLoss`
 */
export const reflected = claim(
  'gaussian/reflected-teacher',
  'At the reflected teacher the loss is that of a linear function',
  'float64',
  { ours: 'relu(z) − relu(−z) = z, so ℓ(−w*) = ‖ΣP_iᵀw*‖²/k²' },
  ({
    loss,
    expected,
    R,
  }: {
    readonly loss: number
    readonly expected: number
    readonly R: number
  }) => ({
    statement: `ℓ(−w*) = ${readable(loss)}, ‖ΣP_iᵀw*‖²/k² = ${readable(expected)}`,
    measured: loss,
    relation: '==',
    bound: expected,
    slack: 1e-13 * R * R,
    hypotheses: [hypothesis('teacher w* ≠ 0', R > 0, R)],
  }),
)

/** Counts of the comparison ℓ(w⁺) ≤ ℓ(w) − (η/2)‖∇ℓ(w)‖² over the steps of one or many runs. */
export interface DescentFound {
  readonly shape: OverlapShape
  readonly eta: number
  readonly checks: number
  readonly breaches: number
}

/** Whether each step lowered the loss by (η/2)‖∇ℓ‖² or more, up to rounding. */
export const overlapDescent = claim(
  'gaussian/overlap-descent',
  'With overlap every step of size 1/L lowers the loss',
  'float64',
  { ours: 'the curvature is at most L, as the terms of the teacher are concave' },
  ({ shape, eta, checks, breaches }: DescentFound) => {
    const L = overlapSmoothness(shape)
    return {
      statement: `${readable(breaches)} of ${readable(checks)} steps lowered the loss by less than (η/2)‖∇ℓ‖²`,
      measured: breaches,
      relation: '<=',
      bound: 0,
      hypotheses: [hypothesis('step size η ≤ 1/L', eta * L <= 1 + Number.EPSILON, eta * L)],
      ...(checks === 0 && { undecided: 'no step was checked' }),
    }
  },
)

/** Losses of this share of r² + R² are rounding errors of 0. */
const LOSS_SLACK = 1e-12

/**
 * Whether a point is a local minimum that is not global, to second order: gradient 0, all
 * eigenvalues above rounding, loss above rounding. A certifier gives a radius on top of this.
 *
 * @param found - from `overlapEvidence` at the point
 * @param size - r² + R² at the point
 */
export const spuriousMinimumEmerges = claim(
  'gaussian/overlap-minimum',
  'With overlap a local minimum emerges that is not global',
  'float64',
  { talk, ours: '−t₀w* for w* ∝ (−1, 1), in closed form' },
  ({
    shape,
    found,
    size,
  }: {
    readonly shape: OverlapShape
    readonly found: PointEvidence
    readonly size: number
  }) => {
    const least = found.eigenvalues[0]
    const flat = found.eigenvalues.some((x) => Math.abs(x) <= 1e-10)
    const critical = found.gradientNorm <= 1e-9 * Math.sqrt(size)
    return {
      statement: `gradient ${readable(found.gradientNorm)}, smallest eigenvalue ${readable(least)}, loss ℓ = ${readable(found.loss)} > 0`,
      measured: least,
      relation: '>=',
      bound: 1e-10,
      holds: critical && found.loss > LOSS_SLACK * size,
      hypotheses: overlapHypotheses(shape),
      ...(flat && critical && { undecided: 'an eigenvalue is 0 up to rounding' }),
    }
  },
)

/** Slopes on the walls of the trap, and where starts from inside ended. */
export interface TrapFound {
  readonly k: number
  /**
   * largest ∂ℓ/∂w₁ met on the walls {w₁ = 0 > w₂}: it must be negative, so that descent moves
   * inside
   */
  readonly flattest: number
  readonly starts: number
  /** how many of them ended at −t₀w* */
  readonly trapped: number
  /** direction of the teacher: |(w₁ + w₂)/R|, 0 for p(−1, 1) */
  readonly skew: number
}

/** Whether the walls are closed and each start inside ended at the local minimum. */
export const trap = claim(
  'gaussian/overlap-trap',
  'Gradient descent does not leave the quadrant of the local minimum',
  'float64',
  { talk, ours: 'on the walls of the quadrant the gradient points outwards' },
  ({ k, flattest, starts, trapped, skew }: TrapFound) => ({
    statement: `slope on the walls at most ${readable(flattest)}; ${readable(trapped)} of ${readable(starts)} starts inside ended at −t₀w*`,
    measured: trapped,
    relation: '==',
    bound: starts,
    holds: flattest <= 0,
    hypotheses: [
      hypothesis('k ≥ 2 windows', k >= 2, k),
      hypothesis('teacher ∝ (−1, 1)', skew <= 1e-12, skew),
    ],
    ...(starts === 0 && { undecided: 'no start' }),
  }),
)

/**
 * Whether the Hessian changed by no more than Λ times the distance.
 *
 * @param largest - largest ‖∇²ℓ(v) − ∇²ℓ(w)‖/(Λ ‖v − w‖) met
 */
export const hessianLipschitzHolds = claim(
  'gaussian/overlap-hessian-lipschitz',
  'The Hessian changes no faster than its bound',
  'float64',
  { ours: 'from the Lipschitz constants of the second derivatives of one pair' },
  ({ largest, pairs }: { readonly largest: number; readonly pairs: number }) => ({
    statement: `largest share of the bound ${readable(largest)} on ${readable(pairs)} pairs of points`,
    measured: largest,
    relation: '<=',
    bound: 1,
    slack: 1e-9,
    ...(pairs === 0 && { undecided: 'no pair' }),
  }),
)
