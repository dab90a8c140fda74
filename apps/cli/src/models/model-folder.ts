import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fieldFault } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'
import {
  readSafetensors,
  SafetensorsError,
  type Safetensors,
  type StoredTensor,
} from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import { badInput, type Stop } from '../exit.js'
import { codeOf, fileFault } from '../files/faults.js'
import { readMarker } from '../files/marker.js'
import { hasUnfinished } from '../files/out-folder.js'
import { readRegular } from '../files/regular-file.js'

export const modelName = 'model.json'
export const weightsName = 'weights.safetensors'
export const pageName = 'index.html'

/**
 * The schema that is written: since version 2 the weights contain a digest of their document, and the
 * document one of its page.
 */
const schemaName = 'nonconvex/model@2'

type Schema = 'nonconvex/model@1' | typeof schemaName

const schemas: readonly Schema[] = ['nonconvex/model@1', schemaName]

/** The fields that every model.json has. */
export interface ModelHeader {
  readonly schema: Schema
  readonly kind: string
  /** SHA-256 of the weights' file */
  readonly weights: string
  /** `pageDigest` of the page; absent in older files */
  readonly page?: string
}

const header: v.GenericSchema<unknown, ModelHeader> = v.object({
  schema: v.picklist(schemas),
  kind: v.string(),
  weights: v.string(),
  page: v.exactOptional(v.string()),
})

/** A model folder that was read: its document, which its kind understands, and its arrays. */
export interface LoadedModel extends Safetensors {
  readonly path: string
  readonly kind: string
  readonly schema: ModelHeader['schema']
  readonly document: unknown
}

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/**
 * SHA-256 of a page without its commands, and without the fonts that these may need: they name the
 * folder, and a model is the same wherever it is written.
 */
export const pageDigest = (page: string): string =>
  sha256(
    page
      .replace(/<pre class="command"><code>[^<]*<\/code><\/pre>/, '')
      .replace(/@font-face\{[^}]*\}\n?/g, ''),
  )

/** The head of a document. */
export const modelHead = (kind: string, weights: Uint8Array, page: string): ModelHeader => ({
  schema: schemaName,
  kind,
  weights: sha256(weights),
  page: pageDigest(page),
})

/** The files of a model by name; the document comes last: where it is, everything is. */
export function modelFiles(
  document: { readonly [name: string]: Json },
  kind: string,
  weights: Uint8Array,
  page: string,
): ReadonlyMap<string, string | Uint8Array> {
  const head = modelHead(kind, weights, page)
  return new Map<string, string | Uint8Array>([
    [weightsName, weights],
    [pageName, page],
    [modelName, `${JSON.stringify({ ...head, ...document }, null, 2)}\n`],
  ])
}

/** The files of a model folder that its readers read. */
export const modelPaths = (folder: string): readonly string[] =>
  [modelName, weightsName].map((name) => join(folder, name))

const remedy = 'give a folder written by nonconvex fit … --out'

/** The files of a model folder as they lie there. */
export interface ModelOnDisk {
  readonly head: ModelHeader
  readonly document: unknown
  /** of the weights' file */
  readonly bytes: Uint8Array
}

/** Reads the files of a model folder; whether they belong together is not asked. */
export function readModelFiles(path: string): ModelOnDisk {
  const read = (name: string): Buffer => {
    try {
      return readRegular(join(path, name))
    } catch (error) {
      const marker = readMarker(path)
      if (codeOf(error) === 'ENOENT' && marker?.kind === 'model' && marker.state === 'unfinished')
        throw badInput(
          'model-unfinished',
          `${path} holds a ${marker.holds} model whose training is unfinished; run the interrupted command again${hasUnfinished(path) ? ', with --resume' : ''}`,
          { cause: error },
        )
      if (codeOf(error) === 'ENOENT' && exists(path))
        throw badInput('model-missing', `${path} contains no ${name}; ${remedy}`, { cause: error })
      if (codeOf(error) === 'ENOTDIR')
        throw badInput('model-missing', `${path} is a file, not a model folder; ${remedy}`, {
          cause: error,
        })
      throw fileFault('read', codeOf(error) === 'ENOENT' ? path : join(path, name), error)
    }
  }
  const text = read(modelName).toString('utf8')
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw badInput('model-invalid', `${join(path, modelName)}: expected JSON; ${remedy}`, {
      cause: error,
    })
  }
  refuseNewer(path, document)
  const head = parsedModel(path, header, document)
  return { head, document, bytes: read(weightsName) }
}

/** Refuses a model document of a newer version. */
function refuseNewer(path: string, document: unknown): void {
  const { schema } = (document ?? {}) as { readonly schema?: unknown }
  if (typeof schema !== 'string' || !schema.startsWith('nonconvex/model@')) return
  if (schemas.some((known) => known === schema)) return
  throw badInput(
    'model-newer',
    `${join(path, modelName)}: expected ${schemas.join(' or ')}, the formats of this version, got ${schema}; update nonconvex, or fit the model again`,
  )
}

/** Reads a model folder. */
export function readModel(path: string): LoadedModel {
  const { head, document, bytes } = readModelFiles(path)
  if (sha256(bytes) !== head.weights)
    throw badInput(
      'model-changed',
      `${join(path, weightsName)} differs from the file written with ${modelName}; fit the model again`,
    )
  try {
    return { path, kind: head.kind, schema: head.schema, document, ...readFinite(bytes) }
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error
    throw weightsFault(path, error)
  }
}

/** The error for invalid weights, without the name of the internal function. */
export const weightsFault = (path: string, error: Error): Stop =>
  badInput(
    'model-invalid',
    `${join(path, weightsName)}: ${error.message.replace(/^[\w.]+: (?=.* must )/, '')}; fit the model again`,
    { cause: error },
  )

/** The arrays of a weights' file; numbers that are not finite make no model. */
export function readFinite(bytes: Uint8Array): Safetensors {
  const read = readSafetensors(bytes)
  for (const [name, tensor] of Object.entries(read.tensors)) {
    const at = tensor ? notFinite(tensor) : -1
    if (at >= 0)
      throw new SafetensorsError(
        `${name}: expected finite numbers, got ${tensor?.data[at]} as number ${at + 1} of ${tensor?.data.length}`,
      )
  }
  return read
}

const notFinite = ({ dtype, data }: StoredTensor): number =>
  dtype === 'F32' || dtype === 'F64' ? data.findIndex((x) => !Number.isFinite(x)) : -1

/** A document by its schema; the message names the field. */
export function parsedModel<T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  document: unknown,
): T {
  const parsed = v.safeParse(schema, document, { abortEarly: true })
  if (parsed.success) return parsed.output
  const { where, message } = fieldFault(parsed.issues[0])
  throw badInput('model-invalid', `${join(path, modelName)}: ${where}: ${message}; ${remedy}`)
}

function exists(path: string): boolean {
  try {
    statSync(path)
    return true
  } catch {
    return false
  }
}

/** What this version has for a kind of model. Throws for one that it does not know. */
export function forKind<T>(path: string, kind: string, known: ReadonlyMap<string, T>): T {
  const found = known.get(kind)
  if (found !== undefined) return found
  throw badInput(
    'model-kind',
    `${path} contains a model of kind ${JSON.stringify(kind)}; this version supports ${[...known.keys()].join(', ')}`,
  )
}
