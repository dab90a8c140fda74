import {
  coefficients,
  leakyDescent,
  leakySmoothness,
  reducedStep,
  runGD,
} from '@nonconvex/gaussian-theory'
import { angles, norm2 } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { across } from '../across.js'
import { startAngles, type EscapeCell, type EscapeParams } from './params.js'

/**
 * One run from near the ray: the step at which the angle to −w* was a right one, null if it never
 * was.
 */
export type NearRun = {
  readonly phi0: number
  readonly r0: number
  readonly steps: number | null
  /** steps made in all */
  readonly taken: number
}
export type NearMeasured = {
  readonly k: number
  readonly leak: number
  readonly runs: readonly NearRun[]
}
/** The end of the run from −w*. */
export type OppositeMeasured = {
  readonly k: number
  readonly status: string
  readonly steps: number
  readonly r: number
  readonly phi: number
  readonly loss: number
}

export type EscapeMeasured = NearMeasured | OppositeMeasured

export interface EscapeRow extends Row {
  readonly measured: EscapeMeasured
  /**
   * teacher, of length 1, and the direction in which the starts lie off its ray; none for one
   * weight
   */
  readonly witness: { readonly wStar: readonly number[]; readonly e: readonly number[] }
}

type Context = Pick<MeasureContext<EscapeParams>, 'params' | 'shared' | 'signal'>

export function measureEscape(cell: EscapeCell, context: MeasureContext<EscapeParams>): EscapeRow {
  const witness = witnessOf(context)
  return { key: cell.key, measured: measured(cell, witness, context), witness }
}

type Witness = EscapeRow['witness']

function witnessOf({ params: { m }, shared }: Context): Witness {
  const wStar = shared.child('teacher').unitVector(m)
  const e = m === 1 ? [] : across(wStar, shared.child('across'))
  return { wStar: Array.from(wStar), e: Array.from(e) }
}

/** The step size: in units of one over the largest curvature, with and without a leak. */
export function etaOf(k: number, leak: number, { step }: EscapeParams): number {
  return step / (leak === 0 ? coefficients(k).c : leakySmoothness(k, leak))
}

function measured(cell: EscapeCell, witness: Witness, context: Context): EscapeMeasured {
  const { k, leak } = cell
  const { params } = context
  if (cell.part === 'opposite') return oppositeOf(k, witness, params)
  return { k, leak, runs: startAngles(params).map((phi) => nearRun(cell, phi, witness, context)) }
}

/** The start of norm 1 at angle φ to −w*. */
function startOf(phi: number, { wStar, e }: Witness): number[] {
  return wStar.map((x, i) => Math.sin(phi) * e[i] - Math.cos(phi) * x)
}

function nearRun(
  { k, leak }: EscapeCell,
  phi: number,
  witness: Witness,
  { params, signal }: Context,
): NearRun {
  signal.throwIfAborted()
  const { wStar, e } = witness
  // one weight has no direction off the ray
  if (e.length === 0) return { phi0: 0, r0: 1, steps: null, taken: 0 }
  const w0 = startOf(phi, witness)
  const run = leakyDescent({
    w0,
    wStar,
    k,
    slope: leak,
    maxSteps: params.maxSteps,
    eta: etaOf(k, leak, params),
  })
  const { escaped, steps } = run
  return { phi0: angles(w0, wStar).phi, r0: norm2(w0), steps: escaped ?? null, taken: steps }
}

/** Enough to come to rest on the ray for every step size. */
const RAY_STEPS = 5000

function oppositeOf(k: number, { wStar }: Witness, params: EscapeParams): OppositeMeasured {
  const w0 = wStar.map((x) => -x)
  const eta = etaOf(k, 0, params)
  const { status, steps, state } = runGD({ w0, wStar, k, eta, maxSteps: RAY_STEPS, check: false })
  return { k, status, steps, r: state.r, phi: state.phi, loss: state.loss }
}

/**
 * Everything again; and the runs with ReLU as two scalars, which must leave at the same step, or
 * the next.
 */
export function checkEscape(
  row: EscapeRow,
  context: CheckContext<EscapeParams, EscapeCell>,
): EscapeMeasured {
  const { cell, params } = context
  const witness = witnessOf(context)
  if (!sameJson(row.witness, witness))
    throw new Error('the witness is not teacher and direction of the stream')
  if ('runs' in row.measured && cell.leak === 0 && params.step <= 1)
    for (const { phi0, r0, steps } of row.measured.runs) {
      if (steps === null) continue
      const expected = scalarSteps(phi0, r0, cell.k, params)
      if (!(Math.abs(expected - steps) <= 1))
        throw new Error(`from ${phi0} two scalars need ${expected} steps, recorded are ${steps}`)
    }
  return measured(cell, witness, context)
}

function scalarSteps(phi0: number, r0: number, k: number, params: EscapeParams): number {
  let at = { r: r0, theta: Math.PI - phi0, phi: phi0 }
  for (let n = 0; n <= params.maxSteps; n++) {
    if (at.phi >= Math.PI / 2) return n
    at = reducedStep(at, 1, k, etaOf(k, 0, params))
  }
  return Infinity
}
