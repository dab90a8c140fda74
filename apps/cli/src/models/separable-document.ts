import { modelFrom, type SeparableModel } from '@nonconvex/overparam/fit'
import { KnownRows, type Classes, type KnownRowsText } from '@nonconvex/overparam/tabular'
import * as v from 'valibot'
import { formats, type Format } from '../input/format.js'
import { parsedModel, weightsFault, type LoadedModel } from './model-folder.js'
import { refuseChanged } from './written-together.js'

export const separableKind = 'separable'

/** The fields of a separable model document that its use needs. */
export interface SeparableDocument {
  readonly parameters: {
    readonly k: number
    readonly v: number
    readonly alpha: number
    readonly bias: number
    readonly scale: number
  }
  readonly classes: Classes
  /** whether examples with a label of neither class are dropped, as in training, or an error */
  readonly others: 'left out' | 'refused'
  readonly features: readonly string[]
  readonly input: {
    readonly format: Format
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

const schema: v.GenericSchema<unknown, SeparableDocument> = v.object({
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
  classes: v.object({
    positive: v.array(v.string()),
    negative: v.array(v.string()),
    rest: v.boolean(),
  }),
  others: v.picklist(['left out', 'refused']),
  features: v.array(v.string()),
  input: v.object({
    format: v.picklist(formats),
    header: v.optional(v.boolean()),
    label: v.optional(v.string()),
  }),
  training: v.object({
    data: v.object({
      sha256: v.string(),
      rows: v.object({ distinct: v.number(), kept: v.number(), hashes: v.string() }),
    }),
  }),
})

/** A separable model ready for use. */
export interface OpenedModel {
  readonly document: SeparableDocument
  readonly model: SeparableModel
  readonly known: KnownRows
}

/** Makes a model of what was read from its folder, as it was written. */
export function openSeparable(loaded: LoadedModel): OpenedModel {
  const opened = separableModelOf(loaded)
  refuseChanged(loaded)
  return opened
}

/** The same, whether or not it was changed since. */
export function separableModelOf(loaded: LoadedModel): OpenedModel {
  const document = parsedModel(loaded.path, schema, loaded.document)
  try {
    const model = modelFrom(document.parameters, loaded.tensors)
    const d = model.net.d - (document.parameters.bias === 0 ? 0 : 1)
    if (d !== document.features.length)
      throw new RangeError(`expected ${document.features.length} features, got weights for ${d}`)
    return { document, model, known: KnownRows.from(document.training.data.rows) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw weightsFault(loaded.path, error)
  }
}
