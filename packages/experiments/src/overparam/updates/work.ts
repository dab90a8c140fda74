import type { CheckContext, MeasureContext } from '../../define/experiment.js'
import { checkRun, measureRun, type RunRow } from '../runs/run-cell.js'
import { decideSeparable } from '../runs/separable.js'
import type { UpdatesCell, UpdatesParams } from './params.js'
import { updatesTask } from './task.js'

export { concludeUpdates as conclude } from './conclude.js'

export function measure(
  cell: UpdatesCell,
  context: MeasureContext<UpdatesParams>,
): Promise<RunRow> {
  const task = updatesTask(cell, context.params, context)
  return measureRun(cell.key, task, decideSeparable(task.data), context)
}

export function check(
  row: RunRow,
  context: CheckContext<UpdatesParams, UpdatesCell>,
): RunRow['measured'] {
  return checkRun(row, updatesTask(context.cell, context.params, context))
}
