import type { MeanWithError } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Frame, Mark } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { lyingBars } from '../bars.js'
import { ways, type cardinality } from './experiment.js'

type Params = ParamsOf<typeof cardinality>

/** What the figures show of labels of one length. */
interface Sums {
  readonly labels: number
  readonly published: MeanWithError
}

/** What the figures show of a problem: mean F1 of each way. */
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

/** Left: what labels sum to after the published projection and after the exact one. */
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
    title: 'A budget that is kept, and one that leaks',
    caption: `What labels sum to that are asked to sum to ${budget}: means over ${draws} vectors of ${scores === 'peaked' ? 'peaked scores σ(4N − 6)' : 'scores σ(N)'}, bars of two standard errors. The exact projection keeps the budget to rounding. The published smooth one spreads what is left over labels that should have none.`,
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
  average: 'usual count',
  likeliest: 'likeliest count',
  known: 'true count',
}

/** Mean F1 by what is known of the count: a bar for each way, a dot for each problem. */
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
    { mark: 'dot', frame: 'problems', x: 'x', y: 'y', tone: 'ink', key: 'a problem' },
    nameMark('values', { tone: 'ink', anchor: 'start', dx: 6 }),
  ]
  return {
    id: 'worth',
    title: 'What it is worth to know how many labels there are',
    caption: `Mean F1 on synthetic examples of 30 labels, ${examples} of each problem, 1 to ${maxCount} of them true, scores ${scale} apart. All ways know the law that the examples were drawn from. Blue: as many of the highest scores as are true on average most often, as are likeliest given the features, as there truly are. Grey, with the same knowledge as the likeliest count: labels with probability of at least 1/2; the best expected F1 of independent labels with these probabilities.`,
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
