import {
  decide,
  hypothesis,
  readable,
  type Claim,
  type Hypothesis,
  type Verdict,
} from '@nonconvex/optim/claims'
import { coefficients } from './coefficients.js'
import type { NoOverlapEigenvalues } from './no-overlap-hessian.js'

const talk = 'Gaussian Inputs: the loss without overlap in closed form'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

export const lossClaim: Claim = {
  id: 'gaussian/loss-closed-form',
  title: 'The population loss has a closed form',
  rigor: 'statistical',
  source: { talk, paper },
}
export const gradientClaim: Claim = {
  id: 'gaussian/gradient-closed-form',
  title: 'Its gradient has a closed form',
  rigor: 'statistical',
  source: { paper, ours: 'by differentiation of the kernel' },
}
export const slideFormClaim: Claim = {
  id: 'gaussian/slide-form',
  title: "The talk's formula and the one without cancellation agree",
  rigor: 'float64',
  source: { talk, ours: 'the constant γ‖w*‖²/k², left out on the slide, is included' },
}
export const eigenvaluesClaim: Claim = {
  id: 'gaussian/hessian-eigenvalues',
  title: 'The Hessian has three eigenvalues in closed form',
  rigor: 'float64',
  source: { ours: 'radial c, in-plane c − bR/r − 2q, transverse c − bR/r − q' },
}
export const topCurvatureClaim: Claim = {
  id: 'gaussian/top-curvature',
  title: 'No direction is curved more than c',
  rigor: 'float64',
  source: { ours: 'the loss is c/2 ‖w‖² plus a concave function' },
}

/** The claims about closed forms, in the order of the formulas. */
export const closedFormClaims: readonly Claim[] = [
  lossClaim,
  gradientClaim,
  slideFormClaim,
  eigenvaluesClaim,
  topCurvatureClaim,
]

/** Standard errors that a sample mean may be off. */
export const zBound = 4.5
/** the chance that a normal variable is off by more */
const Z_TAIL = 6.795346e-6
/**
 * Of fewer draws the means are too skewed for normal tails: squares of products of normal numbers
 * are heavy.
 */
const FEWEST_SAMPLES = 10_000

/** A closed form beside a sample mean, entry by entry. */
export interface SampleComparison {
  readonly exact: readonly number[]
  readonly mean: readonly number[]
  /** standard error of each mean */
  readonly error: readonly number[]
}

/** (mean − exact)/error of every entry; 0 where all three say so. */
export function zScores({ exact, mean, error }: SampleComparison): number[] {
  return exact.map((x, i) => (mean[i] === x ? 0 : (mean[i] - x) / error[i]))
}

/**
 * Whether sample means agree with a closed form: every one within 4.5 standard errors. The
 * confidence is that of normal means, so fewer than 10,000 draws decide nothing.
 *
 * @param claim - lossClaim or gradientClaim
 * @param samples - draws behind each mean, for the statement
 * @param comparison - one or more entries; the confidence counts all of them
 * @param hypotheses - of the closed form: that the windows share no coordinate
 *
 * @example
 * import { decideAgreement, lossClaim } from '@nonconvex/gaussian-theory'
 * const found = { exact: [0.5], mean: [0.501], error: [0.001] }
 * console.log(decideAgreement(lossClaim, 1e5, found).status) // → holds
 */
export function decideAgreement(
  claim: Claim,
  samples: number,
  comparison: SampleComparison,
  hypotheses: readonly Hypothesis[] = [],
): Verdict {
  const z = zScores(comparison).map(Math.abs)
  const measured = Math.max(...z)
  const numbers = z.length === 1 ? 'the mean' : `the furthest of ${readable(z.length)} means`
  return decide(claim, {
    statement: `${numbers} of ${readable(samples)} samples is ${readable(measured, 3)} standard errors off; at most ${zBound} allowed`,
    measured,
    relation: '<=',
    bound: zBound,
    confidence: 1 - z.length * Z_TAIL,
    hypotheses: [
      ...hypotheses,
      hypothesis(
        'at least 10,000 samples, so that means are normal',
        samples >= FEWEST_SAMPLES,
        samples,
      ),
    ],
  })
}

/**
 * Whether the two forms of the loss agree to 1e-13 of the largest term.
 *
 * @param largest - max over points of |slide − stable| / max(1, r² + R²)
 */
export function decideSlideForm(largest: number, points: number): Verdict {
  return decide(slideFormClaim, {
    statement: `largest difference ${readable(largest)} on ${readable(points)} points; at most 1e-13 max(1, ‖w‖² + ‖w*‖²)`,
    measured: largest,
    relation: '<=',
    bound: 1e-13,
  })
}

/** Closed-form eigenvalues as a sorted list, for comparison with a solver. */
export function sortedEigenvalues(e: NoOverlapEigenvalues): number[] {
  const list = [e.radial]
  if (e.inPlane !== undefined) list.push(e.inPlane)
  for (let i = 0; i < e.transverseMultiplicity; i++) list.push(e.transverse ?? NaN)
  return list.sort((x, y) => x - y)
}

/**
 * Whether closed-form eigenvalues are those of an eigen-solver, to 1e-12 c(1 + R/r).
 *
 * @param largest - max over points and eigenvalues of |closed − solver| / (c (1 + R/r))
 */
export function decideEigenvalues(largest: number, points: number): Verdict {
  return decide(eigenvaluesClaim, {
    statement: `largest difference from an eigen-solver ${readable(largest)} on ${readable(points)} points; at most 1e-12`,
    measured: largest,
    relation: '<=',
    bound: 1e-12,
  })
}

/**
 * Whether the largest eigenvalue met is c, and none is larger.
 *
 * @param top - the largest eigenvalue of the solver over all points
 */
export function decideTopCurvature(k: number, top: number, points: number): Verdict {
  const { c } = coefficients(k)
  return decide(topCurvatureClaim, {
    statement: `largest eigenvalue ${readable(top, 6)} on ${readable(points)} points; c = ${readable(c, 6)}`,
    measured: top,
    relation: '==',
    bound: c,
    slack: 1e-12 * c,
  })
}
