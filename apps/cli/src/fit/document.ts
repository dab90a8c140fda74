import type { Json } from '@nonconvex/optim/claims'
import type { SeparableFit } from '@nonconvex/overparam/fit'
import type { KnownRowsText } from '@nonconvex/overparam/tabular'
import type { ReadTable } from '../input/read-table.js'
import type { Format } from '../input/format.js'
import { fitSeparableCommand, type FitSeparableFlags } from '../command-line/data-commands.js'
import type { Repeat } from '../models/training-record.js'
import { keptFlags } from './kept-flags.js'

/** What model.json holds besides its head: all that use needs, and the record of the training. */
export function fitDocument(
  fit: SeparableFit,
  read: ReadTable,
  given: {
    readonly file: string
    readonly format: Format
    readonly rows: KnownRowsText
    readonly scaleGiven: boolean
    readonly flags: FitSeparableFlags
    /** fits besides, of --cv and --seeds */
    readonly repeats: readonly Repeat[]
    readonly version: string
  },
): { readonly [name: string]: Json } {
  const { flags } = given
  const { y, lines } = read.table
  const { net, preparation } = fit.model
  const { separation } = fit
  const { classes, features } = read.table
  const document = {
    parameters: {
      k: net.k,
      v: net.v,
      alpha: net.alpha,
      eta: 10,
      bias: preparation.bias,
      scale: preparation.scale,
      standardise: preparation.mean !== undefined,
      scaleGiven: given.scaleGiven,
      budgets: fit.budgets,
    },
    classes: { positive: classes.positive, negative: classes.negative, rest: classes.rest },
    others: flags.negative === undefined ? 'refused' : 'left out',
    features,
    input: {
      format: given.format,
      ...(flags.header !== undefined && { header: flags.header }),
      ...(read.labelColumn !== undefined && { label: read.labelColumn }),
    },
    flags: keptFlags(fitSeparableCommand, flags),
    training: {
      data: {
        file: given.file,
        sha256: read.digest,
        ...fit.table,
        skipped: read.table.skipped,
        rows: given.rows,
      },
      seed: flags.seed,
      delta: flags.delta,
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
      ...(given.repeats.length > 0 && { repeats: given.repeats }),
      verdicts: fit.verdicts,
    },
    versions: { nonconvex: given.version },
  }
  // as it will be read back: what is not finite is null
  return JSON.parse(JSON.stringify(document)) as { readonly [name: string]: Json }
}
