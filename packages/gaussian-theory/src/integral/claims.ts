import { decide, readable, type Claim, type Verdict } from '@nonconvex/optim/claims'

const talk = 'Gaussian Inputs: the integral g(u, v)'
const paper = 'Cho & Saul (2009), arc-cosine kernel of degree 1'

export const kernelClaim: Claim = {
  id: 'gaussian/kernel-closed-form',
  title: 'The mean of a product of two ReLUs is a function of their angle',
  rigor: 'statistical',
  source: { talk, paper },
}
export const quadratureClaim: Claim = {
  id: 'gaussian/kernel-quadrature',
  title: 'The closed form of the mean is what numerical integration gives',
  rigor: 'float64',
  source: { talk, paper, ours: 'polar coordinates in the plane of the two vectors' },
}
export const stableKernelClaim: Claim = {
  id: 'gaussian/kernel-digits',
  title:
    'Written in the angle to the opposite vector, the mean keeps its digits however small it is',
  rigor: 'float64',
  source: { ours: 's̃(φ) by its series, φ without an arc cosine' },
}
export const naiveKernelClaim: Claim = {
  id: 'gaussian/kernel-arc-cosine',
  title: 'Written with an arc cosine, the mean has no correct digit for nearly opposite vectors',
  rigor: 'float64',
  source: { ours: 'it falls like φ³, rounding errors stay' },
}

/** The claims about the integral. Agreement with samples is decided by `decideAgreement`. */
export const integralClaims: readonly Claim[] = [
  kernelClaim,
  quadratureClaim,
  stableKernelClaim,
  naiveKernelClaim,
]

/** Largest relative difference from quadrature. */
const QUADRATURE = 1e-8

/**
 * Whether the closed form agrees with numerical integration to 1e-8, relative.
 *
 * @param largest - largest relative difference met
 * @param angles - how many angles were compared
 *
 * @example
 * import { decideQuadrature } from '@nonconvex/gaussian-theory'
 * console.log(decideQuadrature(3e-15, 200).status) // → holds
 */
export function decideQuadrature(largest: number, angles: number): Verdict {
  return decide(quadratureClaim, {
    statement: `largest relative difference ${readable(largest)} at ${readable(angles)} angles; at most ${readable(QUADRATURE)}`,
    measured: largest,
    relation: '<=',
    bound: QUADRATURE,
    ...(angles === 0 && { undecided: 'no angle' }),
  })
}

/** Relative errors of the two forms on pairs that are φ away from opposite. */
export interface DigitsFound {
  readonly phi: number
  /** largest relative error of reluPair */
  readonly stable: number
  /** largest relative error of reluPairNaive */
  readonly naive: number
}

/** Relative error that {@link reluPair} is allowed: φ is known to 6e-16, and g ~ φ³. */
export function kernelErrorBudget(phi: number): number {
  return 1e-14 + 2e-15 / phi
}

/** Whether the error of the stable form is within {@link kernelErrorBudget} at every φ. */
export function decideStableKernel(found: readonly DigitsFound[]): Verdict {
  const used = found.map(({ phi, stable }) => stable / kernelErrorBudget(phi))
  const measured = Math.max(0, ...used)
  const least = Math.min(...found.map(({ phi }) => phi))
  const last = found.find(({ phi }) => phi === least)
  return decide(stableKernelClaim, {
    statement: `relative error at most ${readable(measured, 3)} of 1e-14 + 2e-15/φ; ${readable(last?.stable ?? NaN, 2)} at φ = ${readable(least, 2)}`,
    measured,
    relation: '<=',
    bound: 1,
    ...(found.length === 0 && { undecided: 'no pair' }),
  })
}

/**
 * From here on the form with an arc cosine is to have lost everything; and from this relative error
 * on it has.
 */
const LOST_BELOW = 1e-6
const LOST = 0.5

/** Whether the form with an arc cosine is off by half of the value or more at every φ ≤ 1e-6. */
export function decideNaiveKernel(found: readonly DigitsFound[]): Verdict {
  // angles are met up to rounding
  const close = found.filter(({ phi }) => phi <= LOST_BELOW * (1 + 1e-6))
  const measured = Math.min(...close.map(({ naive }) => naive))
  return decide(naiveKernelClaim, {
    statement: `relative error at least ${readable(measured, 3)} for φ ≤ ${readable(LOST_BELOW)}: from ${LOST} on no digit is left`,
    measured,
    relation: '>=',
    bound: LOST,
    ...(close.length === 0 && { undecided: 'no pair so close to opposite' }),
  })
}
