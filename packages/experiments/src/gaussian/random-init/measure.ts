import {
  coefficients,
  noOverlapLoss,
  reducedStep,
  runGD,
  type GDReport,
} from '@nonconvex/gaussian-theory'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import type { RandomInitCell, RandomInitParams } from './params.js'

/** One run: where it began, where it ended and after how many steps. */
export type InitRun = {
  readonly r0: number
  readonly phi0: number
  readonly loss0: number
  readonly end: 'teacher' | 'opposite' | 'elsewhere'
  readonly steps: number
}
export type InitMeasured = { readonly m: number; readonly runs: readonly InitRun[] }

export interface InitRow extends Row {
  readonly measured: InitMeasured
  /** teacher of these starts, of length 1, and the first of them */
  readonly witness: { readonly wStar: readonly number[]; readonly first: readonly number[] }
}

type Context = Pick<MeasureContext<RandomInitParams>, 'params' | 'shared' | 'signal'>

export function measureInit(
  cell: RandomInitCell,
  context: MeasureContext<RandomInitParams>,
): InitRow {
  return { key: cell.key, measured: measured(cell, context), witness: witnessOf(cell, context) }
}

const teacherOf = ({ m }: RandomInitCell, { shared }: Context): Float64Array =>
  shared.child('teacher', m).unitVector(m)

/** Start i has its own child for each m, so it is the same in every block. */
const startOf = (i: number, { m }: RandomInitCell, { params, shared }: Context): Float64Array =>
  shared
    .child(`m=${m}`, i)
    .unitVector(m)
    .map((x) => params.radius * x)

function witnessOf(cell: RandomInitCell, context: Context): InitRow['witness'] {
  return {
    wStar: Array.from(teacherOf(cell, context)),
    first: Array.from(startOf(cell.from, cell, context)),
  }
}

/** The step size of the parameters. */
export function etaOf({ k, step }: RandomInitParams): number {
  return step / coefficients(k).c
}

function measured(cell: RandomInitCell, context: Context): InitMeasured {
  const { params, signal } = context
  const { k, eps, maxSteps } = params
  const wStar = teacherOf(cell, context)
  const runs = Array.from({ length: cell.to - cell.from }, (_, i): InitRun => {
    signal.throwIfAborted()
    const w0 = startOf(cell.from + i, cell, context)
    const eta = etaOf(params)
    const report = runGD({ w0, wStar, k, eta, maxSteps, tolLoss: eps, check: false, signal })
    signal.throwIfAborted()
    const { r0, phi0, loss0 } = report.start
    return { r0, phi0, loss0, end: endOf(report, k), steps: report.steps }
  })
  return { m: cell.m, runs }
}

/** How near −αw* a run must end to have ended there. */
const AT_SADDLE = 1e-9

function endOf({ met, state }: GDReport, k: number): InitRun['end'] {
  if (met.converged !== undefined) return 'teacher'
  const { alpha } = coefficients(k)
  const near = state.phi <= AT_SADDLE && Math.abs(state.r - alpha) <= AT_SADDLE
  return near ? 'opposite' : 'elsewhere'
}

/** From here on the rounding of φ₀ moves the number of steps. */
const KNOWN = 1e-6

/**
 * The runs again; and their numbers of steps as two scalars have them, which must agree to one
 * step.
 */
export function checkInit(
  row: InitRow,
  context: CheckContext<RandomInitParams, RandomInitCell>,
): InitMeasured {
  const { cell, params } = context
  if (!sameJson(row.witness, witnessOf(cell, context)))
    throw new Error('the witness is not teacher and first start of the stream')
  row.measured.runs.forEach((run, i) => {
    if (params.step > 1 || run.phi0 < KNOWN || run.end !== 'teacher') return
    const expected = scalarSteps(run, params)
    if (!(Math.abs(expected - run.steps) <= 1))
      throw new Error(
        `start ${cell.from + i}: two scalars need ${expected} steps, recorded are ${run.steps}`,
      )
  })
  return measured(cell, context)
}

function scalarSteps({ r0, phi0 }: InitRun, params: RandomInitParams): number {
  const { k, eps, maxSteps } = params
  let at = { r: r0, theta: Math.PI - phi0, phi: phi0 }
  for (let n = 0; n <= maxSteps; n++) {
    const here = [at.r * Math.cos(at.theta), at.r * Math.sin(at.theta)]
    if (noOverlapLoss(here, [1, 0], k) <= eps) return n
    at = reducedStep(at, 1, k, etaOf(params))
  }
  return Infinity
}
