import { join } from 'node:path'
import type { Finding, Verification } from '@nonconvex/experiments'
import { readSafetensors, SafetensorsError, type Safetensors } from '@nonconvex/tensor/safetensors'
import { Stop } from '../exit.js'
import { documentDigest, documentDigestName } from './document-digest.js'
import { modelName, readModelFiles, sha256, weightsName } from './model-folder.js'
import { openScenesModel, scenesKind } from './scenes-document.js'
import { openSeparable, separableKind } from './separable-document.js'
import { verifyClaims } from './verify-claims.js'
import { verifyGuarantees } from './verify-guarantees.js'

const notRead =
  'the training examples are not in a model folder, and so nothing was counted on them again: what was checked is that the claims follow from the counts, and that the counts can be those of one run'

/**
 * Checks a model folder by itself: that the weights are those of the document, that they make a network of its
 * parameters, and that its guarantees are what its counts promise.
 */
export function verifyModel(path: string): {
  readonly kind: string
  readonly verification: Verification
} {
  const { head, document, bytes } = readModelFiles(path)
  const separable = head.kind === separableKind
  const scenes = head.kind === scenesKind
  const findings = [
    ...checkWeights(path, { head, document, bytes }),
    ...(separable ? [...verifyGuarantees(path, document), ...verifyClaims(path, document)] : []),
    ...(scenes ? checkDocument(document, bytes) : []),
  ]
  const notes = [
    notRead,
    ...(scenes ? [boundOnly] : []),
    ...(separable || scenes
      ? []
      : [`of a model of kind ${JSON.stringify(head.kind)} only the weights were checked`]),
  ]
  return { kind: head.kind, verification: { accepted: findings.length === 0, findings, notes } }
}

const boundOnly =
  'checked: that options, counts and recalls are those that the weights were written with, and that the weights make a predictor of these options; not checked: recalls, which were not measured again, and who wrote the two files, as whoever writes both anew can make them agree'

/** Whether the document is the one that the weights were written with. */
function checkDocument(document: unknown, bytes: Uint8Array): readonly Finding[] {
  const { metadata } = readable(bytes) ?? {}
  if (metadata === undefined) return []
  const recomputed = documentDigest(document)
  const recorded = metadata[documentDigestName] ?? null
  if (recorded === recomputed) return []
  const message =
    recorded === null
      ? `${weightsName} does not say which document it belongs to; fit the model again`
      : `its options, counts or recalls are not those that ${weightsName} was written with`
  return [{ path: modelName, message, recorded, recomputed }]
}

/** Weights that cannot be read are found fault with elsewhere. */
function readable(bytes: Uint8Array): Safetensors | undefined {
  try {
    return readSafetensors(bytes)
  } catch (error) {
    if (error instanceof SafetensorsError) return undefined
    throw error
  }
}

function checkWeights(
  path: string,
  { head, document, bytes }: ReturnType<typeof readModelFiles>,
): readonly Finding[] {
  const found = sha256(bytes)
  if (found !== head.weights)
    return [
      {
        path: weightsName,
        message: `this file is not the one that ${modelName} was written with`,
        recorded: head.weights,
        recomputed: found,
      },
    ]
  try {
    const { tensors } = readSafetensors(bytes)
    if (head.kind === separableKind) openSeparable({ path, kind: head.kind, document, tensors })
    if (head.kind === scenesKind) openScenesModel({ path, kind: head.kind, document, tensors })
    return []
  } catch (error) {
    if (!(error instanceof SafetensorsError || error instanceof Stop)) throw error
    return [{ path: weightsName, message: error.message.replace(`${join(path)}: `, '') }]
  }
}
