import { claim, readable } from '@nonconvex/optim/claims'
import { agreement, type AgreementFacts } from '../sample-agreement.js'

const talk = 'Gaussian Inputs: the integral g(u, v)'
const paper = 'Cho & Saul (2009), arc-cosine kernel of degree 1'

/** Sample means of relu(u·x) relu(v·x) agree with the closed form (see `agreement`). */
export const kernelClosedForm = claim(
  'gaussian/kernel-closed-form',
  'The expectation of relu(u·x) relu(v·x) has a closed form in ‖u‖, ‖v‖ and the angle θ between u and v',
  'statistical',
  { talk, paper },
  (facts: AgreementFacts) => agreement(facts),
)

/** The largest relative difference from quadrature that is allowed. */
const QUADRATURE = 1e-8

/**
 * The closed form agrees with numerical integration to a relative difference of 1e-8. Facts:
 * `largest`, the largest relative difference; `angles`, the number of angles at which they were
 * compared.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { kernelQuadrature } from '@nonconvex/gaussian-theory/integral'
 * console.log(verdictOn(kernelQuadrature, { largest: 3e-15, angles: 200 }).status) // → holds
 */
export const kernelQuadrature = claim(
  'gaussian/kernel-quadrature',
  'The closed form of the expectation of relu(u·x) relu(v·x) agrees with numerical integration',
  'float64',
  { talk, paper, ours: 'polar coordinates in the plane of the two vectors' },
  ({ largest, angles }: { readonly largest: number; readonly angles: number }) => ({
    statement: `largest relative difference ${readable(largest)} at ${readable(angles)} angles; at most ${readable(QUADRATURE)}`,
    measured: largest,
    relation: '<=',
    bound: QUADRATURE,
    ...(angles === 0 && { undecided: 'no angle' }),
  }),
)

/** The relative errors of the two forms on pairs of vectors with φ = π − θ. */
export interface KernelErrors {
  readonly phi: number
  /** largest relative error of reluPair */
  readonly stable: number
  /** largest relative error of reluPairNaive */
  readonly naive: number
}

/** A bound on the relative error of {@link reluPair}, where φ is accurate to 6e-16 and g ~ φ³. */
export function kernelErrorBudget(phi: number): number {
  return 1e-14 + 2e-15 / phi
}

/** The error of the stable form is within {@link kernelErrorBudget} at every φ. */
export const kernelDigits = claim(
  'gaussian/kernel-digits',
  'The formula in φ = π − θ has a relative error of at most 10⁻¹⁴ + 2·10⁻¹⁵/φ for nearly opposite vectors',
  'float64',
  { ours: 's̃(φ) by its series, φ without an arc cosine' },
  (errors: readonly KernelErrors[]) => {
    const used = errors.map(({ phi, stable }) => stable / kernelErrorBudget(phi))
    const measured = Math.max(0, ...used)
    const least = Math.min(...errors.map(({ phi }) => phi))
    const last = errors.find(({ phi }) => phi === least)
    return {
      statement: `relative error at most ${readable(measured, 3)} times 1e-14 + 2e-15/φ; ${readable(last?.stable ?? NaN, 2)} at φ = ${readable(least, 2)}`,
      measured,
      relation: '<=',
      bound: 1,
      ...(errors.length === 0 && { undecided: 'no pair' }),
    }
  },
)

/**
 * The angle φ up to which the form with an arc cosine is claimed to have no correct digit, and the
 * relative error from which on no digit counts as correct.
 */
const LOST_BELOW = 1e-6
const LOST = 0.5

/** The form with an arc cosine has a relative error of at least ½ at every φ ≤ 1e-6. */
export const kernelArcCosine = claim(
  'gaussian/kernel-arc-cosine',
  'The formula with an arc cosine has no correct digit for nearly opposite vectors, φ = π − θ ≤ 10⁻⁶',
  'float64',
  { ours: 'it falls like φ³, rounding errors stay' },
  (errors: readonly KernelErrors[]) => {
    // angles are met up to rounding
    const close = errors.filter(({ phi }) => phi <= LOST_BELOW * (1 + 1e-6))
    const measured = Math.min(...close.map(({ naive }) => naive))
    return {
      statement: `relative error at least ${readable(measured, 3)} for φ ≤ ${readable(LOST_BELOW)} (no correct digit from ${LOST} on)`,
      measured,
      relation: '>=',
      bound: LOST,
      ...(close.length === 0 && { undecided: 'no pair so close to opposite' }),
    }
  },
)
