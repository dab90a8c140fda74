import { tallyCoordinates, type CoordinateTally, type EngineName } from '@nonconvex/overparam'
import type { Stream } from '@nonconvex/tensor'
import type { Row } from '../../define/experiment.js'
import { coordinateRun, fateOf } from '../coordinates/runs.js'
import type { ReluPositiveCell, ReluPositiveParams } from './params.js'

export type PointMeasured = {
  readonly kind: 'point'
  readonly d: number
  readonly k: number
  readonly starts: number
  /** starts with a dead coordinate */
  readonly failed: number
  /** of the starts that were trained */
  readonly tally: { readonly [K in keyof CoordinateTally]: CoordinateTally[K] }
}

export type LeakMeasured = {
  readonly kind: 'leak'
  readonly d: number
  readonly runs: number
  readonly failed: number
  readonly cut: number
  /** starts that without a leak would fail */
  readonly doomed: number
}

export type ReluPositiveMeasured = PointMeasured | LeakMeasured

export interface ReluPositiveRow extends Row {
  readonly measured: ReluPositiveMeasured
  readonly witness: null
}

interface Context {
  readonly params: ReluPositiveParams
  readonly stream: Stream
  readonly signal: AbortSignal
}

function measuredOf(
  cell: ReluPositiveCell,
  { params: p, stream, signal }: Context,
  engine: EngineName,
): ReluPositiveMeasured {
  const { d } = cell
  const setting =
    cell.kind === 'point'
      ? { d, k: cell.k, eta: p.eta, alpha: p.alpha, shift: p.shift }
      : { d, k: 1, eta: p.eta, alpha: p.leak, shift: p.shift }
  const runs = Array.from({ length: p.runs }, (_, i) => {
    signal.throwIfAborted()
    return coordinateRun(setting, stream, i, engine)
  })
  const tally = tallyCoordinates(runs)
  if (cell.kind === 'leak') {
    const doomed = runs.filter(({ fate }) => fate.dead.length > 0).length
    const failed = runs.filter(({ status, wrong }) => status !== 'max-steps' && wrong.length > 0)
    return { kind: 'leak', d, runs: runs.length, failed: failed.length, cut: tally.cut, doomed }
  }
  let failed = 0
  for (let i = 0; i < p.starts; i++) {
    signal.throwIfAborted()
    if (fateOf(setting, stream, i).dead.length > 0) failed++
  }
  return { kind: 'point', d, k: cell.k, starts: p.starts, failed, tally }
}

export const measureReluPositive = (cell: ReluPositiveCell, context: Context): ReluPositiveRow => ({
  key: cell.key,
  measured: measuredOf(cell, context, 'auto'),
  witness: null,
})

/** The same numbers, with every run made again by the plainest engine. */
export function checkReluPositive(
  row: ReluPositiveRow,
  context: Context & { readonly cell: ReluPositiveCell },
): ReluPositiveMeasured {
  // a file may say anything
  if ((row.witness as unknown) !== null)
    throw new RangeError('witness: expected none, since everything follows from the seed')
  return measuredOf(context.cell, context, 'primal')
}
