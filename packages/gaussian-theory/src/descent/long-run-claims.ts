import { decide, hypothesis, readable, type Claim, type Verdict } from '@nonconvex/optim/claims'
import { coefficients } from '../coefficients.js'

/** I2 along a whole run */
export const sameRunClaim: Claim = {
  id: 'gaussian/same-run',
  title: 'Two scalars alone give the whole run',
  rigor: 'float64',
  source: { ours: 'I2 iterated: the step maps (r, θ) to (r⁺, θ⁺)' },
}

/** the limit of B3 */
export const limitRateClaim: Claim = {
  id: 'gaussian/limit-rate',
  title: 'In the end each step multiplies the loss by one factor below one',
  rigor: 'float64',
  source: { ours: 'linearisation at w*: factor (1 − ηa)², which is α² at η = 1/c' },
}

/** Both claims about whole runs. */
export const longRunClaims: readonly Claim[] = [sameRunClaim, limitRateClaim]

/**
 * How far a step may be off when both runs are in float64, from a start at φ₀, in units of max(r₀,
 * R).
 */
export function sameRunTolerance(phi0: number): number {
  // near −w* the start is known to 1e-16 in φ only, and 1/φ loses a constant per step
  return 1e-12 + 1e-14 / (phi0 * phi0)
}

/** Runs, each with the distance between the full one and that of two scalars. */
export interface SameRunFound {
  readonly k: number
  readonly eta: number
  /** largest max(|Δr|, R|Δθ|)/max(r₀, R) of each run */
  readonly off: readonly number[]
  /** angle of each start to −w*; runs with φ₀ ≤ 1e-15 are to be left out */
  readonly phi0: readonly number[]
}

/**
 * Whether full runs and two-scalar runs agree to {@link sameRunTolerance} at every step.
 *
 * @example
 * import { decideSameRun } from '@nonconvex/gaussian-theory'
 * console.log(decideSameRun({ k: 5, eta: 1, off: [1e-14], phi0: [1.5] }).status) // → holds
 */
export function decideSameRun({ k, eta, off, phi0 }: SameRunFound): Verdict {
  const { c } = coefficients(k)
  const used = off.map((x, i) => x / sameRunTolerance(phi0[i]))
  const measured = Math.max(...used)
  return decide(sameRunClaim, {
    statement: `largest distance ${readable(Math.max(...off))} max(r₀, ‖w*‖) on ${readable(off.length)} runs: ${readable(measured)} of the tolerance`,
    measured,
    relation: '<=',
    bound: 1,
    hypotheses: [hypothesis('step size η ≤ 1/c', eta * c <= 1 + Number.EPSILON, eta * c)],
    ...(off.length === 0 && { undecided: 'no run' }),
  })
}

/** Slopes of ln ℓ per step at the end of runs. */
export interface LimitRateFound {
  readonly k: number
  readonly m: number
  readonly eta: number
  readonly slopes: readonly number[]
}

/**
 * Whether the slope of ln ℓ per step tends to 2 ln(1 − ηa), to 2 %. At k = 1 and η = 1/c the factor
 * is 0: convergence is faster than linear, and the claim says nothing.
 *
 * @example
 * import { coefficients, decideLimitRate } from '@nonconvex/gaussian-theory'
 * const eta = 1 / coefficients(5).c
 * console.log(decideLimitRate({ k: 5, m: 2, eta, slopes: [-1.159] }).status) // → holds
 */
export function decideLimitRate({ k, m, eta, slopes }: LimitRateFound): Verdict {
  const { a, c } = coefficients(k)
  const expected = 2 * Math.log(1 - eta * a)
  const ratios = slopes.map((slope) => slope / expected)
  const measured = ratios.reduce(
    (worst, x) => (Math.abs(x - 1) > Math.abs(worst - 1) ? x : worst),
    1,
  )
  const factor = Math.exp(measured * expected)
  return decide(limitRateClaim, {
    statement: `the loss falls by the factor ${readable(factor)} a step, predicted ${readable(Math.exp(expected))} = (1 − ηa)², furthest of ${readable(slopes.length)} runs`,
    measured,
    relation: '==',
    bound: 1,
    slack: 0.02,
    hypotheses: [
      hypothesis('k ≥ 2 windows', k >= 2, k),
      hypothesis('filter length m ≥ 2', m >= 2, m),
      hypothesis('step size η ≤ 1/c', eta * c <= 1 + Number.EPSILON, eta * c),
    ],
    ...(slopes.length === 0 && { undecided: 'no run came close enough to w*' }),
  })
}
