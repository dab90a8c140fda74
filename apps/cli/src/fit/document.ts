import type { Json } from '@nonconvex/optim/claims'
import type { KnownRowsText } from '@nonconvex/overparam/tabular'
import type { ReadTable } from '../input/read-table.js'
import type { Format } from '../input/format.js'
import type { Fitted } from './fitted.js'

/** What model.json holds besides its head: all that use needs, and the record of the training. */
export function fitDocument(
  fitted: Fitted,
  read: ReadTable,
  given: {
    readonly file: string
    readonly format: Format
    readonly header?: boolean
    readonly rows: KnownRowsText
    readonly others: 'left out' | 'refused'
    readonly version: string
  },
): { readonly [name: string]: Json } {
  const { fit, delta, seed, lines } = fitted
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
      scaleGiven: fitted.source.scale,
      budgets: fit.budgets,
    },
    classes: { positive: classes.positive, negative: classes.negative, rest: classes.rest },
    others: given.others,
    features,
    input: {
      format: given.format,
      ...(given.header !== undefined && { header: given.header }),
      ...(read.labelColumn !== undefined && { label: read.labelColumn }),
    },
    training: {
      data: {
        file: given.file,
        sha256: read.digest,
        ...fit.table,
        skipped: read.table.skipped,
        rows: given.rows,
      },
      seed,
      delta,
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
                  ...rest,
                })),
              }
            : { kind: 'undecided', lo: separation.lo, hi: separation.hi },
      runs: fit.runs,
      guarantees: fit.guarantees,
      ...(fit.shared && { shared: fit.shared }),
      rules: fit.rules,
      ...(fit.agreement && { agreement: fit.agreement }),
      verdicts: fit.verdicts,
    },
    versions: { nonconvex: given.version },
  }
  // as it will be read back: what is not finite is null
  return JSON.parse(JSON.stringify(document)) as { readonly [name: string]: Json }
}
