import type { MeanWithError } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { Figure } from '../../figure/figure.js'
import {
  beside,
  dots,
  label,
  labels,
  line,
  panelOf,
  ruleX,
  ruleY,
  xy,
} from '../../figure/layers.js'
import { lyingIntervals } from '../bars.js'
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

/** The rule that the others are compared with. */
const least = ways.indexOf('threshold')

/** F1 of each decoding rule beyond the rule that knows no count: intervals and a dot per problem. */
function worthFigure(problems: readonly Problem[], { maxCount, scale, examples }: Params): Figure {
  const others = ways.filter((_, w) => w !== least)
  const gains = others.map((way, i) => {
    const each = problems.map(({ f1 }) => f1[ways.indexOf(way)] - f1[least])
    const middle = mean(each)
    const squares = each.reduce((sum, x) => sum + (x - middle) ** 2, 0)
    const half = each.length < 2 ? 0 : 2 * Math.sqrt(squares / (each.length * (each.length - 1)))
    return { place: others.length - i, each, middle, low: middle - half, high: middle + half }
  })
  const shown = problems.length === 0 ? [] : gains
  return {
    id: 'worth',
    title: 'F1 increases with the information about the cardinality',
    caption: `F1 beyond that of the labels with probability at least 1/2, on the same ${examples} synthetic examples per problem (30 labels, 1 to ${maxCount} true, score scale ${scale}): means with two standard errors, and each problem. All rules use the distribution that the examples are drawn from; the counted ones take the k highest scores.`,
    panels: [
      panelOf(
        {
          x: { label: `F1 − F1 of ${wayNames.threshold}` },
          y: {
            label: '',
            domain: [0.4, others.length + 0.6],
            names: others.map((way) => wayNames[way]).reverse(),
          },
        },
        [
          ruleX('none', [0], { tone: 'soft', dash: true }),
          lyingIntervals('intervals', shown, {
            tone: 'measured',
            width: 2,
            key: 'mean ± 2 standard errors',
          }),
          dots(
            'means',
            shown,
            { x: ({ middle }) => middle, y: ({ place }) => place },
            { tone: 'measured', radius: 4.5, key: 'mean ± 2 standard errors' },
          ),
          dots(
            'problems',
            shown.flatMap(({ each, place }) => each.map((x) => ({ x, y: place - 0.2 }))),
            xy,
            { tone: 'ink', key: 'one problem' },
          ),
          labels(
            'values',
            shown,
            {
              x: ({ middle }) => middle,
              y: ({ place }) => place,
              text: (one) => signed(one.middle),
            },
            { tone: 'ink', dy: -13 },
          ),
        ],
      ),
    ],
  }
}

const signed = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(3)}`
