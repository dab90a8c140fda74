import { chainCrf, type ChainPredictor } from '@nonconvex/structured/learning'
import { featureTemplates, tagSchemes, type FeatureNumbers } from '@nonconvex/structured/sequences'
import type { StoredTensor } from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import { keptFlagsSchema } from '../fit/kept-flags.js'
import { sequenceModels } from '../sequences/sequence-models.js'
import { parsedModel, weightsFault, type LoadedModel } from './model-folder.js'
import { asWritten } from './written-together.js'

export const sequencesKind = 'sequences'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const column = v.pipe(whole, v.minValue(1))

const scoresSchema = v.strictObject({
  sequences: whole,
  tokens: whole,
  correct: whole,
  whole,
  entities: v.array(
    v.strictObject({ type: v.string(), true: whole, predicted: whole, correct: whole }),
  ),
})

/** The document of a model of sequences: these fields and no others. */
export const sequencesRecord = v.strictObject({
  schema: v.string(),
  kind: v.literal(sequencesKind),
  weights: v.string(),
  parameters: v.strictObject({
    model: v.picklist(sequenceModels),
    /** null of the perceptron */
    lambda: v.nullable(v.pipe(v.number(), v.gtValue(0))),
    tol: v.number(),
    iterations: whole,
    seed: whole,
    delta: v.number(),
    templates: v.array(v.picklist(featureTemplates)),
  }),
  labels: v.pipe(v.array(v.string()), v.minLength(2)),
  scheme: v.picklist(tagSchemes),
  columns: v.strictObject({
    count: column,
    label: column,
    features: v.pipe(v.array(column), v.minLength(1)),
  }),
  flags: keptFlagsSchema,
  training: v.strictObject({
    data: v.strictObject({
      file: v.string(),
      sha256: v.string(),
      sequences: whole,
      tokens: whole,
      features: whole,
    }),
    fit: v.strictObject({
      converged: v.boolean(),
      iterations: whole,
      objective: v.nullable(v.number()),
      certificate: v.nullable(v.number()),
      /** what was left to the tolerance after each iteration; mistakes of each pass */
      left: v.array(v.number()),
    }),
    /** of the structured perceptron, where a pass made no mistake */
    separable: v.exactOptional(
      v.strictObject({
        updates: whole,
        distinct: whole,
        passes: whole,
        radius: v.number(),
        /** of the best known separator; null if it is not above 0 in floating point */
        margin: v.nullable(v.number()),
        bound: v.nullable(v.number()),
        progress: v.nullable(v.number()),
        growth: v.nullable(v.number()),
        /** bound on the probability of a wrong label in a new sequence */
        error: v.number(),
      }),
    ),
    scores: scoresSchema,
    tested: v.exactOptional(
      v.strictObject({
        file: v.string(),
        sha256: v.string(),
        /** whether it is the training file */
        trainedOn: v.boolean(),
        scores: scoresSchema,
      }),
    ),
  }),
  versions: v.strictObject({ nonconvex: v.string() }),
})

export type SequencesRecord = v.InferOutput<typeof sequencesRecord>

/** The weights, and the names of the features, a line each. */
export const sequenceTensors = (
  w: Float64Array,
  numbers: FeatureNumbers,
): { readonly [name: string]: StoredTensor } => {
  const names = new TextEncoder().encode([...numbers.keys()].join('\n'))
  return {
    weights: { dtype: 'F64', shape: [w.length], data: w },
    features: { dtype: 'U8', shape: [names.length], data: names },
  }
}

/** A model of sequences ready for use. */
export interface OpenedSequencesModel {
  readonly record: SequencesRecord
  readonly predictor: ChainPredictor
  readonly numbers: FeatureNumbers
}

/** Makes the model of what was read from its folder, as it was written. */
export const openSequencesModel = asWritten(sequencesModelOf)

/** Makes the model from its files without checking that they are unchanged. */
export function sequencesModelOf(loaded: LoadedModel): OpenedSequencesModel {
  const record = parsedModel(loaded.path, sequencesRecord, loaded.document)
  const { weights, features } = loaded.tensors
  const names = features?.dtype === 'U8' ? new TextDecoder().decode(features.data).split('\n') : []
  const numbers = new Map(names.map((name, f) => [name, f]))
  const [K, d] = [record.labels.length, record.training.data.features]
  const wanted = K * d + K + K * K
  if (numbers.size !== d || weights?.dtype !== 'F64' || weights.data.length !== wanted)
    throw weightsFault(
      loaded.path,
      new RangeError(
        `expected ${d} different features and ${wanted} weights in F64, got ${numbers.size} and ${weights?.data.length ?? 'none'}`,
      ),
    )
  const crf = chainCrf({ states: K, features: d })
  return { record, numbers, predictor: crf.withWeights(weights.data) }
}
