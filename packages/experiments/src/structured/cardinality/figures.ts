import type { MeanWithError } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { Figure } from '../../figure/figure.js'
import { beside, dots, label, labels, line, panelOf, ruleY, xy } from '../../figure/layers.js'
import { atAxis, lyingBars, type Bar } from '../bars.js'
import { wayNames, ways, type Params } from './experiment.js'

/** Results for one number of labels. */
interface Sums {
  readonly labels: number
  readonly published: MeanWithError
}

/** Results of a problem: mean F1 of each decoding rule. */
interface Problem {
  readonly f1: readonly number[]
}

export function cardinalityFigures(
  sums: readonly Sums[],
  problems: readonly Problem[],
  params: Params,
): Figure[] {
  return [sumsFigure(sums, params), worthFigure(problems, params)]
}

/** Sums of the labels after the published and after the exact projection. */
function sumsFigure(sums: readonly Sums[], { budget, scores, draws }: Params): Figure {
  const lengths = sums.map(({ labels: L }) => L)
  const at = {
    x: (one: Sums) => one.labels,
    y: ({ published }: Sums) => budget + published.mean,
    low: ({ published }: Sums) => budget + published.mean - 2 * published.error,
    high: ({ published }: Sums) => budget + published.mean + 2 * published.error,
  }
  const high = Math.max(1.2 * budget, ...sums.map(at.high))
  const longest = Math.max(...lengths)
  const last = sums.filter((one) => one.labels === longest)
  return {
    id: 'sums',
    title: 'The exact projection satisfies the budget, the published one exceeds it',
    caption: `Mean sum of the labels for budget ${budget}, over ${draws} vectors of scores ${scores === 'peaked' ? 'σ(4N − 6)' : 'σ(N)'}; error bars: two standard errors. The exact projection satisfies the budget up to rounding. The published smooth projection distributes mass over labels that should be 0.`,
    panels: [
      panelOf(
        {
          x: {
            label: 'labels',
            scale: 'log',
            domain: [Math.min(2, ...lengths) / 1.3, Math.max(10, longest) * 1.3],
          },
          y: { label: 'sum of the labels', domain: [0, high * 1.1] },
        },
        [
          ruleY('budget', [budget], { tone: 'bound', dash: true, width: 1.5, key: 'budget' }),
          line('published', sums, at, { tone: 'ink', dots: { symbol: 'square', filled: false } }),
          line(
            'exact',
            sums,
            { x: at.x, y: () => budget },
            { tone: 'measured', dots: { radius: 4 } },
          ),
          labels('published name', last, { ...at, text: () => 'published' }, beside('ink', -10)),
          label(
            'exact name',
            'exact',
            last.length > 0 ? [longest, budget] : undefined,
            beside('measured', -10, -10),
          ),
        ],
      ),
    ],
  }
}

/** Mean F1 by decoding rule: a bar for each rule, a dot for each problem. */
function worthFigure(problems: readonly Problem[], { maxCount, scale, examples }: Params): Figure {
  const bars =
    problems.length === 0
      ? []
      : ways.map((way, w): Bar => ({
          place: ways.length - w,
          value: mean(problems.map(({ f1 }) => f1[w])),
          tone: way === 'threshold' || way === 'expected' ? 'soft' : 'measured',
        }))
  return {
    id: 'worth',
    title: 'F1 increases with the information about the cardinality',
    caption: `Mean F1 on synthetic examples with 30 labels, ${examples} per problem, 1 to ${maxCount} of them true, score scale ${scale}. All rules use the distribution that the examples are drawn from. Blue: top-k decoding with k the most likely count on average, the most likely count given the features, and the true count. Gray, given the features as well: labels with probability at least 1/2; expected-F1 decoding of independent labels with these probabilities.`,
    panels: [
      panelOf(
        {
          x: { label: 'mean F1', domain: [0, 1] },
          y: {
            label: '',
            domain: [0.4, ways.length + 0.6],
            names: ways.map((way) => wayNames[way]).reverse(),
          },
        },
        [
          ...lyingBars(bars, 0.28),
          dots(
            'problems',
            problems.flatMap(({ f1 }) => f1.map((x, w) => ({ x, y: ways.length - w }))),
            xy,
            { tone: 'ink', key: 'one problem' },
          ),
          labels('values', bars, atAxis, beside('ink', 6)),
        ],
      ),
    ],
  }
}
