import { fieldFault, InputError, parseJson } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'
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
import type { LoadedModel } from './model-folder.js'

/** Name of the file of an interrupted training, among what a model folder keeps. */
export const trainingFile = 'training.safetensors'

/** Data and options of a training; only the same training can be resumed. */
export type TrainingOf = { readonly [name: string]: Json }

const withOf = v.looseObject({ of: v.record(v.string(), v.unknown()) })

/** Writes arrays and facts of a training atomically. */
export function writeTraining(
  path: string,
  of: TrainingOf,
  facts: { readonly [name: string]: unknown },
  tensors: { readonly [name: string]: StoredTensor },
): void {
  const bytes = writeSafetensors(tensors, { training: JSON.stringify({ of, ...facts }) })
  writeAtomically(path, bytes, resumable)
}

/** What was written of a training. */
export interface KeptTraining<Facts> {
  readonly tensors: LoadedModel['tensors']
  readonly facts: Facts
}

/**
 * What was written of an interrupted training, or undefined if there is no such file.
 *
 * @param schema - of the facts
 * @param folder - as the user gave it, for messages
 */
export function readTraining<Facts>(
  path: string,
  of: TrainingOf,
  schema: v.GenericSchema<unknown, Facts>,
  folder: string,
): KeptTraining<Facts> | undefined {
  const bytes = bytesAt(path)
  if (bytes === undefined) return undefined
  try {
    const { tensors, metadata } = readSafetensors(bytes)
    const text = parseJson(metadata['training'] ?? '', 'training', 'train anew')
    const kept = parsed(withOf, text, folder).of
    const other = Object.keys({ ...of, ...kept }).find(
      (name) => JSON.stringify(of[name]) !== JSON.stringify(kept[name]),
    )
    if (other !== undefined)
      throw badInput(
        'checkpoint-differs',
        `${folder} contains a training with ${other} ${shown(kept[other])}, expected ${shown(of[other])}; run the same command with --resume, or --force to start over`,
      )
    return { tensors, facts: parsed(schema, text, folder) }
  } catch (error) {
    if (error instanceof SafetensorsError || error instanceof InputError)
      throw invalidTraining(folder, error.message, error)
    throw error
  }
}

/** The fault of a file that is no training. */
export const invalidTraining = (folder: string, why: string, cause?: unknown): Error =>
  badInput(
    'checkpoint-invalid',
    `${folder}: cannot read the checkpoint: ${why}; --force starts over`,
    {
      cause,
    },
  )

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown, folder: string): T {
  const found = v.safeParse(schema, value)
  if (found.success) return found.output
  const { where, message } = fieldFault(found.issues[0])
  throw invalidTraining(folder, `${where}: ${message}`)
}
