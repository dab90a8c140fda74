import {
  gdStep,
  landscapeGap,
  monteCarlo,
  noOverlapGradient,
  runSGD,
  sgdStep,
  teacherSample,
} from '@nonconvex/gaussian-theory'
import { norm2 } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { fixedOf, type FixedMeasured } from './fixed-sample.js'
import { etaOf, type SGDCell, type SGDParams } from './params.js'

export type RunMeasured = {
  readonly arrived: boolean
  readonly steps: number
  /** steps on which the angle to the teacher grew */
  readonly turnedAway: number
  /** ‖w − w*‖ at the steps of `shownSteps` */
  readonly distances: readonly number[]
}
export type RunsMeasured = { readonly runs: readonly RunMeasured[] }
export type GradientMeasured = {
  readonly exact: readonly number[]
  readonly mean: readonly number[]
  readonly error: readonly number[]
}
/** Largest gap between the landscape of a sample and the population's, for each sample. */
export type GapMeasured = { readonly gaps: readonly number[] }

export type SGDMeasured = RunsMeasured | GradientMeasured | GapMeasured | FixedMeasured

export interface SGDRow extends Row {
  readonly measured: SGDMeasured
  /** teacher of all cells, of length 1 */
  readonly witness: { readonly wStar: readonly number[] }
}

type Context = Pick<MeasureContext<SGDParams>, 'params' | 'stream' | 'shared' | 'signal'>

/** The steps at which the figure shows runs: every fifth up to 300. */
export const shownSteps: readonly number[] = Array.from({ length: 61 }, (_, i) => 5 * i)

export function measureSGD(cell: SGDCell, context: MeasureContext<SGDParams>): SGDRow {
  return {
    key: cell.key,
    measured: measured(cell, context),
    witness: { wStar: Array.from(teacherOf(context)) },
  }
}

const teacherOf = ({ params, shared }: Context): Float64Array =>
  shared.child('teacher').unitVector(params.m)

function measured(cell: SGDCell, context: Context): SGDMeasured {
  switch (cell.part) {
    case 'runs':
      return runsOf(cell, context)
    case 'gradient':
      return gradientOf(context)
    case 'gap':
      return gapOf(cell, context)
    case 'fixed':
      return fixedOf(cell, context.params, context.stream, context.signal)
  }
}

function runsOf({ size, from, to }: SGDCell, context: Context): RunsMeasured {
  const { params, stream, signal } = context
  const { k, m, maxSteps } = params
  const wStar = teacherOf(context)
  const network = { k, stride: m, batch: size }
  const eta = etaOf(params, size) * sgdStep({ ...network, m })
  return {
    runs: Array.from({ length: to - from }, (_, i) => {
      signal.throwIfAborted()
      const draws = stream.child('run', from + i)
      const w0 = draws.child('start').unitVector(m)
      const { status, steps, turnedAway, distances } = runSGD({
        w0,
        wStar,
        ...network,
        eta,
        maxSteps,
        stream: draws.child('inputs'),
      })
      const last = distances.length - 1
      return {
        arrived: status === 'converged',
        steps,
        turnedAway,
        // a step that is too long may leave the range of numbers
        distances: shownSteps.map((t) => Math.min(1e9, distances[Math.min(t, last)] || 0)),
      }
    }),
  }
}

/** The same for gradient descent on the population loss, from one start. */
export function exactDistances(params: SGDParams): number[] {
  const { k, m } = params
  // angle and radius evolve by themselves: a start at a right angle stands for most
  const wStar = Array.from({ length: Math.max(2, m) }, (_, t) => (t === 0 ? 1 : 0))
  let w: Float64Array = Float64Array.from(wStar, (_, t) => (t === 1 ? 1 : 0))
  const out: number[] = []
  for (let t = 0; t <= (shownSteps.at(-1) ?? 0); t++) {
    if (shownSteps.includes(t)) out.push(norm2(w.map((x, j) => x - wStar[j])))
    if (norm2(w) > 0) w = gdStep(w, wStar, k)
  }
  return out
}

function gradientOf(context: Context): GradientMeasured {
  const { params, stream } = context
  const { k, m, samples } = params
  const wStar = teacherOf(context)
  const w = stream.child('w').normalInto(new Float64Array(m))
  const at = { w, wStar, k, stride: m, n: samples, stream: stream.child('inputs') }
  const { gradient, gradientSe } = monteCarlo(at)
  return {
    exact: Array.from(noOverlapGradient(w, wStar, k)),
    mean: Array.from(gradient),
    error: Array.from(gradientSe),
  }
}

/** Points at which landscapes are compared. */
const POINTS = 10

function gapOf({ size, from, to }: SGDCell, context: Context): GapMeasured {
  const { params, stream, shared, signal } = context
  const { k, m } = params
  const wStar = teacherOf(context)
  const options = { k, stride: m }
  const data = shared.child('points').normalInto(new Float64Array(POINTS * m))
  const points = { rows: POINTS, cols: m, data }
  return {
    gaps: Array.from({ length: to - from }, (_, i) => {
      signal.throwIfAborted()
      const sample = teacherSample(size, wStar, { ...options, stream: stream.child('sample', i) })
      return landscapeGap(sample, wStar, points, options).loss
    }),
  }
}

/** Everything again, with the teacher from its stream. */
export function checkSGD(row: SGDRow, context: CheckContext<SGDParams, SGDCell>): SGDMeasured {
  if (!sameJson(row.witness, { wStar: Array.from(teacherOf(context)) }))
    throw new Error('the witness is not the teacher that the stream gives')
  return measured(context.cell, context)
}
