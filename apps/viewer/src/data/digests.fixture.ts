import { createHash } from 'node:crypto'
import { modelWriter } from '@nonconvex/experiments/model'
import { readSafetensors } from '@nonconvex/tensor/safetensors'

const { documentDigest } = modelWriter((pieces) => {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
})

interface Documented {
  readonly training: object
}

const wordless = (document: Documented) => ({
  ...document,
  versions: null,
  training: { ...document.training, verdicts: null, guarantees: null },
})

/**
 * Digests of a model by which it is compared with that of the command line, whatever its version
 * and the words of its claims.
 */
export const digestsOf = (document: string, weights: Uint8Array) => ({
  document: documentDigest(wordless(JSON.parse(document) as Documented)),
  arrays: readSafetensors(weights).metadata['arrays'],
})
