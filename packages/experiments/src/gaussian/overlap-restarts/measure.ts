import {
  alternatingTeacher,
  certificateRecord,
  certifyMinimum,
  overlapSmoothness,
  patchLoss,
  strideWindows,
  teacherRestarts,
  type CertificateRecord,
  type OverlapShape,
  type TeacherReport,
} from '@nonconvex/gaussian-theory'
import { cos, interval, mid, sin } from '@nonconvex/tensor/interval'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import type { RestartsCell, RestartsParams } from './params.js'

/** Where runs were stuck. */
export type StuckMeasured = {
  readonly w: readonly number[]
  readonly loss: number
  readonly gradientNorm: number
  readonly smallestEigenvalue: number
  readonly count: number
  /** of `certifyMinimum` at w, in float64 */
  readonly certificate: CertificateRecord
}

/** The restarts of one teacher. */
export type TeacherMeasured = {
  readonly telescope: number
  readonly counts: TeacherReport['counts']
  readonly steps: readonly number[]
  readonly stuckLosses: readonly number[]
  readonly clusters: readonly StuckMeasured[]
  readonly checks: number
  readonly breaches: number
}

export type RestartsMeasured = { readonly teachers: readonly TeacherMeasured[] }

export interface RestartsRow extends Row {
  readonly measured: RestartsMeasured
  readonly witness: { readonly teachers: readonly (readonly number[])[] }
}

type Context = Pick<MeasureContext<RestartsParams>, 'params' | 'shared' | 'signal'>

export function measureRestarts(
  cell: RestartsCell,
  context: MeasureContext<RestartsParams>,
): RestartsRow {
  const teachers = teachersOf(cell, context)
  return {
    key: cell.key,
    measured: restartsFrom(teachers, cell, context),
    witness: { teachers: teachers.map((w) => Array.from(w)) },
  }
}

/** The unit teachers of a cell. Teacher j of a length m is the same for every stride and k. */
function teachersOf(
  { shape, kind, from, to }: RestartsCell,
  { params, shared }: Context,
): Float64Array[] {
  if (kind === 'alternating') return [alternatingTeacher(shape.m)]
  return Array.from({ length: to - from }, (_, i) => {
    if (kind === 'direction') return directed(directionOf(from + i, params))
    return shared.child(`teacher-${shape.m}`, from + i).unitVector(shape.m)
  })
}

/** Direction i of the plane, in [0, π): the teacher opposite has the same share. */
export function directionOf(i: number, { directions }: RestartsParams): number {
  return (Math.PI * i) / directions
}

/** With the sine of the interval module, as Math.sin promises no bits. */
function directed(angle: number): Float64Array {
  const at = interval(angle)
  return Float64Array.of(mid(cos(at)), mid(sin(at)))
}

/** The step size for a network. */
export function etaOf(shape: OverlapShape, { step }: RestartsParams): number {
  return step / overlapSmoothness(shape)
}

function restartsFrom(
  teachers: readonly Float64Array[],
  cell: RestartsCell,
  { params, shared, signal }: Context,
): RestartsMeasured {
  const { kind, shape, from } = cell
  // one teacher only: as many starts as all random ones have in ten blocks
  const starts = kind === 'alternating' ? 10 * params.starts : params.starts
  return {
    teachers: teachers.map((wStar, i) => {
      signal.throwIfAborted()
      const stream = shared.child(`${kind}-${shape.m}`, from + i)
      const { k, stride } = shape
      const report = teacherRestarts(wStar, {
        k,
        stride,
        stream,
        starts,
        eta: etaOf(shape, params),
        maxSteps: params.maxSteps,
      })
      return {
        telescope: report.telescope,
        counts: report.counts,
        steps: report.steps,
        stuckLosses: report.stuckLosses,
        clusters: report.clusters.map((c) => ({
          ...c,
          w: Array.from(c.w),
          certificate: certificateRecord(certifyMinimum(c.w, wStar, { k, stride })),
        })),
        checks: report.checks,
        breaches: report.breaches,
      }
    }),
  }
}

/** The runs again; and the loss where they were stuck by the sum over all pairs of windows. */
export function checkRestarts(
  row: RestartsRow,
  context: CheckContext<RestartsParams, RestartsCell>,
): RestartsMeasured {
  const { cell } = context
  const teachers = teachersOf(cell, context)
  if (!sameJson(row.witness, { teachers: teachers.map((w) => Array.from(w)) }))
    throw new Error('the witness is not the teachers that the stream gives')
  const { windows, d } = strideWindows(cell.shape.m, cell.shape)
  row.measured.teachers.forEach(({ clusters }, i) => {
    for (const { w, loss } of clusters) {
      if (w.length !== cell.shape.m || i >= teachers.length) continue
      const pairs = patchLoss(w, teachers[i], windows, d)
      if (!(Math.abs(pairs - loss) <= 1e-12))
        throw new Error(`the sum over pairs of windows gives ${pairs}, recorded is ${loss}`)
    }
  })
  return restartsFrom(teachers, cell, context)
}
