import { badInput } from '../exit.js'
import type { Host } from '../host.js'
import { openModel, type EvaluateFlags } from '../models/kinds.js'
import { evaluatePredictions } from '../scenes/evaluate-predictions.js'
import type { Terminal } from '../terminal/terminal.js'

export interface EvaluateCommandFlags extends EvaluateFlags {
  readonly predictions?: string
  readonly train?: string
}

/**
 * `nonconvex evaluate MODEL DATA`: how well a model does on labelled examples; `nonconvex evaluate --predictions FILE DATA`: how
 * good anybody's predictions are.
 */
export async function evaluate(
  host: Host,
  terminal: Terminal,
  first: string,
  second: string | undefined,
  flags: EvaluateCommandFlags,
): Promise<number> {
  const { predictions, train } = flags
  if (predictions !== undefined) {
    if (second !== undefined)
      throw badInput(
        `--predictions ${predictions}: expected DATA alone, got ${first} and ${second}; leave the model out`,
      )
    return evaluatePredictions(host, terminal, predictions, first, flags)
  }
  if (second === undefined)
    throw badInput(
      `evaluate: expected a model and DATA, got ${first} alone; or give --predictions FILE with DATA`,
    )
  if (train !== undefined)
    throw badInput('--train goes with --predictions: a model knows what it was trained on')
  const { model, kind } = openModel(first)
  return kind.evaluate(host, terminal, model, second, flags)
}
