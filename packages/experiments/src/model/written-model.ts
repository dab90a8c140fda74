import type { Json } from '@nonconvex/optim/claims'
import {
  writeSafetensors,
  type Safetensors,
  type StoredTensor,
} from '@nonconvex/tensor/safetensors'

/** The names of the files of a model. */
export const modelName = 'model.json'
export const weightsName = 'weights.safetensors'
export const pageName = 'index.html'

/**
 * The schema that is written and read: since version 3 the weights contain a digest of their whole
 * document, and the page is drawn from the document alone. Older ones leave their page, or all of
 * it, open to edits, and a newer one could be called older.
 */
export const modelSchema = 'nonconvex/model@3'

type Fields = { readonly [name: string]: Json }

/** A model as it is written: model.json, and the bytes of its weights. */
export interface WrittenModel {
  readonly document: Fields
  readonly weights: Uint8Array
}

/** The text of model.json. */
export const modelText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

/**
 * Metadata fields of a weights file with the digests of its document and its arrays.
 */
export const digestNames = { document: 'document', arrays: 'arrays' } as const

/** SHA-256 of pieces one after the other, in lower-case hexadecimal. */
export type Sha256 = (pieces: readonly (string | Uint8Array)[]) => string

/** Writes models, and says whether their files belong together. */
export interface ModelWriter {
  /**
   * A model of this document.
   *
   * @param weightsFor - the weights' file, which contains a digest of the document
   */
  readonly writtenModel: (
    kind: string,
    fields: Fields,
    weightsFor: (document: Fields) => Uint8Array,
  ) => WrittenModel
  /**
   * The weights' file of a model: its arrays, and what tells whether these and the document are
   * those of the fit.
   */
  readonly weightsFile: (
    tensors: { readonly [name: string]: StoredTensor },
    document: Fields,
  ) => Uint8Array
  /**
   * SHA-256 of a document whatever the order of its fields and the spaces between them, without its
   * digest of the weights, which contain this one.
   */
  readonly documentDigest: (document: unknown) => string
  /** SHA-256 of arrays with their names, types and shapes, in the order of their names. */
  readonly arraysDigest: (tensors: Safetensors['tensors']) => string
}

/**
 * A writer of models with the hash function that is fastest where it runs.
 *
 * @example
 * import { createHash } from 'node:crypto'
 * import { modelWriter } from '@nonconvex/experiments/model'
 * const { documentDigest } = modelWriter((pieces) => {
 *   const hash = createHash('sha256')
 *   for (const piece of pieces) hash.update(piece)
 *   return hash.digest('hex')
 * })
 * console.log(documentDigest({ a: 1, b: 2 }) === documentDigest({ b: 2, a: 1, weights: 'x' })) // → true
 */
export function modelWriter(sha256: Sha256): ModelWriter {
  const documentDigest = (document: unknown): string =>
    sha256([
      JSON.stringify(document, (name: string, value: Json) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(
              Object.entries(value)
                .filter(([field]) => name !== '' || field !== 'weights')
                .sort(([a], [b]) => (a < b ? -1 : 1)),
            )
          : value,
      ),
    ])
  const arraysDigest = (tensors: Safetensors['tensors']): string =>
    sha256(
      Object.entries(tensors)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, tensor]) => {
          if (tensor === undefined) return []
          const { dtype, shape, data } = tensor
          const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
          return [`${JSON.stringify([name, dtype, shape])}\n`, bytes]
        }),
    )
  return {
    documentDigest,
    arraysDigest,
    weightsFile: (tensors, document) =>
      writeSafetensors(tensors, {
        [digestNames.document]: documentDigest(document),
        [digestNames.arrays]: arraysDigest(tensors),
      }),
    writtenModel: (kind, fields, weightsFor) => {
      const head = { schema: modelSchema, kind }
      const weights = weightsFor({ ...head, ...fields })
      return { document: { ...head, weights: sha256([weights]), ...fields }, weights }
    },
  }
}
