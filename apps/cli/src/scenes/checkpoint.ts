import { fieldFault, InputError, parseJson } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'
import type { NamedParameters } from '@nonconvex/structured/batch'
import type { PredictorState, TrainCheckpoint } from '@nonconvex/structured/scenes'
import {
  readSafetensors,
  SafetensorsError,
  writeSafetensors,
  type StoredTensor,
} from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import { badInput } from '../exit.js'
import { writeAtomically } from '../files/atomic.js'
import { resumable } from '../files/faults.js'
import { bytesAt } from '../files/regular-file.js'
import { parametersOf, parameterTensors } from './network-model.js'

/** Data and options of a training; only the same training can be resumed. */
export type TrainingOf = { readonly [name: string]: Json }

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const decay = v.tuple([v.number(), v.number()])
const schema = v.object({
  of: v.record(v.string(), v.unknown()),
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
    of,
    step,
    source,
    decay: state.optimizer.decay,
    waited,
    history,
    best: { loss: best.loss, step: best.step, decay: best.state.optimizer.decay },
  }
  const bytes = writeSafetensors(tensors, { training: JSON.stringify(facts) })
  writeAtomically(path, bytes, resumable)
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
  const bytes = bytesAt(path)
  if (bytes === undefined) return undefined
  const { tensors, facts } = parsed(bytes, folder)
  const other = Object.keys({ ...of, ...facts.of }).find(
    (name) => JSON.stringify(of[name]) !== JSON.stringify(facts.of[name]),
  )
  if (other !== undefined)
    throw badInput(
      'checkpoint-differs',
      `${folder} contains a training with ${other} ${shown(facts.of[other])}, expected ${shown(of[other])}; run the same command with --resume, or --force to start over`,
    )
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

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

function parsed(bytes: Uint8Array, folder: string) {
  const fail = (why: string, cause: unknown) =>
    badInput(
      'checkpoint-invalid',
      `${folder}: cannot read the checkpoint: ${why}; --force starts over`,
      { cause },
    )
  try {
    const { tensors, metadata } = readSafetensors(bytes)
    const facts = v.safeParse(
      schema,
      parseJson(metadata['training'] ?? '', 'training', 'train anew'),
    )
    if (facts.success) return { tensors, facts: facts.output }
    const { where, message } = fieldFault(facts.issues[0])
    throw fail(`${where}: ${message}`, undefined)
  } catch (error) {
    if (error instanceof SafetensorsError || error instanceof InputError)
      throw fail(error.message, error)
    throw error
  }
}
