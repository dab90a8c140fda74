import { coefficients } from '@nonconvex/gaussian-theory'
import {
  escapeSteps,
  PHI_RESOLUTION,
  reducedStep,
  runGD,
  stationaritySteps,
  totalSteps,
  type GDReport,
} from '@nonconvex/gaussian-theory/descent'
import type { Stream } from '@nonconvex/tensor'
import type { MeasureContext } from '../../define/experiment.js'
import { across } from '../across.js'
import { checkScalars, lossBelow } from '../scalars.js'
import { drawnInitializations, type Params } from './experiment.js'

export type RunMeasured = ReturnType<typeof runsOf>[number]

/** A block of runs: the initializations with numbers `from` to `to` − 1 of one kind. */
export interface Initializations {
  readonly kind: 'path' | 'uniform'
  readonly from: number
  readonly to: number
}

export const etaOf = ({ k, step }: Params): number => step / coefficients(k).c

/** The gradient norm of B1, in units of ‖w*‖. */
export const TOL_GRADIENT = 1e-3

/** Steps of a run from 2/c on, where nothing is claimed and the radius may oscillate. */
const UNSTABLE_STEPS = 200

/** The runs of a cell, to loss ε in units of ‖w*‖² = 1. */
export function runsOf(
  cell: Initializations,
  { params, shared, signal, watch }: MeasureContext<Params>,
) {
  const { wStar, starts } = problemOf(params, cell, shared)
  const { k, eps } = params
  const maxSteps = params.step < 2 ? params.maxSteps : Math.min(params.maxSteps, UNSTABLE_STEPS)
  return starts.map((w0) => {
    signal.throwIfAborted()
    const eta = etaOf(params)
    const report = runGD({
      w0,
      wStar,
      k,
      eta,
      maxSteps,
      signal,
      tolLoss: eps,
      tolGradient: TOL_GRADIENT,
      onBreach: 'count',
    })
    signal.throwIfAborted()
    const { start, status, steps, met, trace } = report
    const { r, theta, loss } = trace.columns
    const step = trace.steps
    if (cell.kind === 'path')
      step.forEach((t, i) => watch({ step: t, loss: loss[i], r: r[i], theta: theta[i] }))
    return {
      r0: start.r0,
      phi0: start.phi0,
      loss0: start.loss0,
      status,
      steps,
      // null where the goal was not met
      stationary: met.stationary ?? null,
      escaped: met.escaped ?? null,
      converged: met.converged ?? null,
      counts: countsOf(report),
      // largest distance from the run of two scalars, in units of max(r₀, R)
      off: distanceFromScalars(report, params),
      slope: slopeOf(step, loss),
      // by step
      path: cell.kind === 'path' ? { step, r, theta, loss } : null,
    }
  })
}

/**
 * Each invariant along a run, with its smallest slack and its first violation: the step and both
 * sides.
 */
const countsOf = ({ tallies }: GDReport) =>
  tallies.map(({ claim, checks, breaches, firstBreach: broken, smallestRoom }) => {
    const count = { claim, checks, breaches, slack: smallestRoom?.room ?? null }
    if (broken === undefined) return { ...count, firstBreach: null }
    const { step, measured, relation, bound } = broken
    return { ...count, firstBreach: { step, measured, relation, bound } }
  })

/** The run again as two scalars, and how far apart the two get. */
function distanceFromScalars({ trace, start }: GDReport, { k }: Params): number {
  const { r, theta } = trace.columns
  const S = Math.max(start.r0, start.R)
  let at = { r: start.r0, theta: Math.PI - start.phi0, phi: start.phi0 }
  let step = 0
  let off = 0
  trace.steps.forEach((target, i) => {
    for (; step < target; step++) at = reducedStep(at, start.R, k, start.eta)
    // at the origin, where a run may end, there is no angle
    const turned = r[i] <= 1e-14 * S ? 0 : start.R * Math.abs(at.theta - theta[i])
    off = Math.max(off, Math.abs(at.r - r[i]) / S, turned / S)
  })
  return off
}

/** Slopes are taken where the angle is small enough for the limit to show: the loss below this. */
const SLOPE_BELOW = 1e-5

/** Slope of ln ℓ per step over the rows below SLOPE_BELOW; null if there are fewer than three. */
function slopeOf(step: readonly number[], loss: readonly number[]): number | null {
  const from = loss.findIndex((x) => x < SLOPE_BELOW)
  const last = loss.length - 1
  if (from < 0 || last - from < 2 || loss[last] <= 0) return null
  return Math.log(loss[last] / loss[from]) / (step[last] - step[from])
}

/** The number of steps to ε by the recursion of two scalars: both must agree to one step. */
export function agreesWithScalars(
  runs: readonly RunMeasured[],
  from: number,
  { params }: { readonly params: Params },
): void {
  const { k, eps, maxSteps, step } = params
  // an error of 1e-16 in φ₀ moves the escape by 1e-16/φ₀² steps
  const known = ({ phi0 }: RunMeasured) => step <= 1 && phi0 >= 1e-6 && phi0 > PHI_RESOLUTION
  for (const [i, run] of runs.entries())
    if (known(run) && run.converged !== null) {
      const { r0, phi0, converged } = run
      const scalars = { r0, phi0, k, eta: etaOf(params), maxSteps }
      checkScalars(`run ${from + i}`, converged, scalars, lossBelow(eps, k))
    }
}

/**
 * Teacher and initial weights from the experiment's stream. Those of run i have their own child, so
 * they are the same in every block; uniform ones lie on the unit sphere, as in the theorem.
 */
export function problemOf(params: Params, cell: Initializations, shared: Stream) {
  const { m } = params
  const wStar = shared.child('teacher').unitVector(m)
  const starts = Array.from({ length: cell.to - cell.from }, (_, i) => {
    const draws = shared.child(cell.kind, cell.from + i)
    return cell.kind === 'uniform'
      ? draws.unitVector(m)
      : initialWeights(drawnInitializations(params.near)[cell.from + i], wStar, draws)
  })
  return { wStar, starts }
}

/** r (cos θ ŵ* + sin θ e), e a random unit vector orthogonal to ŵ*; for m = 1 the nearer end. */
function initialWeights(
  { r, theta }: { readonly r: number; readonly theta: number },
  wStar: Float64Array,
  draws: Stream,
): Float64Array {
  if (wStar.length === 1) return wStar.map((x) => r * Math.sign(Math.cos(theta)) * x)
  const e = across(wStar, draws)
  const [cos, sin] = [Math.cos(theta), Math.sin(theta)]
  return wStar.map((x, i) => r * (cos * x + sin * e[i]))
}

/** The bounds of one run, from the norm, angle and loss of its initial weights. */
export function boundsOf({ r0, phi0, loss0 }: RunMeasured, params: Params) {
  const start = { r0, phi0, loss0, R: 1, k: params.k, eta: etaOf(params) }
  return {
    total: totalSteps({ ...start, eps: params.eps }),
    stationarity: stationaritySteps({ ...start, eps: TOL_GRADIENT }),
    escape: escapeSteps(start),
    escapeSharp: escapeSteps({ ...start, sharp: true }),
  }
}

/** A run with the numbers of steps that the theorems allow it. */
export interface Bounded {
  readonly run: RunMeasured
  readonly bounds: ReturnType<typeof boundsOf>
}
