import type { DotMark, Figure, Panel, Tone } from '../../figure/figure.js'
import { beside, labels, line, panelOf, ruleY } from '../../figure/layers.js'
import { models, names, type Model, type Params } from './experiment.js'
import type { RuleAccuracies } from './task.js'

/** Results of a trained network. */
interface Run {
  readonly model: Model
  readonly graphs: number
  readonly accuracy: number
  readonly error: number
}

/** Accuracy against training graphs: a curve for each network, a line for each rule. */
export function countingFigure(
  runs: readonly Run[],
  rules: RuleAccuracies,
  { steps, batch, lstmSteps }: Params,
): Figure {
  return {
    id: 'counting',
    title: 'Counting neighbors of the own class: accuracy against training graphs',
    caption: `Ten nodes of five classes, each pair an edge with probability one half; the label of a node is the number of its neighbors of its own class. Error bars: two standard errors. The theorem’s form gives the same label to all nodes of a class in a graph, which bounds its accuracy by the ceiling; the lower lines are the best rule that ignores edges, and always 0. Networks with LSTMs train for ${lstmSteps} steps with batch size 25, the others for ${steps} with batch size ${batch}; the LSTM on raw inputs is limited by training steps, not by graphs.`,
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

function panel(runs: readonly Run[], { ceiling, blind, zero }: RuleAccuracies): Panel {
  const sizes = runs.map(({ graphs }) => graphs)
  const most = Math.max(10, ...sizes)
  const least = Math.min(most / 2, ...sizes)
  const ruled = (name: string, tone: Tone, rules: { readonly [text: string]: number }) => [
    ruleY(name, Object.values(rules), { tone, dash: true, width: 1.5 }),
    labels(
      `${name} name`,
      Object.entries(rules),
      // beside the frame, where no curve can cross it
      { x: () => most * 1.3, y: ([, y]) => y, text: ([text]) => text },
      beside(tone, 6),
    ),
  ]
  return panelOf(
    {
      x: { label: 'training graphs', scale: 'log', domain: [least / 1.3, most * 1.3] },
      y: { label: 'test accuracy', domain: [0.2, 1.05] },
    },
    [
      ...ruled('ceiling', 'bound', { 'ceiling, theorem form': ceiling }),
      ...ruled('simple', 'soft', { 'without edges': blind, 'always 0': zero }),
      ...models.map((model) => {
        const [tone, symbol, filled] = looks[model]
        return line(
          model,
          runs.filter((run) => run.model === model),
          {
            x: ({ graphs }) => graphs,
            y: ({ accuracy }) => accuracy,
            low: ({ accuracy, error }) => accuracy - 2 * error,
            high: ({ accuracy, error }) => accuracy + 2 * error,
          },
          { tone, dots: { symbol, filled, radius: 4.5, key: names[model] } },
        )
      }),
    ],
  )
}
