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
import { angles } from './params.js'
import type { LeakyCell, LeakyParams } from './params.js'

/** What was found at the point opposite to the teacher; no eigenvalues where there is no such point. */
export type PointMeasured = {
  readonly r: number | null
  readonly gradientNorm: number
  readonly loss: number
  readonly eigenvalues: readonly number[]
}
export type RayMeasured = { readonly flattest: number; readonly points: number }
/** Steps until the angle to −w* is a right one, from each start angle; null if it never was. */
export type EscapeMeasured = {
  readonly relu: readonly (number | null)[]
  readonly leaky: readonly (number | null)[]
}
export type StartsMeasured = {
  readonly reached: number
  /** steps on which the angle to the teacher grew */
  readonly turnedAway: number
  readonly medianSteps: number
}

export type LeakyMeasured = PointMeasured | RayMeasured | EscapeMeasured | StartsMeasured

export interface LeakyRow extends Row {
  readonly measured: LeakyMeasured
  /** the point, where it is looked at */
  readonly witness: { readonly r: number | null }
}

type Context = Pick<MeasureContext<LeakyParams>, 'params' | 'stream' | 'signal'>

export function measureLeaky(cell: LeakyCell, context: MeasureContext<LeakyParams>): LeakyRow {
  return { key: cell.key, measured: measured(cell, context), witness: witnessOf(context.params) }
}

const witnessOf = ({ k, below }: LeakyParams): { r: number | null } => ({
  r: leakyAntiparallel(1, k, below)?.r ?? null,
})

/** The teacher, of length 1. */
const teacherOf = (m: number): number[] => Array.from({ length: m }, (_, t) => (t === 0 ? 1 : 0))

function measured({ part }: LeakyCell, context: Context): LeakyMeasured {
  switch (part) {
    case 'point':
      return pointOf(context.params)
    case 'ray':
      return rayOf(context.params)
    case 'escape':
      return escapeOf(context)
    case 'starts':
      return startsOf(context)
  }
}

function pointOf(params: LeakyParams): PointMeasured {
  const { k, m, below } = params
  const { r } = witnessOf(params)
  const wStar = teacherOf(m)
  if (r === null) return { r, gradientNorm: 0, loss: 0, eigenvalues: [] }
  const w = wStar.map((x) => -r * x)
  return {
    r,
    gradientNorm: norm2(leakyGradient(w, wStar, k, below)),
    loss: leakyLoss(w, wStar, k, below),
    eigenvalues: Array.from(eigenSymmetric(leakyHessian(w, wStar, k, below)).values),
  }
}

const RAY_POINTS = 400

function rayOf({ k, above }: LeakyParams): RayMeasured {
  let flattest = leakyOneSided([-1], [1], k, above)
  for (let i = 1; i < RAY_POINTS; i++)
    flattest = Math.min(flattest, -leakyGradient([-i / 200], [1], k, above)[0])
  return { flattest, points: RAY_POINTS }
}

function escapeOf({ params, signal }: Context): EscapeMeasured {
  const { k, below } = params
  const steps = (slope: number): (number | null)[] =>
    angles.map((phi) => {
      signal.throwIfAborted()
      // angle and radius evolve by themselves in every dimension, so two are enough
      const w0 = [-Math.cos(phi), Math.sin(phi)]
      const run = leakyDescent({ w0, wStar: [1, 0], k, slope, maxSteps: 60 * k * 10_000 })
      return run.escaped ?? null
    })
  return { relu: steps(0), leaky: steps(below) }
}

function startsOf({ params, stream, signal }: Context): StartsMeasured {
  const { k, m, below, starts } = params
  const wStar = teacherOf(m)
  const runs = Array.from({ length: starts }, (_, i) => {
    signal.throwIfAborted()
    const w0 = stream.child('start', i).unitVector(m)
    return leakyDescent({ w0, wStar, k, slope: below, maxSteps: 20_000 })
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
  const { params, cell } = context
  const witness = witnessOf(params)
  if (!sameJson(row.witness, witness))
    throw new Error('the witness is not the point of the closed form')
  if (cell.part === 'point' && witness.r !== null) {
    const { k, below } = params
    const relu = leakyLoss([-witness.r], [1], k, 0)
    const mixed = (1 - below) ** 2 * relu + (below / k) * (1 + witness.r) ** 2
    const { loss } = row.measured as PointMeasured
    if (!(Math.abs(mixed - loss) <= 1e-12))
      throw new Error(`the two parts of the loss give ${mixed}, recorded is ${loss}`)
  }
  return measured(cell, context)
}
