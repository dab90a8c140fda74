import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { coefficients } from '../coefficients.js'

/**
 * How far a step may be off when both runs are in float64, from a start at φ₀, in units of max(r₀,
 * R).
 */
export function sameRunTolerance(phi0: number): number {
  // near −w* the start is known to 1e-16 in φ only, and 1/φ loses a constant per step
  return 1e-12 + 1e-14 / (phi0 * phi0)
}

/** Runs, each with the distance between the full one and that of two scalars. */
export interface SameRunFacts {
  readonly k: number
  readonly eta: number
  /** largest max(|Δr|, R|Δθ|)/max(r₀, R) of each run */
  readonly off: readonly number[]
  /** angle of each start to −w*; runs with φ₀ ≤ 1e-15 are to be left out */
  readonly phi0: readonly number[]
}

/**
 * Full runs and two-scalar runs agree to {@link sameRunTolerance} at every step.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { sameRun } from '@nonconvex/gaussian-theory/descent'
 * console.log(verdictOn(sameRun, { k: 5, eta: 1, off: [1e-14], phi0: [1.5] }).status) // → holds
 */
export const sameRun = claim(
  'gaussian/same-run',
  'Two scalars alone give the whole run',
  'float64',
  { ours: 'I2 iterated: the step maps (r, θ) to (r⁺, θ⁺)' },
  ({ k, eta, off, phi0 }: SameRunFacts) => {
    const { c } = coefficients(k)
    const used = off.map((x, i) => x / sameRunTolerance(phi0[i]))
    const measured = Math.max(...used)
    return {
      statement: `largest distance ${readable(Math.max(...off))} max(r₀, ‖w*‖) on ${readable(off.length)} runs: ${readable(measured)} of the tolerance`,
      measured,
      relation: '<=',
      bound: 1,
      hypotheses: [hypothesis('step size η ≤ 1/c', eta * c <= 1 + Number.EPSILON, eta * c)],
      ...(off.length === 0 && { undecided: 'no run' }),
    }
  },
)

/** Slopes of ln ℓ per step at the end of runs. */
export interface LimitRateFacts {
  readonly k: number
  readonly m: number
  readonly eta: number
  readonly slopes: readonly number[]
}

/**
 * The slope of ln ℓ per step tends to 2 ln(1 − ηa), to 2 %. At k = 1 and η = 1/c the factor
 * is 0: convergence is faster than linear, and the claim says nothing.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { coefficients } from '@nonconvex/gaussian-theory'
 * import { limitRate } from '@nonconvex/gaussian-theory/descent'
 * const eta = 1 / coefficients(5).c
 * console.log(verdictOn(limitRate, { k: 5, m: 2, eta, slopes: [-1.159] }).status) // → holds
 */
export const limitRate = claim(
  'gaussian/limit-rate',
  'In the end each step multiplies the loss by one factor below one',
  'float64',
  { ours: 'linearisation at w*: factor (1 − ηa)², which is α² at η = 1/c' },
  ({ k, m, eta, slopes }: LimitRateFacts) => {
    const { a, c } = coefficients(k)
    const expected = 2 * Math.log(1 - eta * a)
    const ratios = slopes.map((slope) => slope / expected)
    const measured = ratios.reduce(
      (worst, x) => (Math.abs(x - 1) > Math.abs(worst - 1) ? x : worst),
      1,
    )
    const factor = Math.exp(measured * expected)
    return {
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
    }
  },
)
