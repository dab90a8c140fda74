import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fieldFault, InputError, parseJson } from '@nonconvex/experiments'
import {
  modelName,
  modelSchema,
  modelText,
  modelWriter,
  pageName,
  weightsName,
  type WrittenModel,
} from '@nonconvex/experiments/model'
import {
  readSafetensors,
  SafetensorsError,
  type Safetensors,
  type StoredTensor,
} from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import { badInput, Stop } from '../exit.js'
import { documentText } from '../files/document-text.js'
import { codeOf, fileFault } from '../files/faults.js'
import { readMarker } from '../files/marker.js'
import { hasUnfinished } from '../files/out-folder.js'
import { readRegular } from '../files/regular-file.js'

/** The fields that every model.json has. */
export interface ModelHeader {
  readonly schema: typeof modelSchema
  readonly kind: string
  /** SHA-256 of the weights' file */
  readonly weights: string
}

const header: v.GenericSchema<unknown, ModelHeader> = v.object({
  schema: v.literal(modelSchema),
  kind: v.string(),
  weights: v.string(),
})

/** A model folder that was read: its document, which its kind understands, and its arrays. */
export interface LoadedModel extends Safetensors {
  readonly path: string
  readonly kind: string
  readonly document: unknown
}

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

export const { arraysDigest, documentDigest, weightsFile, writtenModel } = modelWriter((pieces) => {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
})

/** The names of the files of a model. */
export const modelNames: readonly string[] = [weightsName, pageName, modelName]

/** The files of a model by name; the document comes last: where it is, everything is. */
export const modelFiles = (
  { document, weights }: WrittenModel,
  page: string,
): ReadonlyMap<string, string | Uint8Array> =>
  new Map<string, string | Uint8Array>([
    [weightsName, weights],
    [pageName, page],
    [modelName, modelText(document)],
  ])

/** The files of a model folder that its readers read. */
export const modelPaths = (folder: string): readonly string[] =>
  [modelName, weightsName].map((name) => join(folder, name))

const remedy = 'give a folder written by nonconvex fit … --out'

/** The files of a model folder as they lie there. */
export interface ModelOnDisk {
  readonly head: ModelHeader
  /** the text of model.json, and what is in it */
  readonly text: string
  readonly document: unknown
  /** of the weights' file */
  readonly bytes: Uint8Array
}

/** Reads the files of a model folder without checking that they belong together. */
export function readModelFiles(path: string): ModelOnDisk {
  const read = <T>(name: string, reader: (path: string) => T): T => {
    try {
      return reader(join(path, name))
    } catch (error) {
      if (error instanceof Stop) throw error
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
  const where = join(path, modelName)
  const text = read(modelName, documentText)
  let document: unknown
  try {
    document = parseJson(text, where, 'fit the model again')
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw badInput('model-invalid', error.message, { cause: error })
  }
  refuseOther(where, document)
  const head = parsedModel(path, header, document)
  return { head, text, document, bytes: read(weightsName, readRegular) }
}

/** Refuses a model document of another version. */
function refuseOther(where: string, document: unknown): void {
  const { schema } = (document ?? {}) as { readonly schema?: unknown }
  const [, version] =
    typeof schema === 'string' ? (/^nonconvex\/model@(\d{1,9})$/.exec(schema) ?? []) : []
  if (version === undefined || schema === modelSchema) return
  const older = Number(version) < 3
  throw badInput(
    older ? 'model-older' : 'model-newer',
    `${where}: expected ${modelSchema}, the format of this version, got nonconvex/model@${version}; ${older ? '' : 'update nonconvex, or '}fit the model again`,
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
    return { path, kind: head.kind, document, ...readFinite(bytes) }
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

/** The implementation for a kind of model; throws for an unknown kind. */
export function forKind<T>(path: string, kind: string, known: ReadonlyMap<string, T>): T {
  const found = known.get(kind)
  if (found !== undefined) return found
  throw badInput(
    'model-kind',
    `${path} contains a model of kind ${JSON.stringify(kind)}; this version supports ${[...known.keys()].join(', ')}`,
  )
}
