import { coefficients } from '../no-overlap/coefficients.js'

/** The parameters of the heavy-ball method w⁺ = w − η∇ℓ(w) + β(w − w_prev). */
export interface HeavyBall {
  readonly eta: number
  readonly beta: number
}

/**
 * The spectral radius of the iteration matrix [[1 + β − ηλ, −β], [1, 0]]; it is √β if the
 * eigenvalues are complex.
 *
 * Source: Polyak (1964).
 *
 * @example
 * import { heavyBallRadius } from '@nonconvex/gaussian-theory/descent'
 * console.log(heavyBallRadius({ eta: 1, beta: 0.25 }, 1)) // → 0.5
 */
export function heavyBallRadius({ eta, beta }: HeavyBall, lambda: number): number {
  const half = Math.abs(1 + beta - eta * lambda) / 2
  const square = half * half - beta
  return square <= 0 ? Math.sqrt(beta) : half + Math.sqrt(square)
}

/** The eigenvalues of the no-overlap Hessian at w*: μ = a orthogonal to w* and L = c along w*. */
export function teacherCurvatures(k: number): { readonly mu: number; readonly L: number } {
  const { a, c } = coefficients(k)
  return { mu: a, L: c }
}

/**
 * The asymptotic rate of the heavy-ball method at the teacher of the no-overlap loss: the larger of
 * the spectral radii for μ and L, for filters of length m ≥ 2.
 *
 * Source: Polyak (1964), evaluated at the eigenvalues of the Hessian.
 */
export function heavyBallRate(ball: HeavyBall, k: number): number {
  const { mu, L } = teacherCurvatures(k)
  return Math.max(heavyBallRadius(ball, mu), heavyBallRadius(ball, L))
}

/**
 * The rate (L − μ)/(L + μ) of gradient descent with η = 2/(L + μ), its best step size, at the teacher of
 * the no-overlap loss.
 *
 * @example
 * import { descentRate } from '@nonconvex/gaussian-theory/descent'
 * console.log(descentRate(10).toFixed(3)) // → 0.589
 */
export function descentRate(k: number): number {
  const { mu, L } = teacherCurvatures(k)
  return (L - mu) / (L + mu)
}

/** Polyak's parameters, η = 4/(√L + √μ)² and β = ((√L − √μ)/(√L + √μ))²; their rate is √β. */
export function polyakParameters(k: number): HeavyBall {
  const { mu, L } = teacherCurvatures(k)
  const sum = Math.sqrt(L) + Math.sqrt(mu)
  return { eta: 4 / sum ** 2, beta: ((Math.sqrt(L) - Math.sqrt(mu)) / sum) ** 2 }
}
