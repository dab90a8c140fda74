import {
  baum,
  gordanResidual,
  quadraticFeatures,
  testBaum,
  type BaumResult,
  type BaumStatus,
  type LabelledPoints,
} from '@nonconvex/gaussian-theory'
import { norm2 } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { curveOf, type CurveMeasured } from './curve.js'
import { pairsOf, sampler, type Context, type HalfSpaces } from './samples.js'
import { pictureOf, type PictureMeasured } from './picture.js'
import type { BaumCell, BaumParams } from './params.js'

export type RunMeasured = {
  readonly status: BaumStatus
  /** points of the second sample that were used */
  readonly kept: number
  /** null without a hypothesis */
  readonly errors: number | null
  /** fresh points in the region that spoils step 2 */
  readonly bad: number
  /** of the witness against step 2, recomputed, in units of its largest feature vector */
  readonly residual: number | null
  /** examples in the witness */
  readonly support: number | null
}

export type RunsMeasured = { readonly runs: readonly RunMeasured[] }

export type BaumMeasured = RunsMeasured | CurveMeasured | PictureMeasured

export interface BaumRow extends Row {
  readonly measured: BaumMeasured
  /** the half-spaces of each run */
  readonly witness: { readonly pairs: readonly HalfSpaces[] }
}

export function measureBaum(cell: BaumCell, context: MeasureContext<BaumParams>): BaumRow {
  return {
    key: cell.key,
    measured: measured(cell, context),
    witness: { pairs: pairsOf(cell, context) },
  }
}

function measured(cell: BaumCell, context: Context): BaumMeasured {
  const pairs = pairsOf(cell, context)
  switch (cell.part) {
    case 'runs':
      return { runs: runsOf(cell, pairs, context) }
    case 'curve':
      return curveOf(cell, pairs, context)
    case 'picture':
      return pictureOf(cell, pairs[0], context)
  }
}

function runsOf(cell: BaumCell, pairs: readonly HalfSpaces[], context: Context): RunMeasured[] {
  const { first, second, test } = context.params
  return pairs.map((pair, i) => {
    const { u, v } = pair
    const sample = sampler(cell, i, pair, context)
    const fitted = sample('second', second)
    const result = baum(sample('first', first), fitted)
    const found = testBaum(result, sample('test', test), u, v)
    const { status, kept, predict, witness } = result
    const counter = status === 'step2-infeasible'
    return {
      status,
      kept,
      errors: predict ? found.errors : null,
      bad: found.bad,
      residual: counter ? residualOf(result, fitted) : null,
      support: counter && witness ? witness.rows.length : null,
    }
  })
}

/** The witness against step 2, checked on the sample itself. */
function residualOf({ w, witness }: BaumResult, { x, y }: LabelledPoints): number | null {
  if (!w || !witness) return null
  const rows = Array.from(y.keys()).filter((i) => {
    let dot = 0
    for (let t = 0; t < x.cols; t++) dot += x.data[i * x.cols + t] * w[t]
    return dot > 0
  })
  const data = new Float64Array(rows.length * x.cols)
  rows.forEach((row, i) => data.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), i * x.cols))
  const features = quadraticFeatures({ rows: rows.length, cols: x.cols, data })
  const largest = witness.rows.reduce((most, row) => {
    const feature = features.data.subarray(row * features.cols, (row + 1) * features.cols)
    return Math.max(most, norm2(feature))
  }, 0)
  return (
    gordanResidual(
      features,
      rows.map((i) => y[i]),
      witness,
    ) / largest
  )
}

/** Half-spaces from their stream, and the runs again. */
export function checkBaum(row: BaumRow, context: CheckContext<BaumParams, BaumCell>): BaumMeasured {
  if (!sameJson(row.witness, { pairs: pairsOf(context.cell, context) }))
    throw new Error('the witness is not the half-spaces that the stream gives')
  return measured(context.cell, context)
}
