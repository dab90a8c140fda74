import { claim, readable } from '@nonconvex/optim/claims'
import { coefficients } from './coefficients.js'
import { agreement, type AgreementFacts } from './sample-agreement.js'
import type { NoOverlapEigenvalues } from './no-overlap-hessian.js'

const talk = 'Gaussian Inputs: the loss without overlap in closed form'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

/** Sample means agree with the closed form of the loss (see `agreement`). */
export const lossClosedForm = claim(
  'gaussian/loss-closed-form',
  'The population loss has a closed form',
  'statistical',
  { talk, paper },
  (facts: AgreementFacts) => agreement(facts),
)

/** Sample means agree with the closed form of the gradient (see `agreement`). */
export const gradientClosedForm = claim(
  'gaussian/gradient-closed-form',
  'Its gradient has a closed form',
  'statistical',
  { paper, ours: 'by differentiation of the kernel' },
  (facts: AgreementFacts) => agreement(facts),
)

/**
 * The two forms of the loss agree to 1e-13 of the largest term. Facts: `largest`, the maximum over
 * `points` points of |slide − stable| / max(1, r² + R²).
 */
export const slideForm = claim(
  'gaussian/slide-form',
  "The talk's formula and the one without cancellation agree",
  'float64',
  { talk, ours: 'the constant γ‖w*‖²/k², left out on the slide, is included' },
  ({ largest, points }: { readonly largest: number; readonly points: number }) => ({
    statement: `largest difference ${readable(largest)} on ${readable(points)} points; at most 1e-13 max(1, ‖w‖² + ‖w*‖²)`,
    measured: largest,
    relation: '<=',
    bound: 1e-13,
  }),
)

/** Closed-form eigenvalues as a sorted list, for comparison with a solver. */
export function sortedEigenvalues(e: NoOverlapEigenvalues): number[] {
  const list = [e.radial]
  if (e.inPlane !== undefined) list.push(e.inPlane)
  for (let i = 0; i < e.transverseMultiplicity; i++) list.push(e.transverse ?? NaN)
  return list.sort((x, y) => x - y)
}

/**
 * Closed-form eigenvalues are those of an eigen-solver, to 1e-12 c(1 + R/r). Facts: `largest`, the
 * maximum over points and eigenvalues of |closed − solver| / (c (1 + R/r)).
 */
export const hessianEigenvalues = claim(
  'gaussian/hessian-eigenvalues',
  'The Hessian has three eigenvalues in closed form',
  'float64',
  { ours: 'radial c, in-plane c − bR/r − 2q, transverse c − bR/r − q' },
  ({ largest, points }: { readonly largest: number; readonly points: number }) => ({
    statement: `largest difference from an eigen-solver ${readable(largest)} on ${readable(points)} points; at most 1e-12`,
    measured: largest,
    relation: '<=',
    bound: 1e-12,
  }),
)

/**
 * The largest eigenvalue met is c, and none is larger. Facts: `top`, the largest eigenvalue of the
 * solver over all points.
 */
export const topCurvature = claim(
  'gaussian/top-curvature',
  'No direction is curved more than c',
  'float64',
  { ours: 'the loss is c/2 ‖w‖² plus a concave function' },
  ({ k, top, points }: { readonly k: number; readonly top: number; readonly points: number }) => {
    const { c } = coefficients(k)
    return {
      statement: `largest eigenvalue ${readable(top, 6)} on ${readable(points)} points; c = ${readable(c, 6)}`,
      measured: top,
      relation: '==',
      bound: c,
      slack: 1e-12 * c,
    }
  },
)
