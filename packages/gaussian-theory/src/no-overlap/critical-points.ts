import { norm2, type Vec } from '@nonconvex/tensor'
import { hypothesis, type Hypothesis } from '@nonconvex/optim/claims'
import { coefficients } from './coefficients.js'
import { checkPair } from '../integral/pair-frame.js'

/**
 * The kind of a critical point of the no-overlap loss. `degenerate` occurs only outside the
 * hypotheses.
 */
export type CriticalKind = 'maximum' | 'minimum' | 'saddle' | 'localMinimum' | 'degenerate'

/**
 * A critical or non-differentiable point of the loss, in closed form.
 */
export interface CriticalPoint {
  readonly kind: CriticalKind
  readonly w: Float64Array
  readonly loss: number
  /**
   * distinct eigenvalues of the Hessian with multiplicities, ascending; absent where there is no
   * Hessian
   */
  readonly eigenvalues?: readonly { readonly value: number; readonly multiplicity: number }[]
  /** at the origin: least and greatest slope over unit directions */
  readonly oneSided?: { readonly min: number; readonly max: number }
  /** no eigenvalue is negative, so that a second-order test cannot exclude a minimum */
  readonly psdHessian?: boolean
  /**
   * at the saddle: the loss falls like coefficient · |φ|^order in every direction across the ray
   */
  readonly order?: number
  readonly coefficient?: number
  /** one sentence for a reader */
  readonly text: string
  readonly hypotheses: readonly Hypothesis[]
}

/** The hypotheses of the talk's theorem on critical points. */
export function landscapeHypotheses(m: number, R: number, k: number): Hypothesis[] {
  return [
    hypothesis('k ≥ 2 patches', k >= 2, k),
    hypothesis('filter length m ≥ 2', m >= 2, m),
    hypothesis('teacher w* ≠ 0', R > 0, R),
  ]
}

/**
 * All critical points of the no-overlap loss.
 *
 * For k ≥ 2, m ≥ 2, w* ≠ 0, and only then, they are those of the talk:
 *
 *     0        a local maximum, not differentiable        ℓ = c R²/2
 *     w*       the global minimum                          ℓ = 0,  eigenvalues a (m−1 times), c
 *     −α w*    a degenerate saddle, α = (k−1)/(k−1+π)      ℓ = (1 − α²) ℓ(0),  eigenvalues 0 (m−1 times), c
 *
 * At the saddle no eigenvalue is negative, but across the ray the loss falls at third order: ℓ(αR,
 * π − φ) − ℓ(−αw*) = −(a/π) α R² s̃(φ) = −(aαR²/3π) φ³ + O(φ⁵). There is no other critical point:
 * the component of the gradient across the ray has size aR(1 − θ/π) sin θ, which vanishes only at θ
 * = 0 and θ = π, and on these two rays the loss is a parabola.
 *
 * Outside the hypotheses the list is different: for k = 1 the saddle merges with the origin
 * (`degenerate`), for m = 1 −αw* is a `localMinimum`, for w* = 0 there is one minimum at 0.
 *
 * @param wStar - [m], the teacher
 * @param k - number of patches, integer ≥ 1
 * @returns one to three points: origin, minimum, then the one opposite to the teacher
 * @throws RangeError for NaN, infinities, an empty vector, other k
 *
 * Accuracy: closed forms, a few ulp. Cost: O(m).
 * Source: the talk, slide on critical points; order and outside cases are ours.
 *
 * @example
 * import { criticalPoints } from '@nonconvex/gaussian-theory'
 * console.log(criticalPoints([1, 0], 5).map(({ kind }) => kind).join()) // → maximum,minimum,saddle
 */
export function criticalPoints(wStar: Vec, k: number): readonly CriticalPoint[] {
  checkPair('criticalPoints', 'wStar', wStar, 'wStar', wStar)
  const { c } = coefficients(k)
  const R = norm2(wStar)
  const m = wStar.length
  const hypotheses = landscapeHypotheses(m, R, k)
  if (R === 0)
    return [
      {
        kind: 'minimum',
        w: new Float64Array(m),
        loss: 0,
        eigenvalues: [{ value: c, multiplicity: m }],
        psdHessian: true,
        text: 'the teacher is 0, and so is the only critical point: the minimum',
        hypotheses,
      },
    ]
  const points = [origin(wStar, R, k, hypotheses), minimum(wStar, k, hypotheses)]
  return k === 1 ? points : [...points, opposite(wStar, R, k, hypotheses)]
}

function origin(wStar: Vec, R: number, k: number, hypotheses: Hypothesis[]): CriticalPoint {
  const { b, c } = coefficients(k)
  const maximum = k >= 2
  return {
    kind: maximum ? 'maximum' : 'degenerate',
    w: new Float64Array(wStar.length),
    loss: (c / 2) * R * R,
    oneSided: { min: -c * R, max: -b * R },
    text: maximum
      ? 'a non-differentiable local maximum: the loss decreases at first order in every direction'
      : 'no maximum for k = 1: opposite to the teacher the loss increases at second order',
    hypotheses,
  }
}

function minimum(wStar: Vec, k: number, hypotheses: Hypothesis[]): CriticalPoint {
  const { a, c } = coefficients(k)
  return {
    kind: 'minimum',
    w: Float64Array.from(wStar),
    loss: 0,
    eigenvalues: spectrum(a, c, wStar.length),
    psdHessian: true,
    text: 'the global minimum: the teacher itself',
    hypotheses,
  }
}

function opposite(wStar: Vec, R: number, k: number, hypotheses: Hypothesis[]): CriticalPoint {
  const { a, c, alpha } = coefficients(k)
  const m = wStar.length
  const w = Float64Array.from(wStar, (x) => -alpha * x)
  const loss = ((R * R) / (2 * k)) * ((2 * k - 2 + Math.PI) / (k - 1 + Math.PI))
  const common = { w, loss, eigenvalues: spectrum(0, c, m), psdHessian: true, hypotheses }
  if (m === 1)
    return {
      ...common,
      kind: 'localMinimum',
      text: 'a local minimum for m = 1: there is no direction across the ray',
    }
  return {
    ...common,
    kind: 'saddle',
    order: 3,
    coefficient: (a * alpha * R * R) / (3 * Math.PI),
    text: 'a degenerate saddle: no negative eigenvalue, descent at third order across the ray',
  }
}

function spectrum(
  across: number,
  along: number,
  m: number,
): readonly { value: number; multiplicity: number }[] {
  const radial = { value: along, multiplicity: 1 }
  if (m === 1) return [radial]
  if (across === along) return [{ value: along, multiplicity: m }]
  return [{ value: across, multiplicity: m - 1 }, radial]
}
