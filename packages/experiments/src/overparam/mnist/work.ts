import type { CheckContext, MeasureContext } from '../../define/experiment.js'
import { checkRun, measureRun, type RunRow } from '../runs/run-cell.js'
import { decideSeparable } from '../runs/separable.js'
import type { MnistCell, MnistParams } from './params.js'
import { mnistTask } from './task.js'

export { concludeMnist as conclude } from './conclude.js'

export async function measure(
  cell: MnistCell,
  context: MeasureContext<MnistParams>,
): Promise<RunRow> {
  const task = await mnistTask(cell, context.params, context)
  return measureRun(cell.key, task, decideSeparable(task.data), context)
}

export async function check(
  row: RunRow,
  context: CheckContext<MnistParams, MnistCell>,
): Promise<RunRow['measured']> {
  return checkRun(row, await mnistTask(context.cell, context.params, context))
}
