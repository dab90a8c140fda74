import { claim, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import { coefficients } from '../coefficients.js'

/** Problem and step size of runs. */
export interface EscapeSetting {
  readonly k: number
  readonly m: number
  readonly eta: number
}

function hypotheses({ k, m, eta }: EscapeSetting): Hypothesis[] {
  const used = eta * coefficients(k).c
  return [
    hypothesis('k ≥ 2 windows', k >= 2, k),
    hypothesis('filter length m ≥ 2', m >= 2, m),
    hypothesis('step size η ≤ 1/c', used <= 1 + Number.EPSILON, used),
  ]
}

/**
 * Steps of gradient descent until a start near −αw* has left its ray, to first order in 1/φ₀: (k −
 * 1)/(ηc φ₀).
 *
 * @example
 * import { coefficients } from '@nonconvex/gaussian-theory'
 * import { escapeTime } from '@nonconvex/gaussian-theory/descent'
 * console.log(escapeTime(5, 1e-3, 1 / coefficients(5).c)) // → 4000
 */
export function escapeTime(k: number, phi0: number, eta: number): number {
  return (k - 1) / (eta * coefficients(k).c * phi0)
}

/** The law is about small angles: the next term is of order log(1/φ₀) steps. */
const CLOSE = 1e-3
const LAW_SLACK = 0.05

/**
 * From norm R and φ₀ ≤ 1e-3 it takes (k − 1)/(ηc φ₀) steps to φ ≥ π/2, to 5 %. Facts: the setting;
 * `phi0`; `steps`, the first step with φ ≥ π/2, undefined if there was none; `taken`, steps made in
 * all.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { coefficients } from '@nonconvex/gaussian-theory'
 * import { escapeLaw } from '@nonconvex/gaussian-theory/descent'
 * const at = { k: 5, m: 2, eta: 1 / coefficients(5).c }
 * console.log(verdictOn(escapeLaw, { ...at, phi0: 1e-3, steps: 4007, taken: 4050 }).status) // → holds
 */
export const escapeLaw = claim(
  'gaussian/escape-law',
  'The escape from the ray of the saddle takes (k − 1)/φ₀ steps',
  'float64',
  { ours: 'near −αw* a step of 1/c adds φ²/(k − 1) to the angle' },
  ({
    phi0,
    steps,
    taken,
    ...at
  }: EscapeSetting & {
    readonly phi0: number
    readonly steps?: number | undefined
    readonly taken: number
  }) => {
    const law = at.k >= 2 ? escapeTime(at.k, phi0, at.eta) : 0
    const measured = (steps ?? taken) / law
    const found = steps === undefined ? `not left after ${readable(taken)}` : readable(steps)
    // a run that was stopped before the law's number says nothing
    const open = steps === undefined && measured < 1 - LAW_SLACK
    return {
      statement: `${found} steps from φ₀ = ${readable(phi0, 2)}, where (k − 1)/(ηc φ₀) is ${readable(law)}`,
      measured,
      relation: '==',
      bound: 1,
      slack: LAW_SLACK,
      holds: steps !== undefined,
      hypotheses: [
        ...hypotheses(at),
        hypothesis('start close to the ray, φ₀ ≤ 1e-3', phi0 <= CLOSE * (1 + 1e-9), phi0),
      ],
      ...(open && { undecided: 'too few steps' }),
    }
  },
)

/** Where a run from opposite to the teacher ended. */
export interface AntiparallelEnd {
  /** its last loss, in units of R² */
  readonly loss: number
  /** its last angle to −w* */
  readonly phi: number
  /** ‖w‖/R at its end */
  readonly r: number
}

/** Rounding may turn the run by an ulp a step, and the loss feels φ³ only. */
const STILL_OPPOSITE = 1e-12
const LOSS_SLACK = 1e-12

/** The run from −w* ends at the saddle, with its loss (1 − α²) ℓ(0), to 1e-12. */
export const antiparallelStart = claim(
  'gaussian/antiparallel-start',
  'A start exactly opposite to the teacher ends at the saddle',
  'float64',
  { ours: 'on the ray the loss is a parabola with its minimum at −αw*' },
  ({ loss, phi, r, ...at }: EscapeSetting & AntiparallelEnd) => {
    const { alpha, c } = coefficients(at.k)
    const saddle = (c / 2) * (1 - alpha * alpha)
    return {
      statement: `loss ${readable(loss, 6)} ‖w*‖² at −${readable(r, 6)} w*, ${readable(phi, 2)} away from the ray; the saddle has ${readable(saddle, 6)} at −${readable(alpha, 6)} w*`,
      measured: loss,
      relation: '==',
      bound: saddle,
      slack: LOSS_SLACK,
      holds: phi <= STILL_OPPOSITE,
      hypotheses: hypotheses(at),
    }
  },
)
