import { startWeights } from '@nonconvex/overparam'
import type { Stream } from '@nonconvex/tensor'
import { plantedData, type Planted } from '../runs/planted.js'
import type { RunTask } from '../runs/run-cell.js'
import type { UpdatesCell, UpdatesParams } from './params.js'

/** The last data set: the cells of one come one after the other. */
let last: { readonly key: string; readonly planted: Planted } | undefined

function plantedFor(p: UpdatesParams, stream: Stream): Planted {
  const key = JSON.stringify([stream.name, p.n, p.d, p.gamma, p.flips])
  if (last?.key !== key) last = { key, planted: plantedData(p, stream) }
  return last.planted
}

function startOf(
  cell: UpdatesCell,
  p: UpdatesParams,
  planted: Planted,
  stream: Stream,
): Float64Array {
  const size = p.row / Math.sqrt(2 * cell.k)
  switch (cell.start) {
    case 'zero':
      return startWeights({ kind: 'zero' }, cell.k, p.d)
    case 'scaled':
      return startWeights({ kind: 'scaled', row: p.row, stream }, cell.k, p.d)
    case 'gauss':
      return startWeights({ kind: 'gauss', row: p.row, stream }, cell.k, p.d)
    case 'adversarial':
      return startWeights({ kind: 'adversarial', rho: size, wStar: planted.teacher }, cell.k, p.d)
  }
}

/**
 * The run of a cell: its data from the stream that all cells share, start and order from its own.
 */
export function updatesTask(
  cell: UpdatesCell,
  p: UpdatesParams,
  streams: { readonly stream: Stream; readonly shared: Stream },
): RunTask {
  const planted = plantedFor(p, streams.shared.child('data', cell.seed))
  return {
    data: planted.data,
    options: {
      k: cell.k,
      alpha: cell.alpha,
      eta: p.eta,
      start: startOf(cell, p, planted, streams.stream.child('start')),
      order: { kind: 'permutation', stream: streams.stream.child('order') },
      maxSteps: p.epochs * p.n,
    },
  }
}
