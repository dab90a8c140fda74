import type { Row } from '../define/experiment.js'
import { failureOf } from '../define/failure.js'

/**
 * A cell that failed: the message names experiment, cell and cause; `cause` is the error itself.
 * `rows` holds the finished rows, from which a later run can resume.
 */
export class CellError extends Error {
  override readonly name = 'CellError'
  readonly experiment: string
  readonly key: string
  readonly rows: readonly Row[]

  constructor(experiment: string, key: string, cause: unknown, rows: readonly Row[]) {
    super(`cell "${key}" of ${experiment}: ${failureOf(key, cause).message}`, { cause })
    this.experiment = experiment
    this.key = key
    this.rows = rows
  }
}
