import { tallyCoordinates, type CoordinateTally, type EngineName } from '@nonconvex/overparam'
import type { Stream } from '@nonconvex/tensor'
import type { Row } from '../../define/experiment.js'
import { coordinateRun } from '../coordinates/runs.js'
import { minimumOf, type MinimumMeasured } from './minimum.js'
import type { ReluFailureCell, ReluFailureParams } from './params.js'

/** What many runs of one width come to, and the first of them as a picture. */
export type WidthMeasured = {
  readonly kind: 'width'
  readonly k: number
  readonly tally: { readonly [K in keyof CoordinateTally]: CoordinateTally[K] }
  /** coordinates wrong at the end, over all runs: each has probability 2^{−k} */
  readonly wrong: number
  /** of the first run: dead at the start, and wrong at the end */
  readonly first: { readonly dead: readonly number[]; readonly wrong: readonly number[] }
}

export type ReluFailureMeasured = WidthMeasured | MinimumMeasured

export interface ReluFailureRow extends Row {
  readonly measured: ReluFailureMeasured
  readonly witness: null
}

interface Context {
  readonly params: ReluFailureParams
  readonly stream: Stream
  readonly shared: Stream
  readonly signal: AbortSignal
}

function widthOf(k: number, context: Context, engine: EngineName): WidthMeasured {
  const { params: p, stream, signal } = context
  const runs = Array.from({ length: p.runs }, (_, i) => {
    signal.throwIfAborted()
    return coordinateRun({ ...p, k }, stream, i, engine)
  })
  return {
    kind: 'width',
    k,
    tally: tallyCoordinates(runs),
    wrong: runs.reduce((sum, run) => sum + run.wrong.length, 0),
    first: { dead: runs[0].fate.dead, wrong: runs[0].wrong },
  }
}

const measuredOf = (
  cell: ReluFailureCell,
  context: Context,
  engine: EngineName,
): ReluFailureMeasured =>
  cell.kind === 'width'
    ? widthOf(cell.k, context, engine)
    : minimumOf(cell.dead, context.params, context)

export const measureReluFailure = (cell: ReluFailureCell, context: Context): ReluFailureRow => ({
  key: cell.key,
  measured: measuredOf(cell, context, 'auto'),
  witness: null,
})

/** The same numbers, with every run made again by the plainest engine. */
export function checkReluFailure(
  row: ReluFailureRow,
  context: Context & { readonly cell: ReluFailureCell },
): ReluFailureMeasured {
  // a file may say anything
  if ((row.witness as unknown) !== null)
    throw new RangeError('witness: expected none, since everything follows from the seed')
  return measuredOf(context.cell, context, 'primal')
}
