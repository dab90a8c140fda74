import type { CheckContext, MeasureContext } from '../../define/experiment.js'
import { checkData, measureData } from './measure-data.js'
import { checkScenes, measureScenes, type ScenesMeasured, type ScenesRow } from './measure.js'
import type { ScenesCell, ScenesParams } from './params.js'

export { concludeScenes as conclude } from './conclude.js'

export const measure = (
  cell: ScenesCell,
  context: MeasureContext<ScenesParams>,
): ScenesRow | Promise<ScenesRow> =>
  cell.part === 'data' ? measureData(cell, context) : measureScenes(cell, context)

export const check = (
  row: ScenesRow,
  context: CheckContext<ScenesParams, ScenesCell>,
): ScenesMeasured | Promise<ScenesMeasured> =>
  context.cell.part === 'data' ? checkData(row, context) : checkScenes(row, context)
