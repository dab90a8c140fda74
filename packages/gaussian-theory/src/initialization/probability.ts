import { power } from '@nonconvex/tensor'
import { checkCount, checkInteger, checkProperFraction } from '@nonconvex/tensor/check'
import { checkAngle } from '../no-overlap/ray.js'

/**
 * Formula B5: the probability that an initialization, uniform on a sphere in R^m, has an angle of
 * less than delta to the ray opposite to the teacher.
 *
 *     P(φ₀ < δ) = ∫₀^δ sin^{m−2} / ∫₀^π sin^{m−2} = ½ I_{sin²δ}((m−1)/2, ½)   for δ ≤ π/2
 *     m = 1: ½,   m = 2: δ/π,   m = 3: (1 − cos δ)/2
 *
 * @param delta - angle in [0, π]
 * @param m - dimension, integer ≥ 1
 * @returns probability in [0, 1]
 * @throws RangeError for values out of range
 *
 * Accuracy: relative 1e-13. Cost: O(m) products and at most a few hundred terms.
 * Source: ours; continued fraction of the incomplete beta function (DLMF 8.17.22).
 *
 * @example
 * import { antiparallelProbability } from '@nonconvex/gaussian-theory/descent'
 * console.log(antiparallelProbability(0.1, 2).toFixed(6)) // → 0.031831
 */
export function antiparallelProbability(delta: number, m: number): number {
  checkAngle('antiparallelProbability', 'delta', delta)
  checkCount('antiparallelProbability', 'm', m)
  if (m === 1) return delta < Math.PI ? 0.5 : 1
  if (m === 2) return delta / Math.PI
  if (delta > Math.PI / 2) return 1 - antiparallelProbability(Math.PI - delta, m)
  const half = Math.sin(delta / 2)
  if (m === 3) return half * half
  return 0.5 * incompleteBeta((m - 1) / 2, delta)
}

/**
 * The angle that a uniform initialization exceeds with probability 1 − p: the inverse of
 * {@link antiparallelProbability} in its first argument, by bisection.
 *
 * @param p - probability in (0, 1)
 * @param m - dimension, integer ≥ 2
 * @throws RangeError for values out of range
 *
 * @example
 * import { antiparallelAngle } from '@nonconvex/gaussian-theory/descent'
 * console.log(antiparallelAngle(0.5, 4).toFixed(6)) // → 1.570796
 */
export function antiparallelAngle(p: number, m: number): number {
  checkInteger('antiparallelAngle', 'm', m, 2)
  checkProperFraction('antiparallelAngle', 'p', p)
  let low = 0
  let high = Math.PI
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) return low
    if (antiparallelProbability(middle, m) < p) low = middle
    else high = middle
  }
}

/**
 * The density of the angle between a uniform initialization and the ray opposite to the teacher:
 * the derivative of {@link antiparallelProbability} in delta.
 *
 *     p(φ) = sin^{m−2} φ / ∫₀^π sin^{m−2}
 *
 * @param phi - angle in [0, π]
 * @param m - dimension, integer ≥ 2; for m = 1 there are two angles only
 * @throws RangeError for values out of range
 *
 * @example
 * import { antiparallelDensity } from '@nonconvex/gaussian-theory/descent'
 * console.log(antiparallelDensity(Math.PI / 2, 3)) // → 0.5
 */
export function antiparallelDensity(phi: number, m: number): number {
  checkAngle('antiparallelDensity', 'phi', phi)
  checkInteger('antiparallelDensity', 'm', m, 2)
  return power(Math.sin(phi), m - 2) / sinePower(m - 2)
}

/**
 * The incomplete beta function I_x(a, ½) for x = sin²δ with δ ≤ π/2, where a is a multiple of ½.
 */
function incompleteBeta(a: number, delta: number): number {
  const s = Math.sin(delta)
  const y = Math.cos(delta)
  // x^a (1−x)^½ / B(a, ½); B(a, ½) = ∫₀^π sin^{2a−1}
  const front = (power(s, 2 * a) * y) / sinePower(2 * a - 1)
  const x = s * s
  if (x < (a + 1) / (a + 2.5)) return (front * fraction(a, 0.5, x)) / a
  return 1 - (front * fraction(0.5, a, y * y)) / 0.5
}

/** The integral ∫₀^π sin^n for n ≥ 0, by the recursion W_n = W_{n−2} (n−1)/n. */
function sinePower(n: number): number {
  let value = n % 2 === 0 ? Math.PI : 2
  for (let j = n % 2 === 0 ? 2 : 3; j <= n; j += 2) value *= (j - 1) / j
  return value
}

/** The continued fraction of I_x(a, b) without its front factor, by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let upper = 1
  let lower = 1 / away(1 - ((a + b) * x) / (a + 1))
  let result = lower
  for (let j = 1; j < 10_000; j++) {
    const even = (j * (b - j) * x) / ((a + 2 * j - 1) * (a + 2 * j))
    const odd = (-(a + j) * (a + b + j) * x) / ((a + 2 * j) * (a + 2 * j + 1))
    let change = 1
    for (const coefficient of [even, odd]) {
      lower = 1 / away(1 + coefficient * lower)
      upper = away(1 + coefficient / upper)
      change = upper * lower
      result *= change
    }
    if (Math.abs(change - 1) < 1e-16) break
  }
  return result
}

/** The angles between initializations and −w*, for one filter length. */
export interface InitialAngles {
  readonly m: number
  readonly phi0: readonly number[]
}

/**
 * The largest distance D between the fraction of angles below δ and its probability, over all δ in
 * [0, π].
 */
export function initialAngleGap({ m, phi0 }: InitialAngles): number {
  const n = phi0.length
  const sorted = [...phi0].sort((a, b) => a - b)
  return sorted.reduce((gap, phi, i) => {
    const p = antiparallelProbability(phi, m)
    return Math.max(gap, (i + 1) / n - p, p - i / n)
  }, 0)
}
