import { coefficients } from '../no-overlap/coefficients.js'
import { checkSlope, leakySmoothness } from './leaky-loss.js'
import {
  checkBetween,
  argumentError,
  checkPositive,
  checkNonNegative,
} from '@nonconvex/tensor/check'

/** The critical point opposite to the teacher for a leaky ReLU. */
export interface LeakyAntiparallel {
  /** its distance from the origin: it is −(r/R) w* */
  readonly r: number
  /** eigenvalue across the ray, m − 1 times: negative for every λ in (0, λ*) */
  readonly transverse: number
  /** eigenvalue along the ray */
  readonly radial: number
}

/**
 * The critical point on the ray of the saddle −αw* for leaky ReLU slope λ in [0, 1].
 *
 *     r = R ((1−λ)² b − 2λ/k)/((1−λ)² c + 2λ/k),   transverse −(2λ/k) R/r,   radial (1−λ)² c + 2λ/k
 *
 * At λ = 0 it is degenerate (transverse 0). For every λ > 0 below the threshold it is a strict
 * saddle, and from the threshold λ*(k) on (`leakyThreshold`) there is no such point: null. For m =
 * 1 there is no transverse direction and the point is a local minimum. With one patch there is no
 * such point for any λ.
 *
 * @param R - norm of the teacher, ≥ 0; 0 gives null
 * @param k - number of patches, integer ≥ 1
 * @param slope - λ in [0, 1]
 * @throws RangeError for values out of range
 * Accuracy: 1e-15 relative, away from the threshold. Cost: O(1). Source: ours.
 *
 * @example
 * import { leakyAntiparallel } from '@nonconvex/gaussian-theory/leaky'
 * console.log(leakyAntiparallel(1, 4, 0.1)?.r.toFixed(6)) // → 0.321556
 */
export function leakyAntiparallel(R: number, k: number, slope: number): LeakyAntiparallel | null {
  checkNonNegative('leakyAntiparallel', 'R', R)
  checkBetween('leakyAntiparallel', 'slope', slope, 0, 1)
  const { b } = coefficients(k)
  const radial = leakySmoothness(k, slope)
  const leak = (2 * slope) / k
  const r = (R * ((1 - slope) ** 2 * b - leak)) / radial
  if (!(r > 0)) return null
  return { r, transverse: slope === 0 ? 0 : (-leak * R) / r, radial }
}

/**
 * The leaky ReLU slope from which on the critical point opposite to the teacher and the local
 * maximum at 0 do not exist: the smaller root of
 *
 *     (k−1)(1−λ)² = 2πλ,   λ* = (k−1)/(k−1 + π + √(π² + 2π(k−1)))
 *
 * It grows from 0 at k = 1 towards 1.
 *
 * @param k - number of patches, integer ≥ 1
 * @throws RangeError for another k
 * Accuracy: 1e-15 relative. Cost: O(1). Source: ours.
 *
 * @example
 * import { leakyThreshold } from '@nonconvex/gaussian-theory/leaky'
 * console.log(leakyThreshold(2).toFixed(6)) // → 0.122539
 */
export function leakyThreshold(k: number): number {
  coefficients(k) // checks k
  const others = k - 1
  return others / (others + Math.PI + Math.sqrt(Math.PI * (Math.PI + 2 * others)))
}

/**
 * The number of additional escape steps of gradient descent if the initial angle to the strict
 * saddle's ray is ten times smaller: the angle grows by the factor 1 + η|transverse| in each step,
 * so the number is ln 10/ln(1 + η|transverse|). Infinity at λ = 0, where the escape takes (k−1)/φ₀
 * steps.
 *
 * @param k - number of patches, integer ≥ 2
 * @param slope - λ in [0, λ*(k)), RangeError otherwise, as there is no saddle
 * @param eta - step size > 0; 1/c_λ by default
 *
 * @example
 * import { leakyEscapePerDecade } from '@nonconvex/gaussian-theory/leaky'
 * console.log(leakyEscapePerDecade(5, 0.1).toFixed(6)) // → 10.680930
 */
export function leakyEscapePerDecade(k: number, slope: number, eta?: number): number {
  checkSlope('leakyEscapePerDecade', slope)
  const point = leakyAntiparallel(1, k, slope)
  if (point === null)
    throw argumentError(
      'out-of-range',
      'leakyEscapePerDecade',
      'slope',
      `below the threshold ${leakyThreshold(k)}`,
      slope,
    )
  const size = eta ?? 1 / point.radial
  checkPositive('leakyEscapePerDecade', 'eta', size)
  return Math.LN10 / Math.log1p(size * Math.abs(point.transverse))
}
