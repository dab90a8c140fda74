import {
  errorRate,
  forward,
  radius,
  replay,
  separability,
  signedMargins,
  trainSgd,
  type Dataset,
  type SgdOptions,
  type SgdOutcome,
} from '@nonconvex/overparam'
import { digitsTask, loadDigits } from '@nonconvex/overparam/digits'
import {
  beyondLinear,
  likesLinear,
  linearity,
  rankNotLeast,
  rankOneNorm,
  traceNormNotLeast,
} from '@nonconvex/overparam/inductive-bias'
import type { Stream } from '@nonconvex/tensor'
import type { CellsOf, ParamsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { witnessed, workOf } from '../../define/work.js'
import { lastMade } from '../../last-made.js'
import { plantedData, rowsOf } from '../runs/planted.js'
import { scaledRun } from '../runs/run-options.js'
import { listOf, packedList } from '../runs/witness.js'
import { inductiveBias, sweeps, type RunCell } from './experiment.js'
import { sweepFigure, factsOf, type NetMeasured } from './figures.js'
import { planeFigure, planeOf } from './plane-figure.js'
import { digitsTable, orderTable, sweepTable } from './tables.js'

type Params = ParamsOf<typeof inductiveBias>
type DigitsCell = CellsOf<typeof inductiveBias>['digits']
type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'shared'>

export const work = workOf(inductiveBias, {
  parts: {
    // the listed updates are followed visit by visit
    run: {
      measure: async (cell, context) => trained(await runTask(cell, context)),
      replay: async ({ cell, witness }, context) => replayed(await runTask(cell, context), witness),
    },
    plane: {
      measure: (_, context) => {
        const { measured, outcome } = planeOf(context, trainSgd)
        return witnessed(measured, packedList(outcome))
      },
      replay: ({ witness }, context) => {
        const list = listOf(witness, 'the witness')
        return planeOf(context, (data, options) => replay(data, options, list)).measured
      },
    },
    digits: {
      measure: async (cell, context) => trained(await digitTask(cell, context)),
      replay: async ({ cell, witness }, context) =>
        replayed(await digitTask(cell, context), witness),
    },
  },
  conclude: (rows, p, verdict) => {
    const swept = rows.run.map(({ cell, measured }) => {
      const { sweep, seed, alpha, k } = cell
      return { name: nameOf(cell), sweep, seed, alpha, k, at: atOf(cell), measured }
    })
    const digits = rows.digits.map(({ cell: { task, k }, measured }) => ({
      name: `digits ${task}, k = ${k}`,
      task,
      k,
      alpha: p.alpha,
      measured,
    }))
    const all = () => [...swept, ...digits].map(factsOf)
    const nets = p.digits ? (['run', 'digits'] as const) : (['run'] as const)
    return {
      verdicts: [
        ...[likesLinear, rankNotLeast, traceNormNotLeast].map((claim) => verdict(claim, nets, all)),
        ...(p.digits ? [verdict(beyondLinear, ['digits'], () => digits.map(factsOf))] : []),
      ],
      tables: [
        ...sweeps.map((sweep) => sweepTable(swept, sweep)),
        orderTable(swept),
        ...(p.digits ? [digitsTable(digits)] : []),
      ],
      figures: [
        ...sweeps.flatMap((sweep) => sweepFigure(swept, sweep)),
        ...planeFigure(rows.plane.at(0)?.measured),
      ],
    }
  },
})

const atOf = ({ sweep, row, k, alpha }: RunCell): number =>
  ({ start: row, width: k, leak: alpha })[sweep]

const nameOf = ({ sweep, row, k, alpha, seed }: RunCell): string =>
  `${{ start: `r = ${row}`, width: `k = ${k}`, leak: `α = ${alpha}` }[sweep]}, data ${seed}`

function trained(task: Task) {
  const outcome = trainSgd(task.train, task.options)
  return witnessed(measuredOf(task, outcome), packedList(outcome))
}

const replayed = (task: Task, witness: unknown): NetMeasured =>
  measuredOf(task, replay(task.train, task.options, listOf(witness, 'the witness')))

interface Task {
  readonly train: Dataset
  readonly test: Dataset
  readonly options: SgdOptions
  /** the max-margin separator, and its margin */
  readonly best: { readonly w: Float64Array; readonly margin: number } | null
}

type Sets = Pick<Task, 'train' | 'test'>

const split = lastMade<Promise<Omit<Task, 'options'>>>()

async function withBest(sets: Sets | Promise<Sets>): Promise<Omit<Task, 'options'>> {
  const { train, test } = await sets
  const answer = separability(train)
  const best = answer.kind === 'separable' ? { w: answer.w, margin: answer.lo } : null
  return { train, test, best }
}

/** Training and new examples of one hyperplane; only training labels are flipped. */
function plantedSplit(p: Params, stream: Stream): Sets {
  const { data } = plantedData({ n: p.n + p.test, d: p.d, gamma: p.gamma }, stream)
  const from = (first: number, count: number): Dataset =>
    rowsOf(
      data,
      Int32Array.from({ length: count }, (_, i) => first + i),
    )
  const train = from(0, p.n)
  for (const i of stream.child('turned').sample(p.n, Math.min(p.n, p.flips)))
    train.y[i] = -train.y[i]
  return { train, test: from(p.n, p.test) }
}

async function digitsSplit(task: DigitsCell['task'], stream: Stream): Promise<Sets> {
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

async function runTask(cell: RunCell, context: Context): Promise<Task> {
  const { params: p, shared } = context
  const data = shared.child('data', cell.seed)
  const key = [data.name, p.n, p.test, p.d, p.gamma, p.flips]
  const sets = await split(key, () => withBest(plantedSplit(p, data)))
  return taskOf(sets, cell, context)
}

async function digitTask({ task, k }: DigitsCell, context: Context): Promise<Task> {
  const data = context.shared.child('digits').child(task)
  const sets = await split([data.name], () => withBest(digitsSplit(task, data)))
  return taskOf(sets, { k, row: 1, alpha: context.params.alpha }, context)
}

const taskOf = (
  sets: Omit<Task, 'options'>,
  { k, row, alpha }: { readonly k: number; readonly row: number; readonly alpha: number },
  { params: { eta, epochs }, stream }: Context,
): Task => ({
  ...sets,
  options: scaledRun(stream, {
    k,
    row,
    alpha,
    eta,
    d: sets.train.x.cols,
    maxSteps: epochs * sets.train.y.length,
  }),
})

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
