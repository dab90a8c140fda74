import { type Vec, norm2 } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import {
  claim,
  hypothesis,
  proofOf,
  readable,
  type Hypothesis,
  type Evidence,
} from '@nonconvex/optim/claims'
import type { PointEvidence } from '../no-overlap/point-evidence.js'
import type { OverlapOptions } from './lags.js'
import { overlapHessian } from './overlap-hessian.js'
import { overlapGradient, overlapLoss } from './overlap-loss.js'
import { overlapSmoothness, type OverlapShape } from './smoothness.js'
import type { CertificateStatus } from '@nonconvex/optim/certify'
import type { CertificateRecord } from '../certificate-record.js'
import { minimumAssertion, type CertifiedMinimumFacts } from './minimum-assertion.js'

const talk = 'Gaussian Inputs: networks with overlap'

/**
 * The hypotheses of claims on overlap: there are at least two patches, and neighboring patches
 * share a coordinate.
 */
export function overlapHypotheses({ m, k, stride }: OverlapShape): Hypothesis[] {
  return [
    hypothesis('k ≥ 2 patches', k >= 2, k),
    hypothesis('patches overlap, m/stride > 1', m > stride, m / stride),
  ]
}

/**
 * The loss, gradient norm and Hessian eigenvalues at a point, computed numerically.
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
 * Whether the sum over lags equals the sum over pairs of patches.
 *
 * @param largest - largest |lag − pair| over losses, gradients and Hessians, in units of max(1, r²
 *   + R²)
 */
export const lagForm = claim(
  'gaussian/overlap-lags',
  'With overlapping patches the loss equals a sum over the lags between patches',
  'float64',
  { ours: 'the sum over pairs of patches, counted by their distance' },
  ({ largest, points }: { readonly largest: number; readonly points: number }) => ({
    statement: `largest difference from the sum over pairs ${readable(largest)} on ${readable(points)} points; at most 1e-13`,
    measured: largest,
    relation: '<=',
    bound: 1e-13,
  }),
)

/**
 * Whether ℓ(−w*) equals ‖Σ_i P_iᵀw*‖²/k², to 1e-13 R².
 *
 * @param loss - ℓ(−w*) by the closed form or from samples
 * @param expected - from `reflectedLoss`
 */
export const reflected = claim(
  'gaussian/reflected-teacher',
  'The loss at the reflected teacher is ℓ(−w*) = ‖Σ_i P_iᵀw*‖²/k²',
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

/**
 * The numbers of checks and violations of ℓ(w⁺) ≤ ℓ(w) − (η/2)‖∇ℓ(w)‖² over the steps of one or
 * more runs.
 */
export interface DescentFound {
  readonly shape: OverlapShape
  readonly eta: number
  readonly checks: number
  readonly breaches: number
}

/** Whether each step decreased the loss by at least (η/2)‖∇ℓ(w)‖², up to rounding. */
export const overlapDescent = claim(
  'gaussian/overlap-descent',
  'With overlapping patches a gradient descent step with η ≤ 1/L decreases the loss by at least (η/2)‖∇ℓ(w)‖²',
  'float64',
  { ours: 'the curvature is at most L, as the terms of the teacher are concave' },
  ({ shape, eta, checks, breaches }: DescentFound) => {
    const L = overlapSmoothness(shape)
    return {
      statement: `${readable(breaches)} of ${readable(checks)} steps decreased the loss by less than (η/2)‖∇ℓ‖²`,
      measured: breaches,
      relation: '<=',
      bound: 0,
      inequality: 'gaussian/curvature-found',
      hypotheses: [hypothesis('step size η ≤ 1/L', eta * L <= 1 + Number.EPSILON, eta * L)],
      ...(checks === 0 && { undecided: 'no step was checked' }),
    }
  },
)

/** Losses below this fraction of r² + R² count as 0. */
const LOSS_SLACK = 1e-12

/**
 * Whether a point satisfies the second-order conditions of a spurious local minimum: its gradient
 * is 0, and its eigenvalues and loss are positive beyond rounding. A certificate additionally gives
 * a radius.
 *
 * @param found - from `overlapEvidence` at the point
 * @param size - r² + R² at the point
 */
export const spuriousMinimumEmerges = claim(
  'gaussian/overlap-minimum',
  'With overlapping patches the loss has a spurious local minimum',
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

/** The slopes on the boundary of the quadrant, and the end points of runs initialized inside it. */
export interface QuadrantFacts {
  readonly k: number
  /**
   * largest ∂ℓ/∂w₁ on the boundary {w₁ = 0 > w₂}, which must be negative, so that descent stays
   * inside
   */
  readonly flattest: number
  readonly starts: number
  /** number of initializations from which the run ended at −t₀w* */
  readonly trapped: number
  /** deviation of the teacher's direction from (−1, 1): |(w₁ + w₂)/R| */
  readonly skew: number
}

/**
 * Whether the descent direction points inwards on the boundary of the quadrant, and each run
 * initialized inside it ended at the spurious local minimum.
 */
export const staysInQuadrant = claim(
  'gaussian/overlap-trap',
  'Gradient descent initialized in the quadrant of the spurious local minimum converges to that minimum',
  'float64',
  { talk, ours: 'on the walls of the quadrant the gradient points outwards' },
  ({ k, flattest, starts, trapped, skew }: QuadrantFacts) => ({
    statement: `outward slope on the boundary of the quadrant at most ${readable(flattest)}; ${readable(trapped)} of ${readable(starts)} initializations inside ended at −t₀w*`,
    measured: trapped,
    relation: '==',
    bound: starts,
    holds: flattest <= 0,
    hypotheses: [
      hypothesis('k ≥ 2 patches', k >= 2, k),
      hypothesis('teacher ∝ (−1, 1)', skew <= 1e-12, skew),
    ],
    ...(starts === 0 && { undecided: 'no initialization' }),
  }),
)

/**
 * Whether the Hessian changes by at most Λ times the distance.
 *
 * @param largest - largest ‖∇²ℓ(v) − ∇²ℓ(w)‖/(Λ ‖v − w‖) met
 */
export const hessianLipschitzHolds = claim(
  'gaussian/overlap-hessian-lipschitz',
  'The Hessian is Lipschitz continuous away from the origin, with a constant in closed form',
  'float64',
  { ours: 'from the Lipschitz constants of the second derivatives of one pair' },
  ({ largest, pairs }: { readonly largest: number; readonly pairs: number }) => ({
    statement: `largest fraction of the bound ${readable(largest)} on ${readable(pairs)} pairs of points`,
    measured: largest,
    relation: '<=',
    bound: 1,
    slack: 1e-9,
    inequality: 'gaussian/lipschitz-found',
    ...(pairs === 0 && { undecided: 'no pair' }),
  }),
)

/** Whether a minimum is certified and its loss exceeds 0 with all rounding included. */
export function isSpuriousRecord({ status, minimumValue }: CertificateRecord): boolean {
  return status === 'certified' && minimumValue !== null && minimumValue[0] > 0
}

/**
 * The evidence of a certificate: a point without one leaves the claim undecided; only an eigenvalue
 * ≤ 0 violates it.
 */
function minimumEvidence({ shape, found, wStar, w }: CertifiedMinimumFacts): Evidence {
  const { status, message, minimumValue, ballValue, radius } = found
  const value = minimumValue?.[0] ?? NaN
  const spurious = isSpuriousRecord(found)
  return {
    statement: spurious
      ? `the only critical point within ${readable(radius ?? NaN)}, smallest eigenvalue there at least ${readable(found.convexity ?? NaN)}, loss ℓ ${ballValue ? 'on the whole disc' : 'at the minimum'} at least ${readable(value)}`
      : message,
    hypotheses: overlapHypotheses(shape),
    witness:
      spurious && found.rigor === 'proof'
        ? proofOf([minimumAssertion({ shape, found, wStar, w })])
        : { w: [...w], ...found },
    holds: spurious,
    ...(spurious && { measured: value, relation: '>=', bound: 0 }),
    ...(!spurious &&
      status !== 'hessian-not-definite' && {
        undecided:
          status === 'certified' ? 'the loss there may be 0' : `the certificate is ${status}`,
      }),
  }
}

/** A float64 certificate shows a strict local minimum that is not global at the point. */
export const certifiedMinimum = claim(
  'gaussian/overlap-minimum-certified',
  'The spurious local minimum is the only critical point in a certified disc',
  'float64',
  { talk, ours: 'strong convexity on a ball, from the Lipschitz constant of the Hessian' },
  minimumEvidence,
)

/** An interval certificate proves a strict local minimum that is not global at the point. */
export const provedMinimum = claim(
  'gaussian/overlap-minimum-proved',
  'Interval arithmetic proves that the local minimum is spurious',
  'proof',
  {
    talk,
    ours: 'gradient at the point and Hessian on a square around it, every rounding enclosed',
  },
  minimumEvidence,
)

/**
 * A point at which runs from random initializations for one teacher ended, with its certificate.
 */
export interface StuckPoint {
  readonly shape: OverlapShape
  readonly wStar: readonly number[]
  readonly w: readonly number[]
  /** initializations that ended there */
  readonly count: number
  readonly certificate: CertificateRecord
}

/**
 * The numbers of points and initializations with each outcome; 'certified' are those with a loss
 * above 0, 'global' the other certified ones.
 */
export type StuckTally = {
  readonly [status in CertificateStatus | 'global']?: {
    readonly places: number
    readonly starts: number
  }
}

/** Counts the end points and initializations with each outcome. */
export function tallyStuck(places: readonly StuckPoint[]): StuckTally {
  const tally: { [status: string]: { places: number; starts: number } } = {}
  for (const { certificate, count } of places) {
    const certified = certificate.status === 'certified'
    const status = certified && !isSpuriousRecord(certificate) ? 'global' : certificate.status
    const so = tally[status] ?? { places: 0, starts: 0 }
    tally[status] = { places: so.places + 1, starts: so.starts + count }
  }
  return tally
}

/**
 * Whether each end point of failed runs is certified as a spurious local minimum. A point with an
 * eigenvalue ≤ 0 violates the claim; one without a certificate leaves it inconclusive.
 *
 * @param unfinished - initializations that reached the step limit; they are only counted
 */
export const stuckCertified = claim(
  'gaussian/stuck-certified',
  'Every end point of a failed random restart is certified as a spurious local minimum',
  'float64',
  { ours: 'strong convexity on a ball around the end point, and a loss above 0' },
  ({
    shape,
    places,
    unfinished = 0,
  }: {
    readonly shape: OverlapShape
    readonly places: readonly StuckPoint[]
    readonly unfinished?: number
  }) => {
    const tally = tallyStuck(places)
    const certified = tally.certified?.places ?? 0
    const others = Object.entries(tally).filter(([status]) => status !== 'certified')
    const counted = others.map(([status, { places: n }]) => `${readable(n)} ${status}`)
    const starts = places.reduce((sum, { count }) => sum + count, 0)
    const weakest = weakestOf(places)
    const hypotheses = overlapHypotheses(shape)
    const found: Evidence = {
      statement: [
        `${readable(certified)} of ${readable(places.length)} points, with ${readable(tally.certified?.starts ?? 0)} of ${readable(starts)} failed runs, certified`,
        ...counted,
        ...(unfinished > 0 ? [`${readable(unfinished)} runs reached the step limit`] : []),
        ...(weakest ? [`smallest radius ${readable(weakest.certificate.radius ?? 0)}`] : []),
      ].join('; '),
      measured: certified,
      relation: '==',
      bound: places.length,
      hypotheses,
      witness: { tally, ...(weakest && { weakest: { ...weakest, shape: { ...weakest.shape } } }) },
    }
    if (places.length === 0) return { ...found, undecided: 'no run was stuck' }
    if (certified === places.length || tally['hessian-not-definite']) return found
    return {
      ...found,
      undecided: `not certified: ${counted.join(', ')}`,
    }
  },
)

/** The certified point with the smallest radius. */
function weakestOf(places: readonly StuckPoint[]): StuckPoint | undefined {
  const radius = (place: StuckPoint): number => place.certificate.radius ?? Infinity
  return places
    .filter(({ certificate }) => isSpuriousRecord(certificate))
    .reduce<StuckPoint | undefined>((a, b) => (a && radius(a) <= radius(b) ? a : b), undefined)
}
