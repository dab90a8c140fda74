import type { Json } from '@nonconvex/optim'
import { sha256 } from './model-folder.js'

/** The name under which a file of weights says which document it was written with. */
export const documentDigestName = 'document'

/** Fields of model.json that the folder adds to a document; one of them is the digest of the weights. */
const added = ['schema', 'kind', 'weights']

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
