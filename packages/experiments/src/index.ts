// which experiments there are; './define' is what they are made with
export { experiments, findExperiment } from './registry.js'
export type {
  Cell,
  Conclusion,
  Experiment,
  ParamValues,
  Part,
  Row,
  RowCheck,
  Work,
} from './define/experiment.js'
export type { Failure } from './define/failure.js'

// parameters, as forms and command lines read them
export type {
  ChoiceParam,
  FileParam,
  FlagParam,
  NumberListParam,
  NumberParam,
  Param,
  ParamSchema,
  TextParam,
} from './define/params.js'
export { InputError, type InputCode, type InputIssue } from './define/input-error.js'
export type {
  DigitsData,
  DigitsFiles,
  MultilabelFiles,
  ReadDigits,
  ReadFile,
  ReadMultilabel,
  Readers,
} from './define/readers.js'
export { FileError, type ReadScenes, type SceneData, type SceneFile } from './define/scene-data.js'
export { didYouMean, nearest } from './define/nearest.js'

// results; './figure' draws their figures
export type { Result } from './result/result.js'
export type { CellValue, Column, Table } from './define/table.js'
export { csvOf } from './define/csv.js'
export { canonicalJson, digestOf, plain } from './result/canonical.js'
export { isPacked, pack, unpack, type Packed, type PackedArray } from './result/packed.js'

// running
export { runExperiment, type Progress, type RunOptions } from './engine/run.js'
export { runCell } from './engine/run-cell.js'
export type { CellJob, CellOptions, Execute, WatchPoint } from './engine/cell.js'
export { CellError } from './engine/cell-error.js'
export { conclude, resultDigest, resultText, verification } from './engine/conclude.js'
export { mergeResults } from './engine/merge.js'
export { hereVersions } from './engine/versions.js'
export { version } from './version.js'

// reading and checking results
export { parseJson, parseResult } from './result/parse.js'
export { fieldFault } from './result/field-fault.js'
export { verdict as verdictSchema } from './result/schema.js'
export { resultJsonSchema } from './result/result-json-schema.js'
export { verifyResult, type VerifyOptions } from './verify/verify.js'
export type { Finding, Verification } from './verify/report.js'
export { compare, type Difference } from './verify/compare.js'
