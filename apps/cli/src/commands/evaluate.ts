import type { Vg150Split } from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import type { Host } from '../host.js'
import { openModel, type EvaluateFlags } from '../models/kinds.js'
import { evaluatePredictions } from '../scenes/evaluate-predictions.js'
import { tasks, type MeasuredTask } from '../scenes/scene-flags.js'
import type { Terminal } from '../terminal/terminal.js'

export interface EvaluateCommandFlags extends Omit<EvaluateFlags, 'task'> {
  readonly task?: MeasuredTask
  readonly predictions?: string
  readonly train?: string
  readonly trainSplit?: Vg150Split
}

/**
 * `nonconvex evaluate MODEL DATA`: how well a model does on labelled examples;
 * `nonconvex evaluate --predictions FILE DATA`: how good anybody's predictions are.
 */
export async function evaluate(
  host: Host,
  terminal: Terminal,
  first: string | undefined,
  second: string | undefined,
  flags: EvaluateCommandFlags,
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
  const { model, kind } = openModel(first)
  return kind.evaluate(host, terminal, model, second, { ...rest, ...(known && { task: known }) })
}
