import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Json } from '@nonconvex/optim/claims'
import {
  writeSafetensors,
  type Safetensors,
  type StoredTensor,
} from '@nonconvex/tensor/safetensors'
import { badInput } from '../exit.js'
import { modelName, sha256, weightsName, type LoadedModel } from './model-folder.js'

/**
 * Metadata fields of a weights file with the digests of its document and its arrays.
 */
const digestNames = { document: 'document', arrays: 'arrays' } as const

/**
 * SHA-256 of a document whatever the order of its fields and the spaces between them, without its
 * digest of the weights, which contain this one.
 */
const documentDigest = (document: unknown): string =>
  sha256(
    JSON.stringify(document, (name: string, value: Json) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([field]) => name !== '' || field !== 'weights')
              .sort(([a], [b]) => (a < b ? -1 : 1)),
          )
        : value,
    ),
  )

/** SHA-256 of arrays with their names, types and shapes, in the order of their names. */
function arraysDigest(tensors: Safetensors['tensors']): string {
  const hash = createHash('sha256')
  for (const [name, tensor] of Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (tensor === undefined) continue
    const { dtype, shape, data } = tensor
    hash.update(`${JSON.stringify([name, dtype, shape])}\n`)
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  return hash.digest('hex')
}

/**
 * The weights' file of a model: its arrays, and what tells whether these and the document are those
 * of the fit.
 */
export const weightsFile = (
  tensors: { readonly [name: string]: StoredTensor },
  document: { readonly [name: string]: Json },
): Uint8Array =>
  writeSafetensors(tensors, {
    [digestNames.document]: documentDigest(document),
    [digestNames.arrays]: arraysDigest(tensors),
  })

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

/** Throws for a model that was changed since the fit. */
export function refuseChanged(model: LoadedModel): void {
  const found = changedSince(model)
  if (found)
    throw badInput(
      'model-changed',
      `${join(model.path, found.file)}: ${found.problem}; restore both files as written by fit, or fit the model again`,
    )
}
