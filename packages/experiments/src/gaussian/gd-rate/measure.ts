import {
  coefficients,
  noOverlapLoss,
  PHI_RESOLUTION,
  reducedStep,
  runGD,
  type GDReport,
} from '@nonconvex/gaussian-theory'
import { angles, norm2 } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import type { GdRateParams, StartsCell } from './params.js'
import { problemOf } from './starts.js'

/** A violation of an invariant: which, in which step, both sides. */
export type Broken = {
  readonly step: number
  readonly measured: number
  readonly relation: '<=' | '>=' | '=='
  readonly bound: number
}

/** An invariant along one run. */
export type Counted = {
  readonly claim: string
  readonly checks: number
  readonly breaches: number
  readonly firstBreach: Broken | null
}

/** One run of gradient descent. Steps are null where the goal was not met. */
export type RunMeasured = {
  readonly r0: number
  readonly phi0: number
  readonly loss0: number
  readonly status: string
  readonly steps: number
  readonly stationary: number | null
  readonly escaped: number | null
  readonly converged: number | null
  readonly counts: readonly Counted[]
  /** largest distance from the run of two scalars, in units of max(r₀, R) */
  readonly off: number
  /** slope of ln ℓ per step near the end; null with too few steps */
  readonly slope: number | null
  /** kept for drawn paths only, by step */
  readonly path: {
    readonly step: readonly number[]
    readonly r: readonly number[]
    readonly theta: readonly number[]
    readonly loss: readonly number[]
  } | null
}

export type StartsMeasured = { readonly runs: readonly RunMeasured[] }

export interface StartsRow extends Row {
  readonly measured: StartsMeasured
  readonly witness: { readonly starts: readonly (readonly number[])[] }
}

type Context = Pick<MeasureContext<GdRateParams>, 'params' | 'shared' | 'signal' | 'watch'>

export function measureStarts(cell: StartsCell, context: MeasureContext<GdRateParams>): StartsRow {
  const { starts } = problemOf(context.params, cell, context.shared)
  return {
    key: cell.key,
    measured: { runs: runsOf(cell, context) },
    witness: { starts: starts.map((w) => Array.from(w)) },
  }
}

/** The step size of the parameters. */
export function etaOf({ k, step }: GdRateParams): number {
  return step / coefficients(k).c
}

/** The gradient norm that B1 is about, in units of ‖w*‖. */
export const TOL_GRADIENT = 1e-3

/**
 * From 2/c on the radius may swing for ever and nothing is claimed about it: enough to see that.
 */
const UNSTABLE_STEPS = 200

/** The runs of a cell, to loss ε in units of ‖w*‖² = 1. */
function runsOf(cell: StartsCell, { params, shared, signal, watch }: Context): RunMeasured[] {
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
    const { step, r, theta, loss } = columns(report)
    if (cell.kind === 'path')
      step.forEach((t, i) => watch({ step: t, loss: loss[i], r: r[i], theta: theta[i] }))
    return {
      r0: report.start.r0,
      phi0: report.start.phi0,
      loss0: report.start.loss0,
      status: report.status,
      steps: report.steps,
      stationary: report.met.stationary ?? null,
      escaped: report.met.escaped ?? null,
      converged: report.met.converged ?? null,
      counts: countsOf(report),
      off: distanceFromScalars(report, params),
      slope: slopeOf(step, loss),
      path: cell.kind === 'path' ? { step, r, theta, loss } : null,
    }
  })
}

function columns({ trace }: GDReport): NonNullable<RunMeasured['path']> {
  const { r, theta, loss } = trace.columns
  return { step: trace.steps, r, theta, loss }
}

function countsOf({ tallies }: GDReport): Counted[] {
  return tallies.map(({ claim, checks, breaches, firstBreach }) => {
    if (firstBreach === undefined) return { claim, checks, breaches, firstBreach: null }
    const { step, measured, relation, bound } = firstBreach
    return { claim, checks, breaches, firstBreach: { step, measured, relation, bound } }
  })
}

/** The run again as two scalars, and how far apart the two get. */
function distanceFromScalars({ trace, start }: GDReport, { k }: GdRateParams): number {
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

/**
 * The runs again, from starts drawn again; and, independently of the vector run, the number of
 * steps to ε as the two scalars have it: both must agree to one step.
 */
export function checkStarts(
  row: StartsRow,
  { params, cell, shared, signal }: CheckContext<GdRateParams, StartsCell>,
): StartsMeasured {
  const { wStar, starts } = problemOf(params, cell, shared)
  if (!sameJson(row.witness, { starts: starts.map((w) => Array.from(w)) }))
    throw new Error('the witness is not the starts that the stream gives')
  const again = { runs: runsOf(cell, { params, shared, signal, watch: () => undefined }) }
  row.measured.runs.forEach((run, i) => {
    const expected = scalarSteps(starts[i], wStar, params)
    if (expected === undefined || run.converged === null) return
    if (Math.abs(expected - run.converged) > 1)
      throw new Error(
        `start ${cell.from + i}: two scalars need ${expected} steps, recorded are ${run.converged}`,
      )
  })
  return again
}

/**
 * Steps of the two scalars to loss ε; undefined where they cannot tell (near −w*, longer steps).
 */
function scalarSteps(
  w0: Float64Array,
  wStar: Float64Array,
  params: GdRateParams,
): number | undefined {
  const { k, eps, maxSteps, step } = params
  const R = norm2(wStar)
  const { theta, phi } = angles(w0, wStar)
  // an error of 1e-16 in φ₀ moves the escape by 1e-16/φ₀² steps
  if (phi < 1e-6 || phi <= PHI_RESOLUTION || step > 1) return undefined
  let at = { r: norm2(w0), theta, phi }
  for (let n = 0; n <= maxSteps; n++) {
    const here = [at.r * Math.cos(at.theta), at.r * Math.sin(at.theta)]
    if (noOverlapLoss(here, [R, 0], k) <= eps) return n
    at = reducedStep(at, R, k, etaOf(params))
  }
  return undefined
}
