import { claim, proofOf, readable } from '@nonconvex/optim/claims'
import { coefficients } from './coefficients.js'
import { agreement, type AgreementFacts } from '../sample-agreement.js'
import { power } from '@nonconvex/tensor'
import type { KindsProved } from './critical-point-proofs.js'
import { kindAssertions, otherAssertions } from './landscape-assertions.js'
import { landscapeHypotheses } from './critical-points.js'
import {
  EIGENVALUE_SLACK,
  GRADIENT_SLACK,
  type Landscape,
  type PointEvidence,
} from './point-evidence.js'
import { fitPowerLaw } from '../power-law.js'

const lossTalk = 'Gaussian Inputs: the loss without overlap in closed form'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

/** Sample means agree with the closed form of the loss (see `agreement`). */
export const lossClosedForm = claim(
  'gaussian/loss-closed-form',
  'The population loss has a closed form',
  'statistical',
  { talk: lossTalk, paper },
  (facts: AgreementFacts) => agreement(facts),
)

/** Sample means agree with the closed form of the gradient (see `agreement`). */
export const gradientClosedForm = claim(
  'gaussian/gradient-closed-form',
  'The gradient of the population loss has a closed form',
  'statistical',
  { paper, ours: 'by differentiation of the kernel' },
  (facts: AgreementFacts) => agreement(facts),
)

/**
 * The published and the stable form of the loss agree to 1e-13 of the largest term. Facts:
 * `largest`, the maximum over `points` points of |slide − stable| / max(1, r² + R²).
 */
export const slideForm = claim(
  'gaussian/slide-form',
  'The published formula of the loss agrees with a reformulation that avoids cancellation',
  'float64',
  { talk: lossTalk, ours: 'the constant γ‖w*‖²/k², left out on the slide, is included' },
  ({ largest, points }: { readonly largest: number; readonly points: number }) => ({
    statement: `largest difference ${readable(largest)} on ${readable(points)} points; at most 1e-13 max(1, ‖w‖² + ‖w*‖²)`,
    measured: largest,
    relation: '<=',
    bound: 1e-13,
  }),
)

/**
 * The closed-form eigenvalues agree with those of an eigenvalue solver to 1e-12 c(1 + R/r). Facts:
 * `largest`, the maximum over points and eigenvalues of |closed − solver| / (c (1 + R/r)).
 */
export const hessianEigenvalues = claim(
  'gaussian/hessian-eigenvalues',
  'The eigenvalues of the Hessian of the population loss have a closed form',
  'float64',
  { ours: 'radial c, in-plane c − bR/r − 2q, transverse c − bR/r − q' },
  ({ largest, points }: { readonly largest: number; readonly points: number }) => ({
    statement: `largest difference from an eigen-solver ${readable(largest)} on ${readable(points)} points; at most 1e-12`,
    measured: largest,
    relation: '<=',
    bound: 1e-12,
  }),
)

/**
 * The largest eigenvalue of the Hessian is c at all points. Facts: `top`, the largest eigenvalue of
 * the solver over all points.
 */
export const topCurvature = claim(
  'gaussian/top-curvature',
  'The largest eigenvalue of the Hessian is c at every w ≠ 0',
  'float64',
  { ours: 'the loss is c/2 ‖w‖² plus a concave function' },
  ({ k, top, points }: { readonly k: number; readonly top: number; readonly points: number }) => {
    const { c } = coefficients(k)
    return {
      statement: `largest eigenvalue ${readable(top, 6)} on ${readable(points)} points; c = ${readable(c, 6)}`,
      measured: top,
      relation: '==',
      bound: c,
      slack: 1e-12 * c,
    }
  },
)

const talk = 'Gaussian Inputs: critical points of the no-overlap loss'

/** The tolerance of the exponent of the third-order fit. */
const EXPONENT_SLACK = 0.01

/**
 * The loss decreases from the origin in every direction: each measured slope (ℓ(te) − ℓ(0))/t, ‖e‖
 * = 1, is at most −bR. Facts: the landscape; `slopes`, measured one-sided slopes; `step`, the t/R
 * of the difference quotients, with an error of at most ct/2.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { maximumAtOrigin } from '@nonconvex/gaussian-theory'
 * const facts = { k: 5, m: 2, R: 1, slopes: [-0.4, -0.3], step: 1e-7 }
 * console.log(verdictOn(maximumAtOrigin, facts).status) // → holds
 */
export const maximumAtOrigin = claim(
  'gaussian/peak-at-origin',
  'The origin is a non-differentiable local maximum of the loss',
  'float64',
  { talk, ours: 'D(e) = −R(b + a h(θ)/π), between −cR and −bR' },
  ({
    slopes,
    step,
    ...at
  }: Landscape & { readonly slopes: readonly number[]; readonly step: number }) => {
    const { b, c } = coefficients(at.k)
    const measured = Math.max(...slopes)
    return {
      statement: `slopes from ${readable(Math.min(...slopes))} to ${readable(measured)} in ${readable(slopes.length)} directions; at most ${readable(-b * at.R)}`,
      measured,
      relation: '<=',
      bound: -b * at.R,
      // curvature of the parabola on a ray, and rounding of a difference of losses
      slack: c * at.R * (step + 4e-16 / step),
      holds: measured < 0,
      hypotheses: landscapeHypotheses(at.m, at.R, at.k),
    }
  },
)

/**
 * The teacher w* is a minimum: loss and gradient are 0, and the smallest eigenvalue is a. Facts:
 * the landscape; `found` at w*.
 */
export const minimumAtTeacher = claim(
  'gaussian/minimum-at-teacher',
  'The teacher w* is a global minimum with a positive definite Hessian',
  'float64',
  { talk, ours: 'ℓ(w) ≥ ‖w − w*‖²/4k, and eigenvalues a, c at w*' },
  ({ found, ...at }: Landscape & { readonly found: PointEvidence }) => {
    const { a, c } = coefficients(at.k)
    const least = found.eigenvalues[0]
    return {
      statement: `loss ${readable(found.loss)}, gradient ${readable(found.gradientNorm)}, smallest eigenvalue ${readable(least)} = 1/k`,
      measured: least,
      relation: '==',
      bound: at.m === 1 ? c : a,
      slack: EIGENVALUE_SLACK * c,
      holds: isCritical(at, found) && found.loss <= 1e-14 * at.R * at.R,
      hypotheses: landscapeHypotheses(at.m, at.R, at.k),
    }
  },
)

/**
 * The saddle −αw* is degenerate, and at second order indistinguishable from a minimum: the gradient
 * is 0, and the eigenvalues are 0 (m − 1 times) and c. Facts: the landscape; `found` at −αw*.
 */
export const saddleLooksFlat = claim(
  'gaussian/saddle-looks-flat',
  'The saddle point −αw* is degenerate: its Hessian is positive semidefinite and singular',
  'float64',
  { talk, ours: 'eigenvalues 0 (m − 1 times) and c at −αw*' },
  ({ found, ...at }: Landscape & { readonly found: PointEvidence }) => {
    const { c, alpha } = coefficients(at.k)
    const [least] = found.eigenvalues
    const last = found.eigenvalues[found.eigenvalues.length - 1]
    const flat = found.eigenvalues.slice(0, -1).every((x) => Math.abs(x) <= EIGENVALUE_SLACK * c)
    const height = (1 - alpha * alpha) * (c / 2) * at.R * at.R
    return {
      statement: `at −${readable(alpha)} w*: gradient ${readable(found.gradientNorm)}, smallest eigenvalue ${readable(least)}, largest ${readable(last)}`,
      measured: least,
      relation: '>=',
      bound: 0,
      slack: EIGENVALUE_SLACK * c,
      holds:
        isCritical(at, found) &&
        flat &&
        Math.abs(last - c) <= EIGENVALUE_SLACK * c &&
        Math.abs(found.loss - height) <= 1e-13 * at.R * at.R,
      hypotheses: landscapeHypotheses(at.m, at.R, at.k),
    }
  },
)

function isCritical(at: Landscape, found: PointEvidence): boolean {
  return found.gradientNorm <= GRADIENT_SLACK * at.R
}

/**
 * The loss decreases across the ray like (aαR²/3π) φ³: the exponent is 3 ± 0.01, and the
 * coefficient is tested to 1e-3. A single angle at which it does not decrease violates the claim.
 * Facts: the landscape; `phis`, angles from the ray, ascending, positive; `falls`, ℓ(−αw*) − ℓ at
 * these angles on the sphere of radius αR.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { thirdOrderDescent } from '@nonconvex/gaussian-theory'
 * // the right order with a coefficient 1 % too large
 * const facts = { k: 5, m: 2, R: 1, phis: [1e-2, 1e-1], falls: [1.2e-8, 1.2e-5] }
 * console.log(verdictOn(thirdOrderDescent, facts).status) // → violated
 */
export const thirdOrderDescent = claim(
  'gaussian/third-order-descent',
  'Turning the saddle point −αw* by an angle φ decreases the loss at third order, by (aα‖w*‖²/3π) φ³',
  'float64',
  { talk, ours: 'ℓ(αR, π − φ) − ℓ(−αw*) = −(a/π) αR² s̃(φ)' },
  ({
    phis,
    falls,
    ...at
  }: Landscape & { readonly phis: readonly number[]; readonly falls: readonly number[] }) => {
    const { a, alpha } = coefficients(at.k)
    const expected = (a * alpha * at.R * at.R) / (3 * Math.PI)
    const stays = falls.findIndex((fall) => fall <= 0)
    if (stays >= 0)
      return {
        statement: `at angle ${readable(phis[stays])} the loss falls by ${readable(falls[stays])}; expected ${readable(expected * power(phis[stays], 3))}`,
        measured: falls[stays],
        relation: '==',
        bound: expected * power(phis[stays], 3),
        holds: false,
        hypotheses: landscapeHypotheses(at.m, at.R, at.k),
      }
    const fit = fitPowerLaw(phis, falls, 3)
    return {
      statement: `order ${fit.exponent.toFixed(3)}, coefficient ${readable(fit.coefficient)}; expected 3 and ${readable(expected)}`,
      measured: fit.exponent,
      relation: '==',
      bound: 3,
      slack: EXPONENT_SLACK,
      holds: Math.abs(fit.coefficient - expected) <= 1e-3 * expected,
      hypotheses: landscapeHypotheses(at.m, at.R, at.k),
    }
  },
)

/** Radii, in units of R, of the discs around 0, w* and −αw* that the search excludes. */
export const discRadii: {
  readonly origin: number
  readonly minimum: number
  readonly saddle: number
} = { origin: 0.1, minimum: 0.1, saddle: 0.25 }

/** The lower bound on the gradient norm away from the three points, in units of aR, for k ≤ 50. */
const LEAST_GRADIENT = 0.02
/**
 * The smallest number of grid points: a coarser grid would hardly detect a fourth critical point.
 */
const FEWEST_POINTS = 1000

/** The smallest gradient norm that was found on a grid in a plane that contains w*. */
export interface GradientSearch {
  /** the smallest gradient norm outside the discs of {@link discRadii} */
  readonly smallest: number
  /** its position in the plane spanned by w* and an orthogonal direction */
  readonly where: readonly number[]
  /** number of points that were evaluated */
  readonly points: number
}

/**
 * The loss has exactly three critical points. `proveNoOther` proves that the gradient does not
 * vanish elsewhere; a grid checks that the computed gradient agrees with the proof: outside the
 * discs of {@link discRadii} it is at least 0.02 aR.
 *
 * An enclosure without positive numbers, or a smaller gradient, violates the claim; a too wide
 * enclosure, or too few points, leave it inconclusive. Facts: the landscape; `others`, of
 * `proveKinds`, null where a hypothesis fails; `search`, on the grid.
 */
export const threeCriticalPoints = claim(
  'gaussian/three-critical-points',
  'The loss has exactly three critical points: 0, −αw* and w*',
  'proof',
  {
    talk,
    ours: 'off the axis the gradient across the ray, aR(φ/π) sin θ, is positive; on it the other part vanishes once a ray',
  },
  ({
    others,
    search: { smallest, where, points },
    ...at
  }: Landscape & {
    readonly others: KindsProved['others'] | null
    readonly search: GradientSearch
  }) => {
    const { a, alpha } = coefficients(at.k)
    const fraction = smallest / (a * at.R)
    const [low, high] = others?.across ?? [NaN, NaN]
    const proved = others?.proved ?? false
    const excluded = high <= 0
    const undecided =
      !proved && !excluded
        ? 'the gradient across is not enclosed by positive numbers'
        : points < FEWEST_POINTS
          ? `only ${readable(points)} points were evaluated, ${readable(FEWEST_POINTS)} needed`
          : undefined
    return {
      statement: `local maximum at 0, minimum at w*, saddle at −${readable(alpha)} w*; off the line of w* the gradient is at least ${readable(low)} θφ² ‖w*‖/k, on each of its rays it vanishes once; on ${readable(points)} points outside three discs it is at least ${readable(fraction)} ‖w*‖/k, ${LEAST_GRADIENT} needed`,
      measured: fraction,
      relation: '>=',
      bound: LEAST_GRADIENT,
      holds: proved,
      hypotheses: landscapeHypotheses(at.m, at.R, at.k),
      ...(undecided !== undefined && fraction >= LEAST_GRADIENT && { undecided }),
      witness:
        proved && fraction >= LEAST_GRADIENT
          ? proofOf(otherAssertions(at.k))
          : { where: [...where], others },
    }
  },
)

/**
 * The kinds of all three critical points are proved. An enclosure that excludes a kind violates the
 * claim; one that is too wide leaves it inconclusive. Facts: the landscape; `proofs`, of
 * `proveKinds`, null where a hypothesis fails.
 */
export const kindsProved = claim(
  'gaussian/kinds-proved',
  'Interval arithmetic proves that 0 is a local maximum, −αw* a saddle point and w* a strict local minimum',
  'proof',
  {
    talk,
    ours: 'slopes at 0 between −cR and −bR, the Hessian on a cube around w*, and s̃(φ)/φ³ ≥ 1/3 − φ²/30',
  },
  ({ proofs, ...at }: Landscape & { readonly proofs: KindsProved | null }) => {
    const hypotheses = landscapeHypotheses(at.m, at.R, at.k)
    if (proofs === null) return { statement: 'nothing to prove', holds: false, hypotheses }
    const { slopes, minimum, saddle } = proofs
    const maximum = slopes !== null && slopes[1] < 0
    const proved = [maximum, minimum.status === 'certified', saddle.proved]
    const count = proved.filter(Boolean).length
    const excluded =
      (slopes !== null && slopes[0] >= 0) ||
      minimum.status === 'hessian-not-definite' ||
      (saddle.fall !== null && saddle.fall[1] <= 0)
    const names = ['local maximum', 'minimum', 'saddle'].filter((_, i) => !proved[i])
    return {
      statement: `slopes at 0 at most ${readable(slopes?.[1] ?? NaN)}; w* alone within ${readable(minimum.radius ?? 0)}; across the ray of the saddle the loss falls like ${readable(saddle.coefficient?.[0] ?? NaN)} φ³, by ${readable(saddle.fall?.[0] ?? NaN)} φ³ or more up to φ = 1`,
      measured: count,
      relation: '==',
      bound: 3,
      hypotheses,
      witness: count === 3 ? proofOf(kindAssertions(at.k, at.m, proofs)) : proofs,
      ...(count < 3 && !excluded && { undecided: `not proved: ${names.join(', ')}` }),
    }
  },
)
