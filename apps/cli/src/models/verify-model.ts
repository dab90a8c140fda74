import { join } from 'node:path'
import type { Finding, Verification } from '@nonconvex/experiments'
import { readSafetensors, SafetensorsError, type Safetensors } from '@nonconvex/tensor/safetensors'
import { Stop } from '../exit.js'
import { bytesAt } from '../files/compare-files.js'
import {
  forKind,
  modelName,
  pageDigest,
  pageName,
  readFinite,
  readModelFiles,
  sha256,
  weightsName,
  type ModelOnDisk,
} from './model-folder.js'
import { scenesKind, scenesModelOf } from './scenes-document.js'
import { separableKind, separableModelOf } from './separable-document.js'
import { verifyClaims } from './verify-claims.js'
import { verifyGuarantees } from './verify-guarantees.js'
import { changedSince } from './written-together.js'

/** What was checked of each kind of model, and what was not. */
const notes: ReadonlyMap<string, string> = new Map([
  [
    separableKind,
    'the training examples are not in a model folder, and so nothing was counted on them again: what was checked is that the claims follow from the counts, and that the counts can be those of one run',
  ],
  [
    scenesKind,
    'checked: that options, counts and recalls are those that the weights were written with, and that the weights make a predictor of these options; not checked: recalls, which were not measured again, and who wrote the two files, as whoever writes both anew can make them agree',
  ],
])

/**
 * Checks a model folder by itself: that weights, document and page were written together, that the
 * weights make a network of its parameters, and that its guarantees are what its counts promise.
 */
export function verifyModel(path: string): {
  readonly kind: string
  readonly verification: Verification
} {
  const files = readModelFiles(path)
  const { kind } = files.head
  const about = forKind(path, kind, notes)
  const page = checkPage(path, files)
  const weights = checkWeights(path, files)
  const findings = [
    ...weights,
    ...(kind === separableKind
      ? [...verifyGuarantees(path, files.document), ...verifyClaims(path, files.document)]
      : []),
    // what is wrong with the weights is said once
    ...checkDocument(files).filter((found) => weights.length === 0 || found.path !== weightsName),
    ...page.findings,
  ]
  return {
    kind,
    verification: { accepted: findings.length === 0, findings, notes: [about, page.note] },
  }
}

/** Whether document and arrays are those that were written together. */
function checkDocument({ head, document, bytes }: ModelOnDisk): readonly Finding[] {
  const read = readable(bytes)
  if (read === undefined) return []
  // separable models of the first schema never said it; those of scenes did
  const said = Object.hasOwn(read.metadata, 'document')
  const old = head.schema === 'nonconvex/model@1' && (said || head.kind !== scenesKind)
  const schema = old ? head.schema : 'nonconvex/model@2'
  const found = changedSince({ schema, document, ...read })
  if (found === undefined) return []
  const { file, problem, recorded, recomputed } = found
  return [{ path: file, message: problem, recorded, recomputed }]
}

/** Whether the page is the one that was written with the document. It is not drawn again. */
function checkPage(
  path: string,
  { head }: ModelOnDisk,
): { readonly findings: readonly Finding[]; readonly note: string } {
  if (head.page === undefined)
    return {
      findings: [],
      note: `${pageName} was not checked: a model of this age does not say which page it was written with`,
    }
  const bytes = bytesAt(join(path, pageName))
  const remedy = 'restore it as fit has written it, or fit the model again'
  const unused = `${pageName} is for readers: predict and evaluate do not use it`
  if (bytes === undefined)
    return {
      findings: [
        { path: pageName, message: `this file is missing; ${remedy}`, recorded: head.page },
      ],
      note: unused,
    }
  const found = pageDigest(bytes.toString('utf8'))
  const compared = `${pageName} was compared by SHA-256 with the page that ${modelName} was written with, its commands and fonts aside`
  if (found === head.page)
    return { findings: [], note: `${compared}; it was not drawn again from ${modelName}` }
  const message = `this file is not the one that ${modelName} was written with, and may show what is not so; ${remedy}`
  return {
    findings: [{ path: pageName, message, recorded: head.page, recomputed: found }],
    note: `${compared}, so that it is not known what was changed; ${unused}`,
  }
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

function checkWeights(path: string, { head, document, bytes }: ModelOnDisk): readonly Finding[] {
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
    const { kind, schema } = head
    const loaded = { path, kind, schema, document, ...readFinite(bytes) }
    if (kind === separableKind) separableModelOf(loaded)
    if (kind === scenesKind) scenesModelOf(loaded)
    return []
  } catch (error) {
    if (!(error instanceof SafetensorsError || error instanceof Stop)) throw error
    const message = error.message.replace(`${join(path, weightsName)}: `, '')
    return [{ path: weightsName, message: message.replace(`${path}: `, '') }]
  }
}
