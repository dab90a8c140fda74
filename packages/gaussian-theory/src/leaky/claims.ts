import { claim, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import {
  EIGENVALUE_SLACK,
  GRADIENT_SLACK,
  type Landscape,
  type PointEvidence,
} from '../no-overlap/point-evidence.js'
import { leakyAntiparallel, leakyEscapePerDecade, leakyThreshold } from './leaky-antiparallel.js'
import { leakySmoothness } from './leaky-loss.js'

/** A landscape with the slope of its leaky ReLU. */
export interface LeakyLandscape extends Landscape {
  readonly slope: number
}

function hypotheses({ k, m, R, slope }: LeakyLandscape, side: 'below' | 'above'): Hypothesis[] {
  const threshold = leakyThreshold(k)
  const below = slope > 0 && slope < threshold
  return [
    hypothesis('k ≥ 2 patches', k >= 2, k),
    hypothesis('filter length m ≥ 2', m >= 2, m),
    hypothesis('teacher w* ≠ 0', R > 0, R),
    side === 'below'
      ? hypothesis(`leaky ReLU slope λ in (0, λ*(k)), λ*(k) = ${readable(threshold)}`, below, slope)
      : hypothesis(
          `leaky ReLU slope λ in [λ*(k), 1], λ*(k) = ${readable(threshold)}`,
          slope >= threshold && slope <= 1,
          slope,
        ),
  ]
}

/**
 * The point opposite to the teacher is critical and has a negative Hessian eigenvalue, equal to its
 * closed form. Facts: the landscape; `found`, gradient norm, loss and eigenvalues at −r_λ ŵ*, found
 * numerically.
 */
export const leakySaddle = claim(
  'gaussian/leaky-strict-saddle',
  'For a leaky ReLU slope 0 < λ < λ*(k) the saddle point opposite to the teacher is strict',
  'float64',
  { ours: 'the eigenvalue across the ray is −(2λ/k) R/r' },
  ({ found, ...at }: LeakyLandscape & { readonly found: PointEvidence }) => {
    const point = leakyAntiparallel(at.R, at.k, Math.min(1, Math.max(0, at.slope)))
    const expected = point?.transverse ?? NaN
    const scale = point === null ? 1 : point.radial * (1 + at.R / point.r)
    const least = found.eigenvalues[0]
    return {
      statement: `gradient ${readable(found.gradientNorm)}, smallest eigenvalue ${readable(least, 6)}; ${readable(expected, 6)} expected`,
      measured: least,
      relation: '==',
      bound: expected,
      slack: EIGENVALUE_SLACK * scale,
      holds: found.gradientNorm <= GRADIENT_SLACK * at.R && least < 0,
      hypotheses: hypotheses(at, 'below'),
    }
  },
)

/**
 * The loss increases along the whole ray opposite to the teacher. Facts: the landscape; `flattest`,
 * the smallest slope ∂ℓ/∂r on the ray, including the origin; `points`, the number of evaluations.
 */
export const leakyRises = claim(
  'gaussian/leaky-threshold',
  'For a leaky ReLU slope λ ≥ λ*(k) there is no saddle point opposite to the teacher and no local maximum at the origin',
  'float64',
  { ours: 'on the ray the loss rises from 0 on iff (1−λ)²(k−1)/π ≤ 2λ' },
  ({
    flattest,
    points,
    ...at
  }: LeakyLandscape & { readonly flattest: number; readonly points: number }) => ({
    statement: `least slope ${readable(flattest)} on ${readable(points)} points of the ray`,
    measured: flattest,
    relation: '>=',
    bound: 0,
    slack: 1e-15 * at.R,
    hypotheses: hypotheses(at, 'above'),
    ...(points === 0 && { undecided: 'no point' }),
  }),
)

/**
 * The largest fraction that the quadratic term may have in the growth of the angle; it shortens the
 * escape per factor of ten in φ₀ by 0.4 of this fraction.
 */
const QUADRATIC = 0.05

function closeToRay(slope: number, phi0: number): Hypothesis[] {
  if (phi0 === 0) return []
  const fraction = ((1 - slope) ** 2 * phi0) / (2 * Math.PI * slope)
  return [
    hypothesis(
      'initialization close enough to the ray, (1−λ)²φ₀/2πλ ≤ 0.05',
      fraction <= QUADRATIC,
      fraction,
    ),
  ]
}

/** The numbers of steps of two runs that escape from the ray opposite to the teacher. */
export interface LeakyEscapeFacts extends LeakyLandscape {
  /** escape steps for initial angles φ₀ and φ₀/10, both small */
  readonly steps: readonly [number, number]
  /** the step size of the runs */
  readonly eta: number
  /**
   * the larger of the two angles, for the hypothesis that linear growth dominates, φ⁺ = φ +
   * (2λη/k)(R/r)(φ + (1−λ)²φ²/(2πλ)); assumed small if not given
   */
  readonly phi0?: number
}

/**
 * Each factor of ten in φ₀ adds ln 10/ln(1 + η|transverse|) escape steps, as at a strict saddle;
 * the tolerance is 3 % and one step, since steps are whole numbers.
 */
export const leakyEscape = claim(
  'gaussian/leaky-escape',
  'With a leaky ReLU gradient descent from angle φ₀ to −w* escapes the saddle point in O(log 1/φ₀) steps',
  'float64',
  { ours: 'a strict saddle repels geometrically' },
  ({ steps, eta, phi0 = 0, ...at }: LeakyEscapeFacts) => {
    const small = eta * leakySmoothness(at.k, at.slope)
    const list = [
      ...hypotheses(at, 'below'),
      hypothesis('step size η ≤ 1/c_λ', small <= 1 + Number.EPSILON, small),
      ...closeToRay(at.slope, phi0),
    ]
    const applies = list.every((h) => h.status !== 'fails')
    const expected = applies ? leakyEscapePerDecade(at.k, at.slope, eta) : 0
    const measured = steps[1] - steps[0]
    return {
      statement: `additional steps for an initialization ten times closer to the ray: ${readable(measured)}; ${readable(expected)} expected`,
      measured,
      relation: '==',
      bound: expected,
      slack: 0.03 * expected + 1,
      hypotheses: list,
    }
  },
)
