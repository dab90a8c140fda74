import type { MeanWithError } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Frame, Mark } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { lyingBars } from '../bars.js'
import { ways, type cardinality } from './experiment.js'

type Params = ParamsOf<typeof cardinality>

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
function sumsFigure(budgets: readonly Sums[], { budget, scores, draws }: Params): Figure {
  const lengths = budgets.map(({ labels }) => labels)
  const sum = budgets.map(({ published }) => budget + published.mean)
  const error = budgets.map((one) => 2 * one.published.error)
  const high = Math.max(1.2 * budget, ...sum.map((value, i) => value + error[i]))
  const ends = [Math.min(2, ...lengths), Math.max(10, ...lengths)]
  const last = lengths.indexOf(Math.max(...lengths))
  const named = (y: number | undefined, text: string): Frame =>
    y === undefined ? { x: [], y: [], text: [] } : { x: [lengths[last]], y: [y], text: [text] }
  return {
    id: 'sums',
    title: 'The exact projection satisfies the budget, the published one exceeds it',
    caption: `Mean sum of the labels for budget ${budget}, over ${draws} vectors of scores ${scores === 'peaked' ? 'σ(4N − 6)' : 'σ(N)'}; error bars: two standard errors. The exact projection satisfies the budget up to rounding. The published smooth projection distributes mass over labels that should be 0.`,
    panels: [
      {
        x: { label: 'labels', scale: 'log', domain: [ends[0] / 1.3, ends[1] * 1.3] },
        y: { label: 'sum of the labels', domain: [0, high * 1.1] },
        frames: {
          published: {
            x: lengths,
            y: sum,
            low: sum.map((y, i) => y - error[i]),
            high: sum.map((y, i) => y + error[i]),
          },
          exact: { x: lengths, y: lengths.map(() => budget) },
          budget: { y: [budget] },
          publishedName: named(sum[last], 'published'),
          exactName: named(budgets.length > 0 ? budget : undefined, 'exact'),
        },
        marks: [
          {
            mark: 'rule-y',
            frame: 'budget',
            y: 'y',
            tone: 'bound',
            dash: true,
            width: 1.5,
            key: 'budget',
          },
          { mark: 'interval', frame: 'published', x: 'x', y1: 'low', y2: 'high', tone: 'ink' },
          { mark: 'line', frame: 'published', x: 'x', y: 'y', tone: 'ink' },
          {
            mark: 'dot',
            frame: 'published',
            x: 'x',
            y: 'y',
            tone: 'ink',
            symbol: 'square',
            filled: false,
          },
          { mark: 'line', frame: 'exact', x: 'x', y: 'y', tone: 'measured' },
          { mark: 'dot', frame: 'exact', x: 'x', y: 'y', tone: 'measured', radius: 4 },
          nameMark('publishedName', { tone: 'ink', anchor: 'end', dx: -10 }),
          nameMark('exactName', { tone: 'measured', anchor: 'end', dx: -10, dy: -10 }),
        ],
      },
    ],
  }
}

const names: { readonly [way in (typeof ways)[number]]: string } = {
  threshold: 'probability ≥ 1/2',
  expected: 'expected F1',
  average: 'average count',
  likeliest: 'most likely count',
  known: 'true count',
}

/** Mean F1 by decoding rule: a bar for each rule, a dot for each problem. */
function worthFigure(problems: readonly Problem[], { maxCount, scale, examples }: Params): Figure {
  const bars =
    problems.length === 0
      ? []
      : ways.map((way, w) => ({
          way,
          place: ways.length - w,
          value: mean(problems.map(({ f1 }) => f1[w])),
        }))
  const drawn = lyingBars(
    bars.map(({ way, place, value }) => ({
      place,
      value,
      tone: way === 'threshold' || way === 'expected' ? 'soft' : 'measured',
    })),
    0.28,
  )
  const dots: Frame = {
    x: problems.flatMap(({ f1 }) => [...f1]),
    y: problems.flatMap(() => ways.map((_, w) => ways.length - w)),
  }
  const marks: Mark[] = [
    ...drawn.marks,
    { mark: 'dot', frame: 'problems', x: 'x', y: 'y', tone: 'ink', key: 'one problem' },
    nameMark('values', { tone: 'ink', anchor: 'start', dx: 6 }),
  ]
  return {
    id: 'worth',
    title: 'F1 increases with the information about the cardinality',
    caption: `Mean F1 on synthetic examples with 30 labels, ${examples} per problem, 1 to ${maxCount} of them true, score scale ${scale}. All rules use the distribution that the examples are drawn from. Blue: top-k decoding with k the most likely count on average, the most likely count given the features, and the true count. Gray, given the features as well: labels with probability at least 1/2; expected-F1 decoding of independent labels with these probabilities.`,
    panels: [
      {
        x: { label: 'mean F1', domain: [0, 1] },
        y: {
          label: '',
          domain: [0.4, ways.length + 0.6],
          names: ways.map((way) => names[way]).reverse(),
        },
        frames: { ...drawn.frames, values: drawn.values, problems: dots },
        marks,
      },
    ],
  }
}
