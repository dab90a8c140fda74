import { mean } from '../../averages.js'
import type { Figure } from '../../figure/figure.js'
import { curvesPanel, type Curve } from '../runs/curves-panel.js'
import type { Measured } from '../runs/facts.js'
import type { NamedRun } from '../runs/verdicts.js'
import { widthsOf } from '../runs/width-panel.js'
import { guaranteesOf, promised } from './guarantees.js'
import type { MnistParams } from './params.js'

/**
 * What the runs promise of new digits against the width, and what is true. Nothing without test
 * digits.
 */
export function guaranteeFigure(runs: readonly NamedRun[], p: MnistParams): readonly Figure[] {
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
      title: 'What is promised of new digits does not grow with the width',
      caption: `Means over the runs of a width; bars reach from the least to the most. Blue: share of the test digits with $yN(x) < 1$, and of errors. Orange: what the run promises by itself of $yN(x) < 1$ with $\\delta = ${p.delta}$, by the subset of updated digits and by blocks; dashed, the estimate $c/(n+1)$ of a bound of the mean; below, what the errors on the test digits promise. Counting labellings is not drawn: it is vacuous at every width.`,
      panels: [
        curvesPanel({
          title: 'New digits',
          x: { label: 'k, units of each sign', at: widths },
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
