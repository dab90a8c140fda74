import { errorRate, forward, trainSgd, type Dataset, type EngineName } from '@nonconvex/overparam'
import { digitsTask, loadDigits } from '@nonconvex/overparam/digits'
import {
  diversityHurtsLinear,
  errorGrowth,
  widthHarmlessOnDigits,
  widthHurtsLinear,
  type ErrorPairs,
} from '@nonconvex/overparam/generalization'
import { studentInterval } from '@nonconvex/optim/statistics'
import { finite, groupsBy, mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { line, panelOf, ruleY } from '../../figure/layers.js'
import { lastMade } from '../../last-made.js'
import { agrees } from '../runs/agrees.js'
import { plantedData, rowsOf } from '../runs/planted.js'
import { scaledRun } from '../runs/run-options.js'
import { widthAxis } from '../runs/width-panel.js'
import { width, type PlantedCell } from './experiment.js'

type Params = ParamsOf<typeof width>
type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'shared'>
type DigitsCell = { readonly split: number; readonly k: number }

/** One run. */
export type WidthMeasured = {
  readonly converged: boolean
  readonly updates: number
  readonly distinct: number
  /** errors on new examples, and their number */
  readonly errors: number
  readonly tested: number
}

interface Sets {
  readonly train: Dataset
  readonly test: Dataset
}
const splits = lastMade<Promise<Sets>>()

async function trained(
  made: Promise<Sets>,
  { k, start }: { readonly k: number; readonly start: PlantedCell['start'] },
  { params: { alpha, eta, epochs }, stream }: Context,
  engine: EngineName,
): Promise<WidthMeasured> {
  const { train, test } = await made
  const [n, d] = [train.y.length, train.x.cols]
  const drawn = scaledRun(stream, { k, d, alpha, eta, maxSteps: epochs * n })
  const options = start === 'zero' ? { ...drawn, start: new Float64Array(2 * k * d) } : drawn
  const { net, status, updates, distinct } = trainSgd(train, { ...options, engine })
  const tested = test.y.length
  const errors = Math.round(errorRate(forward(net, test.x), test.y) * tested)
  return { converged: status === 'converged', updates, distinct, errors, tested }
}

function plantedRun(cell: PlantedCell, context: Context, engine: EngineName) {
  const { params: p, shared } = context
  const source = shared.child('planted', cell.set)
  const sets = splits([source.name, p.n, p.test, p.d, p.gamma], () => {
    const { data } = plantedData({ n: p.n + p.test, d: p.d, gamma: p.gamma }, source)
    const part = (first: number, count: number): Dataset =>
      rowsOf(
        data,
        Int32Array.from({ length: count }, (_, i) => first + i),
      )
    return Promise.resolve({ train: part(0, p.n), test: part(p.n, p.test) })
  })
  return trained(sets, cell, context, engine)
}

function digitsRun({ split, k }: DigitsCell, context: Context, engine: EngineName) {
  const { train } = context.params
  const source = context.shared.child('digits', split)
  const sets = splits([source.name, train], async () => {
    const digits = await loadDigits()
    return digitsTask({ digits, positive: [3], negative: [5], train, stream: source })
  })
  return trained(sets, { k, start: 'gaussian' }, context, engine)
}

export const work = workOf(width, {
  parts: {
    digits: {
      measure: (cell, context) => digitsRun(cell, context, 'auto'),
    },
    planted: {
      measure: (cell, context) => plantedRun(cell, context, 'auto'),
      // the same runs by the plainest engine
      audit: async ({ cell, measured }, context) => {
        agrees(measured, await plantedRun(cell, context, 'primal'))
      },
    },
  },
  conclude: (rows, p, verdict) => {
    const planted = rows.planted.map(({ cell, measured }) => ({ ...cell, ...measured }))
    const digits = rows.digits.map(({ cell: { split, k }, measured }) => ({
      set: split,
      k,
      start: 'gaussian' as const,
      ...measured,
    }))
    const [least, most] = [Math.min(...p.k), Math.max(...p.k)]
    const gaussian = planted.filter(({ start }) => start === 'gaussian')
    const zero = planted.filter(({ start }) => start === 'zero')
    const at = (runs: readonly Run[], k: number) => runs.filter((run) => run.k === k)
    const [narrow, wide] = [least, most].map((k) => `k = ${k}`)
    return {
      verdicts: [
        verdict(widthHurtsLinear, ['planted'], () =>
          pairsOf([narrow, wide], at(gaussian, least), at(gaussian, most)),
        ),
        verdict(diversityHurtsLinear, ['planted'], () =>
          pairsOf([`${wide} from W₀ = 0`, 'Gaussian W₀'], zero, at(gaussian, most)),
        ),
        ...(p.digits
          ? [
              verdict(widthHarmlessOnDigits, ['digits'], () =>
                pairsOf([narrow, wide], at(digits, least), at(digits, most), resplit(digits, p)),
              ),
            ]
          : []),
      ],
      tables: [
        widthTable([
          ...linesOf('planted linear', gaussian, least),
          ...zeroLines(zero, at(gaussian, least)),
          ...linesOf('digits 3 and 5', digits, least, resplit(digits, p)),
        ]),
      ],
      figures: [
        widthFigure(
          linesOf('', gaussian, least),
          zeroLines(zero, at(gaussian, least)),
          linesOf('', digits, least, resplit(digits, p)),
          p,
        ),
      ],
    }
  },
})

interface Run extends WidthMeasured {
  readonly set: number
  readonly k: number
}

const errorOf = ({ errors, tested }: WidthMeasured): number => errors / tested

/** The errors of two networks on the same data sets; random splits where there are digits. */
function pairsOf(
  names: ErrorPairs['names'],
  first: readonly Run[],
  second: readonly Run[],
  resplit = 0,
): ErrorPairs {
  const pairs = first.flatMap((one) => {
    const other = second.find(({ set }) => set === one.set)
    return other ? [{ first: errorOf(one), second: errorOf(other) }] : []
  })
  const cut = [...first, ...second].filter(({ converged }) => !converged).length
  return { names, pairs, cut, resplit }
}

/** A width on one kind of data, compared with the narrowest. */
interface Line {
  readonly data: string
  readonly k: number
  readonly runs: readonly Run[]
  readonly growth: readonly [mean: number, low: number, high: number]
}

const lineOf = (
  data: string,
  narrow: readonly Run[],
  runs: readonly Run[],
  resplit: number,
): Line => ({
  data,
  k: runs[0].k,
  runs,
  growth: studentInterval(errorGrowth(pairsOf(['', ''], narrow, runs, resplit))),
})

/** Each width, compared with the narrowest. */
const linesOf = (data: string, runs: readonly Run[], least: number, splits = 0): Line[] => {
  const narrow = runs.filter(({ k }) => k === least)
  return groupsBy(runs, ({ k }) => k).map(({ rows }) => lineOf(data, narrow, rows, splits))
}

/** The widest network from zero initialization, if its runs are there. */
const zeroLines = (zero: readonly Run[], narrow: readonly Run[]): Line[] =>
  zero.length > 0 ? [lineOf('planted linear, W₀ = 0', narrow, zero, 0)] : []

/** Test digits per training digit: the splits have images in common. */
const resplit = (digits: readonly Run[], { train }: Params): number =>
  (digits.at(0)?.tested ?? 0) / train

const widthTable = (lines: readonly Line[]) =>
  tableOf('widths', 'Test errors, and the difference to the narrowest network', lines, {
    data: ['data', ({ data }) => data],
    k: ['$k$', ({ k }) => k],
    sets: ['data sets', ({ runs }) => runs.length],
    updates: ['updates $U$', ({ runs }) => mean(runs.map(({ updates }) => updates)), 4],
    distinct: ['distinct examples $c$', ({ runs }) => mean(runs.map((r) => r.distinct)), 4],
    error: ['test error', ({ runs }) => mean(runs.map(errorOf)), 3],
    growth: ['minus the narrowest', ({ growth }) => growth[0], 3],
    low: ['95 % from', ({ growth }) => finite(growth[1]), 3],
    high: ['to', ({ growth }) => finite(growth[2]), 3],
  })

/** The difference to the narrowest network against the width, for each kind of data. */
function widthFigure(
  planted: readonly Line[],
  zero: readonly Line[],
  digits: readonly Line[],
  p: Params,
): Figure {
  const percent = (part: 0 | 1 | 2) => (one: Line) => {
    const value = finite(one.growth[part])
    return value === null ? null : 100 * value
  }
  const shown = {
    x: ({ k }: Line) => k,
    y: percent(0),
    // the narrowest is compared with itself
    low: (one: Line) => (one.growth[0] === 0 ? null : percent(1)(one)),
    high: (one: Line) => (one.growth[0] === 0 ? null : percent(2)(one)),
  }
  const panel = (title: string, lines: readonly Line[], more: readonly Line[]): Panel =>
    panelOf({ title, x: widthAxis, y: { label: 'error minus that of the narrowest, % points' } }, [
      ruleY('equal', [0], { tone: 'soft', dash: true }),
      line('widths', lines, shown, {
        tone: 'measured',
        width: 2,
        dots: {},
        key: 'mean and 95 % interval',
      }),
      ...(more.length > 0
        ? [line('zero', more, shown, { tone: 'ink', dots: {}, key: 'from W₀ = 0' })]
        : []),
    ])
  return {
    id: 'width',
    title: 'Wide networks err less on digits and more on planted linear data',
    caption: `Test error minus that of the narrowest network on the same data: mean and 95 % interval by Student's distribution. Left: ${p.sets} planted data sets of ${p.n} examples in ${p.d} dimensions with margin ${p.gamma}; black, the widest network from zero initialization, whose decision boundary is linear. Right: ${p.splits} random splits of the digits 3 and 5 with ${p.train} for training; the interval allows for the images that splits have in common. All networks have training loss 0.`,
    panels: [
      panel('Planted linear data', planted, zero),
      ...(p.digits ? [panel('Digits 3 and 5', digits, [])] : []),
    ],
  }
}
