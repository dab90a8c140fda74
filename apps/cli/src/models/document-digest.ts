import { join } from 'node:path'
import type { Json } from '@nonconvex/optim'
import type { Safetensors } from '@nonconvex/tensor/safetensors'
import { badInput } from '../exit.js'
import {
  modelName,
  sha256,
  weightsName,
  type LoadedModel,
  type ModelHeader,
} from './model-folder.js'

/** The name under which a file of weights says which document it was written with. */
export const documentDigestName = 'document'

/** Fields of model.json that the folder adds to a document; one of them is the digest of the weights. */
const added = ['schema', 'kind', 'weights', 'page']

/** SHA-256 of a document whatever the order of its fields and the spaces between them, without what the folder adds. */
export const documentDigest = (document: unknown): string =>
  sha256(
    JSON.stringify(document, (name: string, value: Json) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([field]) => name !== '' || !added.includes(field))
              .sort(([a], [b]) => (a < b ? -1 : 1)),
          )
        : value,
    ),
  )

/** What of two files tells whether they were written together. */
export interface Bound {
  readonly schema: ModelHeader['schema']
  readonly document: unknown
  readonly metadata: Safetensors['metadata']
}

/** A document that is not the one that the weights were written with: what is wrong, and both digests. */
export interface Unbound {
  readonly problem: string
  readonly recorded: string | null
  readonly recomputed: string
}

/** Whether a document is the one that the weights were written with; older files may not say. */
export function unboundDocument({ schema, document, metadata }: Bound): Unbound | undefined {
  const recomputed = documentDigest(document)
  const recorded = metadata[documentDigestName] ?? null
  if (recorded === recomputed || (recorded === null && schema === 'nonconvex/model@1'))
    return undefined
  return {
    problem:
      recorded === null
        ? `${weightsName} does not say which ${modelName} it was written with`
        : `its options, counts or results are not those that ${weightsName} was written with`,
    ...{ recorded, recomputed },
  }
}

/** Throws for a model whose document was changed since the fit. */
export function refuseChanged(model: LoadedModel): void {
  const found = unboundDocument(model)
  if (found)
    throw badInput(
      `${join(model.path, modelName)}: ${found.problem}; restore both files as fit has written them, or fit the model again`,
    )
}
