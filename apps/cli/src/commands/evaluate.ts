import { defined } from '../defined.js'
import { badInput } from '../exit.js'
import type { Host } from '../host.js'
import { forKind, readModel } from '../models/model-folder.js'
import { multilabelKind } from '../models/multilabel-document.js'
import { scenesKind } from '../models/scenes-document.js'
import { oneVsRestKind } from '../models/one-vs-rest-document.js'
import { separableKind } from '../models/separable-document.js'
import { sequencesKind } from '../models/sequences-document.js'
import { evaluatePredictions } from './evaluate-predictions.js'
import { isMultilabel } from '../multilabel/multilabel-format.js'
import { tasks } from '../scenes/tasks.js'
import type { EvaluateFlags } from '../command-line/data-commands.js'
import { evaluateLabelPredictions } from './evaluate-label-predictions.js'
import { evaluateMultilabel } from './evaluate-multilabel.js'
import { evaluateScenes } from './evaluate-scenes.js'
import { evaluateSeparable } from './evaluate-separable.js'
import { evaluateSequences } from './evaluate-sequences.js'
import type { Terminal } from '../terminal/terminal.js'

const kinds = new Map([
  [separableKind, evaluateSeparable],
  [oneVsRestKind, evaluateSeparable],
  [scenesKind, evaluateScenes],
  [multilabelKind, evaluateMultilabel],
  [sequencesKind, evaluateSequences],
])

/**
 * `nonconvex evaluate MODEL DATA`: error or recall of a model on labeled data;
 * `nonconvex evaluate --predictions FILE DATA`: recall, or F1 of labels, of predictions from any
 * program.
 */
export async function evaluate(
  host: Host,
  terminal: Terminal,
  first: string | undefined,
  second: string | undefined,
  flags: EvaluateFlags,
): Promise<number> {
  const { predictions, train, trainSplit } = flags
  if (trainSplit !== undefined && train === undefined)
    throw badInput('flag-needs', '--train-split needs --train; add --train, or omit it')
  if (predictions !== undefined) {
    if (first === undefined)
      throw badInput(
        'argument-missing',
        `--predictions ${predictions}: expected DATA, the annotated images, got nothing; nonconvex evaluate --predictions FILE DATA`,
      )
    if (second !== undefined)
      throw badInput(
        'argument-unexpected',
        `--predictions ${predictions}: expected only DATA, got ${first} and ${second}; omit the model`,
      )
    const measure = isMultilabel(first, flags.format)
      ? evaluateLabelPredictions
      : evaluatePredictions
    return measure(host, terminal, predictions, first, flags)
  }
  if (first === undefined || second === undefined)
    throw badInput(
      'argument-missing',
      `evaluate: expected a model and DATA, got ${first === undefined ? 'neither' : `${first} alone`}; or give --predictions FILE with DATA`,
    )
  if (train !== undefined)
    throw badInput(
      'flag-needs',
      '--train needs --predictions: a model folder records its training images',
    )
  const { task, label, ...rest } = flags
  const known = tasks.find((each) => each === task)
  if (task !== undefined && known === undefined)
    throw badInput(
      'task-unsupported',
      `--task ${task} is for --predictions only; a model is evaluated for ${tasks.join(', ')}, on the given boxes`,
    )
  if (label !== undefined && label.length > 1)
    throw badInput(
      'flag-value',
      `--label ${label.join(' --label ')}: several are for --predictions only; a model has its own labels`,
    )
  const model = readModel(first)
  const evaluateKind = forKind(first, model.kind, kinds)
  return evaluateKind(
    host,
    terminal,
    model,
    second,
    defined({ ...rest, task: known, label: label?.[0] }),
  )
}
