import type { LayersModel, NamedTensorMap, Tensor } from '@tensorflow/tfjs'
import { readSafetensors, writeSafetensors, type StoredTensor } from '../safetensors/index.js'
import { EngineError, type Tf } from './load.js'

/** Writes named tensors as a safetensors file: float32 as F32, int32 as I32, bool as BOOL. */
export async function saveTensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata?: Readonly<Record<string, string>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const stored: [string, StoredTensor][] = []
  for (const [name, tensor] of Object.entries(tensors)) {
    const data = await tensor.data()
    const { shape } = tensor
    if (data instanceof Float32Array) stored.push([name, { dtype: 'F32', shape, data }])
    else if (data instanceof Int32Array) stored.push([name, { dtype: 'I32', shape, data }])
    else if (data instanceof Uint8Array) stored.push([name, { dtype: 'BOOL', shape, data }])
    else {
      throw new EngineError(
        `save: tensor ${JSON.stringify(name)} must be float32, int32 or bool, got ${tensor.dtype}`,
      )
    }
  }
  return writeSafetensors(Object.fromEntries(stored), metadata)
}

/** The key of a model's layers in the metadata of its file. */
const LAYERS = 'tfjs.layers'

/**
 * Writes a model of tf.layers as a safetensors file: its weights by name, its layers as metadata.
 */
export async function saveModel(model: LayersModel): Promise<Uint8Array<ArrayBuffer>> {
  const weights = model.weights.map((weight) => [weight.originalName, weight.read()] as const)
  return saveTensors(Object.fromEntries(weights), { [LAYERS]: model.toJSON() as string })
}

/** Reads a model from a file that `saveModel` wrote; custom layers must be registered. */
export async function loadModel(tf: Tf, bytes: Uint8Array): Promise<LayersModel> {
  const { [LAYERS]: layers } = readSafetensors(bytes).metadata
  if (layers === undefined)
    throw new EngineError(
      `loadModel: expected metadata ${LAYERS}, got a file without; use load for tensors alone`,
    )
  const weights = loadTensors(tf, bytes)
  const { data, specs } = await tf.io.encodeWeights(weights)
  tf.dispose(weights)
  const modelTopology = JSON.parse(layers) as object
  return tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: specs, weightData: data }),
  )
}

/** Reads the tensors of a safetensors file; F64 is rounded to float32, and U8 becomes int32. */
export function loadTensors(tf: Tf, bytes: Uint8Array): NamedTensorMap {
  const loaded: [string, Tensor][] = []
  for (const [name, stored] of Object.entries(readSafetensors(bytes).tensors)) {
    if (stored) loaded.push([name, toTensor(tf, name, stored)])
  }
  return Object.fromEntries(loaded)
}

function toTensor(tf: Tf, name: string, { dtype, shape, data }: StoredTensor): Tensor {
  const sizes = [...shape]
  if (dtype === 'F32') return tf.tensor(data, sizes, 'float32')
  if (dtype === 'F64') return tf.tensor(Float32Array.from(data), sizes, 'float32')
  if (dtype === 'I32') return tf.tensor(data, sizes, 'int32')
  if (dtype === 'U8') return tf.tensor(Int32Array.from(data), sizes, 'int32')
  if (dtype === 'BOOL') return tf.tensor(data, sizes, 'bool')
  throw new EngineError(
    `load: tensor ${JSON.stringify(name)} must be F32, F64, I32, U8 or BOOL, got ${dtype}`,
  )
}
