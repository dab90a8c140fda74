import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs'
import { readSafetensors, writeSafetensors, type StoredTensor } from '../safetensors/index.js'
import { EngineError, type Tf } from './load.js'

/** Named tensors as a safetensors file: float32 as F32, int32 as I32, bool as BOOL. */
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

/** The tensors of a safetensors file; F64 is rounded to float32, U8 becomes int32. */
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
