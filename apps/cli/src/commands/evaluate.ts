import { defined } from '../defined.js'
import { badInput } from '../exit.js'
import type { Host } from '../host.js'
import { forKind, readModel } from '../models/model-folder.js'
import { scenesKind } from '../models/scenes-document.js'
import { separableKind } from '../models/separable-document.js'
import { evaluatePredictions } from './evaluate-predictions.js'
import { tasks } from '../scenes/tasks.js'
import type { EvaluateFlags } from '../command-line/data-commands.js'
import { evaluateScenes } from './evaluate-scenes.js'
import { evaluateSeparable } from './evaluate-separable.js'
import type { Terminal } from '../terminal/terminal.js'

const kinds = new Map([
  [separableKind, evaluateSeparable],
  [scenesKind, evaluateScenes],
])

/**
 * `nonconvex evaluate MODEL DATA`: how well a model does on labelled examples;
 * `nonconvex evaluate --predictions FILE DATA`: how good anybody's predictions are.
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
    throw badInput(
      '--train-split says which part of --train is meant; add --train, or leave it out',
    )
  if (predictions !== undefined) {
    if (first === undefined)
      throw badInput(
        `--predictions ${predictions}: expected DATA, the annotated images, got nothing; nonconvex evaluate --predictions FILE DATA`,
      )
    if (second !== undefined)
      throw badInput(
        `--predictions ${predictions}: expected DATA alone, got ${first} and ${second}; leave the model out`,
      )
    return evaluatePredictions(host, terminal, predictions, first, flags)
  }
  if (first === undefined || second === undefined)
    throw badInput(
      `evaluate: expected a model and DATA, got ${first === undefined ? 'neither' : `${first} alone`}; or give --predictions FILE with DATA`,
    )
  if (train !== undefined)
    throw badInput('--train goes with --predictions: a model knows what it was trained on')
  const { task, ...rest } = flags
  const known = tasks.find((each) => each === task)
  if (task !== undefined && known === undefined)
    throw badInput(
      `--task ${task} is for --predictions; a model is measured for ${tasks.join(', ')}, on the boxes that are given`,
    )
  const model = readModel(first)
  const evaluateKind = forKind(first, model.kind, kinds)
  return evaluateKind(host, terminal, model, second, defined({ ...rest, task: known }))
}
