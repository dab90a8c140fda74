import type { Json } from '@nonconvex/optim/claims'
import {
  asRead,
  documentInput,
  documentParameters,
  documentTraining,
  type FitRecord,
} from '@nonconvex/overparam/fit'
import type { KnownRowsText, DataFormat } from '@nonconvex/overparam/tabular'
import type { ReadTable } from '../input/read-table.js'
import { fitSeparableCommand, type FitSeparableFlags } from '../command-line/data-commands.js'
import type { Repeat } from '../models/training-record.js'
import { keptFlags } from './kept-flags.js'
import type { Composition } from './one-vs-rest.js'

/** The data in the documents of a fit in addition to its numbers. */
export interface Given {
  readonly file: string
  readonly format: DataFormat
  readonly rows: KnownRowsText
  readonly scaleGiven: boolean
  readonly flags: FitSeparableFlags
  /** fits besides, of --cv and --seeds */
  readonly repeats: readonly Repeat[]
  readonly version: string
}

type Fields = { readonly [name: string]: Json }

/** What the document of a fit says of its command and its file. */
export const fitRecord = (
  { digest, labelColumn }: Pick<ReadTable, 'digest' | 'labelColumn'>,
  { flags, ...given }: Given,
): FitRecord => ({
  ...given,
  sha256: digest,
  labelColumn,
  header: flags.header,
  dropsOthers: flags.negative !== undefined,
  seed: flags.seed,
  delta: flags.delta,
  flags: keptFlags(fitSeparableCommand, flags),
})

/**
 * The document of a model of several classes: the common fields, and the record of each network.
 */
export function oneVsRestDocument(
  { fits, tables, train, test, ...composed }: Composition,
  read: ReadTable,
  given: Given,
): Fields {
  const { table } = read
  const record = fitRecord(read, given)
  const { file, sha256, rows, repeats } = record
  const { names = [] } = table.several ?? {}
  const delta = record.delta / names.length
  return asRead({
    parameters: documentParameters(fits[0], record),
    labels: names,
    features: table.features,
    input: documentInput(record),
    flags: record.flags,
    fits: fits.map((fit, c) => {
      const distinct = fit.table.examples - fit.table.repeated
      const own = { ...record, delta, rows: { distinct }, repeats: [] }
      const { data, ...training } = documentTraining(fit, tables[c], own)
      // the features are the same of every class, and written once
      const { constant: _, ...sides } = data
      return { data: sides, ...training }
    }),
    training: {
      data: {
        file,
        sha256,
        examples: train.examples,
        constant: fits[0].table.constant,
        rows,
      },
      seed: record.seed,
      delta: record.delta,
      ...composed,
      train,
      ...(test && { test }),
      ...(repeats.length > 0 && { repeats }),
    },
    versions: { nonconvex: record.version },
  })
}
