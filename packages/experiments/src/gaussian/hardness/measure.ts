import {
  bruteForceSplit,
  descendBatch,
  partitionToWeights,
  randomInstance,
  sampleLoss,
  setSplittingData,
  splits,
  splittingDescent,
  splittingGap,
  weightsToPartition,
  type SetSystem,
} from '@nonconvex/gaussian-theory'
import type { Stream } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { systemOf } from './instance.js'
import type { HardnessCell, HardnessParams } from './params.js'

/** Where each start ended. */
export type HardMeasured = {
  readonly losses: readonly number[]
  /** whether the partition read off the weights splits */
  readonly decoded: readonly boolean[]
  /** partition of the best start */
  readonly best: readonly number[]
  /** found by brute force; null if there is none */
  readonly splitting: readonly number[] | null
}
export type GaussianMeasured = { readonly losses: readonly number[] }
export type ReductionMeasured = {
  readonly disagreements: number
  readonly largestLoss: number
  readonly splittable: number
}

export type HardnessMeasured = HardMeasured | GaussianMeasured | ReductionMeasured

export interface HardnessRow extends Row {
  readonly measured: HardnessMeasured
  readonly witness: {
    readonly n: number
    readonly k: number
    readonly subsets: readonly (readonly number[])[]
  }
}

type Context = Pick<MeasureContext<HardnessParams>, 'params' | 'stream' | 'shared' | 'signal'>

export function measureHardness(
  cell: HardnessCell,
  context: MeasureContext<HardnessParams>,
): HardnessRow {
  return { key: cell.key, measured: measured(cell, context), witness: witnessOf(cell, context) }
}

/** The system that a cell is about; random ones are drawn by their cell beside the instance. */
const systemFor = ({ part }: HardnessCell, { params, shared }: Context): SetSystem =>
  systemOf(part === 'blocked' ? params.blocked : params.instance, shared)

const witnessOf = (cell: HardnessCell, context: Context): HardnessRow['witness'] => {
  const { n, k, subsets } = systemFor(cell, context)
  return { n, k, subsets }
}

function measured(cell: HardnessCell, context: Context): HardnessMeasured {
  switch (cell.part) {
    case 'hard':
    case 'blocked':
      return hardOf(cell, context)
    case 'gaussian':
      return gaussianOf(cell, context)
    case 'reduction':
      return reductionOf(cell, context)
  }
}

function hardOf(cell: HardnessCell, context: Context): HardMeasured {
  const { params, stream, signal } = context
  signal.throwIfAborted()
  const system = systemFor(cell, context)
  const { ends, best } = splittingDescent(system, {
    stream: stream.child('hard'),
    starts: cell.to - cell.from,
    steps: params.steps,
    eta: params.eta,
  })
  return {
    losses: ends.map(({ loss }) => loss),
    decoded: ends.map((end) => end.splits),
    best: best.partition,
    splitting: bruteForceSplit(system) ?? null,
  }
}

/** Steps in which Gaussian inputs are learnt. */
const GAUSSIAN_STEPS = 25

function gaussianOf(cell: HardnessCell, context: Context): GaussianMeasured {
  const { from, to } = cell
  const { stream } = context
  const { k, m } = setSplittingData(systemFor(cell, context))
  return {
    losses: Array.from({ length: to - from }, (_, i) => {
      const draws = stream.child('gaussian', from + i)
      const start = { rows: 1, cols: m, data: draws.child('start').unitVector(m) }
      const options = { k, stride: m, every: 1, maxSteps: GAUSSIAN_STEPS }
      return descendBatch(start, draws.child('teacher').unitVector(m), options).ends[0].loss
    }),
  }
}

/**
 * Random systems of at most ten elements: the weights of a splitting, and descent where there is
 * none.
 */
function reductionOf({ from, to }: HardnessCell, { stream, signal }: Context): ReductionMeasured {
  let [disagreements, largestLoss, splittable] = [0, 0, 0]
  for (let i = from; i < to; i++) {
    signal.throwIfAborted()
    const draws = stream.child('instance', i)
    const system = instanceOf(draws)
    const splitting = bruteForceSplit(system)
    if (splitting) {
      splittable++
      const w = partitionToWeights(system, splitting)
      largestLoss = Math.max(largestLoss, lossAt(system, w))
      if (!splits(system, weightsToPartition(system, w))) disagreements++
    } else {
      const { best } = splittingDescent(system, { stream: draws, starts: 3, steps: 1000 })
      // a loss below the gap would show a splitting that is not there
      if (best.splits || best.loss < splittingGap(system) * (1 - 1e-12)) disagreements++
    }
  }
  return { disagreements, largestLoss, splittable }
}

function instanceOf(draws: Stream): SetSystem {
  const n = 2 + draws.integer(9)
  const subsets = 1 + draws.integer(3 * n)
  const largest = Math.min(n, 2 + draws.integer(3))
  return randomInstance({
    n,
    subsets,
    k: 2 + draws.integer(2),
    largest,
    stream: draws.child('sets'),
  })
}

function lossAt(system: SetSystem, w: Float64Array): number {
  const data = setSplittingData(system)
  return sampleLoss(data, w, { k: data.k, stride: data.m })
}

/**
 * Everything again; and the splitting of the witness, if there is one, against the training problem
 * itself.
 */
export function checkHardness(
  row: HardnessRow,
  context: CheckContext<HardnessParams, HardnessCell>,
): HardnessMeasured {
  const { cell } = context
  if (!sameJson(row.witness, witnessOf(cell, context)))
    throw new Error('the witness is not the set system of these parameters')
  if (cell.part === 'hard' || cell.part === 'blocked') {
    const { splitting } = row.measured as HardMeasured
    const system = systemFor(cell, context)
    if (splitting !== null && lossAt(system, partitionToWeights(system, splitting)) !== 0)
      throw new Error('the recorded splitting gives weights with a loss')
  }
  return measured(cell, context)
}
