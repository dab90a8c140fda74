import {
  countingClaim,
  decideCounting,
  decideFewerGraphs,
  decideLiteralCeiling,
  fewerGraphsClaim,
  literalCeilingClaim,
} from '@nonconvex/structured'
import type { Conclusion } from '../../define/experiment.js'
import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { soFar } from '../../gaussian/partial.js'
import type { CountingMeasured, CountingRow } from './measure.js'
import { countingCells, models } from './params.js'
import type { CountingParams } from './params.js'

type Found = CountingMeasured & { readonly graphs: number }

const names = { local: 'invariant, local', literal: 'invariant, literal', dense: 'fully connected' }

export function concludeCounting(rows: readonly CountingRow[], params: CountingParams): Conclusion {
  const cells = countingCells(params)
  const of = (model: (typeof models)[number]): Found[] =>
    cells.flatMap((cell) =>
      rows
        .filter(({ key }) => cell.model === model && key === cell.key)
        .map(({ measured }) => ({ ...measured, graphs: cell.graphs })),
    )
  const [local, literal, dense] = models.map(of)
  const progress = (...own: readonly string[]): { done: number; total: number } => ({
    done: own.flatMap((model) => ({ local, literal, dense })[model] ?? []).length,
    total: cells.filter(({ model }) => own.includes(model)).length,
  })
  const { ceiling, zero } = rows[0]?.measured ?? { ceiling: 0, zero: 0 }
  return {
    verdicts: [
      soFar(countingClaim, progress('local'), () => decideCounting(local)),
      soFar(literalCeilingClaim, progress('literal'), () => decideLiteralCeiling(literal, ceiling)),
      soFar(fewerGraphsClaim, progress('local', 'dense'), () => decideFewerGraphs(local, dense)),
    ],
    tables: [
      {
        id: 'accuracy',
        title: 'Share of right nodes on fresh graphs',
        columns: [
          { name: 'network', title: 'network' },
          { name: 'parameters', title: 'parameters' },
          { name: 'graphs', title: 'graphs to learn from' },
          { name: 'accuracy', title: 'right', digits: 4 },
          { name: 'error', title: 'standard error', digits: 2 },
          { name: 'train', title: 'right in training', digits: 4 },
          { name: 'step', title: 'best step' },
          { name: 'moved', title: 'scores move under reordering by', digits: 2 },
        ],
        rows: models.flatMap((model, m) =>
          [local, literal, dense][m].map((one) => [
            names[model],
            one.parameters,
            one.graphs,
            one.accuracy,
            one.error,
            one.train,
            one.step,
            one.moved,
          ]),
        ),
      },
      {
        id: 'rules',
        title: 'What simple rules reach on these graphs',
        columns: [
          { name: 'rule', title: 'rule' },
          { name: 'right', title: 'right', digits: 4 },
        ],
        rows: [
          ['always 0', zero],
          ['one answer for each class of a graph, at best', ceiling],
        ],
      },
    ],
    figures: [figure([local, literal, dense], ceiling, zero)],
  }
}

function figure(all: readonly (readonly Found[])[], ceiling: number, zero: number): Figure {
  return {
    id: 'counting',
    title: 'Counting neighbours of the own class: right nodes against graphs to learn from',
    caption:
      'Ten nodes of five classes, each pair an edge with probability one half; the label of a node is the number of its neighbours of its own class. Bars are two standard errors. The literal form gives one answer to all nodes of a class in a graph, so it cannot pass its ceiling.',
    panels: [panel(all, ceiling, zero)],
  }
}

const tones = ['measured', 'undecided', 'violated'] as const

function panel(all: readonly (readonly Found[])[], ceiling: number, zero: number): Panel {
  const most = Math.max(10, ...all.flat().map(({ graphs }) => graphs))
  const least = Math.min(most / 2, ...all.flat().map(({ graphs }) => graphs))
  const frames: { readonly [name: string]: Frame } = Object.fromEntries(
    models.flatMap((model, m): [string, Frame][] => {
      const x = all[m].map(({ graphs }) => graphs)
      const y = all[m].map(({ accuracy }) => accuracy)
      const low = all[m].map(({ accuracy, error }) => accuracy - 2 * error)
      const high = all[m].map(({ accuracy, error }) => accuracy + 2 * error)
      const last = { x: x.slice(-1), y: y.slice(-1), text: x.slice(-1).map(() => names[model]) }
      return [
        [model, { x, y, low, high }],
        [`${model}Name`, last],
      ]
    }),
  )
  return {
    x: { label: 'graphs to learn from', scale: 'log', domain: [least / 1.3, most * 1.3] },
    y: { label: 'share of right nodes', domain: [0.2, 1.05] },
    frames: {
      ...frames,
      rules: { y: [ceiling, zero] },
      ruleNames: {
        x: [least],
        y: [ceiling],
        text: ['ceiling of the literal form'],
      },
      zeroName: { x: [Math.sqrt(least * most)], y: [zero], text: ['always 0'] },
    },
    marks: [
      { mark: 'rule-y', frame: 'rules', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      ...models.flatMap((model, m) => [
        { mark: 'line', frame: model, x: 'x', y: 'y', tone: tones[m] } as const,
        { mark: 'interval', frame: model, x: 'x', y1: 'low', y2: 'high', tone: tones[m] } as const,
        { mark: 'dot', frame: model, x: 'x', y: 'y', tone: tones[m], radius: 3 } as const,
        nameMark(`${model}Name`, { tone: tones[m], anchor: 'end', dy: m === 0 ? 14 : -10 }),
      ]),
      nameMark('ruleNames', { tone: 'bound', anchor: 'start', dy: -9 }),
      nameMark('zeroName', { tone: 'bound', dy: 14 }),
    ],
  }
}
