import type { NamedParameters } from '@nonconvex/structured/batch'
import type { FrequencyTable } from '@nonconvex/structured/baselines'
import { annotatedNetwork, networkPredictor } from '@nonconvex/structured/network'
import type { ScenePredictor } from '@nonconvex/structured/recall'
import type { StoredTensor } from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import { parsedModel, weightsFault, type LoadedModel } from '../models/model-folder.js'
import { networkModels } from './network-options.js'
import { attentions, tasks } from './tasks.js'

/** Parameters as arrays of a file; the layer computes in float32, so that nothing is lost. */
export const parameterTensors = (
  parameters: NamedParameters,
  prefix: string,
): { readonly [name: string]: StoredTensor } =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { rows, cols, data }]) => [
      `${prefix}${name}`,
      { dtype: 'F32', shape: [rows, cols], data: Float32Array.from(data) },
    ]),
  )

/** The parameters whose names begin with a prefix. */
export function parametersOf(tensors: LoadedModel['tensors'], prefix: string): NamedParameters {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) => {
      if (!name.startsWith(prefix) || tensor?.dtype !== 'F32' || tensor.shape.length !== 2)
        return []
      const [rows, cols] = tensor.shape
      return [[name.slice(prefix.length), { rows, cols, data: Float64Array.from(tensor.data) }]]
    }),
  )
}

export const networkPrefix = 'network.'

const schema = v.object({
  parameters: v.object({
    model: v.picklist(networkModels),
    task: v.picklist(tasks),
    hidden: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    steps: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
    attention: v.optional(v.picklist(attentions)),
  }),
})

/** A trained network from its model folder. */
export function openNetwork(table: FrequencyTable, model: LoadedModel): ScenePredictor {
  const { parameters } = parsedModel(model.path, schema, model.document)
  const { steps, attention, task, ...shape } = parameters
  const network = annotatedNetwork(
    {
      ...shape,
      ...(steps !== undefined && { steps }),
      ...(attention !== undefined && { attention }),
    },
    table,
  )
  try {
    network.setParameters(parametersOf(model.tensors, networkPrefix))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw weightsFault(model.path, error)
  }
  return networkPredictor(network, table, task)
}
