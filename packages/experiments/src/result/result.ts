import type { Verdict } from '@nonconvex/optim/claims'
import type { ParamValues, Row } from '../define/experiment.js'
import type { Failure } from '../define/failure.js'
import type { Table } from '../define/table.js'
import type { Figure } from '../figure/figure.js'

/**
 * One run of one experiment, as a document. Everything but `timings` and `versions` is a pure
 * function of (experiment, params, seed) on one machine type; `digest` is the SHA-256 of that part
 * in canonical JSON.
 */
export interface Result {
  readonly schema: 'nonconvex/result@1'
  readonly experiment: string
  readonly params: ParamValues
  readonly seed: number
  /** 'partial': stopped before all cells were done; `conclude` was given the rows so far */
  readonly status: 'complete' | 'partial'
  readonly verdicts: readonly Verdict[]
  readonly rows: readonly Row[]
  /** cells that failed and claims that could not be decided; absent if there are none */
  readonly failures?: readonly Failure[]
  readonly tables: readonly Table[]
  readonly figures: readonly Figure[]
  readonly digest: string
  /** seconds: in all, and by cell key */
  readonly timings: { readonly total: number; readonly cells: { readonly [key: string]: number } }
  readonly versions: {
    readonly nonconvex: string
    readonly runtime: string
    readonly machine: string
  }
}
