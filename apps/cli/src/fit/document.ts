import type { Json } from '@nonconvex/optim/claims'
import type { SeparableFit } from '@nonconvex/overparam/fit'
import type { KnownRowsText, Table } from '@nonconvex/overparam/tabular'
import type { ReadTable } from '../input/read-table.js'
import type { Format } from '../input/format.js'
import { fitSeparableCommand, type FitSeparableFlags } from '../command-line/data-commands.js'
import type { Repeat } from '../models/training-record.js'
import { keptFlags } from './kept-flags.js'
import type { Composition } from './one-vs-rest.js'

/** The data in the documents of a fit in addition to its numbers. */
export interface Given {
  readonly file: string
  readonly format: Format
  readonly rows: KnownRowsText
  readonly scaleGiven: boolean
  readonly flags: FitSeparableFlags
  /** fits besides, of --cv and --seeds */
  readonly repeats: readonly Repeat[]
  readonly version: string
}

type Fields = { readonly [name: string]: Json }

/** As it will be read back: what is not finite is null. */
const asRead = (document: object): Fields => JSON.parse(JSON.stringify(document)) as Fields

const parametersOf = ({ model: { net, preparation }, budgets }: SeparableFit, given: Given) => ({
  k: net.k,
  v: net.v,
  alpha: net.alpha,
  eta: 10,
  bias: preparation.bias,
  scale: preparation.scale,
  standardise: preparation.mean !== undefined,
  scaleGiven: given.scaleGiven,
  budgets,
})

const inputOf = ({ labelColumn }: ReadTable, { format, flags }: Given) => ({
  format,
  ...(flags.header !== undefined && { header: flags.header }),
  ...(labelColumn !== undefined && { label: labelColumn }),
})

/** The record of the training of one network, on the examples of a table. */
function trainingOf(
  fit: SeparableFit,
  { y, lines, skipped }: Pick<Table, 'y' | 'lines' | 'skipped'>,
  { file, flags, repeats }: Given,
  own: { readonly delta: number; readonly sha256: string; readonly rows: object },
) {
  const { separation } = fit
  return {
    data: { file, sha256: own.sha256, ...fit.table, skipped, rows: own.rows },
    seed: flags.seed,
    delta: own.delta,
    radius: fit.radius,
    separation:
      separation.kind === 'separable'
        ? {
            kind: 'separable',
            lo: separation.lo,
            hi: separation.hi,
            proven: separation.proven,
            ...(separation.support !== undefined && { support: separation.support }),
          }
        : separation.kind === 'inseparable'
          ? {
              kind: 'inseparable',
              exact: separation.exact,
              residual: separation.residual,
              ...(separation.inexact !== undefined && { inexact: separation.inexact }),
              witness: separation.witness.map(({ row, ...rest }) => ({
                line: lines[row],
                side: y[row] > 0 ? 1 : -1,
                ...rest,
              })),
            }
          : {
              kind: 'undecided',
              lo: separation.lo,
              hi: separation.hi,
              ...(separation.why !== undefined && { why: separation.why }),
            },
    runs: fit.runs,
    guarantees: fit.guarantees,
    ...(fit.shared && { shared: fit.shared }),
    rules: fit.rules,
    ...(fit.agreement && { agreement: fit.agreement }),
    ...(repeats.length > 0 && { repeats }),
    verdicts: fit.verdicts,
  }
}

/** What model.json holds besides its head: all that use needs, and the record of the training. */
export function fitDocument(fit: SeparableFit, read: ReadTable, given: Given): Fields {
  const { flags, rows } = given
  const { table, digest: sha256 } = read
  const { classes, features } = table
  return asRead({
    parameters: parametersOf(fit, given),
    classes: { positive: classes.positive, negative: classes.negative, rest: classes.rest },
    others: flags.negative === undefined ? 'refused' : 'left out',
    features,
    input: inputOf(read, given),
    flags: keptFlags(fitSeparableCommand, flags),
    training: trainingOf(fit, table, given, { delta: flags.delta, sha256, rows }),
    versions: { nonconvex: given.version },
  })
}

/**
 * The document of a model of several classes: the common fields, and the record of each network.
 */
export function oneVsRestDocument(
  { fits, tables, train, test, ...composed }: Composition,
  read: ReadTable,
  given: Given,
): Fields {
  const { flags, rows, repeats } = given
  const { table, digest: sha256 } = read
  const { names = [] } = table.several ?? {}
  const delta = flags.delta / names.length
  return asRead({
    parameters: parametersOf(fits[0], given),
    labels: names,
    features: table.features,
    input: inputOf(read, given),
    flags: keptFlags(fitSeparableCommand, flags),
    fits: fits.map((fit, c) => {
      const distinct = fit.table.examples - fit.table.repeated
      const own = { delta, sha256, rows: { distinct } }
      const { data, ...record } = trainingOf(fit, tables[c], { ...given, repeats: [] }, own)
      // the features are the same of every class, and written once
      const { constant: _, ...sides } = data
      return { data: sides, ...record }
    }),
    training: {
      data: {
        file: given.file,
        sha256,
        examples: train.examples,
        constant: fits[0].table.constant,
        rows,
      },
      seed: flags.seed,
      delta: flags.delta,
      ...composed,
      train,
      ...(test && { test }),
      ...(repeats.length > 0 && { repeats }),
    },
    versions: { nonconvex: given.version },
  })
}
