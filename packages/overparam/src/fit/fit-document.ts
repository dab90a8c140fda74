import type { Json } from '@nonconvex/optim/claims'
import type { DataFormat } from '../tabular/format.js'
import type { KnownRowsText } from '../tabular/known-rows.js'
import type { Table } from '../tabular/table.js'
import type { SeparableFit } from './fit-separable.js'
import { ETA } from './run-width.js'

/** What a document says of a fit in addition to its numbers. */
export interface FitRecord {
  /** name of the file of the examples, and its SHA-256 */
  readonly file: string
  readonly sha256: string
  readonly format: DataFormat
  /** name of the column of the labels, of a CSV or TSV file */
  readonly labelColumn?: string | undefined
  /** whether a CSV or TSV file begins with names, where that was said */
  readonly header?: boolean | undefined
  /** whether examples of neither class were dropped on purpose */
  readonly dropsOthers: boolean
  /** the examples as hashes, by which another file is recognized */
  readonly rows: KnownRowsText
  readonly scaleGiven: boolean
  readonly seed: number
  readonly delta: number
  /** options of the command that makes this fit */
  readonly flags: { readonly [name: string]: Json }
  /** fits besides, such as those of a cross-validation */
  readonly repeats: readonly object[]
  /** of the program */
  readonly version: string
}

type Fields = { readonly [name: string]: Json }

/** A document as it will be read back: what is not finite is null. */
export const asRead = (document: object): Fields => JSON.parse(JSON.stringify(document)) as Fields

/** The parameters of a fit in its document. */
export const documentParameters = (
  { model: { net, preparation }, budgets }: SeparableFit,
  { scaleGiven }: Pick<FitRecord, 'scaleGiven'>,
) => ({
  k: net.k,
  v: net.v,
  alpha: net.alpha,
  eta: ETA,
  bias: preparation.bias,
  scale: preparation.scale,
  standardise: preparation.mean !== undefined,
  scaleGiven,
  budgets,
})

/** How the file was read, in a document. */
export const documentInput = ({
  format,
  header,
  labelColumn,
}: Pick<FitRecord, 'format' | 'header' | 'labelColumn'>) => ({
  format,
  ...(header !== undefined && { header }),
  ...(labelColumn !== undefined && { label: labelColumn }),
})

/** The record of the training of one network, on the examples of a table. */
export function documentTraining(
  fit: SeparableFit,
  { y, lines, skipped }: Pick<Table, 'y' | 'lines' | 'skipped'>,
  {
    file,
    sha256,
    seed,
    delta,
    rows,
    repeats,
  }: Pick<FitRecord, 'file' | 'sha256' | 'seed' | 'delta' | 'repeats'> & { readonly rows: object },
) {
  return {
    data: { file, sha256, ...fit.table, skipped, rows },
    seed,
    delta,
    radius: fit.radius,
    separation: documentSeparation(fit, { y, lines }),
    runs: fit.runs,
    guarantees: fit.guarantees,
    ...(fit.shared && { shared: fit.shared }),
    rules: fit.rules,
    ...(fit.agreement && { agreement: fit.agreement }),
    ...(repeats.length > 0 && { repeats }),
    verdicts: fit.verdicts,
  }
}

/** Whether a separator exists; the rows of a witness by their lines in the file. */
function documentSeparation(
  { separation }: SeparableFit,
  { y, lines }: Pick<Table, 'y' | 'lines'>,
): object {
  switch (separation.kind) {
    case 'separable': {
      const { kind, lo, hi, proven, support } = separation
      return { kind, lo, hi, proven, ...(support !== undefined && { support }) }
    }
    case 'inseparable': {
      const { kind, exact, residual, inexact, witness } = separation
      return {
        kind,
        exact,
        residual,
        ...(inexact !== undefined && { inexact }),
        witness: witness.map(({ row, ...rest }) => ({
          line: lines[row],
          side: y[row] > 0 ? 1 : -1,
          ...rest,
        })),
      }
    }
    case 'undecided': {
      const { kind, lo, hi, why } = separation
      return { kind, lo, hi, ...(why !== undefined && { why }) }
    }
  }
}

/**
 * The document of a fit, without the head that a model folder adds: everything that the use of the
 * model needs, and the record of its training.
 *
 * The same examples, options, file name and version give the same document, whatever program
 * writes it.
 *
 * @param table - the examples of the fit
 */
export function fitDocument(
  fit: SeparableFit,
  table: Pick<Table, 'y' | 'lines' | 'skipped' | 'classes' | 'features'>,
  record: FitRecord,
): Fields {
  const { positive, negative, rest } = table.classes
  return asRead({
    parameters: documentParameters(fit, record),
    classes: { positive, negative, rest },
    others: record.dropsOthers ? 'left out' : 'refused',
    features: table.features,
    input: documentInput(record),
    flags: record.flags,
    training: documentTraining(fit, table, record),
    versions: { nonconvex: record.version },
  })
}
