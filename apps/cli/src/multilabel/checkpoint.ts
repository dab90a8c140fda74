import type { MultilabelTrainingState } from '@nonconvex/structured/multilabel'
import type { StoredTensor } from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import {
  invalidTraining,
  readTraining,
  writeTraining,
  type TrainingOf,
} from '../models/training-file.js'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const schema = v.object({
  epochs: count,
  step: count,
  dropout: v.object({ name: v.string(), position: count }),
  loss: v.array(v.number()),
})

const layers = ['w1', 'b1', 'w2', 'b2'] as const
const parts = ['p', 'first', 'second'] as const

/** A training after some epochs, and the loss of each. */
export interface MultilabelCheckpoint {
  readonly state: MultilabelTrainingState
  readonly loss: readonly number[]
}

/** Writes a checkpoint atomically. */
export function writeMultilabelCheckpoint(
  path: string,
  of: TrainingOf,
  { state, loss }: MultilabelCheckpoint,
): void {
  const { epochs, step, dropout } = state
  const tensors: { [name: string]: StoredTensor } = {}
  for (const layer of layers)
    for (const part of parts) {
      const data = state.layers[layer][part]
      tensors[`${layer}.${part}`] = { dtype: 'F32', shape: [data.length], data }
    }
  writeTraining(path, of, { epochs, step, dropout, loss }, tensors)
}

/**
 * The checkpoint of an interrupted training, or undefined if there is no such file.
 *
 * @param folder - as the user gave it, for messages
 */
export function readMultilabelCheckpoint(
  path: string,
  of: TrainingOf,
  folder: string,
): MultilabelCheckpoint | undefined {
  const kept = readTraining(path, of, schema, folder)
  if (kept === undefined) return undefined
  const { loss, ...rest } = kept.facts
  const layer = (name: (typeof layers)[number]) => {
    const [p, first, second] = parts.map((part) => {
      const tensor = kept.tensors[`${name}.${part}`]
      if (tensor?.dtype !== 'F32') throw invalidTraining(folder, `no ${name}.${part} in F32`)
      return tensor.data
    })
    return { p, first, second }
  }
  const [w1, b1, w2, b2] = layers.map(layer)
  return { state: { ...rest, layers: { w1, b1, w2, b2 } }, loss }
}
