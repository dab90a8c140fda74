// what an experiment is
export { experiment, withWork, type CellsOf, type Definition, type ParamsOf } from './definition.js'
export type { CheckContext, MeasureContext } from './experiment.js'
export {
  witnessed,
  workOf,
  type PartContext,
  type PartRow,
  type PartWork,
  type RowsOf,
} from './work.js'
export type { Case, Need, VerdictMaker } from './verdict-maker.js'
export { blocks } from './blocks.js'

// its parameters
export { choice, file, flag, integer, integers, real, reals, text } from './fields.js'
export { allowed, object, type ValuesOf } from './object.js'
export type { ParamOf } from './params.js'

// tables and figures from rows
export { tableOf, type ColumnOf } from './table.js'
export {
  band,
  bars,
  curve,
  dots,
  label,
  labels,
  line,
  panelOf,
  ruleX,
  ruleY,
  type Layer,
} from '../figure/layers.js'
