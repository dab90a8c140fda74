import type { Row } from '../define/experiment.js'

/**
 * A cell that failed: the message names experiment, cell and cause; `cause` is the error itself.
 * `rows` holds what was finished before, so that a later run can start from there.
 */
export class CellError extends Error {
  override readonly name = 'CellError'
  readonly experiment: string
  readonly key: string
  readonly rows: readonly Row[]

  constructor(experiment: string, key: string, cause: unknown, rows: readonly Row[]) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(`cell "${key}" of ${experiment}: ${why}`, { cause })
    this.experiment = experiment
    this.key = key
    this.rows = rows
  }
}
