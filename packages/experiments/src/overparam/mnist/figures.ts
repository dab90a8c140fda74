import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { curvesPanel, type Curve } from '../runs/curves-panel.js'
import type { Measured, NamedRun } from '../runs/facts.js'
import { meanAt, spreadAt, widthPanel, widthsOf } from '../runs/width-panel.js'
import type { mnist } from './experiment.js'
import { guaranteesOf, parametersPerExample, PIXELS, promised } from './guarantees.js'

type Params = ParamsOf<typeof mnist>

/** Updates and test errors against the width. */
export function widthFigure(runs: readonly NamedRun[], p: Params): readonly Figure[] {
  if (!runs.some((run) => run.measured.updates > 0)) return []
  const tested = runs.some((run) => run.measured.testError !== null)
  return [
    {
      id: 'updates-and-error',
      title: 'Wider networks need fewer updates and do not overfit',
      caption: `Digits ${p.positive.join(', ')} against ${p.negative.join(', ')}, training set of ${p.n}. Left: updates until the training loss is exactly 0, and the bounds, which do not depend on $k$. Right: test error; right of the vertical line there are more parameters $2kd$ than training digits (parameters per digit at the top). Dots are runs, lines their means, bars their ranges.`,
      panels: [widthPanel(runs), ...(tested ? [errorPanel(runs, p)] : [])],
    },
  ]
}

const percent = (error: number | null): number | null => (error === null ? null : 100 * error)

/**
 * Error on the test digits against width: each run, the mean of a width, and a bar over its runs;
 * and where there are as many parameters as digits.
 */
function errorPanel(runs: readonly NamedRun[], p: Params): Panel {
  const k = widthsOf(runs)
  const error = (run: NamedRun): number | null => percent(run.measured.testError)
  const means = k.map((width) => meanAt(runs, width, error))
  const end = k.length - 1
  const top = 1.25 * Math.max(0, ...runs.map((run) => error(run) ?? 0)) || 1
  const perExample = (width: number): string => {
    const ratio = parametersPerExample(width, p)
    return ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0)
  }
  const equal = p.n / (2 * PIXELS)
  const crossed = k[0] < equal && equal < k[end]
  return {
    title: 'Test error',
    x: { label: 'width k (hidden units of each sign)', scale: 'log' },
    y: { label: 'test error, %', domain: [0, top] },
    frames: {
      runs: { k: runs.map((run) => run.measured.k), error: runs.map(error) },
      means: { k, error: means },
      bars: { k, ...spreadAt(runs, k, error) },
      name: { k: [k[end]], error: [means[end]], text: ['test set'] },
      equal: { k: crossed ? [equal] : [] },
      density: {
        k: end > 0 ? [k[0], k[end]] : [k[0]],
        y: end > 0 ? [top, top] : [top],
        text:
          end > 0
            ? [`${perExample(k[0])} per digit`, `${perExample(k[end])} parameters per digit`]
            : [`${perExample(k[0])} parameters per digit`],
      },
    },
    marks: [
      {
        mark: 'rule-x',
        frame: 'equal',
        x: 'k',
        tone: 'soft',
        dash: true,
        key: 'one parameter per digit',
      },
      { mark: 'interval', frame: 'bars', x: 'k', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'line', frame: 'means', x: 'k', y: 'error', tone: 'measured', width: 2 },
      { mark: 'dot', frame: 'runs', x: 'k', y: 'error', tone: 'measured' },
      nameMark('density', { x: 'k', tone: 'soft', anchor: 'end' }),
      nameMark('name', {
        x: 'k',
        y: 'error',
        tone: 'measured',
        anchor: 'start',
        dx: 8,
        bold: true,
      }),
    ],
  }
}

/**
 * What the runs promise of new digits against the width, and what is true. Nothing without test
 * digits.
 */
export function guaranteeFigure(runs: readonly NamedRun[], p: Params): readonly Figure[] {
  const tested = runs.filter(({ measured }) => measured.testError !== null)
  if (tested.length === 0) return []
  const widths = widthsOf(tested)
  const values = (of: (m: Measured) => number): readonly (readonly number[])[] =>
    widths.map((k) => tested.flatMap(({ measured: m }) => (m.k === k ? [of(m)] : [])))
  const curve = (
    look: Pick<Curve, 'name' | 'tone' | 'dash' | 'dy'>,
    of: (m: Measured) => number,
  ): Curve => {
    const all = values(of)
    return {
      ...look,
      means: all.map((some) => mean(some)),
      ...(look.tone === 'measured' && {
        bars: {
          low: all.map((some) => Math.min(...some)),
          high: all.map((some) => Math.max(...some)),
        },
      }),
    }
  }
  const by =
    (id: Parameters<typeof promised>[1]): ((m: Measured) => number) =>
    (m) =>
      promised(guaranteesOf(m, p), id)
  return [
    {
      id: 'guarantees',
      title: 'Generalization bounds do not grow with the width',
      caption: `Means over the runs of a width; bars are ranges. Blue: fraction of the test set with $yN(x) < 1$, and test error. Orange: compression bounds on $yN(x) < 1$ with $\\delta = ${p.delta}$, by the subset of updated digits and by blocks; dashed, the estimate $c/(n+1)$ of a bound of the mean; below, the Clopper–Pearson bound from the test errors. The growth-function bound is not drawn: it is vacuous at every width.`,
      panels: [
        curvesPanel({
          title: 'Test digits',
          x: { label: 'width k (hidden units of each sign)', at: widths },
          curves: [
            curve({ name: 'updated subset', tone: 'bound', dy: -6 }, by('subset')),
            curve({ name: 'subset by blocks', tone: 'bound', dy: 7 }, by('blocks')),
            curve({ name: 'mean: c/(n + 1)', tone: 'bound', dash: true }, by('leave-one-out')),
            curve({ name: 'observed y N(x) < 1', tone: 'measured' }, (m) => m.testHinge ?? 0),
            curve({ name: 'bound from held-out digits', tone: 'bound', dy: -7 }, by('held-out')),
            curve({ name: 'observed error', tone: 'measured', dy: 7 }, (m) => m.testError ?? 0),
          ],
        }),
      ],
    },
  ]
}
