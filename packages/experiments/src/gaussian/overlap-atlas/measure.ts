import {
  alternatingTeacher,
  findSaddles,
  localMinima,
  patchGradient,
  patchLoss,
  strideWindows,
  type CertificateRecord,
  type Ends,
} from '@nonconvex/gaussian-theory'
import { norm2 } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import type { AtlasCell, AtlasParams } from './params.js'

export type MinimumFound = {
  readonly w: readonly number[]
  readonly loss: number
  readonly count: number
  readonly spurious: boolean
  readonly certificate: CertificateRecord
}

export type SaddleFound = {
  readonly w: readonly number[]
  readonly loss: number
  readonly gradientNorm: number
  /** holds the smallest eigenvalue of the Hessian there */
  readonly smallestEigenvalue: Ends | null
  readonly largestEigenvalue: number
  readonly index: number
  readonly flattest: number
  readonly between: readonly number[]
}

/** The critical points of one network and teacher. */
export type AtlasMeasured = {
  readonly minima: readonly MinimumFound[]
  readonly saddles: readonly SaddleFound[]
  readonly open: number
}

export interface AtlasRow extends Row {
  readonly measured: AtlasMeasured
  readonly witness: { readonly teacher: readonly number[] }
}

type Context = Pick<MeasureContext<AtlasParams>, 'params' | 'shared' | 'stream' | 'signal'>

export function measureAtlas(cell: AtlasCell, context: MeasureContext<AtlasParams>): AtlasRow {
  const teacher = teacherOf(cell, context)
  return { key: cell.key, measured: pointsOf(teacher, cell, context), witness: { teacher } }
}

/** A unit teacher, the same for every stride and k. */
function teacherOf({ shape: { m }, teacher }: AtlasCell, { shared }: Context): number[] {
  if (teacher === 0) return Array.from(alternatingTeacher(m))
  return Array.from(shared.child(`teacher-${m}`, teacher).unitVector(m))
}

function pointsOf(
  teacher: readonly number[],
  { shape: { k, stride } }: AtlasCell,
  { params, stream, signal }: Context,
): AtlasMeasured {
  const { starts, searches, maxSteps } = params
  const network = { k, stride, stream }
  const wStar = [...teacher]
  const { minima, open } = localMinima(wStar, { ...network, starts, maxSteps })
  signal.throwIfAborted()
  const known = minima.map(({ w }) => w)
  const saddles = findSaddles(wStar, known, { ...network, searches })
  return {
    minima: minima.map((each) => ({ ...each, w: Array.from(each.w) })),
    saddles: saddles.map((each) => ({ ...each, w: Array.from(each.w) })),
    open,
  }
}

/** Everything again; losses and gradients by the sum over all pairs of windows. */
export function checkAtlas(
  row: AtlasRow,
  context: CheckContext<AtlasParams, AtlasCell>,
): AtlasMeasured {
  const { cell } = context
  const teacher = teacherOf(cell, context)
  if (!sameJson(row.witness, { teacher }))
    throw new Error('the witness is not the teacher that the stream gives')
  const { windows, d } = strideWindows(cell.shape.m, cell.shape)
  const { minima, saddles } = row.measured
  for (const { w, loss } of [...minima, ...saddles]) {
    if (w.length !== teacher.length) continue
    const pairs = patchLoss(w, teacher, windows, d)
    if (!(Math.abs(pairs - loss) <= 1e-12))
      throw new Error(`the sum over pairs of windows gives the loss ${pairs}, recorded is ${loss}`)
    const slope = norm2(patchGradient(w, teacher, windows, d))
    if (!(slope <= 1e-9))
      throw new Error(`the sum over pairs of windows gives the gradient ${slope}, not 0`)
  }
  return pointsOf(teacher, cell, context)
}
