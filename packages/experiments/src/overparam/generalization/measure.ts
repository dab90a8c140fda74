import {
  alignment,
  differingWeights,
  forward,
  minMargin,
  radius,
  replay,
  retrain,
  slopeBound,
  startWeights,
  trainSgd,
  type Dataset,
  type SgdOptions,
  type SgdOutcome,
  type SgdStatus,
  type UpdateList,
} from '@nonconvex/overparam'
import { norm2, type Stream } from '@nonconvex/tensor'
import type { Json } from '@nonconvex/optim/claims'
import type { Row } from '../../define/experiment.js'
import { plantedData, type Planted } from '../runs/planted.js'
import { listOf, packedList } from '../runs/witness.js'
import type { GeneralizationCell, GeneralizationParams } from './params.js'

/**
 * Counts of the runs on one sample: every guarantee is computed from them when the rows are
 * concluded on.
 */
export type SampleMeasured = {
  readonly n: number
  /** of the run on n examples */
  readonly status: SgdStatus
  readonly updates: number
  readonly distinct: number
  readonly steps: number
  /** examples never updated that end with y N(x) < 1 */
  readonly shortUnused: number
  /** B_slope with the separator and the radius of the population: known before the sample is */
  readonly theorem: number
  /** points of the population with y N ≤ 0, and with y N < 1 */
  readonly errors: number
  readonly short: number
  /** the same errors among the held-out draws */
  readonly heldOutErrors: number
  /** weights that differ when only the updated examples are trained on, and when some more are */
  readonly differing: number
  readonly differingMore: number
  readonly added: number
  /** of another run, on n + 1 examples */
  readonly moreStatus: SgdStatus
  readonly moreDistinct: number
}

export interface SampleRow extends Row {
  readonly measured: SampleMeasured
}

interface Streams {
  readonly params: GeneralizationParams
  readonly stream: Stream
  readonly shared: Stream
}

/** The population of the last run: the same for every cell. */
let last: { readonly key: string; readonly planted: Planted } | undefined

/** The points that everything is drawn from: their error is the true error. */
function populationOf({ params: p, shared }: Streams): Planted {
  const stream = shared.child('population')
  const key = JSON.stringify([stream.name, p.population, p.d, p.gamma])
  if (last?.key !== key)
    last = { key, planted: plantedData({ n: p.population, d: p.d, gamma: p.gamma }, stream) }
  return last.planted
}

const draw = (stream: Stream, count: number, from: number): Int32Array =>
  Int32Array.from({ length: count }, () => stream.integer(from))

function rowsOf({ x, y }: Dataset, indices: Int32Array): Dataset {
  const data = new Float64Array(indices.length * x.cols)
  indices.forEach((i, at) => data.set(x.data.subarray(i * x.cols, (i + 1) * x.cols), at * x.cols))
  return {
    x: { rows: indices.length, cols: x.cols, data },
    y: Float64Array.from(indices, (i) => y[i]),
  }
}

interface Task {
  readonly data: Dataset
  readonly options: SgdOptions
}

function taskOf(data: Dataset, { params: p }: Streams, stream: Stream): Task {
  return {
    data,
    options: {
      k: p.k,
      alpha: p.alpha,
      eta: p.eta,
      start: startWeights({ kind: 'scaled', stream: stream.child('start') }, p.k, p.d),
      order: { kind: 'permutation', stream: stream.child('order') },
      maxSteps: p.epochs * data.y.length,
    },
  }
}

/** The run on n examples, and one with a start and an order of its own on these and one more. */
function tasksOf(cell: GeneralizationCell, context: Streams): { one: Task; more: Task } {
  const { data } = populationOf(context)
  const { params, stream } = context
  const drawn = draw(stream.child('sample'), cell.n + 1, params.population)
  const repeated = drawn.map((_, i) => drawn[i - (i % params.copies)])
  return {
    one: taskOf(rowsOf(data, repeated.slice(0, cell.n)), context, stream.child('one')),
    more: taskOf(rowsOf(data, repeated), context, stream.child('more')),
  }
}

const countOf = (values: Float64Array, of: (value: number) => boolean): number =>
  values.reduce((sum, value) => sum + (of(value) ? 1 : 0), 0)

function measuredOf(
  cell: GeneralizationCell,
  context: Streams,
  { one }: { readonly one: Task },
  runs: { readonly one: SgdOutcome; readonly more: SgdOutcome },
): SampleMeasured {
  const { stream, params } = context
  const population = populationOf(context)
  const { updates, distinct, steps, status, sequence, net } = runs.one
  const signed = (data: Dataset): Float64Array =>
    forward(net, data.x).map((output, i) => data.y[i] * output)
  const everywhere = signed(population.data)
  const updated = new Set(sequence)
  const shortUnused = signed(one.data).reduce(
    (sum, value, i) => sum + (!(value >= 1) && !updated.has(i) ? 1 : 0),
    0,
  )
  const coin = stream.child('superset')
  const added = Array.from({ length: cell.n }, (_, i) => i).filter(
    (i) => coin.uniform() < 0.25 && !updated.has(i),
  )
  const again = (kept: Iterable<number>): number =>
    differingWeights(net.weights, retrain(one.data, one.options, kept).net.weights)
  const heldOut = draw(stream.child('held-out'), params.heldOut, params.population)
  return {
    n: cell.n,
    status,
    updates,
    distinct,
    steps,
    shortUnused,
    theorem: theoremOf(one.options, population, context),
    errors: countOf(everywhere, (value) => !(value > 0)),
    short: countOf(everywhere, (value) => !(value >= 1)),
    heldOutErrors: heldOut.reduce((sum, i) => sum + (everywhere[i] > 0 ? 0 : 1), 0),
    differing: again(updated),
    differingMore: again([...updated, ...added]),
    added: added.length,
    moreStatus: runs.more.status,
    moreDistinct: runs.more.distinct,
  }
}

/** The bound with slopes, whose numbers are those of the population and of the start. */
function theoremOf(
  { start, k }: SgdOptions,
  { data, teacher }: Planted,
  { params: { alpha, eta } }: Streams,
): number {
  return slopeBound({
    k,
    alpha,
    eta,
    v: 1 / Math.sqrt(2 * k),
    gamma: minMargin(data, teacher),
    radius: radius(data),
    wStarNorm: norm2(teacher),
    startF: alignment(start, teacher),
    startS: norm2(start) ** 2,
    // not used by this bound
    startRow: 0,
    excess: 0,
  })
}

export function measureSample(cell: GeneralizationCell, context: Streams): SampleRow {
  const tasks = tasksOf(cell, context)
  const one = trainSgd(tasks.one.data, tasks.one.options)
  const more = trainSgd(tasks.more.data, tasks.more.options)
  return {
    key: cell.key,
    measured: measuredOf(cell, context, tasks, { one, more }),
    witness: { one: packedList(one), more: packedList(more) },
  }
}

/** The same counts, with the listed updates followed visit by visit. */
export function checkSample(
  row: { readonly witness: Json },
  context: Streams & { readonly cell: GeneralizationCell },
): SampleMeasured {
  const tasks = tasksOf(context.cell, context)
  const names = Object.keys(row.witness ?? {}).sort()
  if (String(names) !== 'more,one')
    throw new RangeError(`witness: expected one and more, got ${names.join(', ')}`)
  const lists = row.witness as { readonly one: Json; readonly more: Json }
  const follow = (name: 'one' | 'more'): SgdOutcome => {
    const list: UpdateList = listOf(lists[name], name)
    return replay(tasks[name].data, tasks[name].options, list)
  }
  return measuredOf(context.cell, context, tasks, { one: follow('one'), more: follow('more') })
}
