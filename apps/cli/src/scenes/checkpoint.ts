import type { NamedParameters } from '@nonconvex/structured/batch'
import type { PredictorState, TrainCheckpoint } from '@nonconvex/structured/scenes'
import type { StoredTensor } from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import { readTraining, writeTraining, type TrainingOf } from '../models/training-file.js'
import { parametersOf, parameterTensors } from './network-model.js'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const decay = v.tuple([v.number(), v.number()])
const schema = v.object({
  step: count,
  source: v.object({ name: v.string(), position: count }),
  decay,
  best: v.object({ loss: v.number(), step: count, decay }),
  waited: count,
  history: v.array(v.object({ step: count, train: v.number(), valid: v.number() })),
})

const parts = ['parameters', 'first', 'second'] as const

const statesOf = ({
  parameters,
  optimizer,
}: PredictorState): Record<(typeof parts)[number], NamedParameters> => ({
  parameters,
  first: optimizer.first,
  second: optimizer.second,
})

/** Writes a checkpoint atomically. */
export function writeCheckpoint(path: string, of: TrainingOf, checkpoint: TrainCheckpoint): void {
  const { step, source, state, best, waited, history } = checkpoint
  const tensors: { [name: string]: StoredTensor } = {}
  for (const [which, each] of [
    ['last', state],
    ['best', best.state],
  ] as const)
    for (const [part, named] of Object.entries(statesOf(each)))
      Object.assign(tensors, parameterTensors(named, `${which}.${part}.`))
  const facts = {
    step,
    source,
    decay: state.optimizer.decay,
    waited,
    history,
    best: { loss: best.loss, step: best.step, decay: best.state.optimizer.decay },
  }
  writeTraining(path, of, facts, tensors)
}

/**
 * The checkpoint of an interrupted training, or undefined if there is no such file.
 *
 * @param folder - as the user gave it, for messages
 */
export function readCheckpoint(
  path: string,
  of: TrainingOf,
  folder: string,
): TrainCheckpoint | undefined {
  const kept = readTraining(path, of, schema, folder)
  if (kept === undefined) return undefined
  const { tensors, facts } = kept
  const state = (which: 'last' | 'best', powers: readonly [number, number]): PredictorState => {
    const [parameters, first, second] = parts.map((part) =>
      parametersOf(tensors, `${which}.${part}.`),
    )
    return { parameters, optimizer: { first, second, decay: powers } }
  }
  const { step, source, best, waited, history } = facts
  return {
    step,
    source,
    waited,
    history,
    state: state('last', facts.decay),
    best: { loss: best.loss, step: best.step, state: state('best', best.decay) },
  }
}
