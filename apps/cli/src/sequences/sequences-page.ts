import type { Figure } from '@nonconvex/experiments/figure'
import { counted } from '@nonconvex/optim/claims'
import { entityF1, type SequenceScores } from '@nonconvex/structured/sequences'
import { fitSequencesCommand } from '../command-line/sequences-command.js'
import { fitCommands } from '../fit/kept-flags.js'
import type { SequencesRecord } from '../models/sequences-document.js'
import { figureBlock } from '../report/figure.js'
import { html } from '../report/html.js'
import { htmlPage } from '../report/page.js'
import { tableBlock } from '../report/table.js'
import { formatNumber } from '../text/numbers.js'
import type { ShownTable } from '../text/prose.js'

const models = {
  crf: 'A chain CRF was trained by L-BFGS',
  m3n: 'A max-margin Markov network was trained by block-coordinate Frank–Wolfe',
  perceptron: 'A structured perceptron was trained',
} as const

/** What is in the data, how the model was trained, and what is proved about it. */
export function sequencesSummary({ parameters, labels, training }: SequencesRecord): string {
  const { data, fit, separable } = training
  const { model, lambda, delta } = parameters
  const steps =
    model === 'crf'
      ? counted(fit.iterations, 'iteration')
      : counted(fit.iterations, 'pass', 'passes')
  const proof =
    fit.certificate === null
      ? ''
      : `; its objective provably exceeds the global minimum by at most ${formatNumber(fit.certificate, 2)} (λ = ${formatNumber(lambda ?? 0, 3)})`
  const limit = fit.converged
    ? ''
    : model === 'perceptron'
      ? ', the limit'
      : ', before it converged'
  const sure =
    separable === undefined
      ? ' The structured perceptron found no weights without a mistake, so there is no mistake bound.'
      : ` The sequences are linearly separable: the structured perceptron makes ${counted(separable.updates, 'update')}${separable.bound === null ? '' : ` of ${formatNumber(Math.floor(separable.bound))} that its mistake bound allows`}; with probability ${1 - delta} it labels a new sequence wrongly with probability at most ${errorText(separable.error)}, if the labels, the choice of features and δ were fixed before the data were seen.`
  return `${counted(data.sequences, 'sequence')} with ${counted(data.tokens, 'token')}, ${counted(labels.length, 'label')} and ${counted(data.features, 'feature')}. ${models[model]} in ${steps}${limit}${proof}.${sure}`
}

/** A bound above it says nothing. */
const VACUOUS = 0.99

const errorText = (error: number): string =>
  error > VACUOUS ? '1 (vacuous)' : formatNumber(error, 3)

const percent = (correct: number, all: number): number | null =>
  all === 0 ? null : (100 * correct) / all

/** Accuracy and, of tags, precision, recall and F1 by type. */
export function sequenceTables(scores: SequenceScores, on: string): readonly ShownTable[] {
  const { sequences, tokens, correct, whole, entities } = scores
  const accuracy: ShownTable = {
    id: 'accuracy',
    title: `Accuracy on ${on}, %`,
    columns: [
      { name: 'what', title: '' },
      { name: 'correct', title: 'correct' },
      { name: 'all', title: 'of' },
      { name: 'percent', title: '%', digits: 4 },
    ],
    rows: [
      ['tokens', correct, tokens, percent(correct, tokens)],
      ['whole sequences', whole, sequences, percent(whole, sequences)],
    ],
  }
  if (entities.length === 0) return [accuracy]
  const row = (name: string, some: SequenceScores['entities']): (string | number)[] => {
    const { precision, recall, f1 } = entityF1(some)
    const sum = (of: 'true' | 'predicted' | 'correct'): number =>
      some.reduce((total, one) => total + one[of], 0)
    return [
      name,
      ...[precision, recall, f1].map((x) => 100 * x),
      sum('true'),
      sum('predicted'),
      sum('correct'),
    ]
  }
  const byType: ShownTable = {
    id: 'entities',
    title: `Entities on ${on}, %`,
    columns: [
      { name: 'type', title: 'type' },
      { name: 'precision', title: 'precision', digits: 4 },
      { name: 'recall', title: 'recall', digits: 4 },
      { name: 'f1', title: 'F1', digits: 4 },
      { name: 'true', title: 'true' },
      { name: 'predicted', title: 'predicted' },
      { name: 'correct', title: 'correct' },
    ],
    rows: [row('all', entities), ...entities.map((one) => row(one.type, [one]))],
  }
  return [byType, accuracy]
}

/** The tables of a document, in the order of the page. */
export function recordTables({ training, parameters }: SequencesRecord): readonly ShownTable[] {
  const { data, fit, separable, scores, tested } = training
  const facts = (
    id: string,
    title: string,
    rows: readonly (readonly [string, number | string | null])[],
  ): ShownTable => ({
    id,
    title,
    columns: [
      { name: 'what', title: '' },
      { name: 'value', title: 'value', digits: 4 },
    ],
    rows,
  })
  return [
    ...(tested ? sequenceTables(tested.scores, 'the test sequences') : []),
    facts('training', 'Training', [
      ['sequences', data.sequences],
      ['tokens', data.tokens],
      ['features', data.features],
      ['tokens right after training, %', percent(scores.correct, scores.tokens)],
      [parameters.model === 'crf' ? 'iterations' : 'passes', fit.iterations],
      ['objective', fit.objective],
      ['objective minus its global minimum, at most', fit.certificate],
    ]),
    ...(separable
      ? [
          facts('separable', 'Structured perceptron on the separable sequences', [
            ['updates', separable.updates],
            ['mistake bound (R/γ)²', separable.bound && Math.floor(separable.bound)],
            ['R, largest distance of features', separable.radius],
            ['γ, margin of the best known separator', separable.margin],
            ['sequences updated', separable.distinct],
            ['passes', separable.passes],
            [
              `new sequence wrong with probability at most, 1 − δ = ${1 - parameters.delta}`,
              separable.error > VACUOUS ? 'vacuous' : separable.error,
            ],
          ]),
        ]
      : []),
  ]
}

/** What was left to the tolerance, or the mistakes of each pass. */
function trainingFigure({ parameters, training }: SequencesRecord): Figure {
  const { left } = training.fit
  const mistakes = parameters.model === 'perceptron'
  const title = mistakes ? 'Mistakes of each pass' : 'Distance from the global minimum, at most'
  return {
    id: 'training',
    title,
    caption: mistakes
      ? 'Sequences with a wrong label by pass through the training sequences; after a pass without one the perceptron has converged.'
      : `Certificate by ${parameters.model === 'crf' ? 'iteration' : 'pass'}: the objective is no farther from its global minimum.`,
    panels: [
      {
        x: { label: parameters.model === 'crf' ? 'iteration' : 'pass' },
        y: mistakes ? { label: 'mistakes' } : { label: 'certificate', scale: 'log' },
        frames: { left: { x: left.map((_, k) => k + 1), y: left } },
        marks: [{ mark: 'line', frame: 'left', x: 'x', y: 'y', tone: 'measured' }],
      },
    ],
  }
}

/** The report of a model as one page, from its document alone: equal documents give equal bytes. */
export function sequencesPage(record: SequencesRecord): string {
  const { training, flags, versions } = record
  const { file } = training.data
  const title = `Sequences of ${file}`
  const body = html`<header>
      <h1>${title}</h1>
      <p class="lead">${sequencesSummary(record)}</p>
    </header>
    <main>
      <section class="experiment">
        ${recordTables(record).map(tableBlock)}
        ${training.fit.left.length > 1 && figureBlock(trainingFigure(record), 'sequences')}
        <pre
          class="command"
        ><code>${fitCommands(fitSequencesCommand, file, flags).join('\n')}</code></pre>
      </section>
    </main>`
  return htmlPage(title, versions.nonconvex, body)
}
