import {
  leakyAntiparallel,
  leakyDescent,
  leakyGradient,
  leakyHessian,
  leakyLoss,
  leakyOneSided,
} from '@nonconvex/gaussian-theory'
import { eigenSymmetric, norm2 } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { angles, type LeakyCell, type LeakyParams } from './params.js'

/**
 * What was found at the point opposite to the teacher; no eigenvalues where there is no such point.
 */
export type PointMeasured = {
  readonly r: number | null
  readonly gradientNorm: number
  readonly loss: number
  readonly eigenvalues: readonly number[]
}
export type RayMeasured = { readonly flattest: number; readonly points: number }
export type StartsMeasured = {
  readonly reached: number
  /** steps on which the angle to the teacher grew */
  readonly turnedAway: number
  readonly medianSteps: number
}

/** All about one number of windows with one leak. */
export type LeakyMeasured = {
  readonly k: number
  readonly leak: number
  readonly point: PointMeasured
  readonly ray: RayMeasured
  /** steps until the angle to −w* is a right one, from each start angle; null if it never was */
  readonly escape: readonly (number | null)[]
  readonly starts: StartsMeasured
}

export interface LeakyRow extends Row {
  readonly measured: LeakyMeasured
  /** the point, where there is one */
  readonly witness: { readonly r: number | null }
}

type Context = Pick<MeasureContext<LeakyParams>, 'params' | 'stream' | 'signal'>

export function measureLeaky(cell: LeakyCell, context: MeasureContext<LeakyParams>): LeakyRow {
  return { key: cell.key, measured: measured(cell, context), witness: witnessOf(cell) }
}

const witnessOf = ({ k, leak }: LeakyCell): { r: number | null } => ({
  r: leakyAntiparallel(1, k, leak)?.r ?? null,
})

/** The teacher, of length 1. */
const teacherOf = (m: number): number[] => Array.from({ length: m }, (_, t) => (t === 0 ? 1 : 0))

function measured(cell: LeakyCell, context: Context): LeakyMeasured {
  const { k, leak } = cell
  return {
    k,
    leak,
    point: pointOf(cell, context.params.m),
    ray: rayOf(cell),
    escape: escapeOf(cell, context.signal),
    starts: startsOf(cell, context),
  }
}

function pointOf(cell: LeakyCell, m: number): PointMeasured {
  const { k, leak } = cell
  const { r } = witnessOf(cell)
  const wStar = teacherOf(m)
  if (r === null) return { r, gradientNorm: 0, loss: 0, eigenvalues: [] }
  const w = wStar.map((x) => -r * x)
  return {
    r,
    gradientNorm: norm2(leakyGradient(w, wStar, k, leak)),
    loss: leakyLoss(w, wStar, k, leak),
    eigenvalues: Array.from(eigenSymmetric(leakyHessian(w, wStar, k, leak)).values),
  }
}

const RAY_POINTS = 400

function rayOf({ k, leak }: LeakyCell): RayMeasured {
  let flattest = leakyOneSided([-1], [1], k, leak)
  for (let i = 1; i < RAY_POINTS; i++)
    flattest = Math.min(flattest, -leakyGradient([-i / 200], [1], k, leak)[0])
  return { flattest, points: RAY_POINTS }
}

function escapeOf({ k, leak }: LeakyCell, signal: AbortSignal): (number | null)[] {
  return angles.map((phi) => {
    signal.throwIfAborted()
    // angle and radius evolve by themselves in every dimension, so two are enough
    const w0 = [-Math.cos(phi), Math.sin(phi)]
    const run = leakyDescent({ w0, wStar: [1, 0], k, slope: leak, maxSteps: 60 * k * 10_000 })
    return run.escaped ?? null
  })
}

function startsOf({ k, leak }: LeakyCell, { params, stream, signal }: Context): StartsMeasured {
  const { m, starts } = params
  const wStar = teacherOf(m)
  const runs = Array.from({ length: starts }, (_, i) => {
    signal.throwIfAborted()
    const w0 = stream.child('start', i).unitVector(m)
    return leakyDescent({ w0, wStar, k, slope: leak, maxSteps: 20_000 })
  })
  const steps = runs.map((run) => run.steps).sort((a, b) => a - b)
  return {
    reached: runs.filter(({ status }) => status === 'converged').length,
    turnedAway: runs.reduce((sum, run) => sum + run.turnedAway, 0),
    medianSteps: steps[Math.floor((steps.length - 1) / 2)],
  }
}

/** Everything again; and the loss at the point as a share of ReLU's and of a linear network's. */
export function checkLeaky(
  row: LeakyRow,
  context: CheckContext<LeakyParams, LeakyCell>,
): LeakyMeasured {
  const { k, leak } = context.cell
  const witness = witnessOf(context.cell)
  if (!sameJson(row.witness, witness))
    throw new Error('the witness is not the point of the closed form')
  if (witness.r !== null) {
    const relu = leakyLoss([-witness.r], [1], k, 0)
    const mixed = (1 - leak) ** 2 * relu + (leak / k) * (1 + witness.r) ** 2
    const { loss } = row.measured.point
    if (!(Math.abs(mixed - loss) <= 1e-12))
      throw new Error(`the two parts of the loss give ${mixed}, recorded is ${loss}`)
  }
  return measured(context.cell, context)
}
