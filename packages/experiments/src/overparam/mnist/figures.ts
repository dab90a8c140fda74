import {
  type GuaranteeId,
  compareGuarantees,
  type GuaranteeRun,
  type GuaranteeTable,
} from '@nonconvex/overparam/generalization'
import { groupsBy } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { labels, panelOf, ruleX } from '../../figure/layers.js'
import { curvesPanel } from '../runs/curves-panel.js'
import type { Measured, NamedRun } from '../runs/facts.js'
import { byWidth, measuredLayers, widthAxis, widthPanel } from '../runs/width-panel.js'
import type { mnist } from './experiment.js'

type Params = ParamsOf<typeof mnist>

/** Pixels of a digit. */
export const PIXELS = 784

/** 2kd for each training digit. */
export const parametersPerExample = (k: number, { n }: Params): number => (2 * k * PIXELS) / n

/** A run as the table of its guarantees wants it: counts, and what is known besides. */
function countsOf(m: Measured, p: Params): GuaranteeRun {
  return {
    n: p.n,
    updates: m.updates,
    distinct: m.distinct,
    delta: p.delta,
    converged: m.status === 'converged',
    errorsUnused: m.shortUnused,
    // rows are divided by the longest of the training digits
    preprocessing: 'scale',
    network: { k: m.k, d: PIXELS },
    ...(m.testError !== null && {
      heldOut: { errors: Math.round(m.testError * m.tested), examples: m.tested },
    }),
  }
}

/** All bounds of a run, from its counts. */
export const guaranteesOf = (m: Measured, p: Params): GuaranteeTable =>
  compareGuarantees(countsOf(m, p))

/** One of them; 1 where it does not apply. */
export const guaranteed = ({ guarantees }: GuaranteeTable, id: GuaranteeId): number =>
  guarantees.find((one) => one.id === id)?.bound ?? 1

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

/**
 * Error on the test digits against width: each run, the mean of a width, and a bar over its runs;
 * and where there are as many parameters as digits.
 */
function errorPanel(runs: readonly NamedRun[], p: Params): Panel {
  const error = ({ measured: { testError } }: NamedRun): number | null =>
    testError === null ? null : 100 * testError
  const widths = byWidth(runs).map(({ at }) => at)
  const [least, most] = [widths[0], widths[widths.length - 1]]
  const top = 1.25 * Math.max(0, ...runs.map((run) => error(run) ?? 0)) || 1
  const perDigit = (k: number): string => {
    const ratio = parametersPerExample(k, p)
    return ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0)
  }
  const equal = p.n / (2 * PIXELS)
  return panelOf(
    { title: 'Test error', x: widthAxis, y: { label: 'test error, %', domain: [0, top] } },
    [
      ruleX('equal', least < equal && equal < most ? [equal] : [], {
        tone: 'soft',
        dash: true,
        key: 'one parameter per digit',
      }),
      ...measuredLayers(runs, error, 'test set'),
      labels(
        'density',
        least < most ? [least, most] : [least],
        {
          x: (k) => k,
          y: () => top,
          text: (k) => `${perDigit(k)} ${k === most ? 'parameters per digit' : 'per digit'}`,
        },
        { tone: 'soft', anchor: 'end' },
      ),
    ],
  )
}

/**
 * Generalization bounds and test errors against the width. Empty without test digits.
 */
export function guaranteeFigure(runs: readonly NamedRun[], p: Params): readonly Figure[] {
  const tested = runs.filter(({ measured }) => measured.testError !== null)
  if (tested.length === 0) return []
  const by =
    (id: GuaranteeId) =>
    (m: Measured): number =>
      guaranteed(guaranteesOf(m, p), id)
  return [
    {
      id: 'guarantees',
      title: 'Generalization bounds do not grow with the width',
      caption: `Means over the runs of a width; bars are ranges. Blue: fraction of the test set with $yN(x) < 1$, and test error. Orange: compression bounds on $yN(x) < 1$ with $\\delta = ${p.delta}$, by the subset of updated digits and by blocks; dashed, the estimate $c/(n+1)$ of a bound of the mean; below, the Clopper–Pearson bound from the test errors. The growth-function bound is not drawn: it is vacuous at every width.`,
      panels: [
        curvesPanel({
          title: 'Test digits',
          x: widthAxis.label,
          groups: groupsBy(
            tested.map(({ measured }) => measured),
            ({ k }) => k,
          ),
          curves: [
            { name: 'updated subset', tone: 'bound', of: by('subset'), dy: -6 },
            { name: 'subset by blocks', tone: 'bound', of: by('blocks'), dy: 7 },
            { name: 'mean: c/(n + 1)', tone: 'bound', of: by('leave-one-out'), dash: true },
            { name: 'observed y N(x) < 1', tone: 'measured', of: (m) => m.testHinge ?? 0 },
            { name: 'bound from held-out digits', tone: 'bound', of: by('held-out'), dy: -7 },
            { name: 'observed error', tone: 'measured', of: (m) => m.testError ?? 0, dy: 7 },
          ],
          bar: (values) => [Math.min(...values), Math.max(...values)],
        }),
      ],
    },
  ]
}
