import { join } from 'node:path'
import type { Finding, Verification } from '@nonconvex/experiments'
import { readSafetensors, SafetensorsError, type Safetensors } from '@nonconvex/tensor/safetensors'
import { Stop } from '../exit.js'
import { bytesAt } from '../files/regular-file.js'
import {
  forKind,
  modelName,
  pageDigest,
  pageName,
  parsedModel,
  readFinite,
  readModelFiles,
  sha256,
  weightsName,
  type ModelOnDisk,
} from './model-folder.js'
import { scenesKind, scenesModelOf } from './scenes-document.js'
import { separableKind, separableModelOf } from './separable-document.js'
import { trainingRecord } from './training-record.js'
import { verifyClaims } from './verify-claims.js'
import { verifyGuarantees } from './verify-guarantees.js'
import { changedSince } from './written-together.js'

/** What was checked of each kind of model, and what was not. */
const notes: ReadonlyMap<string, string> = new Map([
  [
    separableKind,
    'checked: the claims follow from the recorded counts, and the counts are consistent; not checked: the counts themselves, as a model folder does not contain the training data',
  ],
  [
    scenesKind,
    'checked: options, counts and recalls are those written with the weights, and the weights fit the options; not checked: the recalls themselves, which were not measured again, and the author of the files, as rewriting both can make them agree',
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
    ...(kind === separableKind ? verifyRecord(path, files.document) : []),
    // a fault of the weights is reported once
    ...checkDocument(files).filter((found) => weights.length === 0 || found.path !== weightsName),
    ...page.findings,
  ]
  return {
    kind,
    verification: { accepted: findings.length === 0, findings, notes: [about, page.note] },
  }
}

/** The guarantees and claims of a separable model against its own counts. */
function verifyRecord(path: string, document: unknown): readonly Finding[] {
  const record = parsedModel(path, trainingRecord, document)
  return [...verifyGuarantees(record), ...verifyClaims(record, document)]
}

/** Whether document and arrays are those that were written together. */
function checkDocument({ head, document, bytes }: ModelOnDisk): readonly Finding[] {
  const read = readable(bytes)
  if (read === undefined) return []
  // separable models of the first schema have no digest; those of scenes have one
  const digest = Object.hasOwn(read.metadata, 'document')
  const old = head.schema === 'nonconvex/model@1' && (digest || head.kind !== scenesKind)
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
      note: `${pageName} was not checked: a model of this version contains no digest of its page`,
    }
  const bytes = bytesAt(join(path, pageName))
  const remedy = 'restore it as written by fit, or fit the model again'
  const unused = `${pageName} is for readers: predict and evaluate do not use it`
  if (bytes === undefined)
    return {
      findings: [
        { path: pageName, message: `this file is missing; ${remedy}`, recorded: head.page },
      ],
      note: unused,
    }
  const found = pageDigest(bytes.toString('utf8'))
  const compared = `${pageName} was compared by SHA-256 with the page written with ${modelName}, except commands and fonts`
  if (found === head.page)
    return { findings: [], note: `${compared}; it was not regenerated from ${modelName}` }
  const message = `this file differs from the one written with ${modelName} and may show wrong values; ${remedy}`
  return {
    findings: [{ path: pageName, message, recorded: head.page, recomputed: found }],
    note: `${compared}; the change is not located; ${unused}`,
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
        message: `this file differs from the one written with ${modelName}`,
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
