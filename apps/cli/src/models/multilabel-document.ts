import type { MultilabelNetwork } from '@nonconvex/structured/multilabel'
import type { StoredTensor } from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import { keptFlagsSchema } from '../fit/kept-flags.js'
import { multilabelFormats } from '../multilabel/multilabel-format.js'
import { multilabelScoresSchema } from '../multilabel/scores.js'
import { parsedModel, weightsFault, type LoadedModel } from './model-folder.js'
import { asWritten } from './written-together.js'

export const multilabelKind = 'multilabel'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** The document of a multilabel model: these fields and no others. */
export const multilabelRecord = v.strictObject({
  schema: v.string(),
  kind: v.literal(multilabelKind),
  weights: v.string(),
  parameters: v.strictObject({
    hidden: whole,
    dropout: v.number(),
    epochs: whole,
    rate: v.number(),
    batch: whole,
    /** whether the network has a potential of the count; models of earlier versions have none */
    counted: v.exactOptional(v.boolean(), false),
    seed: whole,
  }),
  labels: v.pipe(v.array(v.string()), v.minLength(1)),
  features: v.pipe(v.array(v.string()), v.minLength(1)),
  flags: keptFlagsSchema,
  training: v.strictObject({
    data: v.strictObject({
      file: v.string(),
      format: v.picklist(multilabelFormats),
      sha256: v.string(),
      rows: whole,
      /** examples with 0, 1, 2, … labels */
      counts: v.array(whole),
      /** labels that no example has */
      never: whole,
    }),
    loss: v.array(v.number()),
    tested: v.exactOptional(
      v.strictObject({
        file: v.string(),
        sha256: v.string(),
        /** whether it is the training file */
        trainedOn: v.boolean(),
        scores: multilabelScoresSchema,
      }),
    ),
  }),
  versions: v.strictObject({ nonconvex: v.string() }),
})

export type MultilabelRecord = v.InferOutput<typeof multilabelRecord>

/** The arrays of a network by name, with their shapes. */
const shapes = ({
  hidden,
  features: d,
  labels: L,
  counts,
}: Sizes): readonly [ArrayName, number[]][] => [
  ['mean', [d]],
  ['scale', [d]],
  ...(hidden === 0
    ? []
    : ([
        ['w1', [d, hidden]],
        ['b1', [hidden]],
      ] as [ArrayName, number[]][])),
  ['w2', [hidden === 0 ? d : hidden, L + counts]],
  ['b2', [L + counts]],
]

type ArrayName = 'mean' | 'scale' | 'w1' | 'b1' | 'w2' | 'b2'
type Sizes = Pick<MultilabelNetwork, 'hidden' | 'features' | 'labels' | 'counts'>

/** The arrays of a network for its weights file. */
export const networkTensors = (
  network: MultilabelNetwork,
): { readonly [name: string]: StoredTensor } =>
  Object.fromEntries(
    shapes(network).map(([name, shape]) => [name, { dtype: 'F32', shape, data: network[name] }]),
  )

/** A multilabel model ready for use. */
export interface OpenedMultilabelModel {
  readonly record: MultilabelRecord
  readonly network: MultilabelNetwork
}

/** Makes the model of what was read from its folder, as it was written. */
export const openMultilabelModel = asWritten(multilabelModelOf)

/** Makes the model from its files without checking that they are unchanged. */
export function multilabelModelOf(loaded: LoadedModel): OpenedMultilabelModel {
  const record = parsedModel(loaded.path, multilabelRecord, loaded.document)
  const sizes = {
    hidden: record.parameters.hidden,
    features: record.features.length,
    labels: record.labels.length,
    // of the counts that training examples have, from 0
    counts: record.parameters.counted ? record.training.data.counts.length : 0,
  }
  const arrays = Object.fromEntries(
    shapes(sizes).map(([name, shape]) => {
      const found = loaded.tensors[name]
      if (found?.dtype !== 'F32' || found.shape.join() !== shape.join())
        throw weightsFault(
          loaded.path,
          new RangeError(
            `expected ${name} of shape [${shape.join(', ')}] in F32, got ${found ? `[${found.shape.join(', ')}] in ${found.dtype}` : 'nothing'}`,
          ),
        )
      return [name, found.data]
    }),
  ) as { readonly [name in ArrayName]?: Float32Array }
  const { mean, scale, w1, b1, w2, b2 } = { ...nothing, ...arrays }
  return { record, network: { ...sizes, mean, scale, w1, b1, w2, b2 } }
}

const none = new Float32Array(0)
const nothing = { mean: none, scale: none, w1: none, b1: none, w2: none, b2: none }
