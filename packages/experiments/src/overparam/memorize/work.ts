import {
  errorRate,
  forward,
  hingeRate,
  memorize as construct,
  trainSgd,
  type Dataset,
  type EngineName,
} from '@nonconvex/overparam'
import {
  compareGuarantees,
  fitsRandomLabels,
  fittedByConstruction,
  randomLabelsHalf,
  randomLabelsVacuous,
  type Constructed,
  type LabelRun,
  type RandomLabels,
} from '@nonconvex/overparam/generalization'
import { groupsBy, mean } from '../../averages.js'
import type { CellsOf, ParamsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { line, panelOf, ruleX, ruleY } from '../../figure/layers.js'
import { agrees } from '../runs/agrees.js'
import { plantedData, rowsOf } from '../runs/planted.js'
import { scaledRun } from '../runs/run-options.js'
import { labelings, memorize, type Labeling } from './experiment.js'

type Params = ParamsOf<typeof memorize>
type Cell = CellsOf<typeof memorize>['run']
type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'shared'>

/** One run. */
export type MemorizeMeasured = {
  readonly updates: number
  readonly distinct: number
  /** training examples with y N(x) < 1 at the end, and how many of them were never updated */
  readonly short: number
  readonly shortUnused: number
  /** errors on new examples, and their number */
  readonly errors: number
  readonly tested: number
}

/** A network that was constructed to fit random labels. */
export type ConstructedMeasured = Pick<Constructed, 'margins' | 'draws'>

/** The training and the test examples of a data set. */
function examplesOf(
  { set, labels }: Pick<Cell, 'set' | 'labels'>,
  { params: { n, d, gamma, test: tested }, shared }: Pick<Context, 'params' | 'shared'>,
): { readonly train: Dataset; readonly test: Dataset } {
  const source = shared.child('data', set)
  const { data } = plantedData({ n: n + tested, d, gamma }, source)
  const coins = source.child('labels')
  const flipped = data.y.map(() => (coins.uniform() < 0.5 ? -1 : 1))
  const labeled: Dataset = labels === 'random' ? { ...data, y: flipped } : data
  const part = (first: number, count: number): Dataset =>
    rowsOf(
      labeled,
      Int32Array.from({ length: count }, (_, i) => first + i),
    )
  return { train: part(0, n), test: part(n, tested) }
}

/** Draws of the units that are tried for a construction. */
const DRAWS = 20

/** The narrowest network with kd ≥ n that may fit any labels, constructed for random ones. */
function constructedOf(set: number, context: Context): ConstructedMeasured {
  const { train } = examplesOf({ set, labels: 'random' }, context)
  const { n, d, alpha } = context.params
  for (let i = 0; i < DRAWS; i++) {
    const stream = context.stream.child('units', i)
    const net = construct(train, { k: Math.ceil(n / d), alpha, stream })
    if (!net) continue
    const margins = forward(net, train.x).map((out, j) => train.y[j] * out)
    return { margins: [Math.min(...margins), Math.max(...margins)], draws: i + 1 }
  }
  return { margins: null, draws: DRAWS }
}

function runOf(cell: Cell, context: Context, engine: EngineName): MemorizeMeasured {
  const { k } = cell
  const { params: p, stream } = context
  const { n, d, alpha, eta, epochs } = p
  const { train, test } = examplesOf(cell, context)
  const options = scaledRun(stream, { k, d, alpha, eta, maxSteps: epochs * n })
  const { net, updates, distinct, sequence } = trainSgd(train, { ...options, engine })
  const outputs = forward(net, train.x)
  const updated = new Set(sequence)
  const unused = outputs.filter((out, i) => !(train.y[i] * out >= 1) && !updated.has(i))
  return {
    updates,
    distinct,
    short: Math.round(hingeRate(outputs, train.y) * n),
    shortUnused: unused.length,
    errors: Math.round(errorRate(forward(net, test.x), test.y) * p.test),
    tested: p.test,
  }
}

interface Run extends MemorizeMeasured, LabelRun {
  readonly labels: Labeling
}

/** The smallest compression bound: of the error, by the examples ever updated. */
function boundOf({ updates, distinct, short, shortUnused }: MemorizeMeasured, p: Params): number {
  const { guarantees } = compareGuarantees({
    n: p.n,
    updates,
    distinct,
    delta: p.delta,
    converged: short === 0,
    errorsUnused: shortUnused,
  })
  return guarantees.reduce(
    (least, { promise, bound = 1 }) => (promise === 'certificate' ? Math.min(least, bound) : least),
    1,
  )
}

export const work = workOf(memorize, {
  parts: {
    run: {
      measure: (cell, context) => runOf(cell, context, 'auto'),
      // the same run by the plainest engine
      audit: ({ cell, measured }, context) => {
        agrees(measured, runOf(cell, context, 'primal'))
      },
    },
    constructed: {
      measure: ({ set }, context) => constructedOf(set, context),
    },
  },
  conclude: ({ run, constructed }, p, verdict) => {
    const runs = run.map(({ cell: { set, k, labels }, measured }): Run => ({
      ...measured,
      name: `k = ${k}, data ${set}`,
      k,
      labels,
      bound: boundOf(measured, p),
    }))
    const facts = (): RandomLabels => ({
      runs: runs.filter(({ labels }) => labels === 'random'),
      n: p.n,
      d: p.d,
      alpha: p.alpha,
    })
    const needs = [{ part: 'run', where: ({ labels }: Cell) => labels === 'random' }] as const
    const lines = linesOf(runs)
    return {
      verdicts: [
        verdict(fitsRandomLabels, needs, facts),
        verdict(fittedByConstruction, ['constructed'], () => ({
          nets: constructed.map(({ measured }) => ({ k: Math.ceil(p.n / p.d), ...measured })),
          n: p.n,
          d: p.d,
          alpha: p.alpha,
        })),
        verdict(randomLabelsHalf, needs, facts),
        verdict(randomLabelsVacuous, needs, facts),
      ],
      tables: [labelTable(lines, p)],
      figures: [labelFigure(lines, p)],
    }
  },
})

/** The runs of a width with the same kind of labels. */
interface Line {
  readonly labels: Labeling
  readonly k: number
  readonly runs: readonly Run[]
}

const linesOf = (runs: readonly Run[]): Line[] =>
  labelings.flatMap((labels) =>
    groupsBy(
      runs.filter((one) => one.labels === labels),
      ({ k }) => k,
    ).map(({ at: k, rows }) => ({ labels, k, runs: rows })),
  )

const average = (of: (run: Run) => number) => (line: Line) => mean(line.runs.map(of))
const testError = average(({ errors, tested }) => errors / tested)
const bound = average((run) => run.bound)

const labelTable = (lines: readonly Line[], { n, d }: Params) =>
  tableOf('labels', 'Random and true labels of the same inputs: means over data sets', lines, {
    labels: ['labels', ({ labels }) => labels],
    k: ['$k$', ({ k }) => k],
    ratio: ['$kd/n$', ({ k }) => (k * d) / n, 3],
    runs: ['runs', ({ runs }) => runs.length],
    fitted: ['with training loss 0', ({ runs }) => runs.filter(({ short }) => short === 0).length],
    short: ['training $yN<1$', average(({ short }) => short / n), 3],
    updates: ['updates $U$', average(({ updates }) => updates), 4],
    distinct: ['distinct examples $c$', average(({ distinct }) => distinct), 4],
    error: ['test error', testError, 4],
    bound: ['best compression bound', bound, 3],
  })

/** Training, test and bound against kd/n, for random and true labels. */
function labelFigure(lines: readonly Line[], p: Params): Figure {
  const x = { label: 'kd/n, units of a sign × inputs per example', scale: 'log' } as const
  const panel = (
    title: string,
    label: string,
    of: (line: Line) => number,
    domain?: readonly [number, number],
  ): Panel =>
    panelOf({ title, x, y: { label, ...(domain && { domain }) } }, [
      ruleX('threshold', [1], { tone: 'soft', dash: true }),
      ...(domain ? [ruleY('guess', [0.5], { tone: 'soft', dash: true })] : []),
      ...labelings.map((labels) =>
        line(
          labels,
          lines.filter((one) => one.labels === labels),
          { x: ({ k }) => (k * p.d) / p.n, y: of },
          {
            tone: labels === 'random' ? 'ink' : 'measured',
            dots: {},
            width: 2,
            key: `${labels} labels`,
          },
        ),
      ),
    ])
  return {
    id: 'labels',
    title: 'Wide networks fit random labels, learn nothing, and the bounds show it',
    caption: `Means over ${p.sets} data sets of ${p.n} examples in ${p.d} dimensions, with coin flips as labels (black) and with the labels of a hyperplane (blue). Dashed: as many inputs of units as examples, and the error ½ of guessing. Left: training examples with $yN(x) < 1$ at the end. Middle: test error. Right: smallest compression bound with $\\delta = ${p.delta}$.`,
    panels: [
      panel(
        'Training',
        'fraction with yN < 1',
        average(({ short }) => short / p.n),
      ),
      panel('Test', 'test error', testError, [0, 1]),
      panel('Certificate', 'best compression bound', bound, [0, 1.02]),
    ],
  }
}
