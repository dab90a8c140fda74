import {
  coefficients,
  noOverlapEigenvalues,
  noOverlapGradient,
  noOverlapHessian,
  noOverlapLoss,
  sortedEigenvalues,
} from '@nonconvex/gaussian-theory'
import { norm2, type Stream } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { monteCarlo, type Estimate } from './monte-carlo.js'
import type { NoOverlapParams, PointCell } from './params.js'

/** A pair of student and teacher. */
export type Pair = { readonly w: readonly number[]; readonly wStar: readonly number[] }

export type PointMeasured = {
  readonly loss: number
  readonly gradient: readonly number[]
  readonly sampledLoss: { readonly mean: number; readonly error: number }
  readonly sampledGradient: readonly { readonly mean: number; readonly error: number }[]
  /** |slide − stable| / max(1, r² + R²) */
  readonly slideOff: number
  /** closed-form eigenvalues of the Hessian, ascending */
  readonly eigenvalues: readonly number[]
  /** largest |closed − solver| / (c (1 + R/r)) */
  readonly eigenvaluesOff: number
  /** the solver's largest */
  readonly top: number
}

export interface PointRow extends Row {
  readonly measured: PointMeasured
  readonly witness: Pair
}

/**
 * Coordinates of the input that neighbouring windows share: at most m − 1, none if there is one
 * window.
 */
export function sharedCoordinates({ k, overlap, m }: NoOverlapParams): number {
  return k === 1 ? 0 : Math.min(overlap, m - 1)
}

/** The point of a cell: normal student and teacher. */
function pairOf(stream: Stream, m: number): Pair {
  const draw = (name: string): number[] =>
    Array.from(stream.child(name).normalInto(new Float64Array(m)))
  return { w: draw('student'), wStar: draw('teacher') }
}

export function measurePoint(cell: PointCell, context: MeasureContext<NoOverlapParams>): PointRow {
  const witness = pairOf(context.stream, context.params.m)
  return { key: cell.key, witness, measured: measuredAt(witness, context) }
}

/**
 * Everything again: the point from its stream, the samples from theirs, the closed forms from the
 * point; and the loss once more by the other form.
 */
export function checkPoint(
  row: PointRow,
  context: CheckContext<NoOverlapParams, PointCell>,
): PointMeasured {
  const pair = pairOf(context.stream, context.params.m)
  const { w, wStar } = pair
  if (!sameJson(row.witness, pair))
    throw new Error('the witness is not the point that the stream of this cell gives')
  const measured = measuredAt(pair, context)
  const slide = noOverlapLoss(w, wStar, context.params.k, 'slide')
  const size = Math.max(1, norm2(w) ** 2 + norm2(wStar) ** 2)
  if (!(Math.abs(row.measured.loss - slide) <= 1e-12 * size))
    throw new Error(`the other form of the loss gives ${slide}, recorded is ${row.measured.loss}`)
  return measured
}

function measuredAt(
  { w, wStar }: Pair,
  { params, stream, signal }: Pick<MeasureContext<NoOverlapParams>, 'params' | 'stream' | 'signal'>,
): PointMeasured {
  const { k, m, samples } = params
  const [r, R] = [norm2(w), norm2(wStar)]
  const loss = noOverlapLoss(w, wStar, k)
  const slide = noOverlapLoss(w, wStar, k, 'slide')
  const windows = { k, m, stride: m - sharedCoordinates(params) }
  const sampled = monteCarlo(w, wStar, windows, samples, stream.child('samples'), signal)
  const solver = eigenSymmetric(noOverlapHessian(w, wStar, k)).values
  const closed = sortedEigenvalues(noOverlapEigenvalues(w, wStar, k))
  const unit = coefficients(k).c * (1 + R / r)
  return {
    loss,
    gradient: Array.from(noOverlapGradient(w, wStar, k)),
    sampledLoss: plainEstimate(sampled.loss),
    sampledGradient: sampled.gradient.map(plainEstimate),
    slideOff: Math.abs(slide - loss) / Math.max(1, r * r + R * R),
    eigenvalues: closed,
    eigenvaluesOff: Math.max(...closed.map((x, i) => Math.abs(x - solver[i]))) / unit,
    top: solver[m - 1],
  }
}

function plainEstimate({ mean, error }: Estimate): { mean: number; error: number } {
  return { mean, error }
}
