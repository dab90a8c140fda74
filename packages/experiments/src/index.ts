// what an experiment is
export {
  experiment,
  withWork,
  type CellsOf,
  type Definition,
  type ParamsOf,
} from './define/definition.js'
export {
  witnessed,
  workOf,
  type PartContext,
  type PartRow,
  type PartWork,
  type RowsOf,
} from './define/work.js'
export type { Case, Need, VerdictMaker } from './define/verdict-maker.js'
export { blocks } from './define/blocks.js'
export type {
  Cell,
  CheckContext,
  Conclusion,
  Experiment,
  MeasureContext,
  ParamValues,
  Part,
  Row,
  RowCheck,
  Work,
} from './define/experiment.js'
export type { Failure } from './define/failure.js'
export { choice, file, flag, integer, integers, real, reals, text } from './define/fields.js'
export { allowed, object } from './define/object.js'
export type { ValuesOf } from './define/object.js'
export type {
  ChoiceParam,
  FileParam,
  FlagParam,
  NumberListParam,
  NumberParam,
  Param,
  ParamOf,
  ParamSchema,
  TextParam,
} from './define/params.js'
export { InputError } from './define/input-error.js'
export type { InputCode, InputIssue } from './define/input-error.js'
export { FileError } from './define/scene-data.js'
export type { ReadScenes, SceneData, SceneFile } from './define/scene-data.js'
export { didYouMean, nearest } from './define/nearest.js'
export { tableOf, type CellValue, type Column, type ColumnOf, type Table } from './define/table.js'
export { csvOf } from './define/csv.js'

// which there are
export { experiments, findExperiment } from './registry.js'

// results
export { canonicalJson, digestOf, plain } from './result/canonical.js'
export { isPacked, pack, unpack } from './result/packed.js'
export type { Packed, PackedArray } from './result/packed.js'
export type { Result } from './result/result.js'

// figures as data; './figure' draws them
export type {
  Axis,
  Figure,
  Frame,
  Mark,
  Panel,
  Tone,
  Values,
  AreaMark,
  ContourMark,
  DotMark,
  IntervalMark,
  KeyedBase,
  KeyedMark,
  LineMark,
  MarkBase,
  RuleXMark,
  RuleYMark,
  TextMark,
} from './figure/figure.js'

export {
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
} from './figure/layers.js'

// running
export { runExperiment } from './engine/run.js'
export type { Progress, RunOptions } from './engine/run.js'
export { runCell } from './engine/run-cell.js'
export type { CellJob, CellOptions, Execute, WatchPoint } from './engine/cell.js'
export { CellError } from './engine/cell-error.js'
export { conclude, resultDigest, resultText, verification } from './engine/conclude.js'
export { mergeResults } from './engine/merge.js'
export { hereVersions } from './engine/versions.js'
export { version } from './version.js'

// reading and checking results
export { parseResult } from './result/parse.js'
export { resultJsonSchema } from './result/result-json-schema.js'
export { verifyResult } from './verify/verify.js'
export type { VerifyOptions } from './verify/verify.js'
export type { Finding, Verification } from './verify/report.js'
export { compare } from './verify/compare.js'
export type { Difference } from './verify/compare.js'
