import { createHash } from 'node:crypto'
import { modelWriter } from '@nonconvex/experiments/model'
import { readSafetensors } from '@nonconvex/tensor/safetensors'

const { documentDigest } = modelWriter((pieces) => {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
})

/** Digests of a model by which it is compared with that of the command line, whatever its version. */
export const digestsOf = (document: string, weights: Uint8Array) => ({
  document: documentDigest({ ...(JSON.parse(document) as object), versions: null }),
  arrays: readSafetensors(weights).metadata['arrays'],
})
