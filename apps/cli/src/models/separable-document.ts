import { modelFrom, type ModelSettings, type SeparableModel } from '@nonconvex/overparam/fit'
import {
  classNames,
  KnownRows,
  sideOf,
  type Classes,
  dataFormats,
  type KnownRowsText,
  type DataFormat,
} from '@nonconvex/overparam/tabular'
import type { Safetensors } from '@nonconvex/tensor/safetensors'
import { modelName } from '@nonconvex/experiments/model'
import { join } from 'node:path'
import * as v from 'valibot'
import { badInput } from '../exit.js'
import { parsedModel, weightsFault, type LoadedModel } from './model-folder.js'

export const separableKind = 'separable'

/** The fields of the document of a model of examples that its use needs, whatever its classes are. */
export interface ExamplesDocument {
  readonly parameters: ModelSettings
  readonly features: readonly string[]
  readonly input: {
    readonly format: DataFormat
    /** whether a CSV or TSV file begins with column names, where a flag was given */
    readonly header?: boolean | undefined
    readonly label?: string | undefined
  }
  readonly training: {
    readonly data: {
      readonly sha256: string
      /** the examples it was trained on, as hashes */
      readonly rows: KnownRowsText
    }
  }
}

/** The same for two sides. */
interface SeparableDocument extends ExamplesDocument {
  readonly classes: Classes
  /** whether examples with a label of neither class are dropped, as in training, or an error */
  readonly others: 'left out' | 'refused'
}

/** The schema of `ExamplesDocument`. */
export const examplesDocument = {
  parameters: v.object({
    k: v.number(),
    v: v.number(),
    alpha: v.number(),
    bias: v.number(),
    scale: v.pipe(
      v.number(),
      v.check((x) => x > 0, 'a number above 0'),
    ),
  }),
  features: v.pipe(
    v.array(v.string()),
    v.check((names) => new Set(names).size === names.length, 'names that differ'),
  ),
  input: v.object({
    format: v.picklist(dataFormats),
    header: v.optional(v.boolean()),
    label: v.optional(v.string()),
  }),
  training: v.object({
    data: v.object({
      sha256: v.string(),
      rows: v.object({ distinct: v.number(), kept: v.number(), hashes: v.string() }),
    }),
  }),
}

const schema: v.GenericSchema<unknown, SeparableDocument> = v.object({
  ...examplesDocument,
  classes: v.object({
    positive: v.array(v.string()),
    negative: v.array(v.string()),
    rest: v.boolean(),
  }),
  others: v.picklist(['left out', 'refused']),
})

/** A model of examples ready for use. */
export interface OpenedModel {
  readonly document: ExamplesDocument
  /** one, or one for each class */
  readonly models: readonly SeparableModel[]
  readonly known: KnownRows
  /** of the predictions */
  readonly names: readonly string[]
  /** labels of the training examples */
  readonly labels: readonly string[]
  /** +1 or −1, or the number of its class; negative for a label that none of these has */
  readonly sideOf: (label: string) => number
  /** what labels that no training example has count as */
  readonly unknown: string
  /** whether examples of no side are dropped, as in training, or refused */
  readonly drops: boolean
  /** the prediction for one example, −1 where none is above all others, and how clear it is */
  readonly decide: (outputs: readonly number[]) => {
    readonly name: number
    readonly output: number
  }
}

/** Makes the model from its files without checking that they are unchanged. */
export function separableModelOf(loaded: LoadedModel): OpenedModel {
  const document = parsedModel(loaded.path, schema, loaded.document)
  const { classes, others } = document
  const { positive, negative } = classNames(classes)
  return {
    document,
    ...networksOf(loaded, document, [loaded.tensors]),
    names: [positive, negative],
    labels: [...classes.positive, ...classes.negative],
    sideOf: (label) => sideOf(classes, label),
    unknown: negative,
    drops: others === 'left out',
    decide: ([output]) => ({ name: output > 0 ? 0 : output < 0 ? 1 : -1, output }),
  }
}

/** The networks of these arrays, and the examples that they were trained on. */
export function networksOf(
  { path }: LoadedModel,
  { parameters, features, training }: ExamplesDocument,
  arrays: readonly Safetensors['tensors'][],
): Pick<OpenedModel, 'models' | 'known'> {
  try {
    const models = arrays.map((tensors) => {
      const model = modelFrom(parameters, tensors)
      const d = model.net.d - (parameters.bias === 0 ? 0 : 1)
      if (d !== features.length)
        throw new RangeError(
          `expected weights for ${features.length} features, got weights for ${d}`,
        )
      return model
    })
    return { models, known: knownRows(path, training.data.rows) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw weightsFault(path, error)
  }
}

function knownRows(path: string, rows: KnownRowsText): KnownRows {
  try {
    return KnownRows.from(rows)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const fault = error.message.replace(/^KnownRows\.from: /, '')
    throw badInput(
      'model-invalid',
      `${join(path, modelName)}: training.data.rows: ${fault}; fit the model again`,
      { cause: error },
    )
  }
}
