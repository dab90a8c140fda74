import type { ParamsOf } from '../../define/definition.js'
import type { DotMark, Figure, Frame, Mark, Panel, Tone } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { models, names, type counting, type Model } from './experiment.js'
import type { SimpleShares } from './task.js'

/** What the figure shows of a network that was trained. */
interface Run {
  readonly model: Model
  readonly graphs: number
  readonly accuracy: number
  readonly error: number
}

/** Accuracy against graphs to learn from: a curve for each network, a line for each rule. */
export function countingFigure(
  runs: readonly Run[],
  rules: SimpleShares,
  { steps, batch, lstmSteps }: ParamsOf<typeof counting>,
): Figure {
  return {
    id: 'counting',
    title: 'Counting neighbours of the own class: right nodes against graphs to learn from',
    caption: `Ten nodes of five classes, each pair an edge with probability one half; the label of a node is the number of its neighbours of its own class. Bars are two standard errors. The literal form gives one answer to all nodes of a class in a graph, so it cannot pass its ceiling; the lines below are the best rule that ignores edges, and always 0. Networks with LSTMs make ${lstmSteps} steps of 25 graphs, the others ${steps} of ${batch}; what an LSTM on raw inputs lacks after so few is training, not graphs.`,
    panels: [panel(runs, rules)],
  }
}

type Symbol = NonNullable<DotMark['symbol']>

/** Blue for the invariant networks; the others differ by symbol. */
const looks: { readonly [M in Model]: readonly [Tone, Symbol, filled: boolean] } = {
  local: ['measured', 'circle', true],
  literal: ['measured', 'triangle', false],
  dense: ['soft', 'square', true],
  'lstm-after': ['ink', 'diamond', true],
  'lstm-raw': ['ink', 'star', false],
}

function panel(runs: readonly Run[], { ceiling, blind, zero }: SimpleShares): Panel {
  const sizes = runs.map(({ graphs }) => graphs)
  const most = Math.max(10, ...sizes)
  const least = Math.min(most / 2, ...sizes)
  // beside the frame, where no curve can cross them
  const ruled = (y: number, text: string) => ({ x: [most * 1.3], y: [y], text: [text] })
  return {
    x: { label: 'graphs to learn from', scale: 'log', domain: [least / 1.3, most * 1.3] },
    y: { label: 'share of right nodes', domain: [0.2, 1.05] },
    frames: {
      ...Object.fromEntries(
        models.map((model) => [model, curve(runs.filter((run) => run.model === model))]),
      ),
      ceiling: { y: [ceiling] },
      simple: { y: [blind, zero] },
      ceilingName: ruled(ceiling, 'literal ceiling'),
      blindName: ruled(blind, 'without edges'),
      zeroName: ruled(zero, 'always 0'),
    },
    marks: [
      { mark: 'rule-y', frame: 'ceiling', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'rule-y', frame: 'simple', y: 'y', tone: 'soft', dash: true, width: 1.5 },
      ...models.flatMap((model): Mark[] => {
        const [tone, symbol, filled] = looks[model]
        const own = { frame: model, x: 'x', tone } as const
        return [
          { mark: 'interval', ...own, y1: 'low', y2: 'high' },
          { mark: 'line', ...own, y: 'y' },
          { mark: 'dot', ...own, y: 'y', symbol, filled, radius: 4.5, key: names[model] },
        ]
      }),
      nameMark('ceilingName', { tone: 'bound', anchor: 'start', dx: 6 }),
      nameMark('blindName', { tone: 'soft', anchor: 'start', dx: 6 }),
      nameMark('zeroName', { tone: 'soft', anchor: 'start', dx: 6 }),
    ],
  }
}

function curve(all: readonly Run[]): Frame {
  return {
    x: all.map(({ graphs }) => graphs),
    y: all.map(({ accuracy }) => accuracy),
    low: all.map(({ accuracy, error }) => accuracy - 2 * error),
    high: all.map(({ accuracy, error }) => accuracy + 2 * error),
  }
}
