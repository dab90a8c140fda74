import { join } from 'node:path'
import { digestNames, modelName, weightsName } from '@nonconvex/experiments/model'
import type { Safetensors } from '@nonconvex/tensor/safetensors'
import { badInput } from '../exit.js'
import { arraysDigest, documentDigest, type LoadedModel } from './model-folder.js'

/** A model as it was read from its folder. */
export interface Written extends Safetensors {
  readonly document: unknown
}

/**
 * What was changed since a model was written: the file, what is wrong with it, and both digests.
 */
export interface Changed {
  readonly file: string
  readonly problem: string
  readonly recorded: string | null
  readonly recomputed: string
}

/** Whether document and arrays are those that were written together. */
export function changedSince({ document, tensors, metadata }: Written): Changed | undefined {
  const parts = [
    {
      file: modelName,
      recorded: metadata[digestNames.document] ?? null,
      recomputed: documentDigest(document),
      problem: `its options, counts or results differ from those written with ${weightsName}`,
      absent: `${weightsName} contains no digest of its ${modelName}`,
    },
    {
      file: weightsName,
      recorded: metadata[digestNames.arrays] ?? null,
      recomputed: arraysDigest(tensors),
      problem: 'its arrays differ from those written by fit',
      absent: 'it contains no digest of its arrays',
    },
  ]
  const found = parts.find(({ recorded, recomputed }) => recorded !== recomputed)
  if (found === undefined) return undefined
  const { absent, problem, ...rest } = found
  return { ...rest, problem: found.recorded === null ? absent : problem }
}

/** Opens a model that is as fit wrote it: refuses one that was changed since. */
export const asWritten =
  <T>(open: (loaded: LoadedModel) => T): ((loaded: LoadedModel) => T) =>
  (loaded) => {
    const opened = open(loaded)
    const found = changedSince(loaded)
    if (found)
      throw badInput(
        'model-changed',
        `${join(loaded.path, found.file)}: ${found.problem}; restore both files as written by fit, or fit the model again`,
      )
    return opened
  }
