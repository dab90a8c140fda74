import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '@nonconvex/optim'
import { readSafetensors, SafetensorsError } from '@nonconvex/tensor/safetensors'
import type { Safetensors } from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import { badInput } from '../exit.js'
import { codeOf, fileFault } from '../files/faults.js'

export const modelName = 'model.json'
export const weightsName = 'weights.safetensors'
export const pageName = 'index.html'

/** What every model.json says, whatever kind of model it is. */
export interface ModelHeader {
  readonly schema: 'nonconvex/model@1'
  readonly kind: string
  /** SHA-256 of the weights' file */
  readonly weights: string
}

const header: v.GenericSchema<unknown, ModelHeader> = v.object({
  schema: v.literal('nonconvex/model@1'),
  kind: v.string(),
  weights: v.string(),
})

/** A model folder that was read: its document, which its kind understands, and its arrays. */
export interface LoadedModel {
  readonly path: string
  readonly kind: string
  readonly document: unknown
  readonly tensors: Safetensors['tensors']
}

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** The files of a model by name; the document comes last: where it is, everything is. */
export function modelFiles(
  document: { readonly [name: string]: Json },
  kind: string,
  weights: Uint8Array,
  page: string,
): ReadonlyMap<string, string | Uint8Array> {
  const head: ModelHeader = { schema: 'nonconvex/model@1', kind, weights: sha256(weights) }
  return new Map<string, string | Uint8Array>([
    [weightsName, weights],
    [pageName, page],
    [modelName, `${JSON.stringify({ ...head, ...document }, null, 2)}\n`],
  ])
}

const remedy = 'give a folder that nonconvex fit … --out has written'

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
      return readFileSync(join(path, name))
    } catch (error) {
      if (codeOf(error) === 'ENOENT' && exists(path))
        throw badInput(`${path} holds no ${name}; ${remedy}`, { cause: error })
      throw fileFault('read', codeOf(error) === 'ENOENT' ? path : join(path, name), error)
    }
  }
  const text = read(modelName).toString('utf8')
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw badInput(`${join(path, modelName)}: expected JSON; ${remedy}`, { cause: error })
  }
  const head = parsedModel(path, header, document)
  return { head, document, bytes: read(weightsName) }
}

/** Reads a model folder. */
export function readModel(path: string): LoadedModel {
  const { head, document, bytes } = readModelFiles(path)
  if (sha256(bytes) !== head.weights)
    throw badInput(
      `${join(path, weightsName)} is not the file that ${modelName} was written with; fit the model again`,
    )
  try {
    return { path, kind: head.kind, document, tensors: readSafetensors(bytes).tensors }
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error
    throw badInput(`${join(path, weightsName)}: ${error.message}; fit the model again`, {
      cause: error,
    })
  }
}

/** A document by its schema; the message names the field. */
export function parsedModel<T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  document: unknown,
): T {
  const parsed = v.safeParse(schema, document)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const place = v.getDotPath(issue)
  throw badInput(
    `${join(path, modelName)}${place === null ? '' : `, ${place}`}: ${issue.message}; ${remedy}`,
  )
}

function exists(path: string): boolean {
  try {
    statSync(path)
    return true
  } catch {
    return false
  }
}
