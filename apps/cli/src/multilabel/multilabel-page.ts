import type { Figure } from '@nonconvex/experiments/figure'
import { counted } from '@nonconvex/optim/claims'
import { interval95 } from '@nonconvex/optim/statistics'
import { fitMultilabelCommand } from '../command-line/data-commands.js'
import { fitCommands } from '../fit/kept-flags.js'
import { figureBlock } from '../report/figure.js'
import { html } from '../report/html.js'
import { htmlPage } from '../report/page.js'
import { tableBlock } from '../report/table.js'
import type { ShownTable } from '../text/prose.js'
import type { MultilabelRecord } from '../models/multilabel-document.js'
import {
  calibrationTable,
  decoderNames,
  percentInterval,
  scoresTable,
  type MultilabelScores,
} from './scores.js'

/** What is in the data, and which network was trained. */
export function multilabelSummary({
  labels,
  features,
  parameters,
  training,
}: MultilabelRecord): string {
  const { rows, counts } = training.data
  const total = counts.reduce((sum, n, k) => sum + n * k, 0)
  const net =
    parameters.hidden === 0
      ? 'A linear model'
      : `A network with ${counted(parameters.hidden, 'hidden unit')}`
  return `${counted(rows, 'example')} with ${counted(features.length, 'feature')} and ${counted(labels.length, 'label')}, ${(total / rows).toFixed(2)} labels an example on average. ${net} was trained for ${counted(parameters.epochs, 'epoch')} with ${parameters.counted ? 'the likelihood of labels and their count' : 'binary cross-entropy'}, seed ${parameters.seed}.`
}

/** The tables of a document, in the order of the page. */
export function multilabelTables({ training, labels }: MultilabelRecord): readonly ShownTable[] {
  const { rows, counts, never } = training.data
  const { loss, tested } = training
  const facts: ShownTable = {
    id: 'data',
    title: 'Training data',
    columns: [
      { name: 'what', title: '' },
      { name: 'value', title: 'value', digits: 4 },
    ],
    rows: [
      ['examples', rows],
      ['labels', labels.length],
      ['labels that never occur', never],
      ['examples without a label', counts[0]],
      ['training loss of the last epoch, summed over labels', loss.at(-1) ?? null],
    ],
  }
  return tested ? [scoresTable(tested.scores), calibrationTable(tested.scores), facts] : [facts]
}

/** Training examples by their number of labels. */
const histogram = (counts: readonly number[]): Figure => ({
  id: 'counts',
  title: 'Number of labels of the training examples',
  caption: 'Training examples by their number of labels.',
  panels: [
    {
      x: { label: 'number of labels' },
      y: { label: 'examples' },
      frames: { counts: { x: counts.map((_, k) => k), y: counts } },
      marks: [
        { mark: 'line', frame: 'counts', x: 'x', y: 'y', tone: 'soft' },
        { mark: 'dot', frame: 'counts', x: 'x', y: 'y', tone: 'measured', radius: 4 },
      ],
    },
  ],
})

/** F1 by decoder, and expected against true numbers of labels. */
function scoresFigure({ decoders, known, calibration }: MultilabelScores): Figure {
  const all = [...decoders.map(({ f1 }) => f1), known].map((f1) => percentInterval(f1))
  const names = [...decoders.map(({ decoder }) => decoderNames[decoder]), 'true count']
  // the first is the uppermost
  const ys = all.map((_, i) => all.length - i)
  const actual = calibration.map((group) => interval95(group.actual))
  const expected = calibration.map((group) => group.expected)
  const ends = [
    Math.min(...expected, ...actual.map(([, low]) => low)),
    Math.max(...expected, ...actual.map(([, , high]) => high)),
  ]
  return {
    id: 'scores',
    title: 'F1 by decoder, and calibration of the count',
    caption:
      'Left: mean F1 by example on the test examples, with 95 % intervals; the last has the true number of labels. Right: expected and true number of labels of five groups of test examples, with 95 % intervals; on the line they are equal.',
    panels: [
      {
        x: { label: 'F1, %' },
        y: { label: '', domain: [0.5, all.length + 0.5], names: names.reverse() },
        frames: {
          f1: { x: all.map(([mean]) => mean), y: ys },
          intervals: {
            x: all.flatMap(([, low, high]) => [low, high]),
            y: ys.flatMap((y) => [y, y]),
            decoder: ys.flatMap((y) => [y, y]),
          },
        },
        marks: [
          {
            mark: 'line',
            frame: 'intervals',
            x: 'x',
            y: 'y',
            group: 'decoder',
            tone: 'measured',
          },
          { mark: 'dot', frame: 'f1', x: 'x', y: 'y', tone: 'measured', radius: 4 },
        ],
      },
      {
        x: { label: 'expected number of labels' },
        y: { label: 'true number of labels' },
        frames: {
          equal: { x: ends, y: ends },
          groups: {
            x: expected,
            y: actual.map(([mean]) => mean),
            low: actual.map(([, low]) => low),
            high: actual.map(([, , high]) => high),
          },
        },
        marks: [
          { mark: 'line', frame: 'equal', x: 'x', y: 'y', tone: 'soft' },
          { mark: 'interval', frame: 'groups', x: 'x', y1: 'low', y2: 'high', tone: 'measured' },
          { mark: 'dot', frame: 'groups', x: 'x', y: 'y', tone: 'measured', radius: 4 },
        ],
      },
    ],
  }
}

/** The report of a model as one page, from its document alone: equal documents give equal bytes. */
export function multilabelPage(record: MultilabelRecord): string {
  const { training, flags, versions } = record
  const { data, tested } = training
  const title = `Labels of ${data.file}`
  const body = html`<header>
      <h1>${title}</h1>
      <p class="lead">${multilabelSummary(record)}</p>
    </header>
    <main>
      <section class="experiment">
        ${tested && figureBlock(scoresFigure(tested.scores), 'multilabel')}
        ${multilabelTables(record).map(tableBlock)}
        ${figureBlock(histogram(data.counts), 'multilabel')}
        <pre
          class="command"
        ><code>${fitCommands(fitMultilabelCommand, data.file, flags).join('\n')}</code></pre>
      </section>
    </main>`
  return htmlPage(title, versions.nonconvex, body)
}
