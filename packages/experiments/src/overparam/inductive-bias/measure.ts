import {
  errorRate,
  forward,
  linearity,
  radius,
  replay,
  separability,
  signedMargins,
  startWeights,
  trainSgd,
  type Dataset,
  type PointLinearity,
  type SgdOptions,
  type SgdOutcome,
  type SgdStatus,
  type Spectrum,
  type UpdateList,
} from '@nonconvex/overparam'
import { digitsTask, loadDigits } from '@nonconvex/overparam/digits'
import type { Json } from '@nonconvex/optim/claims'
import type { Stream } from '@nonconvex/tensor'
import type { Row } from '../../define/experiment.js'
import { plantedData } from '../runs/planted.js'
import { listOf, packedList } from '../runs/witness.js'
import type { DigitsCell, InductiveBiasCell, InductiveBiasParams, RunCell } from './params.js'
import { planeOf, type PlaneMeasured } from './plane.js'
import { rankOneNorm } from './rank-one.js'

type Plain<T> = { readonly [K in keyof T]: T[K] }

/** A trained network, as a function and as a matrix. */
export type NetMeasured = {
  readonly kind: 'net'
  readonly status: SgdStatus
  readonly updates: number
  readonly distinct: number
  readonly separable: boolean
  /** on new examples */
  readonly test: Plain<PointLinearity>
  readonly trainR2: number
  /** of W_t − W_0, and of W_t */
  readonly change: Plain<Spectrum>
  readonly weights: Plain<Spectrum>
  readonly opposed: number
  /** least y N(x) on the training examples */
  readonly least: number
  /**
   * trace norm of the shortest change of W_0 along the separator of largest margin, of rank 1, with
   * that least; null without one
   */
  readonly rankOne: number | null
  /** largest margin of a unit vector on them, and the radius; null if nothing separates */
  readonly margin: number | null
  readonly radius: number
  /**
   * errors on new examples: of the network, of the linear function nearest to it, of the separator
   * of largest margin
   */
  readonly error: number
  readonly ruleError: number
  readonly marginError: number | null
  /**
   * share of new examples on which the network and that separator differ, and its cosine with the
   * nearest function
   */
  readonly marginDisagree: number | null
  readonly marginCosine: number | null
}

export type InductiveBiasMeasured = NetMeasured | PlaneMeasured

export interface InductiveBiasRow extends Row {
  readonly measured: InductiveBiasMeasured
}

interface Context {
  readonly params: InductiveBiasParams
  readonly stream: Stream
  readonly shared: Stream
}

interface Task {
  readonly train: Dataset
  readonly test: Dataset
  readonly options: SgdOptions
  /** the separator of largest margin, and that margin */
  readonly best: { readonly w: Float64Array; readonly margin: number } | null
}

interface Split extends Pick<Task, 'train' | 'test' | 'best'> {
  readonly key: string
}

/** The last data set: the cells of one come one after the other. */
let last: Split | undefined

async function splitOf(key: string, make: () => Promise<Omit<Split, 'key' | 'best'>>) {
  if (last?.key !== key) {
    const { train, test } = await make()
    const answer = separability(train)
    const best = answer.kind === 'separable' ? { w: answer.w, margin: answer.lo } : null
    last = { key, train, test, best }
  }
  return last
}

const part = ({ x, y }: Dataset, from: number, to: number): Dataset => ({
  x: { rows: to - from, cols: x.cols, data: x.data.slice(from * x.cols, to * x.cols) },
  y: y.slice(from, to),
})

/** Training and new examples of one hyperplane; only labels of the first are turned round. */
const plantedSplit = (p: InductiveBiasParams, stream: Stream) => {
  const { data } = plantedData({ n: p.n + p.test, d: p.d, gamma: p.gamma }, stream)
  const train = part(data, 0, p.n)
  for (const i of stream.child('turned').sample(p.n, Math.min(p.n, p.flips)))
    train.y[i] = -train.y[i]
  return { train, test: part(data, p.n, p.n + p.test) }
}

const digitsSplit = async (task: DigitsCell['task'], stream: Stream) => {
  const digits = await loadDigits()
  return task === '3 v 5'
    ? digitsTask({ digits, positive: [3], negative: [5], train: 1200, stream })
    : digitsTask({
        digits,
        positive: [0],
        negative: [1, 2, 3, 4, 5, 6, 7, 8, 9],
        train: 4000,
        stream,
      })
}

async function taskOf(cell: RunCell | DigitsCell, context: Context): Promise<Task> {
  const { params: p, stream, shared } = context
  const data =
    cell.kind === 'run' ? shared.child('data', cell.seed) : shared.child('digits').child(cell.task)
  const split = await splitOf(
    JSON.stringify([data.name, p.n, p.test, p.d, p.gamma, p.flips]),
    () =>
      cell.kind === 'run' ? Promise.resolve(plantedSplit(p, data)) : digitsSplit(cell.task, data),
  )
  const { k } = cell
  const row = cell.kind === 'run' ? cell.row : 1
  const start = startWeights(
    { kind: 'scaled', row, stream: stream.child('start') },
    k,
    split.train.x.cols,
  )
  return {
    ...split,
    options: {
      k,
      start,
      eta: p.eta,
      alpha: cell.kind === 'run' ? cell.alpha : p.alpha,
      order: { kind: 'permutation', stream: stream.child('order') },
      maxSteps: p.epochs * split.train.y.length,
    },
  }
}

function measuredOf({ train, test, options, best }: Task, outcome: SgdOutcome): NetMeasured {
  const { net, status, updates, distinct } = outcome
  const found = linearity(net, options.start, train.x, { test: test.x })
  const outputs = forward(net, test.x)
  const linear = (w: Float64Array): Float64Array =>
    signedMargins(test, w).map((value, i) => test.y[i] * value)
  const margin = best && linear(best.w)
  const { k, alpha } = net
  const least = forward(net, train.x).reduce(
    (low, value, i) => Math.min(low, train.y[i] * value),
    Infinity,
  )
  return {
    kind: 'net',
    status,
    updates,
    distinct,
    separable: best !== null,
    test: found.test ?? found.train,
    trainR2: found.train.r2,
    change: found.change,
    weights: found.weights,
    opposed: found.opposed,
    least,
    rankOne: best && rankOneNorm(train, { k, alpha, start: options.start, u: best.w, fit: least }),
    margin: best?.margin ?? null,
    radius: radius(train),
    error: errorRate(outputs, test.y),
    ruleError: errorRate(linear(found.rule), test.y),
    marginError: margin && errorRate(margin, test.y),
    marginDisagree:
      margin &&
      outputs.reduce((sum, value, i) => sum + (value * margin[i] > 0 ? 0 : 1), 0) / outputs.length,
    marginCosine: best && cosine(found.rule, best.w),
  }
}

function cosine(a: Float64Array, b: Float64Array): number {
  const dot = (u: Float64Array, v: Float64Array): number =>
    u.reduce((sum, value, c) => sum + value * v[c], 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b) || 1)
}

export async function measureBias(
  cell: InductiveBiasCell,
  context: Context,
): Promise<InductiveBiasRow> {
  if (cell.kind === 'plane') {
    const { measured, outcome } = planeOf(context, trainSgd)
    return { key: cell.key, measured, witness: packedList(outcome) }
  }
  const task = await taskOf(cell, context)
  const outcome = trainSgd(task.train, task.options)
  return { key: cell.key, measured: measuredOf(task, outcome), witness: packedList(outcome) }
}

/** The same numbers, with the listed updates followed visit by visit. */
export async function checkBias(
  row: { readonly witness: Json },
  context: Context & { readonly cell: InductiveBiasCell },
): Promise<InductiveBiasMeasured> {
  const list: UpdateList = listOf(row.witness, 'the witness')
  const { cell } = context
  if (cell.kind === 'plane')
    return planeOf(context, (data, options) => replay(data, options, list)).measured
  const task = await taskOf(cell, context)
  return measuredOf(task, replay(task.train, task.options, list))
}
